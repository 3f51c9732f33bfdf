"""The history only grows, and shows where somebody wrote behind its back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scoring.model.boards import Board
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.placings import Move, Place, Placing
from scoring.model.policy import Policy
from scoring.model.publications import ObjectionState
from scoring.store import Complaint, EventKind, Store, queries
from scoring.store.events import START, broken_links
from tests.builders import ruling
from tests.store.conftest import Site
from tests.store.test_publications import DUE, receipt
from tests.store.test_ties import decision, tied_board
from tests.store.workbooks import row_counts, sha, workbook

MIGRATIONS = {path.name for path in queries.SCHEMA.glob("*.sql")}
PHOTO = Evidence(EvidenceKind.FILE, "照片.png", sha(b"photo"), found_by=FoundBy.REVIEWER)
PLACED = Placing(0, 2023, (Move(PHOTO, Place("五华区", "1A", 1, 2)),))
CHANGING = re.compile(r"\b(UPDATE|DELETE|TRUNCATE|REPLACE|MERGE|DROP|UPSERT|ON\s+CONFLICT)\b", re.IGNORECASE)


def steps(store: Store, board: Board) -> list[Callable[[], object]]:
    """Everything that can be written, once each."""
    line = board.cards[0]
    return [
        lambda: store.save(b"one", workbook(), "张三"),
        lambda: store.withdraw_upload(sha(b"one"), "张三", "误传"),
        lambda: store.restore_upload(sha(b"one"), "张三", "核实"),
        lambda: store.rule(ruling("1A", "rejected", date(2023, 7, 3))),
        lambda: store.withdraw_ruling(1, "张三", "更正"),
        lambda: store.set_policy(2023, Policy(late="strict"), "主任", "会议决定"),
        lambda: store.record_rules(2023, b"format = 1", sha(b"format = 1"), "主任"),
        lambda: store.publish(receipt(store, board), board, papers=lambda kept: {"通报.docx": kept.number.encode()}),
        lambda: store.file_objection(Complaint("2023-年度-01", line.unit, line.findings[0].clause, "不服", "甲", DUE)),
        lambda: store.answer_objection(1, ObjectionState.DISMISSED, "不成立", "主任"),
        lambda: store.set_setting("name", "张三", "张三"),
        lambda: store.send(2023, ["五华区"], [("a.xlsx", b"sent")], "赵工"),
        lambda: store.take_in(1, "张三"),
        lambda: store.send(2023, ["五华区"], [("a.xlsx", b"sent")], "赵工"),
        lambda: store.send_back(2, "张三", "缺佐证"),
        lambda: store.reply_to_answer(1, "仍不服", "甲", DUE, [("新证.pdf", b"proof")]),
        lambda: store.keep_original("空白.xlsx", b"blank", "张三", "空白模板"),
        lambda: store.decide_tie(decision(tied_board())),
        lambda: store.withdraw_tie(1, "主任", "重议"),
        lambda: store.place(PLACED, "张三", "单位另行送来", {sha(b"photo"): b"photo"}),
        lambda: store.withdraw_placing(1, "张三", "放错了"),
        lambda: store.note_minute(2023, "五华区", "下月再议", "主任"),
    ]


def test_every_kind_of_writing_is_one_event_and_no_table_ever_shrinks(store: Store, board: Board) -> None:
    counts = row_counts(store)
    for number, step in enumerate(steps(store, board), 1):
        step()
        after = row_counts(store)
        assert all(after[table] >= count for table, count in counts.items())
        assert after["events"] == number
        counts = after
    history = store.history()
    assert list(dict.fromkeys(event.kind for event in history)) == list(EventKind)
    assert [event.number for event in history] == list(range(1, len(history) + 1))
    assert all(event.actor and event.subject for event in history)
    assert store.verify_history() == ()
    assert store.history(history[2].at) == history[:3]


def test_no_sql_of_the_store_changes_or_removes_a_row() -> None:
    folder = Path(queries.__file__).parent
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in {".sql", ".py"}
    }
    assert len(texts) > 40
    for name, text in texts.items():
        bare = (
            re.sub(r"--.*", "", text) if name.endswith(".sql") else " ".join(re.findall(r"execute\(f?\"[^\"]*", text))
        )
        if name in MIGRATIONS:  # a table that is made anew is filled from the old one first, then takes its name
            bare = re.sub(r"\bDROP (VIEW|TABLE)\b", "", bare)
        assert not CHANGING.search(bare), name


@pytest.fixture(scope="module")
def written(sites: Callable[..., Site], board: Board) -> Site:
    """Return a site at which everything was written once."""
    site = sites()
    store = site.open()
    for step in steps(store, board):
        step()
    store.close()
    return site


def test_every_query_begins_with_its_grain() -> None:
    for path in queries.SQL.glob("*.sql"):
        assert re.match(r"-- (one row|at most one row)", path.read_text(encoding="utf-8")), path.name


def test_each_event_is_chained_to_the_one_before(store: Store, board: Board) -> None:
    for step in steps(store, board):
        step()
    history = store.history()
    assert [event.previous for event in history] == [START, *(event.chain for event in history[:-1])]
    assert broken_links(history) == ()
    forged = (*history[:3], replace(history[3], reason="别的理由"), *history[4:])
    assert broken_links(forged) == ("第 4 条记录与校验值不符，内容被改动过。",)
    assert broken_links(history[:3] + history[4:]) == ("第 4 条记录缺失。",)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE events SET actor = '别人' WHERE number = 4", "第 4 条记录与校验值不符"),
        ("DELETE FROM events WHERE number = 6", "第 6 条记录缺失"),
        ("UPDATE statements SET status = 'not_done' WHERE seq = 1", "第 1 个入库文件的数据被改动过"),
        ("UPDATE ledgers SET submitted = DATE '2023-01-01'", "第 1 个入库文件的数据被改动过"),
        ("DELETE FROM problems", "第 1 个入库文件的数据被改动过"),
        ("UPDATE uploads SET content = 'two'::BLOB", "第 1 个入库文件的原件被改动过"),
        (
            "UPDATE pieces SET content = 'two'::BLOB WHERE sha256 IN (SELECT sha256 FROM uploads)",
            "第 1 个入库文件的原件被改动过",
        ),
        ("DELETE FROM pieces WHERE sha256 IN (SELECT sha256 FROM uploads)", "第 1 个入库文件的原件被改动过"),
        ("DELETE FROM uploads", "的数据缺失"),
        ("UPDATE publications SET board = replace(board, '96.00', '99.00')", "定稿 2023-年度-01 的榜单被改动过"),
        ("DELETE FROM publications", "定稿 2023-年度-01 的榜单被改动过"),
        ("UPDATE publication_papers SET content = 'x'::BLOB", "定稿 2023-年度-01 的“通报.docx”被改动过"),
        ("DELETE FROM publication_papers", "定稿 2023-年度-01 的“通报.docx”被改动过"),
        ("UPDATE sent_files SET content = 'x'::BLOB WHERE sending = 1", "第 1 号报送的文件被改动过"),
        ("DELETE FROM sent_files WHERE sending = 2", "第 2 号报送的文件被改动过"),
        ("UPDATE objection_files SET content = 'x'::BLOB", "第 1 号申诉的文件被改动过"),
        ("DELETE FROM objection_files", "第 1 号申诉的文件被改动过"),
        ("DELETE FROM things WHERE sha256 LIKE '55c64d0f%'", "放入的佐证“照片.png”"),
        ("UPDATE rule_texts SET content = 'x'::BLOB", "细则文本"),
    ],
)
def test_what_was_changed_behind_its_back_shows(sites: Callable[..., Site], written: Site, sql: str, said: str) -> None:
    site = sites(written)
    site.meddle(sql)
    again = site.open()
    faults = again.verify_history()
    again.close()
    assert len(faults) == 1
    assert said in faults[0]


def test_the_upload_hash_names_what_it_rested_on(store: Store) -> None:
    store.save(b"one", workbook(), "张三", "二季度报送")
    (event,) = store.history()
    assert (event.subject, event.rests_on, event.reason) == (sha(b"one"), sha(b"one"), "二季度报送")
    assert "五华区2季度.xlsx" in event.details
