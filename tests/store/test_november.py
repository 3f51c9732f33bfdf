"""A database made by the version of 25 November, before years were kept: it opens, migrated, and says what it said.

``november.duckdb.xz`` holds four workbooks of the examples (one withdrawn and restored), rulings (one withdrawn), a change
of policy, three final boards, an objection with its answer. ``november.json`` is what that version said of it.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scoring.judging.rank import make_board
from scoring.model.board_json import board_to_json
from scoring.model.publications import ObjectionState
from scoring.rulebook.read import parse_rulebook
from scoring.store import Store, backups, open_store
from tests.postgres import Server
from tests.proof.test_made_again import another_calendar, packages

HERE = Path(__file__).parent
TOLD: dict[str, Any] = json.loads((HERE / "november.json").read_text(encoding="utf-8"))
YEAR = 2023


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "assessment.duckdb"
    made.write_bytes(lzma.decompress((HERE / "november.duckdb.xz").read_bytes()))
    return made


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


def moment(text: str) -> datetime | None:
    return None if text == "None" else datetime.fromisoformat(text)


def test_the_history_is_whole(store: Store) -> None:
    assert store.verify_history() == ()
    assert [event.chain for event in store.history()] == TOLD["events"]
    assert {event.year for event in store.history() if event.kind != "setting"} == {YEAR}


def test_every_final_board_is_as_it_was_byte_for_byte(store: Store) -> None:
    receipts = store.publications(YEAR)
    assert [receipt.number for receipt in receipts] == list(TOLD["boards"])
    for receipt in receipts:
        with store._database.reading() as cursor:
            text = cursor.execute("SELECT board FROM publications WHERE number = ?", [receipt.number]).fetchone()[0]  # type: ignore[index]
        assert sha256(text.encode()).hexdigest() == TOLD["boards"][receipt.number]
        board = store.published_board(receipt.number)
        assert json.loads(board_to_json(board))["cards"] == json.loads(text)["cards"]
        assert (board.year, board.as_of, board.rules) == (YEAR, receipt.as_of, receipt.rules)
    assert receipts[0].overrides == (("一件未决事项", "会议决定"),)
    assert receipts[1].replaces == receipts[0].number


def test_moved_to_postgresql_every_final_board_and_moment_is_as_it_was(
    path: Path, server: Server, tmp_path: Path
) -> None:
    url = server.new()
    assert backups.move_database(path, url).faults == ()
    moved = open_store(url)
    assert [event.chain for event in moved.history()] == TOLD["events"]
    test_every_final_board_is_as_it_was_byte_for_byte(moved)
    with closing(open_store(path)) as here:
        handed_out = packages(here)
    with another_calendar(tmp_path):
        assert packages(moved) == handed_out
    assert {known: moved.fingerprint(YEAR, moment(known)) for known in TOLD["facts"]} == TOLD["facts"]
    moved.close()


@pytest.mark.parametrize("known_at", list(TOLD["facts"]))
def test_what_was_known_at_a_moment_has_its_old_name(store: Store, known_at: str) -> None:
    assert store.fingerprint(YEAR, moment(known_at)) == TOLD["facts"][known_at]


@pytest.mark.parametrize("known_at", list(TOLD["scores"]))
def test_what_was_known_at_a_moment_scores_as_it_did(store: Store, known_at: str) -> None:
    known = moment(known_at)
    recorded = store.rules_at(YEAR, known)
    assert recorded is not None
    board = make_board(
        store.facts(YEAR, known), parse_rulebook(recorded[1]), date(2023, 12, 31), store.policy(YEAR, known)
    )
    assert {card.unit: str(card.score) for card in board.cards if card.reported} == TOLD["scores"][known_at]


def test_decisions_keep_their_year(store: Store) -> None:
    records = store.ruling_records(YEAR)
    assert [bool(record.withdrawn) for record in records] == [False, True]
    assert {record.ruling.year for record in records} == {YEAR}
    assert store.policy(YEAR).late == "strict"
    (objection,) = store.objections(YEAR)
    assert (objection.year, objection.state) == (YEAR, ObjectionState.DISMISSED)
    assert {upload.years for upload in store.uploads()} == {(YEAR,)}
    assert store.setting("reviewer") == "张工"


def test_another_year_begins_empty(store: Store) -> None:
    assert store.facts(YEAR + 1).ledgers == ()
    assert store.publications(YEAR + 1) == store.objections(YEAR + 1) == store.ruling_records(YEAR + 1) == ()
    assert store.policy(YEAR + 1).late == "by_wording"
    assert store.rules_at(YEAR + 1) is None
    assert store.rule_years() == (YEAR,)


def test_it_opens_a_second_time_and_serves_other_tools(path: Path) -> None:
    open_store(path).close()
    store = open_store(path)
    assert store.verify_history() == ()
    store.close()
    with duckdb.connect(str(path), read_only=True) as tool:
        for view in ("latest_scores", "latest_findings", "rulings", "ledger_versions", "roster_rows"):
            years = tool.execute(f"SELECT DISTINCT year FROM {view}").fetchall()  # noqa: S608
            assert years in ([(YEAR,)], []), view


def test_a_year_that_was_altered_is_noticed(path: Path) -> None:
    open_store(path).close()
    with duckdb.connect(str(path)) as hand:
        hand.execute("UPDATE events SET year = 2022 WHERE number = 5")
    store = open_store(path)
    assert store.verify_history() == ("第 5 条记录的年度被改动过。",)
    store.close()
