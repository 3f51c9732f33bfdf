"""The ranks that each unit can still reach with what is open, what is certain already, and how likely each rank is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.analysis.open_items import TITLES, OpenItem, open_items
from scoring.analysis.position import Position
from scoring.analysis.prospects import Prospect, prospect
from scoring.board.red_black import listed_words
from scoring.model.rules import Rulebook, UnitKind
from scoring.words.phrasing import number, numeral

EVEN = Fraction(1, 2)
ALL = Fraction(1)


class Certainty(StrEnum):
    """What is certain of a unit, however the open items turn out; ``{}`` stands for how many are listed."""

    FIRST = "锁定前{}"
    NOT_FIRST = "已无缘前{}"
    LAST = "锁定后{}"
    NOT_LAST = "已无缘后{}"

    def says(self, listed: int) -> str:
        """Say it of a list of so many units.

        >>> Certainty.FIRST.says(3)
        '锁定前三'
        """
        return self.value.format(numeral(listed))


@dataclass(frozen=True, slots=True)
class Interval:
    """One unit's best and worst rank and score, over everything that is open for it and its rivals."""

    unit: str
    kind: str
    rank: int
    best_rank: int
    worst_rank: int
    score: Decimal
    lowest: Decimal
    highest: Decimal
    certain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is open, and the interval of every unit, both in the order of the rules."""

    items: tuple[OpenItem, ...]
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class RankChances:
    """One unit's exact chances under the chances that a user set. Never official.

    ``ranks`` holds the chance of rank 1, 2, ... in its order; ``first`` and ``last`` of being among the first or last
    three, ties at the cut included.
    """

    unit: str
    kind: str
    ranks: tuple[Fraction, ...]
    first: Fraction
    last: Fraction


def outlook(position: Position, items: Sequence[OpenItem] | None = None) -> Outlook:
    """Return every unit's interval of ranks, over the items given (None: everything that is open).

    The best rank: all goes well for the unit and ill for its rivals; the worst, the other way round. Items are
    independent of each other, so both can come true.
    """
    items = open_items(position) if items is None else tuple(items)
    mine: dict[str, list[OpenItem]] = {}
    for item in items:
        mine.setdefault(item.unit, []).append(item)
    prospects = {unit: prospect(position, unit, mine.get(unit, ())) for unit in position.dossiers}
    fields: dict[str, _Field] = {}
    for kind in position.rulebook.kinds:
        own = [found for unit, found in prospects.items() if position.board.card[unit].kind == kind]
        fields[kind] = _Field(sorted(one.lowest for one in own), sorted(one.highest for one in own))
    return Outlook(items, tuple(_interval(position, unit, found, fields) for unit, found in prospects.items()))


@dataclass(frozen=True, slots=True)
class _Field:
    """The lowest and the highest scores of all units of a kind, each in order."""

    lowest: list[Decimal]
    highest: list[Decimal]


def _interval(position: Position, unit: str, mine: Prospect, fields: Mapping[str, _Field]) -> Interval:
    """Return a unit's interval. Its own lowest never lies above its own highest, so the unit counts itself in below."""
    card = position.board.card[unit]
    listed, field = position.rulebook.kinds[card.kind].listed, fields[card.kind]
    best = 1 + len(field.lowest) - bisect_right(field.lowest, mine.highest)
    own = mine.lowest < mine.highest
    worst = 1 + len(field.highest) - bisect_right(field.highest, mine.lowest) - own
    below_at_best = bisect_left(field.lowest, mine.highest) - own
    below_at_worst = bisect_left(field.highest, mine.lowest)
    held = {
        Certainty.FIRST: worst <= listed,
        Certainty.NOT_FIRST: best > listed,
        Certainty.LAST: below_at_best < listed,
        Certainty.NOT_LAST: below_at_worst >= listed,
    }
    certain = tuple(certainty.says(listed) for certainty, holds in held.items() if holds and listed)
    return Interval(unit, card.kind, card.rank, best, worst, card.score, mine.lowest, mine.highest, certain)


def chances(
    position: Position,
    items: Sequence[OpenItem],
    good: Mapping[str, Fraction] | None = None,
    *,
    otherwise: Fraction = EVEN,
) -> tuple[RankChances, ...]:
    """Return the exact distribution of every unit's rank, by convolution, equal scores sharing a rank.

    ``good`` is item key -> chance that the item ends with its best outcome; with the rest of the chance it ends with
    its worst. Items that it does not name have the chance ``otherwise``. All items are independent.

    Raises:
        ValueError: a chance is not between 0 and 1.
    """
    given = dict(good or {})
    if any(not 0 <= chance <= 1 for chance in (*given.values(), otherwise)):
        raise ValueError("a chance lies between 0 and 1")

    def of(item: OpenItem) -> list[Fraction]:
        chance = given.get(item.key, otherwise)
        return [chance, *[Fraction(0)] * (len(item.outcomes) - 2), ALL - chance]

    return rank_chances(position, {unit: prospect(position, unit, items, of) for unit in position.dossiers})


def rank_chances(position: Position, prospects: Mapping[str, Prospect]) -> tuple[RankChances, ...]:
    """Return the distribution of ranks where every unit's scores are independent of the others'."""
    return tuple(_chances(position, unit, prospects) for unit in prospects)


