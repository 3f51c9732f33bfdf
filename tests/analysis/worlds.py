"""Small worlds to analyse: units that did everything in time, but for what a test (or hypothesis) changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from scoring.analysis.position import Position
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from scoring.scenario.what_if import Act, Change, Scenario, apply, parse_scenario
from tests.test_scoring_properties import POLICIES
from tests.test_what_if import changes

WHOLE = load_rulebook()
YEAR_END = date(2023, 12, 31)
WUHUA, PANLONG, GUANDU, XISHAN, CHENGGONG = "五华区", "盘龙区", "官渡区", "西山区", "呈贡区"
FIVE = (WUHUA, PANLONG, GUANDU, XISHAN, CHENGGONG)


def only(*units: str, rulebook: Rulebook = WHOLE) -> Rulebook:
    """The same rules for few units, so that everything can be tried."""
    kept = tuple(unit for unit in rulebook.units if unit.name in units)
    clauses = tuple(
        replace(c, terms=tuple(replace(t, units=tuple(u for u in t.units if u in units)) for t in c.terms))
        for c in rulebook.clauses
    )
    return replace(rulebook, units=kept, clauses=clauses)


def world(
    text: str = "",
    *,
    units: Iterable[str] = FIVE,
    as_of: date = YEAR_END,
    policy: Policy | None = None,
    rulebook: Rulebook | None = None,
    facts: Facts | None = None,
) -> Position:
    """Units that did all that costs points, changed as the scenario's text says; ``facts`` are put beside."""
    units = tuple(units)
    rulebook = rulebook or only(*units)
    read = parse_scenario(text, rulebook)
    assert not read.problems, read.problems
    made = apply(done(units, rulebook, as_of), read.scenario, rulebook, as_of)
    return Position(made + (facts or Facts()), rulebook, as_of, policy or Policy())


def done(units: Iterable[str], rulebook: Rulebook, as_of: date = YEAR_END) -> Facts:
    everything = Scenario(
        tuple(
            Change(unit, clause.code, Act.DONE)
            for unit in units
            for clause, term in rulebook.terms_of[unit]
            if not term.is_bonus
        )
    )
    return apply(Facts(), everything, rulebook, as_of)


@st.composite
def positions(
    draw: st.DrawFn, units: tuple[str, ...] = FIVE, most: int = 8, days: st.SearchStrategy[date] | None = None
) -> Position:
    """Worlds in which a few clauses of a few units went otherwise, under any readings."""
    rulebook = only(*units)
    drawn = draw(st.lists(changes(units), max_size=most))
    as_of = draw(
        st.sampled_from([date(2023, 5, 20), date(2023, 7, 20), date(2023, 10, 10), YEAR_END]) if days is None else days
    )
    facts = apply(done(units, rulebook, as_of), Scenario(tuple(drawn)), rulebook, as_of)
    return Position(facts, rulebook, as_of, draw(POLICIES))


def counties(position: Position) -> tuple[str, ...]:
    return position.units("county")


def total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def of_units(facts: Facts, units: Iterable[str]) -> Facts:
    """The facts of some units."""
    return facts.of_units(set(units))
