"""What is offered helps: one action, 怎样提升, a typed what-if and a real ledger of today all lead to the same board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from scoring.analysis.actions import single_actions
from scoring.analysis.improvement import Rivals, improve
from scoring.analysis.options import Option, gains, options
from scoring.analysis.position import Position
from scoring.model.changes import Act, Change
from scoring.model.facts import Facts, Ruling, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.traits import ReadFrom
from scoring.scenario.text import parse_scenario, scenario_text
from scoring.scenario.what_if import simulate
from tests.analysis.futures import CLOSES, past, readings, verdict
from tests.analysis.worlds import GUANDU, PANLONG, WUHUA, only
from tests.builders import case, statement, words

UNITS = (WUHUA, PANLONG, GUANDU, "市政务服务局", "市交警支队")
RULES = only(*UNITS)
TODAYS = [date(2023, 6, 9), date(2023, 9, 20), date(2023, 12, 31), CLOSES]


def drawn(chance: Random) -> Position:
    """A world with verdicts of today in it: what is filed today does not outrank them."""
    today = chance.choice(TODAYS)
    rulings: list[Ruling] = []
    for number in range(chance.randint(0, 4)):
        unit = chance.choice(UNITS)
        code = chance.choice(RULES.terms_of[unit])[0].code
        rulings.append(verdict(chance, unit, code, today, today, 900 + number))
    return Position(past(chance, RULES, today) + Facts(rulings=tuple(rulings)), RULES, today, readings(chance))


def as_sent(position: Position, option: Option) -> Facts:
    """What the unit would really send today: the rows that an option asks for, in a ledger of today."""
    facts = Facts()
    for number, change in enumerate(option.changes):
        facts += _row(position, change, 5000 + number)
    return facts


def _row(position: Position, change: Change, order: int) -> Facts:
    clause = position.rulebook.clause[change.clause]
    term = clause.term_for(change.unit)
    assert term
    today = position.as_of
    sent = Ledger(change.unit, 2023, change.quarter or 4, today, dated=True, upload=order)
    if term.traits.read_from is ReadFrom.CASES:
        return Facts((sent,), cases=(case(clause.task, at=sent, row=order, day=today),))
    if term.traits.read_from is ReadFrom.ROSTER:
        return Facts((sent,), (statement(clause.code, at=sent, row=order, quantity=0, done_on=change.day),))
    if change.act is Act.PROVED:
        told = _told(position, change)
        row = replace(told[-1], ledger=sent, position=(0, order), evidence=words("补充的截图"))
        return Facts((sent,), (row,))
    row = statement(
        clause.code, at=sent, row=order, done_on=change.day or today, quantity=change.number, evidence="新的截图"
    )
    return Facts((sent,), (row,))


def _told(position: Position, change: Change) -> list[Statement]:
    said = position.dossiers[change.unit].statements.get(change.clause, ())
    return [
        one
        for one in said
        if change.quarter in (None, one.ledger.quarter) and one.status not in (Status.UNDECIDED, Status.UNREADABLE)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_every_offer_counts_on_a_whole_board(seed: int) -> None:
    position = drawn(Random(seed))
    for unit in UNITS:
        before = position.board.card[unit]
        worth = {action.option: action for action in single_actions(position, unit)}
        for option in (option for offered in options(position, unit).values() for option in offered):
            board = position.with_scenario(option.scenario).board
            card = board.card[unit]
            assert gains(position, before, card) == (option.faults, option.won)
            typed = parse_scenario(scenario_text(option.scenario, RULES), RULES)
            assert not typed.problems
            assert simulate(position.facts, typed.scenario, RULES, position.as_of, position.policy) == board
            if action := worth.get(option):
                assert (action.raw, action.score, action.rank) == (
                    card.raw - before.raw,
                    card.score - before.score,
                    card.rank,
                )
            roster = any(
                RULES.clause[c.clause].term_for(unit).traits.read_from is ReadFrom.ROSTER for c in option.changes
            )  # type: ignore[union-attr]
            if not roster and (option.faults or option.won):
                sent = position.with_facts(position.facts + as_sent(position, option)).board.card[unit]
                assert sent.score >= card.score, (option.says, option.changes)
        for rivals in Rivals:
            found = improve(position, unit, 1, rivals=rivals)
            plan = found.plan or found.best
            assert found.after.score == plan.score
            if rivals is Rivals.FROZEN:
                assert found.after == position.with_scenario(plan.scenario).board.card[unit]
                assert found.after.score <= max((rung.plan.score for rung in found.ladder), default=found.best.score)
