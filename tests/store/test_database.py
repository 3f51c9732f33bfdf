"""The file: made on first start, locked down, migrated with its data kept, held by one process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scoring.store import RefusedError, Store, StoreBrokenError, StoreBusyError, open_store
from scoring.store.queries import migrations
from tests.store.workbooks import row_counts, workbook

PROJECT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from pathlib import Path
from scoring.store import StoreBusyError, open_store
try:
    open_store(Path(sys.argv[1]))
except StoreBusyError as error:
    print(error.process, error)
"""


def test_folder_and_database_are_made_on_first_start(tmp_path: Path) -> None:
    path = tmp_path / "数据 'x'" / "inner" / "water.duckdb"
    store = open_store(path)
    assert path.exists()
    store.save(b"one", workbook(), "张三")
    store.backup(tmp_path / "copy.duckdb")
    store.close()


def test_one_process_shares_one_store(file_store: Store) -> None:
    path = Path(file_store.address)
    assert open_store(path) is file_store
    assert open_store(path.parent / ".." / path.parent.name / path.name) is file_store


def test_two_databases_never_mix(file_store: Store, tmp_path: Path) -> None:
    example = open_store(tmp_path / "example.duckdb")
    example.save(b"one", workbook(), "示例")
    assert file_store.uploads() == ()
    assert file_store.fingerprint(2023) != example.fingerprint(2023)
    example.close()


def test_a_second_process_is_told_who_holds_the_file(file_store: Store) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, file_store.address],
        capture_output=True, text=True, encoding="utf-8", cwd=PROJECT, check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.startswith(f"{os.getpid()} 数据库 water.duckdb 正被另一个程序（进程号 {os.getpid()}）使用")


def test_the_holder_is_named_where_the_system_names_one(tmp_path: Path) -> None:
    assert "（进程号 7）" in str(StoreBusyError(tmp_path, 7))
    assert "进程号" not in str(StoreBusyError(tmp_path, None))


@pytest.mark.parametrize("content", [b"PK\x03\x04 no database", b"x" * 20_000])
def test_a_file_that_is_no_database_is_said_to_be_broken_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "water.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreBrokenError, match="打不开"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_a_file_is_said_to_be_unusable(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreBrokenError, match="不能使用"):
        open_store(tmp_path / "data" / "water.duckdb")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(StoreBrokenError, match="不是本系统建立的"):
        open_store(path)
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "water.duckdb"
    open_store(path).close()
    with duckdb.connect(str(path)) as newer:
        newer.execute("INSERT INTO schema_versions VALUES (999, 'x', now()::TIMESTAMP)")
    with pytest.raises(StoreBrokenError, match="请升级程序"):
        open_store(path)


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, bad = tmp_path / "water.duckdb", tmp_path / "999_bad.sql"
    store = open_store(path)
    store.save(b"one", workbook(), "张三")
    before = row_counts(store)
    store.close()
    bad.write_text("CREATE TABLE half (a INTEGER); SELECT nonsense;", encoding="utf-8")
    monkeypatch.setattr("scoring.store.homes.schema.migrations", lambda: (*migrations(), (999, bad)))
    with pytest.raises(StoreBrokenError):
        open_store(path)
    monkeypatch.undo()
    store = open_store(path)
    assert row_counts(store) == before
    store.close()


def test_numbers_of_the_schema_files_have_no_gap() -> None:
    assert [version for version, _ in migrations()] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH 'elsewhere.duckdb' AS elsewhere",
        "COPY events TO 'elsewhere.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET autoinstall_known_extensions = true",
        "SELECT * FROM stray_variable",
    ],
)
def test_the_database_is_locked_down(file_store: Store, sql: str) -> None:
    stray_variable = duckdb.values(1)
    refused = "Permission|configuration|does not exist"
    with pytest.raises(StoreBrokenError) as failed, file_store._database.reading() as cursor:
        cursor.execute(sql).fetchall()
    assert re.search(refused, str(failed.value.__cause__))
    assert stray_variable is not None


def test_two_versions_of_one_number_cannot_be_stored(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    with pytest.raises(StoreBrokenError, match="没有保存"), store._database.writing() as cursor:
        cursor.execute("INSERT INTO ledgers VALUES (9, 0, '五华区', 2023, 2, 1, DATE '2023-06-08', true, true)")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "water.duckdb")
    store.close()
    with pytest.raises(RefusedError, match="已经关闭"):
        store.uploads()


def test_the_documentation_names_every_table_and_view(file_store: Store) -> None:
    text = (PROJECT / "docs" / "database.md").read_text(encoding="utf-8")
    with file_store._database.reading() as cursor:
        names = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal "
            "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
    assert len(names) > 15
    assert [name for (name,) in names if f"`{name}`" not in text] == []
