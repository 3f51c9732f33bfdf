"""Editing a scenario: whatever is clicked stays readable, the later of two that set the same stands, nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.plays import play
from scoring.analysis.position import Position
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.model.traits import ReadFrom
from scoring.rulebook.read import load_rulebook
from scoring.scenario.text import Scenario, fault_of, parse_scenario, scenario_text
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.reading import Shown
from ui.show import scenarios, steps, theme
from ui.show.text import signed

RULES = load_rulebook()
UNITS = [unit.name for unit in RULES.units if unit.assessed and unit.kind == "county"]
EDITS = [edit for clause, term in RULES.terms_of[UNITS[0]] for _, edit in scenarios.acts(clause, term)]


@pytest.mark.parametrize(
    ("text", "edit", "units", "expected"),
    [
        ("", "4A=done", ["五华区"], "五华区:4A=done"),
        ("五华区:4A=open", "4A=done", ["五华区"], "五华区:4A=done"),
        ("五华区:4A=done", "4A=", ["五华区"], ""),
        ("五华区:4A=done;盘龙区:4A=done", "五华区:4A=", ["盘龙区"], "盘龙区:4A=done"),
        ("五华区:4A=done", "9C=3", ["五华区", "盘龙区"], "五华区:4A=done,9C=3;盘龙区:9C=3"),
        ("五华区:20A~2=open", "20A=done", ["五华区"], "五华区:20A=done"),
        ("五华区:20A=done", "20A~2=open", ["五华区"], "五华区:20A=done,20A~2=open"),
        ("五华区:20A~2=open,20A~3=open", "20A~2=", ["五华区"], "五华区:20A~3=open"),
        ("五华区:29=0.5", "29=1", ["五华区"], "五华区:29=1"),
        ("五华区:29=0.5,4A=done", "29=", ["五华区"], "五华区:4A=done"),
    ],
)
def test_an_edit_makes_one_change(text: str, edit: str, units: list[str], expected: str) -> None:
    made = scenarios.edited(text, edit, units, RULES)
    assert scenario_text(made.scenario, RULES) == expected
    assert not made.problems


@given(
    edits=st.lists(st.sampled_from(EDITS), max_size=8),
    units=st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
)
def test_whatever_is_clicked_can_be_read_again(edits: list[str], units: list[str]) -> None:
    text = ""
    for edit in edits:
        made = scenarios.edited(text, edit, units, RULES)
        assert not made.problems
        text = scenario_text(made.scenario, RULES)
        assert parse_scenario(text, RULES).scenario == made.scenario
        assert not any(fault_of(change, RULES) for change in made.scenario.changes)
    for edit in edits:
        text = scenario_text(scenarios.edited(text, f"{edit.partition('=')[0]}=", units, RULES).scenario, RULES)
    assert text == ""


@given(st.text(max_size=60))
def test_no_text_of_a_link_breaks_an_edit(text: str) -> None:
    made = scenarios.edited(text, text, UNITS[:2], RULES)
    assert all(isinstance(problem, str) and problem for problem in made.problems)


def test_every_chip_is_a_change_that_can_be_made(rulebook: Rulebook) -> None:
    for unit, terms in rulebook.terms_of.items():
        for clause, term in terms:
            for word, edit in scenarios.acts(clause, term):
                assert not scenarios.edited("", edit, [unit], rulebook).problems, (unit, word)


def test_the_switches_mark_what_is_on_and_say_both_points(rulebook: Rulebook) -> None:
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    played = play(position, parse_scenario("五华区:9C=4,20A~2=done", rulebook).scenario)
    before, after = position.board.card["五华区"], played.position.board.card["五华区"]
    body = scenarios.switches(before, after, played.scenario, rulebook, lambda edit: f"?set={edit}")
    bonus = scenarios.bonuses(before, after, played.scenario, rulebook, lambda edit: f"?set={edit}")
    found = Shown(body + bonus)
    faults = [clause for clause, term in rulebook.terms_of["五华区"] if not term.is_bonus]
    won = signed(sum(f.points for f in before.findings if f.clause == "9C"))
    assert f"9C “一站式”服务报装 {won} → +2.00" in Shown(bonus).text
    for row in found.rows[1 : 1 + len(faults)]:
        old, new = (card.finding(row[0].split()[0]) for card in (before, after))
        assert old is not None
        assert new is not None
        assert row[1:3] == [signed(finding.points) if finding.points else "–" for finding in (old, new)], row
    assert "?set=9C=" in found.links, "the chip that is on takes its change out"
    assert "?set=20A~2=" in found.links, "what no chip offers can be taken out too"
    assert (body.count('class="go on"'), bonus.count('class="go on"')) == (1, 1)
    assert len(found.rows) == 1 + len(faults) + 2


def test_what_wins_points_stands_together_cases_first(rulebook: Rulebook) -> None:
    board = Position(sample_facts(rulebook), rulebook, AS_OF, Policy()).board
    for unit in board.card:
        terms = rulebook.terms_of[unit]
        shown = Shown(scenarios.bonuses(board.card[unit], board.card[unit], Scenario(()), rulebook, lambda edit: edit))
        cases = [clause.code for clause, term in terms if term.is_bonus and term.traits.read_from is ReadFrom.CASES]
        others = [clause.code for clause, term in terms if term.is_bonus and clause.code not in cases]
        assert [word for word in shown.words if word in rulebook.clause] == [*cases, *others], unit


def test_an_incentive_task_says_what_all_its_items_give_now_and_would_give(rulebook: Rulebook) -> None:
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    card = next(card for card in position.board.cards if card.incentive)
    task = next(finding.clause for finding in card.findings if finding.item and finding.points)
    short = rulebook.unit[card.unit].short
    played = play(position, parse_scenario(f"{short}:{task}=0.5", rulebook).scenario)
    after = played.position.board.card[card.unit]
    rows = Shown(scenarios.switches(card, after, played.scenario, rulebook, lambda edit: edit)).rows
    now, then = (sum(f.points for f in one.findings if f.clause == task) for one in (card, after))
    assert then > now > 0
    assert next(row[1:3] for row in rows if row[0].split()[0] == task) == [signed(now), signed(then)]


def test_both_waterfalls_end_at_their_scores(rulebook: Rulebook) -> None:
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    played = play(position, parse_scenario("盘龙区:*=proved,9C=4", rulebook).scenario)
    before, after = position.board.card["盘龙区"], played.position.board.card["盘龙区"]
    old, new = steps.both(before, after, rulebook, theme.LIGHT).data
    for bars, card in ((old, before), (new, after)):
        assert bars.base[-1] + bars.x[-1] == pytest.approx(float(card.score))


def test_units_of_a_link_are_known_ones_in_the_order_of_the_rules(rulebook: Rulebook) -> None:
    assert scenarios.units_of("盘龙区，五华，某某，", UNITS, rulebook) == ["五华区", "盘龙区"]
    assert scenarios.units_text(["五华区", "盘龙区"]) == "五华区，盘龙区"
    assert scenarios.units_text([]) is None
