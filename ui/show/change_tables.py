"""Whom a change moves: points and ranks before and after, per unit and clause. Pure, HTML out."""

from __future__ import annotations

from scoring.analysis.comparison import ClauseChange, Comparison, UnitChange
from scoring.board.wording import reason
from scoring.methods.question import NO_POINTS
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from ui.show.lines import named, signed_cell
from ui.show.proofs import state
from ui.show.tables import Cell, Column, Html, html, subheading, table
from ui.show.text import moved, points, standing

UNITS = (
    Column("单位", "day"), Column("现在得分", "k-num"), Column("之后得分", "k-num score"), Column("变化", "k-num"),
    Column("封顶前变化", "k-num k-far"), Column("现在名次", "k-num k-far"), Column("之后名次", "k-num"),
    Column("名次变化", "k-num"),
)  # fmt: skip
CLAUSES = (
    Column("单位", "day"), Column("评分项"), Column("现在", "k-num"), Column("", "k-far"), Column("之后", "k-num"),
    Column("", "k-far"), Column("变化", "k-num"), Column("之后的理由", "wrap k-far"),
)  # fmt: skip


def preview(found: Comparison, rulebook: Rulebook) -> Html:
    """Return both tables of a comparison; a sentence where there is nothing to show."""
    units, clauses = unit_table(found, rulebook), clause_table(found, rulebook)
    if units is None and clauses is None:
        return subheading("没有单位的得分、名次和认定结论会变")
    above = "得分和名次的变化" if units else "得分和名次都不变"
    below = [subheading("变化的评分项"), clauses] if clauses else None
    return html(subheading(above), units, below)


def unit_table(found: Comparison, rulebook: Rulebook) -> Html | None:
    """Return score and rank before and after of each unit that moves; None where none does."""
    rows = [_unit(change, found, rulebook) for change in found.moved]
    return table(UNITS, rows) if rows else None


def clause_table(found: Comparison, rulebook: Rulebook) -> Html | None:
    """Return each finding that differs, before and after; None where none does."""
    rows = [_clause(change, rulebook) for change in found.clauses]
    return table(CLAUSES, rows) if rows else None


def _unit(change: UnitChange, found: Comparison, rulebook: Rulebook) -> list[str | Cell]:
    old, new = change.before, change.after
    return [
        rulebook.short(change.unit),
        points(old.score) if old else "–",
        points(new.score) if new else "–",
        signed_cell(change.score or NO_POINTS),
        signed_cell(change.raw or NO_POINTS),
        standing(found.before, old) if old else "–",
        standing(found.after, new) if new else "–",
        moved(change.places),
    ]


def _clause(change: ClauseChange, rulebook: Rulebook) -> list[str | Cell]:
    either = change.after or change.before
    what = _named(either, rulebook) if either else change.clause
    return [
        rulebook.short(change.unit), what, *_side(change.before), *_side(change.after), signed_cell(change.points),
        reason(change.after) if change.after else "不再考评",
    ]  # fmt: skip


def _named(finding: Finding, rulebook: Rulebook) -> str:
    known = finding.item or finding.clause in rulebook.clause or finding.task in rulebook.task
    return named(finding, rulebook) if known else finding.clause


def _side(finding: Finding | None) -> tuple[str | Cell, str | Cell]:
    return (signed_cell(finding.points), state(finding)) if finding else (Cell("–", "k-quiet"), "")
