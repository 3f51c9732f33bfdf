"""Two waterfalls in one: every step of a score as it is and as it would be, one under the other. Pure."""

from __future__ import annotations

import htpy as h
import plotly.graph_objects as go

from scoring.model.boards import ScoreCard
from scoring.model.rules import Rulebook
from ui.show import theme
from ui.show.charts import Step, waterfall_steps
from ui.show.tables import html

ROW = 40
LABEL = 13


def both(before: ScoreCard, after: ScoreCard, rulebook: Rulebook, colours: theme.Palette) -> go.Figure:
    """Draw both waterfalls row by row: the thin grey bar is today's, the thick one the simulated."""
    old = {step.title: step for step in waterfall_steps(before, rulebook, colours)}
    new = {step.title: step for step in waterfall_steps(after, rulebook, colours)}
    titles = _ordered(list(old), list(new))
    ends = [level for step in (*old.values(), *new.values()) for level in (step.start, step.end) if level]
    low, high = float(min(ends)), float(max(ends))
    room = max((high - low) * 0.22, 0.3)
    left, right = low - room, high + room
    figure = go.Figure()
    figure.add_trace(_bars([(titles.index(t), old[t]) for t in old], left, -0.23, 0.2, colours, ghost=True))
    figure.add_trace(_bars([(titles.index(t), new[t]) for t in new], left, 0.12, 0.42, colours))
    figure.update_layout(template=theme.template(colours), height=ROW * len(titles) + 72, barmode="overlay")
    figure.update_yaxes(
        tickvals=list(range(len(titles))), ticktext=[_marked(title, old, new) for title in titles], autorange="reversed",
        showgrid=False, tickfont={"color": colours.ink, "size": 13},
    )  # fmt: skip
    says = html("细灰条是现在，粗条是模拟", h.br, f"横轴从{left:.1f}分起")
    figure.update_xaxes(
        range=[left, right], showticklabels=False, showgrid=False,
        title={"text": says, "font": {"size": 12, "color": colours.quiet}, "standoff": 4},
    )  # fmt: skip
    return figure


def _ordered(old: list[str], new: list[str]) -> list[str]:
    """Return the steps of both in one order: the simulated ones, and before the score those that fell away."""
    gone = [title for title in old if title not in new]
    return [*new[:-1], *gone, new[-1]]


def _marked(title: str, old: dict[str, Step], new: dict[str, Step]) -> str:
    if title not in new:
        return f"{title}（消去）"
    return title if title in old else f"{title}（新）"


def _bars(
    steps: list[tuple[int, Step]],
    left: float,
    shift: float,
    width: float,
    colours: theme.Palette,
    *,
    ghost: bool = False,
) -> go.Bar:
    starts = [max(float(min(step.start, step.end)), left) for _, step in steps]
    lengths = [max(float(max(s.start, s.end)) - start, 0) for (_, s), start in zip(steps, starts, strict=True)]
    return go.Bar(
        orientation="h", y=[row + shift for row, _ in steps], base=starts, x=lengths, width=width,
        marker={"color": colours.upper if ghost else [step.colour for _, step in steps]},
        text=["" if ghost else step.label for _, step in steps], textposition="outside", cliponaxis=False,
        textfont={"size": LABEL, "color": colours.ink}, hoverinfo="text",
        hovertext=[f"{'现在' if ghost else '模拟'} {step.title} {step.label}" for _, step in steps],
    )  # fmt: skip
