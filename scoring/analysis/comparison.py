"""Two boards side by side: whom a change moves, by how much, and by which clause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.methods.question import NO_POINTS
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One finding that differs. None: the clause (or incentive item) is on one of the boards only.

    ``points`` is what it moves, in signed points.
    """

    unit: str
    clause: str
    item: str
    before: Finding | None
    after: Finding | None

    @property
    def points(self) -> Decimal:
        """Return the signed points that the difference moves."""
        return (self.after.points if self.after else NO_POINTS) - (self.before.points if self.before else NO_POINTS)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit on both boards. None: it is scored on one of them only. ``clauses`` are the findings that differ."""

    unit: str
    kind: str
    before: ScoreCard | None
    after: ScoreCard | None
    clauses: tuple[ClauseChange, ...]

    @property
    def score(self) -> Decimal | None:
        """Return by how much the score rises; None where there is nothing to compare."""
        return self.after.score - self.before.score if self.before and self.after else None

    @property
    def raw(self) -> Decimal | None:
        """Return by how much the raw score rises; None where there is nothing to compare."""
        return self.after.raw - self.before.raw if self.before and self.after else None

    @property
    def places(self) -> int | None:
        """Return by how many places the unit climbs; None where there is nothing to compare."""
        return self.before.rank - self.after.rank if self.before and self.after else None

    @property
    def is_moved(self) -> bool:
        """Tell whether raw score, score or rank differ."""
        return self.score is None or bool(self.score or self.raw or self.places)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All units of both boards, in the order of the later one's rules, then those that only the earlier one has."""

    before: Board
    after: Board
    units: tuple[UnitChange, ...]

    @property
    def moved(self) -> tuple[UnitChange, ...]:
        """Return the units whose raw score, score or rank differ, by how far they move, the furthest first."""
        moving = (change for change in self.units if change.is_moved)
        return tuple(sorted(moving, key=lambda c: (-abs(c.raw or NO_POINTS), -abs(c.places or 0))))

    @property
    def clauses(self) -> tuple[ClauseChange, ...]:
        """Return every finding that differs, by unit and clause."""
        return tuple(clause for change in self.units for clause in change.clauses)


def compare(before: Board, after: Board) -> Comparison:
    """Compare two boards, unit by unit and clause by clause.

    A finding differs where its outcome or its points do; another sentence for the same is no difference.
    """
    units = dict.fromkeys([card.unit for card in after.cards] + [card.unit for card in before.cards])
    return Comparison(before, after, tuple(_unit(unit, before.card.get(unit), after.card.get(unit)) for unit in units))


def _unit(unit: str, before: ScoreCard | None, after: ScoreCard | None) -> UnitChange:
    either = after or before
    if either is None:
        raise KeyError(unit)
    old, new = _findings(before), _findings(after)
    keys = dict.fromkeys([*new, *old])
    changes = (ClauseChange(unit, key[0], key[1], old.get(key), new.get(key)) for key in keys)
    clauses = tuple(change for change in changes if _differs(change))
    return UnitChange(unit, either.kind, before, after, clauses)


def _findings(card: ScoreCard | None) -> dict[tuple[str, str], Finding]:
    if card is None:
        return {}
    return {(finding.clause, "".join(finding.item.split())): finding for finding in card.findings}


def _differs(change: ClauseChange) -> bool:
    before, after = change.before, change.after
    return before is None or after is None or (before.outcome, before.points) != (after.outcome, after.points)
