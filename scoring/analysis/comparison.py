"""Two boards side by side: whom a change moves, by how much, and by which clause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scoring.methods.question import NO_POINTS
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from scoring.words.phrasing import number

SHOWN = 5


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
        found = (change for change in self.units if change.is_moved)
        return tuple(sorted(found, key=lambda c: (-abs(c.raw or NO_POINTS), -abs(c.places or 0))))

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
    found = (ClauseChange(unit, key[0], key[1], old.get(key), new.get(key)) for key in keys)
    clauses = tuple(change for change in found if _differs(change))
    return UnitChange(unit, either.kind, before, after, clauses)


def _findings(card: ScoreCard | None) -> dict[tuple[str, str], Finding]:
    if card is None:
        return {}
    return {(finding.clause, "".join(finding.item.split())): finding for finding in card.findings}


def _differs(change: ClauseChange) -> bool:
    before, after = change.before, change.after
    return before is None or after is None or (before.outcome, before.points) != (after.outcome, after.points)


def sentence(comparison: Comparison, rulebook: Rulebook) -> str:
    """Say whom the change moves."""
    moved = comparison.moved
    if not moved:
        count = len(comparison.clauses)
        return "没有单位的得分和名次变化" + (f"，{count}项认定的结论改变但不影响得分" if count else "")
    scored = [change for change in moved if change.raw != 0]
    carried = [change for change in moved if change.raw == 0]
    parts = [f"影响{len(moved)}个单位"] + [_said(change, rulebook) for change in scored[:SHOWN]]
    if len(scored) > SHOWN:
        parts.append(f"另有{len(scored) - SHOWN}个单位得分变化")
    if carried:
        parts.append(f"{len(carried)}个单位得分不变、名次随之变化")
    return "；".join(parts)


def _said(change: UnitChange, rulebook: Rulebook) -> str:
    unit = rulebook.unit.get(change.unit)
    name = unit.short if unit else change.unit
    if change.before is None or change.after is None:
        return f"{name}{'列入考评' if change.before is None else '不再考评'}"
    said = f"{name}由{number(change.before.score)}分到{number(change.after.score)}分"
    if not change.score:
        said = f"{name}得分不变，原始分由{number(change.before.raw)}分到{number(change.after.raw)}分"
    if change.places:
        return f"{said}、第{change.before.rank}名到第{change.after.rank}名"
    return f"{said}、名次不变"


HEADER = ("单位", "原得分", "现得分", "得分变化", "原原始分", "现原始分", "原名次", "现名次", "名次上升")
CLAUSES = ("单位", "条款", "事项", "原计分", "现计分", "变化", "原因（原）", "原因（现）")


def rows(comparison: Comparison) -> list[tuple[object, ...]]:
    """Return every unit's change as a table, its header first."""
    return [HEADER, *(_row(change) for change in comparison.units)]


def _row(change: UnitChange) -> tuple[object, ...]:
    old, new = change.before, change.after
    return (
        change.unit, old and old.score, new and new.score, change.score, old and old.raw, new and new.raw,
        old and old.rank, new and new.rank, change.places,
    )  # fmt: skip


def clause_rows(comparison: Comparison) -> list[tuple[object, ...]]:
    """Return every finding that differs as a table, its header first."""
    return [
        CLAUSES,
        *(
            (
                c.unit, c.clause, c.item, c.before and c.before.points, c.after and c.after.points, c.points,
                c.before.reason if c.before else "", c.after.reason if c.after else "",
            )
            for c in comparison.clauses
        ),
    ]  # fmt: skip
