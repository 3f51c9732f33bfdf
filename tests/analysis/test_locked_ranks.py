"""What is called certain holds: what time brings is in the range, and no action is offered that cannot count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.analysis.open_items import Doubt, OpenItem, open_items
from scoring.analysis.options import gains, options
from scoring.analysis.position import Position
from scoring.analysis.ranges import Reach, ranges
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from tests.analysis.worlds import PANLONG, WUHUA, world
from tests.builders import ledger, ruling, statement

AUTUMN, CLOSES = date(2023, 11, 1), date(2024, 1, 31)


def item_of(position: Position, clause: str) -> OpenItem | None:
    return next((item for item in open_items(position) if item.key == f"五华区:{clause}"), None)


def zero_reports(as_of: date = AUTUMN) -> Position:
    """五华区 sent zero reports for the second and third quarters, and no roster row."""
    sent = [ledger(quarter=quarter) for quarter in (2, 3)]
    said = tuple(statement("2B", quantity=0, at=at) for at in sent)
    rulebook = world(units=(WUHUA, PANLONG)).rulebook
    return Position(Facts(tuple(sent), said), rulebook, as_of, Policy())


def test_a_zero_report_that_is_not_followed_by_the_next_loses_the_median_too() -> None:
    position = zero_reports()
    assert position.board.card[WUHUA].finding("2C").points == 0  # type: ignore[union-attr]
    item = item_of(position, "2C")
    assert item is not None
    assert (item.doubt, item.outcomes) == (Doubt.PENDING, (Decimal(0), Decimal("-0.20")))
    spread = next(one.spreads[Reach.TIME] for one in ranges(position) if one.unit == WUHUA)
    end = replace(position, as_of=CLOSES).board.card[WUHUA]
    assert end.finding("2C").points == Decimal("-0.20")  # type: ignore[union-attr]
    assert spread.lowest == end.score


def test_sending_the_next_zero_report_keeps_both_clauses() -> None:
    offered = [option for option in options(zero_reports(), WUHUA)["2B"] if option.changes[0].quarter == 4]
    assert [option.secures for option in offered] == [Decimal("0.40")]


@pytest.mark.parametrize(("quarterly", "outcomes"), [
    ("each", (Decimal("-0.40"), Decimal("-0.60"))), ("once", None),
])  # fmt: skip
def test_a_rejection_costs_more_with_each_quarter(quarterly: str, outcomes: tuple[Decimal, ...] | None) -> None:
    position = world(
        units=(WUHUA,), as_of=AUTUMN, policy=Policy(quarterly=quarterly),
        facts=Facts(rulings=(ruling("20A", "rejected", date(2023, 10, 10)),)),
    )  # fmt: skip
    item = item_of(position, "20A")
    assert (item.outcomes if item else None) == outcomes


def test_an_accepted_count_is_open_until_its_deadline_and_costs_what_was_stated() -> None:
    """市政务服务局 says that 14 are missing, and the reviewer accepts the number in August; due on 30 September."""
    centre = "市政务服务局"
    sent = ledger(centre, 2)
    facts = Facts(
        (sent,),
        (statement("9A", "not_done", at=sent, quantity=14),),
        rulings=(ruling("9A", "accepted", date(2023, 8, 1), unit=centre),),
    )
    position = Position(facts, world(units=(centre,)).rulebook, date(2023, 9, 29), Policy())
    item = next(item for item in open_items(position) if item.clause == "9A")
    assert (item.now, item.outcomes[-1], item.deadline) == (0, Decimal("-2.80"), date(2023, 9, 30))
    due = replace(position, as_of=date(2023, 9, 30))
    assert due.board.card[centre].finding("9A").points == Decimal("-2.80")  # type: ignore[union-attr]
    assert "9A" not in {item.clause for item in open_items(due)}


def test_what_is_done_on_a_later_day_comes_back_by_itself() -> None:
    sent = ledger(WUHUA, 3)
    facts = Facts((sent,), (statement("4A", at=sent, done_on=date(2023, 12, 1)),))
    position = Position(facts, world(units=(WUHUA,)).rulebook, AUTUMN, Policy())
    item = item_of(position, "4A")
    assert item is not None
    assert (item.now, item.deadline) == (Decimal("-0.20"), date(2023, 12, 1))
    assert item.outcomes == (Decimal(0), Decimal("-0.20"))
    assert item_of(replace(position, policy=Policy(late="strict")), "4A") is None, "late, it stays deducted"


@pytest.mark.parametrize(("ruled", "today", "is_offered"), [
    (date(2023, 8, 1), date(2023, 8, 1), False), (date(2023, 8, 1), date(2023, 8, 2), True),
    (CLOSES, CLOSES, False), (date(2024, 1, 30), CLOSES, True),
])  # fmt: skip
def test_nothing_is_offered_that_cannot_count_and_every_offer_counts_on_a_whole_board(
    ruled: date, today: date, is_offered: bool
) -> None:
    """A ledger of the ruling's own day does not outrank it, and on the closing day there is no next day."""
    facts = Facts(rulings=(ruling("4A", "rejected", ruled),))
    made = world("盘龙区:4A=open", units=(WUHUA, PANLONG), as_of=ruled, facts=facts)
    position = replace(made, as_of=today)
    assert ("4A" in options(position, WUHUA)) is is_offered
    assert "4A" in options(position, PANLONG)
    for unit in (WUHUA, PANLONG):
        before = position.board.card[unit]
        for option in (option for offered in options(position, unit).values() for option in offered):
            card = position.with_scenario(option.scenario).board.card[unit]
            assert gains(position, before, card) == (option.faults, option.won)


@pytest.mark.parametrize(("clause", "told", "gained"), [("9C", 4, "2.00"), ("9C", 40, "2.00"), ("8A", 3, "0.60")])
def test_a_number_that_was_not_accepted_can_be_stated_again_with_new_evidence(
    clause: str, told: int, gained: str
) -> None:
    ruled, today = date(2024, 1, 10), date(2024, 1, 20)
    sent = ledger(WUHUA, 4)
    facts = Facts((sent,), (statement(clause, at=sent, quantity=told),), rulings=(ruling(clause, "rejected", ruled),))
    position = Position(facts, world(units=(WUHUA,)).rulebook, today, Policy())
    [option] = [one for one in options(position, WUHUA)[clause] if one.steps == 1]
    assert option.faults + option.won == Decimal(gained)
    again = ledger(WUHUA, 4, today, upload=9)
    row = statement(clause, at=again, quantity=option.changes[0].number, evidence="新的截图")
    sent_again = position.with_facts(facts + Facts((again,), (row,))).board.card[WUHUA]
    assert sent_again.raw == position.board.card[WUHUA].raw + Decimal(gained)
    assert clause not in options(replace(position, as_of=ruled), WUHUA), "not on the ruling's own day"
