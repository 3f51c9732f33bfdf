"""How screens say numbers, days and places, and how text that came from a ledger is made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from scoring.board.summary import last_rank
from scoring.board.wording import clean, names, ranks
from scoring.board.wording import points as points_of
from scoring.model.boards import Board, ScoreCard
from scoring.store import BEIJING
from scoring.words.phrasing import day_name, number, quarter_name, short_day

PRODUCT = "昆明市获得用水指标考评"
# what Markdown gives a meaning: *, [, `
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")
MINUS = "\N{MINUS SIGN}"

__all__ = ["day_name", "names", "number", "quarter_name", "ranks", "short_day"]


def points(value: Decimal) -> str:
    """Write points with two decimals, a true minus sign before negative ones.

    >>> points(Decimal("96.1")), points(Decimal("-0.2")) == f"{MINUS}0.20"
    ('96.10', True)
    """
    return points_of(value).replace("-", MINUS)


def signed(value: Decimal) -> str:
    """Write points won or lost, always with their sign, and ``0.00`` without one.

    >>> signed(Decimal("0.5")), signed(Decimal(0))
    ('+0.50', '0.00')
    """
    return f"{'+' if value > 0 else ''}{points(value)}" if value else "0.00"


def or_dash(value: Decimal) -> str:
    """Write points, a dash where there are none."""
    return points(value) if value else "–"


def distance(card: ScoreCard, cap: Decimal) -> Decimal:
    """Return the points that a score lacks to the cap."""
    return cap - card.score


def place(rank: int, *, shared: bool) -> str:
    """Say a rank: ``第3名``, ``并列第3名``."""
    return f"{'并列' if shared else ''}第{rank}名"


def standing(board: Board, card: ScoreCard) -> str:
    """Say a unit's rank on a board, 并列 where others share it."""
    return place(card.rank, shared=last_rank(board, card) > card.rank)


def moved(places: int | None) -> str:
    """Say how far a rank has moved: ``▲2`` up, ``▼1`` down, ``–`` not at all, nothing where there was none."""
    if places is None:
        return ""
    if not places:
        return "–"
    return f"▲{places}" if places > 0 else f"▼{-places}"


def size(count: int) -> str:
    """Say how large a file is, or how much room a disk has.

    >>> size(3_000), size(30_000_000), size(81_000_000_000)
    ('3 KB', '28.6 MB', '75.4 GB')
    """
    for unit, least in (("GB", 1024**3), ("MB", 1024**2)):
        if count >= least:
            return f"{count / least:.1f} {unit}"
    return f"{count / 1024:.0f} KB"


def moment_name(moment: datetime) -> str:
    """Say a moment in Beijing time, to the minute."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def days_left(day: date, as_of: date) -> str:
    """Say how far off a day is."""
    left = (day - as_of).days
    return "今天到期" if left == 0 else f"还有{left}天" if left > 0 else f"已过{-left}天"


def md_escape(text: object) -> str:
    """Make any text harmless inside markdown: no link, picture, formula or heading can come of it."""
    return MARKDOWN.sub(r"\\\1", clean(str(text)))


def listed(texts: Iterable[str], limit: int = 6) -> str:
    """List names, the rest only counted."""
    held = list(texts)
    return names(held) if len(held) <= limit else f"{names(held[:limit])}等{len(held)}个"
