"""What stands in the way of a final board: silence, ties across the cuts, what awaits a ruling."""

from __future__ import annotations

from datetime import date

from scoring.analysis.blockers import blockers
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.model.facts import Facts
from tests.analysis.worlds import FIVE, WUHUA, world
from tests.builders import ledger


def said(position: Position) -> list[str]:
    return [one.says for one in blockers(position, matters(position))]


def test_a_unit_that_sent_nothing_at_all_is_open() -> None:
    everyone = world(as_of=date(2023, 7, 7))
    silent = Position(Facts(), everyone.rulebook, everyone.as_of, everyone.policy)
    assert [words for words in said(silent) if "没有报送" in words] == [f"{unit}没有报送任何台账" for unit in FIVE]


def test_a_unit_that_sent_nothing_for_the_last_quarter_is_open_from_its_cut_off_on() -> None:
    first = tuple(ledger(unit, 1) for unit in FIVE)
    second = tuple(ledger(unit, 2) for unit in FIVE if unit != WUHUA)
    made = world(as_of=date(2023, 6, 9))
    before = Position(Facts(ledgers=(*first, *second)), made.rulebook, date(2023, 6, 9), made.policy)
    after = Position(before.facts, made.rulebook, date(2023, 6, 10), made.policy)
    assert not [words for words in said(before) if "没有报送" in words]
    assert [words for words in said(after) if "没有报送" in words] == [f"{WUHUA}没有报送第二季度台账"]
