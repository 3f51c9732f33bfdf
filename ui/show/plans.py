"""What a unit can still do: its actions by worth, the plan that reaches a rank, and what stands in its way. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import htpy as h

from scoring.analysis.actions import Action
from scoring.analysis.amounts import ParsedAmounts, parse_amounts
from scoring.analysis.improvement import Improvement, Plan, Rivals
from scoring.analysis.improvement_sentences import why_lost
from scoring.model.boards import ScoreCard
from scoring.model.rules import Rulebook
from ui.show.lines import signed_cell
from ui.show.tables import Cell, Column, Html, acts, anchor, bold, coded, empty, html, table
from ui.show.text import day_name, number, points

RIVALS = {Rivals.FROZEN.value: "其他单位不变", Rivals.BEST.value: "其他单位也尽力"}
NOTHING = Cell("–", "k-quiet")
Link = Callable[[Plan], str]  # a plan -> the address of its scenario


def target_of(text: str, card: ScoreCard, among: int, listed: int) -> int:
    """Read a target rank from the URL; else the last published first place, or the next better one."""
    if text.isdecimal() and 1 <= int(text[:3]) <= among:
        return int(text[:3])
    return listed if card.rank > listed > 0 else max(1, card.rank - 1)


def effort_of(text: str, unit: str, rulebook: Rulebook) -> ParsedAmounts:
    """Read what an action on each clause costs from untrusted text; Chinese commas and signs are as good."""
    plain = text.translate(str.maketrans("，、＝；", ",,=,")).replace(" ", "")
    return parse_amounts(plain, [clause.code for clause, _ in rulebook.terms_of[unit]])


def actions_table(actions: Sequence[Action], rulebook: Rulebook, as_of: date) -> Html:
    """Return every action by what it gains: points, places, and what is lost if it is not done in time."""
    if not actions:
        return empty("现在没有还能加分、挽回扣分或避免失分的动作。")
    columns = [
        Column("评分项", "wrap"), Column("做什么", "wrap"), Column("动作数", "k-num k-far"), Column("封顶前加", "k-num k-far"),
        Column("得分加", "k-num"), Column("名次", "k-num"), Column("时限", "day k-far"), Column("不做将失", "k-num"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            coded(a.option.clause, rulebook.clause[a.option.clause].title), a.option.says,
            str(a.option.steps), signed_cell(a.raw), signed_cell(a.score),
            html(h.span(".k-far")[f"{a.rank_before} → "], h.b[str(a.rank)]) if a.rank != a.rank_before else NOTHING,
            _deadline(a.option.deadline, as_of), signed_cell(-a.option.secures),
        ]
        for a in actions
    ]  # fmt: skip
    return table(columns, rows)


def _deadline(day: date | None, as_of: date) -> str | Cell:
    if day is None:
        return NOTHING
    if day > as_of:
        return day_name(day)
    return Cell(f"{day_name(day)}，{'今天到期' if day == as_of else '已过'}", "k-quiet")


def plan_table(plan: Plan, rulebook: Rulebook) -> Html:
    """Return what a plan consists of."""
    columns = [
        Column("评分项", "wrap"),
        Column("做什么", "wrap"),
        Column("动作数", "k-num k-far"),
        Column("挽回扣分", "k-num"),
        Column("加分", "k-num"),
    ]
    rows: list[list[str | Cell]] = [
        [
            coded(o.clause, rulebook.clause[o.clause].title), o.says, str(o.steps),
            signed_cell(o.faults), signed_cell(o.won),
        ]
        for o in plan.options
    ]  # fmt: skip
    return table(columns, rows)


def ladder_table(found: Improvement, link: Link) -> Html:
    """Return every rank that can be reached, the cheapest plan for each, and a way to see it as a scenario."""
    columns = [
        Column("名次", "k-num"), Column("至少要", "k-num k-far"), Column("动作数", "k-num k-far"), Column("投入", "k-num k-far"),
        Column("能到", "k-num"), Column("看一看"), Column("做什么", "wrap"),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = []
    for rung in found.ladder:
        doing = "；".join(f"{o.clause}{o.says}" for o in rung.plan.options) or "不需要再做什么"
        shown = acts([anchor(link(rung.plan), "模拟")]) if rung.plan.options else NOTHING
        place = bold(f"第{rung.rank}名") if rung.rank == found.target else f"第{rung.rank}名"
        rows.append([
            place, points(rung.needed), str(rung.plan.steps), number(rung.plan.effort), points(rung.plan.score), shown, doing,
        ])  # fmt: skip
    return table(columns, rows)


def obstacles_table(found: Improvement, rulebook: Rulebook) -> Html:
    """Return what stays lost whatever is done, and why."""
    rows: list[list[str | Cell]] = [
        [coded(o.clause, rulebook.clause[o.clause].title), signed_cell(o.points), why_lost(o, found.unit, rulebook)]
        for o in found.obstacles
    ]
    return table([Column("评分项", "wrap"), Column("失分", "k-num"), Column("为什么挽回不了", "wrap")], rows)
