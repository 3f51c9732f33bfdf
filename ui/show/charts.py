"""Charts: pure functions, board in, plotly figure out. Labelled at their ends, axes begin where the story is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import htpy as h
import plotly.graph_objects as go

from scoring.board.summary import deducted, gained
from scoring.board.wording import clause_title
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Rulebook
from ui.show import theme
from ui.show.tables import bold, html
from ui.show.text import points, short_day, signed, standing

ROW = 30  # pixels a bar of the waterfall takes
DAY_ROW = 52  # pixels a day of the rank's path takes
SHOWN_TITLE = 14
STILL = {"displayModeBar": False, "scrollZoom": False, "locale": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the waterfall: what it is called, where it begins and ends, and its colour."""

    title: str
    start: Decimal
    end: Decimal
    colour: str
    label: str


def waterfall_steps(card: ScoreCard, rulebook: Rulebook, colours: theme.Palette) -> tuple[Step, ...]:
    """Return the steps from the base to the score, one a clause; what the caps take away is a step of its own."""
    steps = [Step("基础分", Decimal(0), card.base, colours.quiet, points(card.base))]
    level = card.base

    def add(title: str, change: Decimal, colour: str) -> None:
        nonlocal level
        steps.append(Step(title, level, level + change, colour, signed(change)))
        level += change

    if card.responsibility:
        add("具体负责任务加分", card.responsibility, colours.win)
    won = gained(card)
    for finding in won:
        add(_title(finding.clause, clause_title(finding, rulebook)), finding.points, colours.win)
    over = sum((finding.points for finding in won), Decimal(0)) - card.case_points - card.incentive
    if over:
        add("案例分封顶", -over, colours.quiet)
    for finding in deducted(card):
        add(_title(finding.clause, clause_title(finding, rulebook)), finding.points, colours.loss)
    if card.score != card.raw:
        add(
            f"按{rulebook.assessment.score_cap:.0f}分封顶" if card.raw > card.score else "不低于0分",
            card.score - card.raw,
            colours.quiet,
        )
    steps.append(Step("得分", Decimal(0), card.score, colours.brand, points(card.score)))
    return tuple(steps)


def _title(clause: str, title: str) -> str:
    short = title if len(title) <= SHOWN_TITLE else f"{title[: SHOWN_TITLE - 1]}…"
    return f"{clause} {short}"


def waterfall(card: ScoreCard, rulebook: Rulebook, colours: theme.Palette) -> go.Figure:
    """Draw a score from its base to its end, a row a step; the axis begins just below the lowest level."""
    steps = waterfall_steps(card, rulebook, colours)
    levels = [level for step in steps for level in (step.start, step.end) if level]
    low, high = float(min(levels)), float(max(levels))
    room = max((high - low) * 0.18, 0.25)
    left, right = low - room, high + room
    starts = [max(float(min(step.start, step.end)), left) for step in steps]
    ends = [float(max(step.start, step.end)) for step in steps]
    rows = list(range(len(steps)))
    figure = go.Figure(
        go.Bar(
            orientation="h", y=rows, base=starts, x=[end - start for start, end in zip(starts, ends, strict=True)],
            marker={"color": [step.colour for step in steps]}, text=[step.label for step in steps],
            textposition="outside", textfont={"size": 15, "color": colours.ink}, cliponaxis=False, width=0.62,
            hovertext=[f"{step.title} {step.label}" for step in steps], hoverinfo="text",
        )
    )  # fmt: skip
    between = [
        {"type": "line", "x0": float(step.end), "x1": float(step.end), "y0": row - 0.31, "y1": row + 1.31, "layer": "below",
         "line": {"color": colours.quiet, "width": 1, "dash": "dot"}}
        for row, step in enumerate(steps[:-1])
    ]  # fmt: skip
    figure.update_layout(
        template=theme.template(colours), height=ROW * len(steps) + 56, margin={"r": 48}, shapes=between
    )
    figure.update_yaxes(
        tickvals=rows, ticktext=[step.title for step in steps], autorange="reversed", showgrid=False,
        tickfont={"color": colours.ink, "size": 14},
    )  # fmt: skip
    figure.update_xaxes(
        range=[left, right], side="bottom", showticklabels=False, showgrid=False, title=_axis_title(left, colours)
    )
    return figure


def _axis_title(left: float, colours: theme.Palette) -> dict[str, object]:
    return {"text": f"横轴从{left:.1f}分起", "font": {"size": 12, "color": colours.quiet}, "standoff": 4}


def rank_path(
    boards: Sequence[tuple[date, str, Board]], unit: str, rulebook: Rulebook, colours: theme.Palette
) -> go.Figure:
    """Draw a unit's rank over days: a row a day, the first place on the left, the rank in its dot.

    What happened stands beside the row, never in the way of the line, however narrow the screen is.
    """
    cards = [board.card[unit] for _, _, board in boards]
    labels = [
        html(
            short_day(day, rulebook.assessment.year),
            f" {what}",
            h.br,
            h.b[standing(board, card)],
            f" {points(card.score)}",
        )
        for card, (day, what, board) in zip(cards, boards, strict=True)
    ]
    rows, last = list(range(len(labels))), max(len(boards[0][2].ranking(cards[0].kind)), 2)
    figure = go.Figure(
        go.Scatter(
            x=[card.rank for card in cards], y=rows, mode="lines+markers+text", hoverinfo="skip", cliponaxis=False,
            line={"color": colours.brand, "width": 3, "shape": "linear"}, marker={"size": 28, "color": colours.brand},
            text=[bold(str(card.rank)) for card in cards], textposition="middle center",
            textfont={"size": 14, "color": colours.brand_ink},
        )
    )  # fmt: skip
    figure.update_layout(template=theme.template(colours), height=DAY_ROW * len(rows) + 56, margin={"r": 24})
    ticks = sorted({1, (1 + last) // 2, last})
    figure.update_xaxes(
        range=[0.2, last + 0.6], tickvals=ticks, ticktext=[f"第{tick}名" for tick in ticks], side="top", tickangle=0
    )
    figure.update_yaxes(
        tickvals=rows, ticktext=labels, range=[len(rows) - 0.5, -0.5], showgrid=False,
        tickfont={"color": colours.ink, "size": 13},
    )  # fmt: skip
    return figure
