"""The desk names everything that its answers rest on: another content never gets an answer that was kept, the same does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.model.policy import Policy, policy_hash
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.store import BEIJING
from tests.ui.stored import DAY, OTHER, UNIT, fill, ledger, put
from ui.session.desk import Desk
from ui.session.opening import open_desk
from ui.session.view import read_view

OFFICIAL = Policy()


def desk_of(rulebook: Rulebook, **query: str) -> Desk:
    return open_desk(read_view({"as_of": DAY.isoformat(), **query}, rulebook, OFFICIAL), rulebook)


@pytest.fixture
def desk(data: Path, rulebook: Rulebook) -> Desk:
    fill(data, rulebook)
    return desk_of(rulebook)


def test_a_desk_opened_again_answers_with_the_same_values(desk: Desk, rulebook: Rulebook) -> None:
    again = desk_of(rulebook)
    assert again is not desk
    assert again.key == desk.key
    assert again.facts is desk.facts
    assert again.board() is desk.board()
    assert again.position() is desk.position()
    assert again.matters() is desk.matters()


def test_each_part_of_the_key_gives_an_answer_of_its_own(desk: Desk, rulebook: Rulebook) -> None:
    strict = Policy(late="strict")
    other_rules = replace(rulebook, rules_hash="0" * 64)
    others = [desk.on(date(2023, 9, 11)), desk.under(strict), replace(desk, rulebook=other_rules)]
    assert len({desk.key, *(other.key for other in others)}) == 4
    for other in others:
        assert other.board() is not desk.board()
        assert other.board() == make_board(desk.facts, other.rulebook, other.as_of, other.policy)


def test_what_is_stored_later_is_seen_by_a_desk_opened_later(desk: Desk, rulebook: Rulebook, tmp_path: Path) -> None:
    before = desk.board()
    put(desk.store, rulebook, ledger(tmp_path / "c.xlsx", unit="官渡区"))
    later = desk_of(rulebook)
    assert later.facts_hash != desk.facts_hash
    assert {sent.unit for sent in later.facts.ledgers} == {UNIT, OTHER, "官渡区"}
    assert later.board().card["官渡区"].score != before.card["官渡区"].score
    assert {sent.unit for sent in desk.facts.ledgers} == {UNIT, OTHER}, "one run sees one state"


def test_a_desk_of_a_past_moment_sees_what_was_known_then(desk: Desk, rulebook: Rulebook, tmp_path: Path) -> None:
    moment = desk.store.history()[-1].at
    put(desk.store, rulebook, ledger(tmp_path / "c.xlsx", unit="官渡区"))
    then = desk_of(rulebook, known_at=moment.isoformat())
    assert then.known_at == moment
    assert {sent.unit for sent in then.facts.ledgers} == {UNIT, OTHER}
    past = desk_of(rulebook).back_then(DAY, moment)
    assert past is not None
    assert past.board() == then.board()


def test_examples_and_real_ledgers_have_keys_of_their_own(data: Path, rulebook: Rulebook) -> None:
    real, example = desk_of(rulebook), desk_of(rulebook, data="examples")
    assert real.store.address != example.store.address
    assert real.key != example.key
    assert not real.facts.ledgers
    assert example.facts.ledgers


def test_the_official_desk_leaves_the_viewers_readings(desk: Desk, rulebook: Rulebook) -> None:
    looked_at = desk_of(rulebook, late="strict")
    assert looked_at.policy != OFFICIAL
    assert looked_at.officially().key == desk.key


def test_another_reading_of_the_same_bytes_is_another_preview(desk: Desk, tmp_path: Path) -> None:
    data = ledger(tmp_path / "c.xlsx", unit="官渡区").read_bytes()
    book = desk.parsed(data, "c.xlsx", ({}, {}), DAY)
    first = desk.preview({"as it is": book})
    assert desk.preview({"as it is": book}) is first
    assert desk.preview({"a row named by hand": book}) is not first
    assert first.board.card["官渡区"] != desk.board().card["官渡区"]


def test_what_differs_from_the_newest_final_board_is_told_of_its_day_and_readings(
    desk: Desk, rulebook: Rulebook, tmp_path: Path
) -> None:
    """A 定稿 of July under strict readings; in December a workbook is dropped that would have moved it."""
    path = ledger(tmp_path / "c.xlsx", unit="官渡区")
    book = read_ledger(path.read_bytes(), path.name, rulebook, 0)
    assert desk.since_final({"c": book}) is None, "nothing was made final"
    strict = Policy(late="strict")
    board = make_board(desk.facts, rulebook, DAY, strict)
    for number in (1, 2):
        held = Publication(
            f"2023-第2季度-0{number}", 2023, "2023年第二季度", DAY, None, datetime(2023, 7, number, tzinfo=BEIJING), "主任",
            rulebook.rules_hash, desk.facts_hash, policy_hash(strict), "1", "2023-第2季度-01" if number > 1 else None,
        )  # fmt: skip
        desk.store.publish(held, board, "会议")
    later = desk_of(rulebook).on(date(2023, 12, 31))
    receipt, published, after = later.since_final({"c": book})  # type: ignore[misc]
    assert receipt.number == "2023-第2季度-02", "the newest one"
    assert published == board
    assert (after.as_of, after.policy) == (DAY, strict), "of its day, under its readings"
    assert after == make_board(desk.store.preview(2023, book), rulebook, DAY, strict)
    assert after.card["官渡区"] != published.card["官渡区"]
    assert after.card[UNIT].findings == published.card[UNIT].findings
    assert later.since_final({})[2] == published, "with nothing dropped nothing differs"  # type: ignore[index]
