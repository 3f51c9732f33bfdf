"""Ranges of ranks: from the best to the worst that each unit can reach, as a chart and as tables. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import htpy as h
import plotly.graph_objects as go

from scoring.analysis.policy_combinations import Alternative, Readings
from scoring.analysis.policy_combinations_sentences import stability
from scoring.analysis.position import Position
from scoring.board.red_black import ends
from scoring.model.rules import Rulebook
from scoring.words.phrasing import numeral
from ui.show import theme
from ui.show.tables import Cell, Column, Html, anchor, bold, chip, html, table
from ui.show.text import listed, points

ROW = 34
GAP = "\u2003"  # keeps a label clear of the dot
NOTHING = Cell("–", "k-quiet")


@dataclass(frozen=True, slots=True)
class Span:
    """One unit's range of ranks. ``rank`` is today's, None where it is not scored today; ``says`` stands at its end.

    ``within`` are narrower ranges inside it as (best, worst), the widest first.
    """

    name: str
    rank: int | None
    best: int
    worst: int
    says: str
    within: tuple[tuple[int, int], ...] = ()


def of_readings(found: Readings, kind: str, rulebook: Rulebook) -> tuple[Span, ...]:
    """Return the ranges over all readings, by today's rank."""
    mine = [s for s in found.standings if s.kind == kind]
    spans = [Span(rulebook.short(s.unit), s.rank, s.best_rank, s.worst_rank, stability(s)) for s in mine]
    return _ordered(spans)


def _ordered(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.rank or len(spans) + 1, span.best, span.worst)))


def ranges(spans: Sequence[Span], colours: theme.Palette) -> go.Figure:
    """Draw a line from best to worst rank for each unit, today's rank as a dot, both ends labelled.

    Narrower ranges lie on it as thicker and darker lines.
    """
    rows = list(range(len(spans)))
    figure = go.Figure()
    for row, span in zip(rows, spans, strict=True):
        looks = (
            [(colours.upper, 12)] if not span.within else [(colours.upper, 4), (colours.upper, 12), (colours.quiet, 12)]
        )
        for (best, worst), (colour, width) in zip(((span.best, span.worst), *span.within), looks, strict=True):
            if best != worst:
                figure.add_shape(
                    type="line",
                    x0=best,
                    x1=worst,
                    y0=row,
                    y1=row,
                    layer="below",
                    line={"color": colour, "width": width},
                )
    figure.add_trace(_ends(spans, rows, [s.best for s in spans], "middle left", colours))
    figure.add_trace(_ends(spans, rows, [s.worst for s in spans], "middle right", colours, last=True))
    figure.add_trace(
        go.Scatter(
            x=[span.rank for span in spans], y=rows, mode="markers", hoverinfo="skip",
            marker={"size": 15, "color": colours.brand, "line": {"width": 2, "color": colours.card}},
        )
    )  # fmt: skip
    most = max(len(spans), *(span.worst for span in spans))
    figure.update_layout(template=theme.template(colours), height=ROW * len(spans) + 48, margin={"t": 32, "r": 48})
    figure.update_yaxes(
        tickvals=rows, ticktext=[span.name for span in spans], autorange="reversed", showgrid=False,
        tickfont={"color": colours.ink, "size": 15},
    )  # fmt: skip
    ticks = sorted({1, 3, max(most - 2, 1), most})
    figure.update_xaxes(
        range=[-0.6, most + 1.6], side="top", tickvals=ticks, ticktext=[f"第{tick}" for tick in ticks], tickangle=0
    )
    return figure