def _chances(position: Position, unit: str, prospects: Mapping[str, Prospect]) -> RankChances:
    rivals = [prospects[rival.unit] for rival in position.rivals(unit)]
    above, below = [0] * (len(rivals) + 1), [0] * (len(rivals) + 1)
    for score, weight in prospects[unit].scores:
        _add(above, _counted(rivals, lambda other, score=score: other > score), weight)  # type: ignore[misc]
        _add(below, _counted(rivals, lambda other, score=score: other < score), weight)  # type: ignore[misc]
    whole = prospects[unit].total
    for rival in rivals:
        whole *= rival.total
    ranks = tuple(Fraction(weight, whole) for weight in above)
    kind = position.rulebook.kind_of(unit)
    last = Fraction(sum(below[: kind.listed]), whole)
    return RankChances(unit, kind.name, ranks, sum(ranks[: kind.listed], Fraction(0)), last)


def _counted(rivals: Sequence[Prospect], counts: Callable[[Decimal], bool]) -> list[int]:
    """Return, for 0, 1, 2, ... rivals of whom something holds, the weight of exactly so many."""
    weights = [1]
    for rival in rivals:
        yes = sum(weight for score, weight in rival.scores if counts(score))
        no = rival.total - yes
        weights = [a * no + b * yes for a, b in zip([*weights, 0], [0, *weights], strict=True)]
    return weights


def _add(total: list[int], weights: Sequence[int], times: int) -> None:
    for place, weight in enumerate(weights):
        total[place] += weight * times


def percent(chance: Fraction) -> str:
    """Say a chance; what is not certain never reads as if it were.

    >>> percent(Fraction(1, 3)), percent(Fraction(1)), percent(Fraction(9999, 10000)), percent(Fraction(1, 9999))
    ('33.3%', '100%', '>99.9%', '<0.1%')
    """
    if chance in (0, 1):
        return f"{int(chance) * 100}%"
    tenths = round(chance * 1000)
    if not 0 < tenths < 1000:
        return ">99.9%" if tenths else "<0.1%"
    return f"{tenths // 10}.{tenths % 10}%"


def sentence(position: Position, found: Outlook, kind: UnitKind) -> str:
    """Say what is certain already and how much is open."""
    mine = [interval for interval in found.intervals if interval.kind == kind.name]
    units = {interval.unit for interval in mine}
    count = sum(item.unit in units for item in found.items)
    if not count:
        return f"{kind.title}没有待定事项，只凭时间名次不会再变"
    fixed = sum(interval.best_rank == interval.worst_rank for interval in mine)
    if fixed == len(mine):
        return f"{kind.title}还有{count}个待定事项，怎样落定都不改变名次，{fixed}个单位名次已定"
    parts = [f"{kind.title}还有{count}个待定事项"]
    parts += _listed(position, mine, kind.listed) if kind.listed else []
    return "，".join([*parts, f"{fixed}个单位名次已定" if fixed else "没有一个单位名次已定"])


def _listed(position: Position, mine: Sequence[Interval], listed: int) -> list[str]:
    """Say who is on a list for certain, and how many can no longer come on the last one."""
    parts = []
    for certainty in (Certainty.FIRST, Certainty.LAST):
        said = certainty.says(listed)
        sure = [interval.unit for interval in mine if said in interval.certain]
        parts += [f"{position.shorts(sure)}{said}"] if sure else []
    if not parts:
        parts.append(f"前{numeral(listed)}名和后{numeral(listed)}名都还没有一个能够锁定")
    escaped = Certainty.NOT_LAST.says(listed)
    safe = sum(escaped in interval.certain for interval in mine)
    return [*parts, *([f"{safe}个单位{escaped}"] if safe else [])]


HEADER = ("单位", "现名次", "最好名次", "最差名次", "现得分", "最低得分", "最高得分", "已确定")
ITEMS = ("单位", "条款", "事项", "为何待定", "现计分", "可能的分值", "时限")


def rows(found: Outlook) -> list[tuple[object, ...]]:
    """Return the intervals as a table, its header first."""
    return [
        HEADER,
        *(
            (i.unit, i.rank, i.best_rank, i.worst_rank, i.score, i.lowest, i.highest, "、".join(i.certain))
            for i in found.intervals
        ),
    ]


def item_rows(items: Sequence[OpenItem]) -> list[tuple[object, ...]]:
    """Return the open items as a table, its header first."""
    return [
        ITEMS,
        *(
            (i.unit, i.clause, i.title, TITLES[i.doubt], i.now, " / ".join(number(p) for p in i.outcomes), i.deadline)
            for i in items
        ),
    ]


def chance_rows(found: Sequence[RankChances], rules: Rulebook) -> list[tuple[object, ...]]:
    """Return the chances as a table, its header first; marked as simulated."""
    listed = listed_words(rules.kinds.values())
    most = max((len(chance.ranks) for chance in found), default=0)
    header = (
        "单位（模拟）",
        *(f"进{end}{listed}" for end in "前后" if listed),
        *(f"第{rank}名" for rank in range(1, most + 1)),
    )
    return [
        header,
        *(
            (
                c.unit, *(percent(chance) for chance in (c.first, c.last) if listed),
                *(percent(chance) for chance in c.ranks), *[""] * (most - len(c.ranks)),
            )
            for c in found
        ),
    ]  # fmt: skip
