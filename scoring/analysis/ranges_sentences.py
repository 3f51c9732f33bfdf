"""What is said of how far ranks can still go: the sentence above the table, and the table."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.analysis.position import Position
from scoring.analysis.ranges import Certainty, Range, Reach
from scoring.model.rules import UnitKind
from scoring.words.phrasing import numeral

CERTAIN = {
    Certainty.FIRST: "锁定前{}", Certainty.NOT_FIRST: "已无缘前{}",
    Certainty.LAST: "锁定后{}", Certainty.NOT_LAST: "已无缘后{}",
}  # fmt: skip
NAMES = {Reach.TIME: "只看时间", Reach.VERDICTS: "加上待认定", Reach.EVERYTHING: "加上还能做的"}


def certain(certainty: Certainty, listed: int) -> str:
    """Say what is certain of a list of so many units.

    >>> certain(Certainty.FIRST, 3)
    '锁定前三'
    """
    return CERTAIN[certainty].format(numeral(listed))


def sentence(position: Position, found: Sequence[Range], kind: UnitKind) -> str:
    """Say how many ranks each range can still change, and who is locked on a list."""
    mine = [one for one in found if one.kind == kind.name]
    moving = {reach: sum(not one.spreads[reach].is_fixed for one in mine) for reach in Reach}
    parts = [f"{NAMES[reach]}{f'{count}个' if count else '没有一个'}" for reach, count in moving.items()]
    return "；".join([f"{kind.title}名次还会变的，{'，'.join(parts)}", *_locked(position, mine, kind.listed)])


def _locked(position: Position, mine: Sequence[Range], listed: int) -> list[str]:
    """Say who is on a list whatever happens."""
    if not listed:
        return []
    parts = []
    for certainty in (Certainty.FIRST, Certainty.LAST):
        sure = [one.unit for one in mine if certainty in one.locked]
        parts += [f"{position.shorts(sure)}{certain(certainty, listed)}"] if sure else []
    return parts or [f"前{numeral(listed)}名和后{numeral(listed)}名都还没有一个能够锁定"]


HEADER = (
    "单位", "现名次", "现得分",
    *(f"{name}{what}" for name in NAMES.values() for what in ("最好名次", "最差名次", "最低得分", "最高得分")), "锁定",
)  # fmt: skip


def rows(position: Position, found: Sequence[Range]) -> list[tuple[object, ...]]:
    """Return the ranges as a table, its header first."""
    table: list[tuple[object, ...]] = [HEADER]
    for reach in found:
        ends = [
            end
            for spread in reach.spreads.values()
            for end in (spread.best_rank, spread.worst_rank, spread.lowest, spread.highest)
        ]
        listed = position.rulebook.kinds[reach.kind].listed
        table.append((reach.unit, reach.rank, reach.score, *ends, "、".join(certain(c, listed) for c in reach.locked)))
    return table
