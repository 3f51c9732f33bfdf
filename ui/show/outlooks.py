"""What is still open, how far ranks can go, and how likely each rank is under chances that a user sets. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import htpy as h

from scoring.analysis import ranges_sentences
from scoring.analysis.amounts import WHOLE, ParsedAmounts, amounts_text, parse_amounts
from scoring.analysis.chances import RankChances
from scoring.analysis.chances_sentences import percent
from scoring.analysis.open_items import OpenItem
from scoring.analysis.open_items_sentences import TITLES
from scoring.analysis.ranges import Range, Reach, Spread
from scoring.analysis.ranges_sentences import NAMES
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


def linked(units: Iterable[str], link: Link, rulebook: Rulebook) -> dict[str, str]:
    """Return the units by their full name, each in short as a link."""
    return {unit: anchor(link(unit), rulebook.short(unit)) for unit in units}


def spans(found: Sequence[Range], kind: str, rulebook: Rulebook) -> tuple[Span, ...]:
    """Return the ranges of ranks, the widest with the narrower ones in it, by today's rank."""
    return tuple(_span(one, rulebook.short(one.unit)) for one in _by_rank(found, kind))


def _span(one: Range, name: str) -> Span:
    widest, *narrower = (one.spreads[reach] for reach in reversed(Reach))
    within = tuple((spread.best_rank, spread.worst_rank) for spread in narrower)
    return Span(name, one.rank, widest.best_rank, widest.worst_rank, "锁定" if widest.is_fixed else "", within)


def _by_rank(found: Sequence[Range], kind: str) -> list[Range]:
    mine = (one for one in found if one.kind == kind)
    return sorted(mine, key=lambda one: (one.rank, *((s.best_rank, s.worst_rank) for s in one.spreads.values())))


def ranges_table(found: Sequence[Range], kind: str, rulebook: Rulebook, link: Link) -> Html:
    """Return every unit's three ranges in ranks and points, each only where it differs from the one before, and the locks."""
    columns = [
        Column("单位", "day"), Column("现名次", "k-num"), Column("现得分", "k-num k-far"),
        *(Column(name) for name in NAMES.values()), Column("锁定", "wrap"),
    ]  # fmt: skip
    listed = rulebook.kinds[kind].listed
    rows: list[list[str | Cell]] = []
    for reach in _by_rank(found, kind):
        spreads = list(reach.spreads.values())
        locks = Html(" ").join(chip(ranges_sentences.certain(certainty, listed)) for certainty in reach.locked)
        rows.append([
            anchor(link(reach.unit), rulebook.short(reach.unit)), str(reach.rank), points(reach.score),
            *(_spread(spread, before) for spread, before in zip(spreads, [None, *spreads], strict=False)),
            locks or NOTHING,
        ])  # fmt: skip
    return table(columns, rows, go=True)


def _spread(spread: Spread, before: Spread | None) -> str | Cell:
    if before is not None and before.same(spread):
        return Cell("同左", "k-quiet")
    ranks = f"第{spread.best_rank}名" + (f"至第{spread.worst_rank}名" if not spread.is_fixed else "")
    scores = points(spread.lowest) + (f"–{points(spread.highest)}" if spread.lowest < spread.highest else "")
    return html(ranks, " ", h.span(".k-quiet.k-far")[f"{scores}分"])


KEY = (
    f"细线：{NAMES[Reach.EVERYTHING]}；粗线：{NAMES[Reach.VERDICTS]}；深色粗线：{NAMES[Reach.TIME]}；"
    "没有线的，名次在这个范围里不变。"
)


def explained(waiting: int) -> str:
    """Say what each of the three ranges takes to happen still."""
    return (
        f"三种范围都算到考评截止的每一天。{NAMES[Reach.TIME]}：不再报送，也不再认定；{NAMES[Reach.VERDICTS]}：待认定的{waiting}项"
        f"怎样认定都在内；{NAMES[Reach.EVERYTHING]}：各单位怎样报送、更正，审核怎样认定、撤回都在内，新的激励加分不在内。"
        "只有最后一种也变不了的才叫锁定。"
    )


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
    items: Sequence[OpenItem], rulebook: Rulebook, set_to: Mapping[str, Decimal] | None = None, link: Link | None = None
) -> Html:
    """Return what is open; with a link also the chance of the best outcome, to be set by a click."""
    if not items:
        return empty("没有待定事项。")
    columns = [
        Column("评分项", "wrap"), Column("为何待定", "day k-far"), Column("现计分", "k-num k-far"),
        Column("可能的分值", "wrap k-far" if link else "wrap"),
        Column("时限", "day k-far"), *([Column("取最好结果的概率")] if link else []),
    ]  # fmt: skip
    return table(columns, [_item(item, rulebook, set_to or {}, link) for item in items])


def _item(item: OpenItem, rulebook: Rulebook, set_to: Mapping[str, Decimal], link: Link | None) -> list[str | Cell]:
    clause = rulebook.clause.get(item.clause)
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


def chances_table(found: Sequence[RankChances], kind: str, rulebook: Rulebook) -> Html:
    """Return the chance of every rank for every unit, shaded by it; an empty cell has none."""
    mine = [chances for chances in found if chances.kind == kind]
    ordered = sorted(mine, key=_mean)
    most, listed = max((len(chances.ranks) for chances in mine), default=0), rulebook.kinds[kind].listed
    columns = [
        Column("单位", "day"), *(Column(f"进{end}{numeral(listed)}", "k-num") for end in "前后" if listed),
        *(Column(f"第{rank}名", "k-num k-far") for rank in range(1, most + 1)),
    ]  # fmt: skip
    rows: list[list[str | Cell]] = [
        [
            rulebook.short(c.unit), *((_percent(c.first), _percent(c.last)) if listed else ()),
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


def likeliest(found: Sequence[RankChances], kind: str, rulebook: Rulebook) -> str:
    """Say who is likeliest among the first and the last three."""
    mine, listed = [chances for chances in found if chances.kind == kind], rulebook.kinds[kind].listed
    if not listed:
        best = min(mine, key=_mean, default=None)
        return (
            "本年度没有这一类考评对象"
            if best is None
            else f"模拟：按设定的概率，{rulebook.short(best.unit)}平均名次最靠前"
        )
    first = sorted(mine, key=lambda chances: -chances.first)[:listed]
    last = sorted(mine, key=lambda chances: -chances.last)[:listed]
    sides = [
        "、".join(f"{rulebook.short(c.unit)}（{percent(chance)}）" for c, chance in side)
        for side in ([(c, c.first) for c in first], [(c, c.last) for c in last])
    ]
    return f"模拟：按设定的概率，最可能进前{numeral(listed)}的是{sides[0]}；最可能进后{numeral(listed)}的是{sides[1]}"
