"""What is said of open items and of chances: how a chance reads, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.analysis.chances import RankChances
from scoring.analysis.open_items import OpenItem
from scoring.analysis.open_items_sentences import TITLES
from scoring.board.red_black import listed_words
from scoring.model.rules import Rulebook
from scoring.words.phrasing import number


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


ITEMS = ("单位", "条款", "事项", "为何待定", "现计分", "可能的分值", "时限")


def item_rows(items: Sequence[OpenItem]) -> list[tuple[object, ...]]:
    """Return the open items as a table, its header first."""
    return [
        ITEMS,
        *(
            (i.unit, i.clause, i.title, TITLES[i.doubt], i.now, " / ".join(number(p) for p in i.outcomes), i.deadline)
            for i in items
        ),
    ]


def chance_rows(found: Sequence[RankChances], rulebook: Rulebook) -> list[tuple[object, ...]]:
    """Return the chances as a table, its header first; marked as simulated."""
    listed = listed_words(rulebook.kinds.values())
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
