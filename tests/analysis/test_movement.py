"""The parts of a movement add up to the whole, and each kind of change is put where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis import movement_sentences
from scoring.analysis.movement import Step, account, known_by, sums
from scoring.analysis.position import Position
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from tests.analysis.worlds import FIVE, PANLONG, WHOLE, WUHUA, XISHAN, only, positions, total, world
from tests.builders import ledger, ruling, statement
from tests.test_scoring_properties import DAYS, FACTS

JUNE, OCTOBER = date(2023, 6, 15), date(2023, 10, 10)


@settings(max_examples=30, deadline=None)
@given(positions(most=8), positions(most=8), st.booleans())
def test_the_parts_add_up_exactly(before: Position, after: Position, dearer: bool) -> None:
    if dearer:
        assessment = replace(after.rulebook.assessment, score_cap=Decimal(96))
        kinds = {name: replace(kind, base=Decimal("95.5")) for name, kind in after.rulebook.kinds.items()}
        after = replace(after, rulebook=replace(after.rulebook, assessment=assessment, kinds=kinds, rules_hash="other"))
    found = account(before, after)
    assert [m.unit for m in found.units] == list(after.board.card)
    for moved in found.units:
        assert (moved.before, moved.after) == (before.board.card[moved.unit], after.board.card[moved.unit])
        assert total(sums(moved).values()) == total(p.score for p in moved.parts) == moved.score
        assert total(part.raw for part in moved.parts) == moved.after.raw - moved.before.raw
        assert len({part.step for part in moved.parts}) == len(moved.parts)
    for passed in found.overtakings:
        one, other = before.board.card[passed.unit], before.board.card[passed.passed]
        assert total(points for _, points in passed.by) == passed.gained > 0
        assert passed.was_level == (one.rank == other.rank)
        assert passed.is_level == (after.board.card[passed.unit].rank == after.board.card[passed.passed].rank)
        assert passed.was_level + passed.is_level < 2
        assert movement_sentences.overtaking_sentence(after, passed)
    for moved in found.units:
        ups = sum(o.unit == moved.unit and not o.was_level for o in found.overtakings)
        downs = sum(o.passed == moved.unit and not o.is_level for o in found.overtakings)
        assert moved.places == ups - downs, "every place won or lost is told"
    assert movement_sentences.sentence(after, found, "county")
    for table in (
        movement_sentences.rows(found),
        movement_sentences.clause_rows(found),
        movement_sentences.overtaking_rows(found),
    ):
        assert len({len(row) for row in table}) == 1


@settings(max_examples=20, deadline=None)
@given(FACTS, DAYS, DAYS)
def test_with_the_same_facts_only_time_and_what_time_brought_tell(facts: Facts, one: date, other: date) -> None:
    rulebook = only(WUHUA, "市政务服务局")
    before, after = (Position(facts, rulebook, day, Policy()) for day in sorted((one, other)))
    for moved in account(before, after).units:
        assert {part.step for part in moved.parts} <= {Step.TIME, Step.EVIDENCE}


@settings(max_examples=15, deadline=None)
@given(positions(most=8), positions(most=8))
def test_the_way_back_is_the_way_there_with_signs_turned(before: Position, after: Position) -> None:
    if before.as_of == after.as_of:
        return
    there, back = account(before, after), account(after, before)
    turned = {m.unit: {step: -points for step, points in sums(m).items()} for m in back.units}
    assert {m.unit: sums(m) for m in there.units} == turned


@settings(max_examples=15, deadline=None)
@given(FACTS, DAYS)
def test_what_is_known_by_a_day_makes_that_days_board(facts: Facts, day: date) -> None:
    assert make_board(known_by(facts, day), WHOLE, day, Policy()) == make_board(facts, WHOLE, day, Policy())


def step_of(before: Position, after: Position) -> dict[Step, Decimal]:
    found = next(m for m in account(before, after).units if m.unit == WUHUA)
    return {step: points for step, points in sums(found).items() if points}


def test_a_deadline_that_passed_and_the_ledger_that_came_late_are_told_apart() -> None:
    early, said = world(as_of=JUNE), statement("4A", "not_done")
    others = tuple(s for s in early.facts.statements if (s.ledger.unit, s.clause) != (WUHUA, "4A"))
    early = early.with_facts(replace(early.facts, statements=(*others, said)))
    sent = ledger(WUHUA, 3, date(2023, 9, 8))
    done = statement("4A", at=sent, done_on=date(2023, 8, 1), row=900)
    late = replace(early, as_of=OCTOBER, facts=early.facts + Facts((sent,), (done,)))
    assert step_of(early, late) == {Step.TIME: Decimal("-0.2"), Step.EVIDENCE: Decimal("0.2")}
    assert step_of(replace(late, as_of=JUNE), late) == {Step.TIME: Decimal("-0.2"), Step.EVIDENCE: Decimal("0.2")}
    assert step_of(early, replace(early, as_of=OCTOBER)) == {Step.TIME: Decimal("-0.2")}


@pytest.mark.parametrize(("step", "change"), [
    (Step.RULINGS, lambda p: p.with_facts(p.facts + Facts(rulings=(ruling("4A", "accepted", OCTOBER),)))),
    (Step.POLICY, lambda p: replace(p, policy=Policy(late="lenient"))),
    (Step.EVIDENCE, lambda p: world("五华区:1A=done@20230801", as_of=OCTOBER)),
])  # fmt: skip
def test_each_argument_has_its_step(step: Step, change: object) -> None:
    before = world("五华区:4A=open,1A=done@20230801", as_of=OCTOBER)
    assert step_of(before, change(before)) == {step: Decimal("0.2")}  # type: ignore[operator]


def test_a_dearer_clause_is_a_change_of_rules() -> None:
    before = world("五华区:4A=open", as_of=OCTOBER)
    clauses = tuple(
        replace(c, terms=tuple(replace(t, points=t.points * 2) for t in c.terms)) if c.code == "4A" else c
        for c in before.rulebook.clauses
    )
    after = replace(before, rulebook=replace(before.rulebook, clauses=clauses))
    assert step_of(before, after) == {Step.RULES: Decimal("-0.2")}


def test_who_overtook_whom_by_what_is_said() -> None:
    before = world("五华区:4A=open,3A=open;盘龙区:22A=open", as_of=OCTOBER)
    after = world("盘龙区:22A=open,22B=open", as_of=OCTOBER)
    found = account(before, after)
    first = found.overtakings[0]
    assert (first.unit, first.passed, first.gained, first.was_level) == (WUHUA, PANLONG, Decimal("0.5"), False)
    said = movement_sentences.overtaking_sentence(after, first)
    assert said == "五华区超过盘龙区，相对多得0.5分：新的台账和佐证+0.5分"
    level = next(one for one in found.overtakings if one.is_level)
    assert movement_sentences.overtaking_sentence(after, level).startswith("五华区追平")
    assert movement_sentences.sentence(after, found, "county").startswith(
        "五华区上升4名最多（新的台账和佐证+0.4分）；盘龙区下降"
    )
    assert "新的台账和佐证\N{MINUS SIGN}0.1分" in movement_sentences.sentence(after, found, "county")
    assert XISHAN in FIVE


def test_units_on_one_board_only_are_named() -> None:
    before, after = world(units=(WUHUA, PANLONG)), world(units=(PANLONG, XISHAN))
    found = account(before, after)
    assert ([m.unit for m in found.units], found.entered, found.left) == ([PANLONG], (XISHAN,), (WUHUA,))
