"""No future leaves the range that is claimed for it, and what is called locked is changed by nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from scoring.analysis.improvement import best_plans
from scoring.analysis.position import Position
from scoring.analysis.ranges import Certainty, Range, Reach, Spread, ranges
from scoring.analysis.ranges_sentences import rows, sentence
from scoring.analysis.ruling_queue import Matter, matters
from scoring.board.red_black import ends
from scoring.model.boards import Board
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.policy import Policy
from scoring.model.rules import UnitKind
from tests.analysis.futures import CLOSES, day_between, happened, past, readings, verdict
from tests.analysis.worlds import GUANDU, PANLONG, WUHUA, only, world
from tests.builders import case, incentive, ledger, ruling, statement

UNITS = (WUHUA, PANLONG, GUANDU, "市政务服务局", "市交警支队")
RULES = only(*UNITS)
TODAYS = [date(2023, 6, 9), date(2023, 6, 30), date(2023, 9, 20), date(2023, 12, 10), date(2023, 12, 31), CLOSES]
AUTUMN = date(2023, 11, 1)


def is_within(spread: Spread, board: Board, unit: str, kind: UnitKind) -> bool:
    card, both = board.card[unit], ends(board, kind)
    held = {
        Certainty.FIRST: unit in both.first,
        Certainty.NOT_FIRST: unit not in both.first,
        Certainty.LAST: unit in both.last,
        Certainty.NOT_LAST: unit not in both.last,
    }
    inside = spread.lowest <= card.score <= spread.highest and spread.best_rank <= card.rank <= spread.worst_rank
    return inside and (not kind.listed or all(held[certainty] for certainty in spread.certain))


def drawn(chance: Random) -> tuple[Position, tuple[Range, ...], tuple[Matter, ...]]:
    today = chance.choice(TODAYS)
    listed = {name: replace(kind, listed=1 if kind.listed else 0) for name, kind in RULES.kinds.items()}
    position = Position(past(chance, RULES, today), replace(RULES, kinds=listed), today, readings(chance))
    waiting = matters(position)
    return position, ranges(position, waiting), waiting


def verdicts_on(chance: Random, waiting: tuple[Matter, ...], today: date) -> tuple[Ruling, ...]:
    """Any verdict on some of what awaits one: on an incentive item nothing or what is claimed."""
    rulings = []
    for number, matter in enumerate(matter for matter in waiting if chance.random() < 0.6):
        made = verdict(chance, matter.unit, matter.clause, today, CLOSES, 1000 + number)
        if matter.item:
            if made.verdict is Verdict.ACCEPTED and matter.is_unbounded:
                continue
            points = matter.effects[0].raw if made.verdict is Verdict.ACCEPTED else None
            made = replace(made, item=matter.item, points=points, number_found=None)
        rulings.append(made)
    return tuple(rulings)


def outside(position: Position, found: tuple[Range, ...], reach: Reach) -> list[tuple[object, ...]]:
    board = position.board
    kinds = position.rulebook.kinds
    return [
        (position.as_of, one.unit, board.card[one.unit].score, board.card[one.unit].rank, one.spreads[reach])
        for one in found
        if not is_within(one.spreads[reach], board, one.unit, kinds[one.kind])
    ]


@pytest.mark.parametrize("seed", range(30))
def test_no_future_leaves_its_range(seed: int) -> None:
    """30 worlds, each with 15 days, 20 futures of verdicts and 40 of anything: 2,250 boards, none outside."""
    chance = Random(seed)
    position, found, waiting = drawn(chance)
    today = position.as_of
    for _ in range(15):
        then = replace(position, as_of=day_between(chance, today, CLOSES))
        assert not outside(then, found, Reach.TIME)
    for _ in range(20):
        ruled = Facts(rulings=verdicts_on(chance, waiting, today))
        then = replace(position, as_of=day_between(chance, today, CLOSES), facts=position.facts + ruled)
        assert not outside(then, found, Reach.VERDICTS)
    for _ in range(40):
        kept = tuple(ruling for ruling in position.facts.rulings if chance.random() < 0.8)
        facts = replace(position.facts, rulings=kept) + happened(chance, RULES, today, CLOSES, 30, 100)
        then = replace(position, as_of=day_between(chance, today, CLOSES), facts=facts)
        assert not outside(then, found, Reach.EVERYTHING)
    for one in found:
        spreads = [one.spreads[reach] for reach in Reach]
        for less, more in pairwise(spreads):
            assert more == more.beside(less), "each range holds the one before it"
    for kind in RULES.kinds:
        best = best_plans(position, kind)
        for one in (one for one in found if one.kind == kind):
            assert best[one.unit].score <= one.spreads[Reach.EVERYTHING].highest, "怎样提升 promises no more"
    assert len({len(row) for row in rows(position, found)}) == 1


def spreads_of(position: Position, unit: str = WUHUA) -> dict[Reach, Spread]:
    return dict(next(one.spreads for one in ranges(position) if one.unit == unit))


def scores(position: Position, reach: Reach) -> tuple[str, str]:
    spread = spreads_of(position)[reach]
    return str(spread.lowest), str(spread.highest)


@pytest.mark.parametrize(("late", "cost"), [("strict", "0.90"), ("by_wording", "0.60")])
def test_a_shared_hall_late_and_shared_with_nobody_costs_twice(late: str, cost: str) -> None:
    """Late counts as done, so 8A is asked under ``exclusive``, and where lateness costs 8B is deducted beside it."""
    reading = Policy(late=late, shared_hall="exclusive")
    empty = Position(Facts(), only(WUHUA), CLOSES, reading)
    worst = spreads_of(empty)[Reach.EVERYTHING].lowest
    others = sum(f.points for f in empty.board.card[WUHUA].findings if f.clause not in ("8A", "8B"))
    assert worst == 96 + others - Decimal(cost)
    sent = ledger(WUHUA, 4, CLOSES)
    done_late = Facts((sent,), (statement("8B", at=sent, done_on=CLOSES),))
    assert empty.with_facts(done_late).board.card[WUHUA].score == worst


def test_time_alone_is_neither_help_nor_verdicts() -> None:
    """14A falls due on 31 December and nobody does it: one way only, and 加上待认定 is no other where nothing waits."""
    position = world("五华区:14A=open", units=(WUHUA, PANLONG, GUANDU), as_of=AUTUMN)
    assert scores(position, Reach.TIME) == ("95.90", "96.00")
    assert spreads_of(position)[Reach.VERDICTS].same(spreads_of(position)[Reach.TIME])
    assert scores(position, Reach.EVERYTHING)[1] == "100.00"


def test_what_is_stated_done_on_a_later_day_comes_back_by_time_alone() -> None:
    sent = ledger(WUHUA, 3)
    facts = Facts((sent,), (statement("4A", at=sent, done_on=date(2023, 12, 1)),))
    position = Position(facts, world(units=(WUHUA,)).rulebook, AUTUMN, Policy())
    highest = spreads_of(position)[Reach.TIME].highest
    assert (
        highest >= replace(position, as_of=date(2023, 12, 1)).board.card[WUHUA].score > position.board.card[WUHUA].score
    )


def test_a_case_and_an_award_that_await_their_verdict_are_in_the_second_range_only() -> None:
    sent = ledger(WUHUA, 2)
    claimed = replace(incentive(awarded="", at=sent), claimed=Decimal("0.5"))
    facts = Facts((sent,), cases=(case(4, at=sent),), incentives=(claimed,))
    position = world("五华区:3A=open", units=(WUHUA, PANLONG, GUANDU), as_of=CLOSES, facts=facts)
    assert scores(position, Reach.TIME) == ("96.30", "96.30")
    assert scores(position, Reach.VERDICTS) == ("95.80", "96.80"), "the case refused; the award given"


@pytest.mark.parametrize(
    "breaks",
    [
        Facts(rulings=(ruling("27A", "rejected", CLOSES),)),
        Facts((ledger(WUHUA, 4, CLOSES, 9),), (statement("27A", "not_done", at=ledger(WUHUA, 4, CLOSES, 9)),)),
        Facts(rulings=(ruling("27A", "exempt", CLOSES, unit=PANLONG), ruling("27B", "exempt", CLOSES, unit=PANLONG))),
    ],
    ids=["a verdict", "a withdrawal", "a rival's exemption"],
)
def test_what_a_verdict_or_a_later_statement_can_break_is_not_locked(breaks: Facts) -> None:
    """五华区 leads on the closing day; any of these puts it behind or level, so it is not locked."""
    text = "盘龙区:27B=open;官渡区:27A=open,27B=open,4A=open"
    made = world(text, units=(WUHUA, PANLONG, GUANDU), as_of=CLOSES)
    kinds = {name: replace(kind, listed=1 if kind.listed else 0) for name, kind in made.rulebook.kinds.items()}
    position = replace(made, rulebook=replace(made.rulebook, kinds=kinds))
    found = next(one for one in ranges(position) if one.unit == WUHUA)
    assert Certainty.FIRST in found.spreads[Reach.TIME].certain
    assert Certainty.FIRST not in found.locked
    card = position.with_facts(position.facts + breaks).board.card
    assert (card[WUHUA].score <= card[PANLONG].score) or card[PANLONG].score > position.board.card[PANLONG].score
    assert sentence(position, ranges(position), kinds["county"]).endswith("前一名和后一名都还没有一个能够锁定")


def test_what_nothing_can_change_is_locked() -> None:
    """Only 盘龙区 is asked anything and nobody can win points: the others stay first, and 盘龙区 may fall or stay level."""
    made = world(units=(WUHUA, PANLONG, GUANDU), as_of=CLOSES)
    asked = next(clause for clause in made.rulebook.clauses if clause.code == "27A")
    only_panlong = replace(asked, terms=tuple(replace(term, units=(PANLONG,)) for term in asked.terms if term.units))
    kinds = {name: replace(kind, listed=1, case_cap=Decimal(0)) for name, kind in made.rulebook.kinds.items()}
    position = replace(made, rulebook=replace(made.rulebook, clauses=(only_panlong,), kinds=kinds))
    found = {one.unit: one for one in ranges(position)}
    assert Certainty.FIRST in found[WUHUA].locked
    assert Certainty.FIRST in found[GUANDU].locked
    assert Certainty.FIRST not in found[PANLONG].locked
    assert "五华区、官渡区锁定前一" in sentence(position, tuple(found.values()), kinds["county"])
