"""What a set of workbooks would change: score and rank before and after, and every clause that moves. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import htpy as h

from scoring.analysis.upload_effect import same_finding
from scoring.board.wording import reason
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook
from ui.show.lines import named, signed_cell
from ui.show.proofs import state
from ui.show.tables import Cell, Column, Html, html, table
from ui.show.text import moved, points, standing


def score_table(before: Board, after: Board, units: Iterable[str], rulebook: Rulebook, *, ranked: bool = True) -> Html:
    """Return score and, where the boards hold all units (``ranked``), rank of each unit before and after."""
    columns = [
        Column("单位", "day"), Column("现在得分", "k-num"), Column("入库后得分", "k-num score"), Column("变化", "k-num k-far"),
        Column("现在名次", "k-num k-far"), Column("入库后名次", "k-num"), Column("名次变化", "k-num k-far"),
    ]  # fmt: skip
    shown = len(columns) if ranked else 4
    rows: list[list[str | Cell]] = []
    for unit in units:
        old, new = before.card[unit], after.card[unit]
        row: list[str | Cell] = [
            rulebook.short(unit), _now(old), points(new.score), signed_cell(new.score - old.score),
            standing(before, old), standing(after, new), moved(old.rank - new.rank),
        ]  # fmt: skip
        rows.append(row[:shown])
    return table(columns[:shown], rows)


def _now(card: ScoreCard) -> Html:
    """Return the score that stands, with a word where it is only that of a unit that has sent nothing."""
    silent = None if card.reported else [" ", h.span(".k-quiet")["（未报送）"]]
    return html(points(card.score), silent)


def clause_table(before: Board, changed: Iterable[Finding], rulebook: Rulebook) -> Html:
    """Return changed findings, before and after."""
    columns = [
        Column("评分项", "name"), Column("现在", "k-num"), Column("", "k-far"), Column("入库后", "k-num"), Column(""),
        Column("变化", "k-num k-far"), Column("入库后的理由", "wrap k-far"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = []
    for new in changed:
        old = same_finding(before, new)
        gap = new.points - (old.points if old else Decimal(0))
        rows.append([
            named(new, rulebook), signed_cell(old.points) if old else "–", state(old) if old else "",
            signed_cell(new.points), state(new), signed_cell(gap), reason(new),
        ])  # fmt: skip
    return table(columns, rows)
