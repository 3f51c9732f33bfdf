"""Who sent the ledger of which quarter by when: ``每季度末月10日前…报送`` (task 28). Facts in, no points out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.rules import Assessment, Rulebook


class Timeliness(StrEnum):
    """How a unit's ledger of a quarter came in."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    OPEN = "open"  # nothing came yet, and the cut-off has not passed


@dataclass(frozen=True, slots=True)
class Punctuality:
    """What came of one unit for one quarter by ``as_of``. Grain: unit x quarter.

    ``first`` is the ledger that came first: it decides whether the quarter was in time, corrections do not make it late.
    None: nothing came. ``ledgers`` counts all that came.
    """

    unit: str
    quarter: int
    timeliness: Timeliness
    first: Ledger | None
    ledgers: int


def punctuality(facts: Facts, rulebook: Rulebook, as_of: date) -> Mapping[tuple[str, int], Punctuality]:
    """Return, for every unit and quarter, whether its ledger came in time, late, not at all, or may still come.

    A ledger sent on the cut-off's own day is in time (rules-reading 13); one sent after ``as_of`` does not exist yet.
    Cut-off 2023-06-10: sent on 06-10 in time, on 06-11 late; nothing sent is open at the end of 06-09, missing on 06-10.
    """
    came: dict[tuple[str, int], list[Ledger]] = {}
    for ledger in facts.ledgers:
        if ledger.year == rulebook.assessment.year and ledger.submitted <= as_of:
            came.setdefault((ledger.unit, ledger.quarter), []).append(ledger)
    return {
        (unit.name, quarter): _sent(unit.name, quarter, came.get((unit.name, quarter), []), cut_off, as_of)
        for unit in rulebook.units
        for quarter, cut_off in rulebook.assessment.cut_offs.items()
    }


def _sent(unit: str, quarter: int, ledgers: list[Ledger], cut_off: date, as_of: date) -> Punctuality:
    first = min(ledgers, key=lambda ledger: (ledger.submitted, ledger.upload), default=None)
    if first is None:
        timeliness = Timeliness.MISSING if as_of >= cut_off else Timeliness.OPEN
    else:
        timeliness = Timeliness.IN_TIME if first.submitted <= cut_off else Timeliness.LATE
    return Punctuality(unit, quarter, timeliness, first, len({ledger.upload for ledger in ledgers}))


def quarter_in_question(assessment: Assessment, as_of: date) -> int:
    """Return the quarter whose cut-off passed last; before the first cut-off, the first quarter."""
    passed = [quarter for quarter, cut_off in assessment.cut_offs.items() if cut_off <= as_of]
    return max(passed, default=min(assessment.cut_offs))
