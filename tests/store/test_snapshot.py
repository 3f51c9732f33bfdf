"""The file for other tools: the Chinese views as tables, written anew while the app holds the database."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import duckdb
import pytest

from scoring.model.boards import Board
from scoring.store import Store
from scoring.store.snapshot import VIEWS
from tests.store.test_history import steps
from tests.store.workbooks import workbook

DOCS = Path(__file__).resolve().parents[2] / "docs" / "database.md"
QUESTIONS = re.findall(r"```sql\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def snapshot(file_store: Store, board: Board, tmp_path: Path) -> Path:
    for step in steps(file_store, board):
        step()
    file_store.write_board(board)
    target = tmp_path / "out" / "考评数据.duckdb"
    file_store.write_snapshot(target)
    return target


def test_it_says_what_the_views_say(file_store: Store, snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as tool, file_store._database.reading() as cursor:
        for view in VIEWS:
            rows = cursor.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608
            assert tool.execute(f"SELECT * FROM {view}").fetchall() == rows  # noqa: S608
        assert tool.execute("SELECT count(*) FROM 得分").fetchone() != (0,)
        names = {name for (name,) in tool.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert names == set(VIEWS), "no originals and no history"


def test_it_is_written_anew_while_a_tool_reads_the_last_one(file_store: Store, snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as tool:
        before = tool.execute("SELECT count(*) FROM 台账").fetchone()
        file_store.save(b"one more", workbook("盘龙区", 3), "张三")
        file_store.write_snapshot(snapshot)
        assert tool.execute("SELECT count(*) FROM 台账").fetchone() == before
    with duckdb.connect(str(snapshot), read_only=True) as tool:
        assert tool.execute("SELECT count(*) FROM 台账").fetchone() != before
    assert not list((Path(file_store.address).parent / "backup").glob("snapshot_*"))


def test_nobody_waits_for_it(file_store: Store, tmp_path: Path) -> None:
    """While it is written again and again, others store whole workbooks."""
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            file_store.write_snapshot(tmp_path / "s.duckdb")

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(6):
        file_store.save(str(number).encode(), workbook(), "张三")
    done.set()
    writer.join()
    file_store.write_snapshot(tmp_path / "s.duckdb")
    with duckdb.connect(str(tmp_path / "s.duckdb"), read_only=True) as tool:
        assert tool.execute("SELECT count(*) FROM 台账").fetchone() == (6,)


@pytest.mark.parametrize("sql", [one for text in QUESTIONS for one in text.split(";") if "FROM" in one])
def test_the_ready_questions_are_answered(file_store: Store, snapshot: Path, sql: str) -> None:
    chinese = any(f"FROM {view}" in sql for view in VIEWS)
    if chinese:
        with duckdb.connect(str(snapshot), read_only=True) as tool:
            tool.execute(sql).fetchall()
    with file_store._database.reading() as cursor:
        cursor.execute(sql).fetchall()