def _ends(
    spans: Sequence[Span], rows: list[int], places: list[int], where: str, colours: theme.Palette, *, last: bool = False
) -> go.Scatter:
    """Label one end of every range; a range of one place is labelled once, at its end."""
    words = []
    for span, rank in zip(spans, places, strict=True):
        same = span.best == span.worst
        words.append((f"{span.says or '不变'} " if same else "") + str(rank) if last or not same else "")
    return go.Scatter(
        x=places, y=rows, mode="text", text=[f"{GAP}{text}{GAP}" if text else "" for text in words], textposition=where,
        textfont={"size": 14, "color": colours.ink}, cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip


def deciding(found: Readings, kind: str, rulebook: Rulebook) -> Html:
    """Return the policies that the office must decide, with the question that each leaves open."""
    mine = next(deciding for deciding in found.deciding if deciding.kind == kind)
    listed = numeral(rulebook.kinds[kind].listed)
    rows: list[list[str | Cell]] = [
        [
            bold(rule.title),
            Cell("必须定", "k-loss") if rule.name in mine.hang_on else Cell("不影响", "k-quiet"),
            "要确认" if rule.name in mine.enough else NOTHING,
            rule.question,
        ]
        for rule in rulebook.policies
    ]
    columns = [
        Column("口径", "day"),
        Column(f"前{listed}后{listed}", "day"),
        Column("如按现行读法，只须确认", "k-far day"),
        Column("疑点", "wrap"),
    ]
    return table(columns, rows)


def alternatives(position: Position, found: Readings, kind: str) -> Html:
    """Return what each reading does while all others stay in force."""
    rulebook = position.rulebook
    listed = numeral(rulebook.kinds[kind].listed)
    columns = [
        Column("口径"), Column("换成这种读法", "wrap"), Column("得分变化", "wrap k-far"), Column("名次变化", "wrap"),
        *([Column(f"前{listed}后{listed}", "day")] if rulebook.kinds[kind].listed else []),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = []
    for rule in rulebook.policies:
        others = [a for a in found.alternatives if a.policy == rule.name and not a.in_force]
        for number, alternative in enumerate(others):
            reading = next(reading for reading in rule.readings if reading.name == alternative.reading)
            scores, ranks = (_of_kind(rulebook, units, kind) for units in (alternative.scores, alternative.ranks))
            name = Cell(bold(rule.title), rows=0 if number else len(others))
            rows.append([
                name, html(h.b[reading.title], h.br, h.span(".k-quiet")[reading.meaning]),
                scores, ranks, *([_ends_cell(position, found, alternative, kind)] if rulebook.kinds[kind].listed else []),
            ])  # fmt: skip
    return table(columns, rows)


def _ends_cell(position: Position, found: Readings, one: Alternative, kind: str) -> Cell:
    return Cell("改变", "k-loss") if _moves_ends(position, found, one, kind) else Cell("不变", "k-quiet")


def _moves_ends(position: Position, found: Readings, one: Alternative, kind: str) -> bool:
    """Tell whether a reading changes the first or last three of a kind, all others staying in force."""
    policy = replace(position.policy, **{one.policy: one.reading})  # type: ignore[arg-type]
    board = next(board for board in found.boards if board.policy == policy)
    about = position.rulebook.kinds[kind]
    return ends(board, about) != ends(position.board, about)


def _of_kind(rulebook: Rulebook, units: Sequence[str], kind: str) -> str | Cell:
    names = [rulebook.short(unit) for unit in units if rulebook.unit[unit].kind == kind]
    return listed(names, 5) if names else NOTHING


def standings_table(found: Readings, kind: str, rulebook: Rulebook, link: Callable[[str], str]) -> Html:
    """Return every unit's ranks and scores over all readings."""
    listed = rulebook.kinds[kind].listed
    columns = [
        Column("单位", "day"), Column("现名次", "k-num"), Column("最好", "k-num"), Column("最差", "k-num"), Column("稳定", "day k-far"),
        Column("现得分", "k-num k-far"), Column("最低得分", "k-num k-far"), Column("最高得分", "k-num k-far"),
        *(Column(f"居{end}{numeral(listed)}", "k-num") for end in "前后" if listed),
    ]  # fmt: skip
    mine = sorted(
        (s for s in found.standings if s.kind == kind), key=lambda s: (s.rank or len(found.standings), s.best_rank)
    )
    rows: list[list[str | Cell]] = [
        [
            anchor(link(s.unit), rulebook.short(s.unit)), _rank(s.rank), str(s.best_rank), str(s.worst_rank),
            chip(word) if (word := stability(s)) else NOTHING, _points(s.score), points(s.lowest), points(s.highest),
            *((_share(s.first, s.boards), _share(s.last, s.boards)) if listed else ()),
        ]
        for s in mine
    ]  # fmt: skip
    return table(columns, rows, go=True)


def _rank(rank: int | None) -> str | Cell:
    return NOTHING if rank is None else str(rank)


def _points(value: Decimal | None) -> str | Cell:
    return NOTHING if value is None else points(value)


def _share(count: int, of: int) -> str | Cell:
    return f"{count}/{of}" if count else NOTHING
