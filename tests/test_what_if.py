"""A scenario changes facts and nothing else; the scores come from the one scoring function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.position import Position
from scoring.judging.rank import make_board
from scoring.methods import method_of
from scoring.model.facts import Facts
from scoring.model.findings import Outcome
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from scoring.scenario.text import MOST_CHARACTERS, RULINGS
from scoring.scenario.what_if import (
    Act,
    Change,
    ImpossibleChangeError,
    Scenario,
    all_cases,
    all_evidence,
    apply,
    full_counts,
    parse_scenario,
    scenario_text,
    simulate,
)
from tests.builders import case, ledger, roster_row, ruling, statement
from tests.test_scoring_properties import DAYS, FACTS, POLICIES

RULEBOOK = load_rulebook()
UNIT, YEAR_END = "五华区", date(2023, 12, 31)
UNITS = ["五华区", "石林彝族自治县", "市交警支队", "市政务服务局", "市住房城乡建设局"]


@st.composite
def changes(draw: st.DrawFn, units: Sequence[str] = UNITS) -> Change:
    unit = draw(st.sampled_from(list(units)))
    if draw(st.integers(0, 9)) == 0:
        points = draw(st.sampled_from(["0.50", "1.00", "2", "0.10"]))
        return Change(unit, draw(st.sampled_from(["29", "30"])), Act.ADD, points=Decimal(points))
    clause, term = draw(st.sampled_from(RULEBOOK.terms_of[unit]))
    act = draw(st.sampled_from(sorted(method_of(term).acts)))
    number = draw(st.integers(0, 5)) if act is Act.COUNT else None
    by_quarter = term.traits.by_quarter and act not in RULINGS
    quarter = draw(st.none() | st.sampled_from([2, 3, 4])) if by_quarter else None
    day = draw(st.none() | DAYS) if act in (Act.DONE, Act.BARE, Act.COUNT) else None
    return Change(unit, clause.code, act, day, number, quarter=quarter)


SCENARIOS = st.builds(lambda items: Scenario(tuple(items)), st.lists(changes(), max_size=6))


NOTHING = Facts()


def points(scenario: Scenario, clause: str, facts: Facts = NOTHING, **policy: str) -> Decimal:
    board = simulate(facts, scenario, RULEBOOK, YEAR_END, Policy(**policy))  # type: ignore[arg-type]
    finding = board.card[scenario.changes[0].unit].finding(clause)
    assert finding is not None
    return finding.points


@settings(max_examples=30, deadline=None)
@given(FACTS, DAYS, POLICIES)
def test_the_empty_scenario_is_the_baseline(facts: Facts, as_of: date, policy: Policy) -> None:
    assert simulate(facts, Scenario(), RULEBOOK, as_of, policy) == make_board(facts, RULEBOOK, as_of, policy)


@settings(max_examples=60, deadline=None)
@given(SCENARIOS)
def test_a_scenario_comes_back_from_its_text(scenario: Scenario) -> None:
    keys = [(c.unit, c.clause, c.quarter, n if c.act is Act.ADD else 0) for n, c in enumerate(scenario.changes)]
    read = parse_scenario(scenario_text(scenario, RULEBOOK), RULEBOOK)
    if len(set(keys)) == len(keys):
        assert (read.scenario, read.problems) == (scenario, ())
    again = parse_scenario(scenario_text(read.scenario, RULEBOOK), RULEBOOK)
    assert (again.scenario, again.problems) == (read.scenario, ())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"五华区:[0-9A-Z*~=@,;a-z+.\-]{0,25}", fullmatch=True))
def test_any_text_is_read_or_reported_and_what_is_read_can_be_scored(text: str) -> None:
    read = parse_scenario(text, RULEBOOK)
    assert simulate(Facts(), read.scenario, RULEBOOK, YEAR_END, Policy()).cards
    assert read.scenario or read.problems or not text.replace(";", "").replace(",", "").removeprefix("五华区:")


@pytest.mark.parametrize(("text", "says"), [
    ("呈贡:4A=done", "不是考评对象"),
    ("五华区:99Z=done", "没有对五华区计分的条款"),
    ("五华区:9B=done", "没有对五华区计分的条款"),
    ("五华区:4A=4", "不能这样改"),
    ("五华区:4A=done@20230231", "日期不存在"),
    ("五华区:4A~2=done", "不按季度改"),
    ("五华区:20A~1=done", "不到期"),
    ("五华区:28=1", "不是激励加分的任务"),
    ("五华区:29=999", "激励加分的分值不对"),
    ("五华区:29=0", "激励加分的分值不对"),
    ("五华区:29=-1", "看不懂"),
    ("五华区:9C=1.5", "看不懂"),
    ("五华区:*=done", "只能一起补佐证"),
    ("五华区:4A=add", "看不懂"),
    ("五华区:4A=done,4A=open", "写了两次"),
    ("五华区:" + "4A=done," * MOST_CHARACTERS, "太长"),
])  # fmt: skip
def test_bad_text_is_said_in_chinese(text: str, says: str) -> None:
    assert says in "".join(parse_scenario(text, RULEBOOK).problems)


@settings(max_examples=60, deadline=None)
@given(FACTS, SCENARIOS, DAYS, POLICIES)
def test_one_unit_scored_by_itself_equals_its_card_on_the_whole_board(
    facts: Facts, scenario: Scenario, as_of: date, policy: Policy
) -> None:
    position = Position(facts, RULEBOOK, as_of, policy)
    for unit in scenario.units:
        own = Scenario(tuple(c for c in scenario.changes if c.unit == unit))
        whole = simulate(facts, own, RULEBOOK, as_of, policy).card[unit]
        if policy.median == "standard":
            assert replace(whole, rank=0) == position.rescored(unit, own)


@settings(max_examples=60, deadline=None)
@given(FACTS, SCENARIOS, DAYS, POLICIES)
def test_units_that_a_scenario_does_not_name_keep_their_scores(
    facts: Facts, scenario: Scenario, as_of: date, policy: Policy
) -> None:
    before = make_board(facts, RULEBOOK, as_of, policy)
    after = simulate(facts, scenario, RULEBOOK, as_of, policy)
    if policy.median == "standard":
        for card in before.cards:
            assert card.unit in scenario.units or after.card[card.unit].raw == card.raw


@settings(max_examples=40, deadline=None)
@given(FACTS, SCENARIOS, DAYS)
def test_simulated_facts_say_so(facts: Facts, scenario: Scenario, as_of: date) -> None:
    after = apply(facts, scenario, RULEBOOK, as_of)
    for name in ("statements", "cases", "incentives"):
        for fact in set(getattr(after, name)) - set(getattr(facts, name)):
            assert fact.source.workbook.startswith("模拟")
    for row in set(after.roster) - set(facts.roster):
        assert row.header.workbook.startswith("模拟")
    for given_ruling in set(after.rulings) - set(facts.rulings):
        assert given_ruling.reviewer == "模拟"


@settings(max_examples=40, deadline=None)
@given(FACTS, DAYS, POLICIES, st.sampled_from(UNITS), st.data())
def test_a_clause_set_done_in_time_costs_nothing_and_one_set_open_costs_whatever_was_said(
    facts: Facts, as_of: date, policy: Policy, unit: str, data: st.DataObject
) -> None:
    clause, term = data.draw(st.sampled_from(RULEBOOK.terms_of[unit]))
    done = simulate(facts, Scenario((Change(unit, clause.code, Act.DONE),)), RULEBOOK, as_of, policy)
    finding = done.card[unit].finding(clause.code)
    best = Decimal(0) if not term.is_bonus else term.cap or term.points
    late_rows = term.method == "roster" and any(r.ledger.unit == unit for r in facts.roster)
    assert finding.points == best or late_rows
    opened = simulate(facts, Scenario((Change(unit, clause.code, Act.OPEN),)), RULEBOOK, as_of, policy)
    finding = opened.card[unit].finding(clause.code)
    if term.is_bonus:
        assert finding.points == 0
    elif as_of >= max(clause.deadline, date(2023, 12, 10)) and term.asked_after is None:
        assert finding.points < 0


def test_each_kind_of_change() -> None:
    assert points(Scenario((Change(UNIT, "4A", Act.DONE, date(2023, 7, 3)),)), "4A") == 0
    assert points(Scenario((Change(UNIT, "1A", Act.DONE, date(2023, 7, 3)),)), "1A") == Decimal("-0.2")
    assert points(Scenario((Change(UNIT, "4A", Act.BARE),)), "4A") == Decimal("-0.2")
    assert points(Scenario((Change(UNIT, "4A", Act.BARE),)), "4A", evidence="flagged") == 0
    assert points(Scenario((Change(UNIT, "8A", Act.COUNT, number=1),)), "8A") == Decimal("-0.4")
    assert points(Scenario((Change("市政务服务局", "9A", Act.COUNT, number=3),)), "9A") == Decimal("-0.6")
    assert points(Scenario((Change(UNIT, "9C", Act.COUNT, number=3),)), "9C") == Decimal("1.5")
    assert points(Scenario((Change(UNIT, "4C", Act.DONE),)), "4C") == Decimal("0.5")
    assert points(Scenario((Change(UNIT, "4A", Act.EXEMPT),)), "4A") == 0
    one = Scenario((Change(UNIT, "20A", Act.OPEN), Change(UNIT, "20A", Act.DONE, quarter=3)))
    assert points(one, "20A", quarterly="each") == Decimal("-0.4")
    more = simulate(
        Facts(), Scenario((Change(UNIT, "29", Act.ADD, points=Decimal("1.5")),)), RULEBOOK, YEAR_END, Policy()
    )
    assert more.card[UNIT].incentive == Decimal("1.5")
    assert not more.card[UNIT].reported


def test_a_roster_sent_late_is_set_in_time_and_keeps_its_rows() -> None:
    late = ledger(UNIT, 2, date(2023, 7, 20))
    slow = roster_row(accepted=date(2023, 5, 8), connected=date(2023, 5, 31), at=late)
    facts = Facts((late,), roster=(slow,))
    scenario = Scenario((Change(UNIT, "2B", Act.DONE),))
    assert points(scenario, "2B", facts, late="strict", late_ledger="rejected") == 0
    assert points(scenario, "2C", facts, late_ledger="rejected") == Decimal("-0.2")
    assert points(Scenario((Change(UNIT, "2C", Act.DONE),)), "2C", facts) == 0


def test_a_change_takes_the_place_of_a_ruling() -> None:
    said = statement("4A", "not_done")
    facts = Facts((said.ledger,), (said,), rulings=(ruling("4A", "rejected", date(2023, 12, 1)),))
    assert points(Scenario((Change(UNIT, "4A", Act.DONE),)), "4A", facts) == 0


def test_evidence_is_given_in_place_and_keeps_the_day() -> None:
    said = statement("1A", evidence="", done_on=date(2023, 6, 1))
    given_case = case(4, evidence="")
    facts = Facts((said.ledger,), (said,), cases=(given_case,))
    card = simulate(facts, all_evidence([UNIT]), RULEBOOK, YEAR_END, Policy()).card[UNIT]
    assert card.finding("1A").outcome is Outcome.MET
    assert card.finding("1A").sources[0].workbook == "模拟：台账.xlsx"
    assert card.finding("4C").points == Decimal("0.5")


def test_presets_go_by_method() -> None:
    board = simulate(Facts(), all_cases([UNIT], RULEBOOK) + full_counts([UNIT], RULEBOOK), RULEBOOK, YEAR_END, Policy())
    assert board.card[UNIT].case_points == Decimal(4)
    assert len(all_cases([UNIT], RULEBOOK).changes) == 4
    assert scenario_text(full_counts([UNIT], RULEBOOK), RULEBOOK) == "五华区:9C=4"
    assert not all_cases(["市交警支队"], RULEBOOK)


def test_an_impossible_change_is_refused() -> None:
    for change in (Change("某县", "4A", Act.DONE), Change(UNIT, "9B", Act.DONE), Change(UNIT, "2C", Act.BARE)):
        with pytest.raises(ImpossibleChangeError):
            apply(Facts(), Scenario((change,)), RULEBOOK, YEAR_END)


@pytest.mark.parametrize(("clause", "quarter"), [("4A", None), ("20A", 2), ("8A", None)])
def test_a_change_takes_the_place_of_what_a_later_ledger_says(clause: str, quarter: int | None) -> None:
    sent = ledger(UNIT, quarter or 4, date(2023, 12, 30))
    facts = Facts((sent,), (statement(clause, "not_done", at=sent),))
    others = Change(UNIT, clause, Act.DONE) if quarter is None else Change(UNIT, clause, Act.DONE, quarter=quarter)
    rest = tuple(Change(UNIT, clause, Act.DONE, quarter=q) for q in (3, 4)) if quarter else ()
    assert points(Scenario((others, *rest)), clause, facts) == 0
