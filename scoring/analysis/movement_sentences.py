"""What is said of the way from one board to another: sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.analysis.movement import Movement, Overtaking, Part, Step, UnitMovement, sums
from scoring.analysis.position import Position
from scoring.methods.question import NO_POINTS
from scoring.words.phrasing import number

TITLES = {
    Step.TIME: "时限到期",
    Step.EVIDENCE: "新的台账和佐证",
    Step.RULINGS: "审核认定",
    Step.POLICY: "口径",
    Step.RULES: "细则修改",
}


def sentence(position: Position, movement: Movement, kind: str) -> str:
    """Say who climbed and fell furthest, and by what. ``position`` names the units: the later of the two."""
    mine = [moved for moved in movement.units if moved.kind == kind]
    if not any(moved.score or moved.places for moved in mine):
        return "两次得分和名次没有变化"
    up = max(mine, key=lambda moved: (moved.places, moved.score))
    down = min(mine, key=lambda moved: (moved.places, moved.score))
    parts = []
    for moved, verb in ((up, "上升"), (down, "下降")):
        if (moved.places > 0) if verb == "上升" else (moved.places < 0):
            parts.append(f"{position.short(moved.unit)}{verb}{abs(moved.places)}名最多（{_said(moved)}）")
    if not parts:
        changed = sum(bool(moved.score) for moved in mine)
        parts.append(f"{changed}个单位得分变化，名次没有变化")
    passed = sum(o.unit in {moved.unit for moved in mine} and not o.is_level for o in movement.overtakings)
    return "；".join([*parts, *([f"共有{passed}次超越"] if passed else [])])


def _said(movement: UnitMovement) -> str:
    steps = [f"{TITLES[step]}{_signed(points)}分" for step, points in sums(movement).items() if points]
    return "，".join(steps) or "得分没有变，是别的单位变了"


def _signed(points: Decimal) -> str:
    return ("+" if points > 0 else "\N{MINUS SIGN}") + number(abs(points))


def overtaking_sentence(position: Position, found: Overtaking) -> str:
    """Say who passed whom, and by what."""
    by = "，".join(f"{TITLES[step]}{_signed(points)}分" for step, points in found.by)
    was = "（原来并列）" if found.was_level else ""
    verb = "追平" if found.is_level else "超过"
    return (
        f"{position.short(found.unit)}{verb}{position.short(found.passed)}{was}，相对多得{number(found.gained)}分：{by}"
    )


HEADER = ("单位", "原得分", *TITLES.values(), "现得分", "变化合计", "原名次", "现名次", "名次上升")


CLAUSES = ("单位", "来源", "条款", "事项", "原计分", "现计分", "变化")


PASSED = ("单位", "超过或追平", "原来并列", "现在并列", "相对多得", *TITLES.values())


def rows(movement: Movement) -> list[tuple[object, ...]]:
    """Return every unit's account as a table, its header first; each row adds up."""
    return [
        HEADER,
        *(
            (m.unit, m.before.score, *sums(m).values(), m.after.score, m.score, m.before.rank, m.after.rank, m.places)
            for m in movement.units
        ),
    ]


def clause_rows(movement: Movement) -> list[tuple[object, ...]]:
    """Return what each step changed, clause by clause, and what no clause accounts for, as a table."""
    return [CLAUSES, *(row for unit in movement.units for part in unit.parts for row in _part_rows(unit.unit, part))]


def _part_rows(unit: str, part: Part) -> Iterator[tuple[object, ...]]:
    for c in part.clauses:
        old, new = c.before and c.before.points, c.after and c.after.points
        yield unit, TITLES[part.step], c.clause, c.item, old, new, c.points
    if part.others:
        yield unit, TITLES[part.step], "", "基础分、责任分和上限", None, None, part.others


def overtaking_rows(movement: Movement) -> list[tuple[object, ...]]:
    """Return who passed whom as a table, its header first; the steps add up to what was gained."""
    return [
        PASSED,
        *(
            (
                o.unit,
                o.passed,
                "是" if o.was_level else "",
                "是" if o.is_level else "",
                o.gained,
                *(dict(o.by).get(step, NO_POINTS) for step in Step),
            )
            for o in movement.overtakings
        ),
    ]
