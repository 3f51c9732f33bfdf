"""One world in two years: the facts of the first moved along, so that a test changes only what it is about."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from scoring.analysis.position import Position
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.rules import Rulebook
from scoring.rulebook.continuity import shifted
from tests.analysis.worlds import only
from tests.years.books import NEXT, rulebook_of


def a_year_later(facts: Facts) -> Facts:
    """The same facts a year later. Weekends do not move along, so a test that needs equal medians has no installations."""
    return Facts(*(tuple(_later(fact) for fact in getattr(facts, f.name)) for f in fields(Facts)))


def _later(value: Any) -> Any:
    if isinstance(value, Ledger):
        return replace(value, year=value.year + 1, submitted=shifted(value.submitted, 1))
    if isinstance(value, date):
        return shifted(value, 1)
    if is_dataclass(value) and not isinstance(value, type | CellRef):
        moved = {f.name: _later(getattr(value, f.name)) for f in fields(value) if f.init}
        return replace(value, **(moved | ({"year": moved["year"] + 1} if "year" in moved else {})))
    return value


@cache
def rulebook_for(units: tuple[str, ...], *changes: tuple[str, str]) -> Rulebook:
    return only(*units, rulebook=rulebook_of(NEXT, *changes))


def next_year(position: Position, units: tuple[str, ...], *changes: tuple[str, str]) -> Position:
    """The same position a year later, under rules with changes."""
    rulebook, as_of = rulebook_for(units, *changes), shifted(position.as_of, 1)
    return Position(a_year_later(position.facts), rulebook, as_of, position.policy)
