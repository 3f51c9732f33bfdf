"""催报: who owes which quarter's ledger by when, how many came in time, and the words that ask for what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.analysis.open_matters import OpenMatter, Part
from scoring.judging.punctuality import Punctuality, Timeliness
from scoring.model.ledgers import Ledger
from scoring.model.rules import Rulebook


@dataclass(frozen=True, slots=True)
class QuarterSent:
    """What came for one quarter. ``owing`` names the units of which nothing has come at all, in the order of the rules.

    ``waiting`` are those whose own sending has not been taken in yet, ``later`` those whose ledger counts only after the
    day in view; both have sent, and owe nothing. ``passed``: the cut-off lies before the day in view or is it; then what
    comes later is among the ``late``.
    """

    quarter: int
    cut_off: date
    expected: int
    in_time: int
    late: int
    later: int
    waiting: tuple[str, ...]
    owing: tuple[str, ...]
    passed: bool

    @property
    def received(self) -> int:
        """Count the units whose ledger is there, however it came."""
        return self.in_time + self.late + (0 if self.passed else self.later)

    @property
    def rate(self) -> Fraction:
        """Return the share of the expected ledgers that came in time."""
        return Fraction(self.in_time, self.expected) if self.expected else Fraction(0)


def quarters(
    sent: Mapping[tuple[str, int], Punctuality],
    held: Collection[Ledger],
    waiting: Collection[str],
    found: Iterable[OpenMatter],
    rulebook: Rulebook,
    as_of: date,
) -> tuple[QuarterSent, ...]:
    """Return what came for each quarter of the year, in order; ``held`` are all ledgers that are stored, whatever their day.

    ``waiting`` are the units with a sending that is not taken in yet: which quarter it is for is told by nobody, so that
    such a unit owes none. ``found`` is the account of open matters: what did not come though its cut-off has passed is
    counted there.
    """
    units = [unit.name for unit in rulebook.units if unit.assessed]
    missing = {(one.unit, one.quarter) for one in found if one.part is Part.LEDGER}
    there = {(one.unit, one.quarter) for one in held if one.year == rulebook.assessment.year}
    how = {q: {unit: sent[unit, q].timeliness for unit in units} for q in rulebook.assessment.cut_offs}
    return tuple(
        _quarter(q, cut_off, how[q], {unit for unit, of in missing if of == q}, {unit for unit, of in there if of == q},
                 frozenset(waiting), as_of)
        for q, cut_off in sorted(rulebook.assessment.cut_offs.items())
    )  # fmt: skip


def _quarter(
    quarter: int, cut_off: date, how: Mapping[str, Timeliness], missing: Collection[str], there: Collection[str],
    waiting: Collection[str], as_of: date,
) -> QuarterSent:  # fmt: skip
    asked = [unit for unit in how if how[unit] is Timeliness.MISSING and unit in waiting]
    nothing = [unit for unit in how if unit in missing or unit in asked or how[unit] is Timeliness.OPEN]
    silent = [unit for unit in nothing if unit not in there]
    later = len(nothing) - len(silent)
    passed = as_of >= cut_off
    return QuarterSent(
        quarter,
        cut_off,
        len(how),
        sum(one is Timeliness.IN_TIME for one in how.values()),
        sum(one is Timeliness.LATE for one in how.values()) + later * passed,
        later,
        tuple(unit for unit in silent if unit in waiting),
        tuple(unit for unit in silent if unit not in waiting),
        passed,
    )
