"""What people decided about a tie at a cut: kept with number, reason, name and day; refused when outdated; taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.board.summary import red_and_black
from scoring.board.ties import open_ties, with_decisions
from scoring.documents.bulletin_sentences import listing_sentences
from scoring.model.board_json import board_from_json, board_to_json
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.ties import End, TieDecision
from scoring.rulebook.read import load_rulebook
from scoring.store import ChangedError, RefusedError, Seen, Store
from tests.documents.boards import sample_board, with_scores
from tests.documents.test_account import RISING

RULES = load_rulebook()
TIED = [*RISING[:10], "91.10", "91.10", "91.10", "91.30"]  # three share the second rank for two places
COUNTY = RULES.kinds["county"]


def tied_board(as_of: date = date(2023, 7, 7)) -> Board:
    return with_scores(sample_board(RULES, as_of), "county", TIED)


def decision(board: Board, count: int = 2, **changes: object) -> TieDecision:
    tie = next(open_ties(board, RULES))
    units = tuple(card.unit for card in tie.cards)
    found = TieDecision(0, 2023, "county", tie.end, units, units[:count], tie.cards[0].score, tie.seats, "细则第1条和会议纪要",
                        "王主任", board.as_of, board.as_of)  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def test_a_decision_is_kept_and_taken_back(store: Store) -> None:
    board = tied_board()
    kept = store.decide_tie(decision(board))
    assert (kept.number, kept.by, kept.reason) == (1, "王主任", "细则第1条和会议纪要")
    assert store.tie_decisions(2023) == (kept,)
    assert store.tie_decisions(2024) == ()
    for wrong in (decision(board, reason=" "), decision(board, by=""), decision(board, listed=("五华区",))):
        with pytest.raises(RefusedError):
            store.decide_tie(wrong)
    store.withdraw_tie(1, "王主任", "会议改了意见")
    assert store.tie_decisions(2023) == ()
    with pytest.raises(RefusedError):
        store.withdraw_tie(1, "王主任", "再撤一次")
    assert store.decide_tie(decision(board)).number == 2


def test_a_decision_taken_on_what_has_changed_is_refused(store: Store) -> None:
    seen = Seen(store.newest(), 2023)
    store.set_policy(2023, Policy(late="strict"), "李工", "会议决定")
    with pytest.raises(ChangedError):
        store.decide_tie(decision(tied_board()), seen=seen)
    store.decide_tie(decision(tied_board()), seen=Seen(store.newest(), 2023))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_decided_tie_is_open_no_more(count: int) -> None:
    board = tied_board()
    told = with_decisions(board, RULES, [decision(board, count)])
    red, black = red_and_black(told, COUNTY)
    units = decision(board).tied
    assert [card.unit for card in red.firm][1:] == list(units[:count])
    assert not red.tied
    assert black == red_and_black(board, COUNTY)[1]
    assert not list(open_ties(told, RULES))
    said = "".join(listing_sentences(told, RULES, final=True))
    assert "按细则第1条和会议纪要" in said
    assert "须另行确定" not in said
    assert "相差0.00分" not in said


OTHER_TIES = {
    "another score": lambda one: replace(one, score=Decimal("91.20")),
    "other units": lambda one: replace(one, tied=one.tied[:2]),
    "another cut": lambda one: replace(one, end=End.LAST),
    "other places": lambda one: replace(one, seats=1),
    "a later day": lambda one: replace(one, as_of=date(2023, 7, 8)),
    "an earlier quarter": lambda one: replace(one, as_of=date(2023, 6, 9)),
}


@pytest.mark.parametrize("change", OTHER_TIES)
def test_a_decision_holds_for_its_own_tie_only(change: str) -> None:
    board = tied_board()
    other = with_decisions(board, RULES, [OTHER_TIES[change](decision(board))])
    assert other.decisions == ()
    assert list(open_ties(other, RULES))


def test_it_holds_on_later_days_of_its_quarter_and_the_later_of_two_wins() -> None:
    board, later = tied_board(), tied_board(date(2023, 8, 1))
    told = with_decisions(later, RULES, [decision(board, 1, number=1), decision(board, 2, number=2)])
    assert [one.number for one in told.decisions] == [2]


def test_a_board_keeps_its_decisions_and_one_without_stays_as_it_was() -> None:
    board = tied_board()
    told = with_decisions(board, RULES, [decision(board)])
    assert board_from_json(board_to_json(told), 2023) == told
    assert "decisions" not in board_to_json(board)


def test_units_that_share_a_rank_stand_in_the_order_of_the_rules_in_both_lists() -> None:
    board = with_scores(sample_board(RULES), "county", ["90.00", "90.10", "90.10", *RISING[3:12], "91.30", "91.30"])
    order = [card.unit for card in board.cards]
    for listing in red_and_black(board, COUNTY):
        for one, other in zip(listing.firm, listing.firm[1:], strict=False):
            assert one.rank != other.rank or order.index(one.unit) < order.index(other.unit)
