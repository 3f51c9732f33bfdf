"""What is said of two boards side by side: the sentence, and the tables of units and clauses."""

from __future__ import annotations

from scoring.analysis.comparison import Comparison, UnitChange
from scoring.model.rules import Rulebook
from scoring.words.phrasing import number

SHOWN = 5


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
    scores = f"{name}由{number(change.before.score)}分到{number(change.after.score)}分"
    if not change.score:
        scores = f"{name}得分不变，原始分由{number(change.before.raw)}分到{number(change.after.raw)}分"
    if change.places:
        return f"{scores}、第{change.before.rank}名到第{change.after.rank}名"
    return f"{scores}、名次不变"


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
