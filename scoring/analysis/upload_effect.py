"""What a set of workbooks changes on a board: findings that differ, and units that move without having sent anything."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.model.boards import Board
from scoring.model.findings import Finding


def changes(before: Board, after: Board, unit: str) -> list[Finding]:
    """Return the findings of a unit whose points or outcome are others than before, in the order of the rules."""
    changed = []
    for new in after.card[unit].findings:
        old = same_finding(before, new)
        if old is None or (old.points, old.outcome) != (new.points, new.outcome):
            changed.append(new)
    return changed


def carried(before: Board, after: Board, units: Iterable[str]) -> list[str]:
    """Name the units that sent nothing in these workbooks and move all the same, in the order of the rules."""
    sent = set(units)
    old, now = before.card, after.card
    return [
        unit
        for unit in now
        if unit not in sent
        and ((old[unit].score, old[unit].rank) != (now[unit].score, now[unit].rank) or changes(before, after, unit))
    ]


def same_finding(board: Board, finding: Finding) -> Finding | None:
    """Return the finding of the same clause (and the same incentive item) on another board."""
    return next(
        (f for f in board.card[finding.unit].findings if (f.clause, f.item) == (finding.clause, finding.item)), None
    )
