"""What is still open, and how likely each rank is under chances that a user sets. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import htpy as h

from scoring.analysis.amounts import WHOLE, ParsedAmounts, amounts_text, parse_amounts
from scoring.analysis.intervals import Outlook, RankChances, percent
from scoring.analysis.open_items import TITLES, OpenItem
from scoring.model.rules import Rulebook
from scoring.words.phrasing import numeral
from ui.show.spans import Span
from ui.show.tables import Cell, Column, Html, acts, anchor, chip, coded, empty, going, html, table
from ui.show.text import day_name, number, points

STEPS = tuple(Decimal(step) for step in (0, 25, 50, 75, 100))
EVEN = Decimal(50)
NOTHING = Cell("–", "k-quiet")
LONGEST = 6  # characters of a percentage
Link = Callable[[str], str]


def spans(found: Outlook, kind: str, rules: Rulebook) -> tuple[Span, ...]:
    """Return the ranges of ranks over everything that is open, by today's rank."""
    mine = sorted((i for i in found.intervals if i.kind == kind), key=lambda i: (i.rank, i.best_rank, i.worst_rank))
    return tuple(
        Span(rules.unit[i.unit].short, i.rank, i.best_rank, i.worst_rank, "已定" if i.best_rank == i.worst_rank else "")
        for i in mine
    )


def intervals_table(found: Outlook, kind: str, rules: Rulebook, link: Link) -> Html:
    """Return every unit's interval in ranks and points, what is certain, and how much is open."""
    columns = [
        Column("单位", "day"), Column("现名次", "k-num"), Column("最好", "k-num"), Column("最差", "k-num"),
        Column("现得分", "k-num"), Column("最低", "k-num k-far"), Column("最高", "k-num k-far"),
        Column("待定事项", "k-num k-far"), Column("已经确定", "wrap"),
    ]  # fmt: skip
    mine = sorted((i for i in found.intervals if i.kind == kind), key=lambda i: (i.rank, i.best_rank, i.worst_rank))
    rows: list[list[str | Cell]] = [
        [
            anchor(link(i.unit), rules.unit[i.unit].short), str(i.rank), str(i.best_rank), str(i.worst_rank), points(i.score),
            points(i.lowest), points(i.highest), str(sum(item.unit == i.unit for item in found.items)),
            Html(" ").join(chip(certain) for certain in i.certain) if i.certain else NOTHING,
        ]
        for i in mine
    ]  # fmt: skip
    return table(columns, rows, go=True)


def percents(text: str, items: Sequence[OpenItem]) -> ParsedAmounts:
    """Read the chances that a user set, in percent by item, from untrusted text."""
    return parse_amounts(text, {item.key for item in items}, WHOLE)


def percents_text(now: Mapping[str, Decimal], edit: str, items: Sequence[OpenItem]) -> str:
    """Return the text of the chances after an untrusted edit: ``五华区:4A=75``; what equals the rest is left out."""
    made = parse_amounts(edit, {item.key for item in items}, WHOLE).amounts
    kept = {**now, **made}
    key, _, rest = edit.rpartition("=")
    if not rest:
        kept.pop(key, None)
    return amounts_text(kept)


def even_of(text: str) -> Decimal:
    """Read the chance of every other item, in percent; 50 where none is named."""
    return Decimal(text) if text.isdecimal() and len(text) <= LONGEST and Decimal(text) <= WHOLE else EVEN


def items_table(
    items: Sequence[OpenItem], rules: Rulebook, set_to: Mapping[str, Decimal] | None = None, link: Link | None = None
) -> Html:
    """Return what is open; with a link also the chance of the best outcome, to be set by a click."""
    if not items:
        return empty("没有待定事项。")
    columns = [
        Column("评分项", "wrap"), Column("为何待定", "day k-far"), Column("现计分", "k-num k-far"),
        Column("可能的分值", "wrap k-far" if link else "wrap"),
        Column("时限", "day k-far"), *([Column("取最好结果的概率")] if link else []),
    ]  # fmt: skip
    return table(columns, [_item(item, rules, set_to or {}, link) for item in items])


def _item(item: OpenItem, rules: Rulebook, set_to: Mapping[str, Decimal], link: Link | None) -> list[str | Cell]:
    clause = rules.clause.get(item.clause)
    row: list[str | Cell] = [
        coded(item.clause, item.title or (clause.title if clause else "")), TITLES[item.doubt],
        points(item.now), " / ".join(points(outcome) for outcome in item.outcomes),
        day_name(item.deadline) if item.deadline else NOTHING,
    ]  # fmt: skip
    if link:
        row.append(_chips(item, set_to.get(item.key), link))
    return row


def _chips(item: OpenItem, now: Decimal | None, link: Link) -> Html:
    offered = STEPS if now is None or now in STEPS else (*STEPS, now)
    return acts(
        going(link(f"{item.key}="), "on")[f"{number(step)}%"]
        if step == now
        else going(link(f"{item.key}={number(step)}"))[f"{number(step)}%"]
        for step in offered
    )


def chances_table(found: Sequence[RankChances], kind: str, rules: Rulebook) -> Html:
    """Return the chance of every rank for every unit, shaded by it; an empty cell has none."""
    mine = [chances for chances in found if chances.kind == kind]
    ordered = sorted(mine, key=_mean)
    most, listed = max((len(chances.ranks) for chances in mine), default=0), rules.kinds[kind].listed
    columns = [
        Column("单位", "day"), *(Column(f"进{end}{numeral(listed)}", "k-num") for end in "前后" if listed),
        *(Column(f"第{rank}名", "k-num k-far") for rank in range(1, most + 1)),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            rules.unit[c.unit].short, *((_percent(c.first), _percent(c.last)) if listed else ()),
            *(_percent(chance) for chance in c.ranks), *[""] * (most - len(c.ranks)),
        ]
        for c in ordered
    ]  # fmt: skip
    return table(columns, rows)


def _mean(chances: RankChances) -> Fraction:
    """Return the expected rank, to order the table by."""
    return sum((rank * chance for rank, chance in enumerate(chances.ranks, 1)), Fraction(0))


def _percent(chance: Fraction) -> str | Cell:
    if not chance:
        return Cell("", "k-quiet")
    return html(h.span(".k-odds", style=f"--p:{float(chance):.3f}")[percent(chance)])


def likeliest(found: Sequence[RankChances], kind: str, rules: Rulebook) -> str:
    """Say who is likeliest among the first and the last three."""
    mine, listed = [chances for chances in found if chances.kind == kind], rules.kinds[kind].listed
    if not listed:
        best = min(mine, key=_mean, default=None)
        return (
            "本年度没有这一类考评对象"
            if best is None
            else f"模拟：按设定的概率，{rules.unit[best.unit].short}平均名次最靠前"
        )
    first = sorted(mine, key=lambda chances: -chances.first)[:listed]
    last = sorted(mine, key=lambda chances: -chances.last)[:listed]
    sides = [
        "、".join(f"{rules.unit[c.unit].short}（{percent(chance)}）" for c, chance in side)
        for side in ([(c, c.first) for c in first], [(c, c.last) for c in last])
    ]
    return f"模拟：按设定的概率，最可能进前{numeral(listed)}的是{sides[0]}；最可能进后{numeral(listed)}的是{sides[1]}"
