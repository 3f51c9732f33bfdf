"""What people decided about a tie at a cut, which the points alone cannot: who of the tied units is listed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class End(StrEnum):
    """The end of a ranking that a list is drawn of: 红榜 or 黑榜."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class TieDecision:
    """Who of the units that share the rank at a cut is listed. ``number`` counts from 1.

    ``tied`` are all that share it, ``listed`` those of them that are listed (all, some or none), by full name in the
    order of the rules. ``score`` is what they share and ``seats`` how many places were left for them: the decision holds
    for this tie only. ``as_of`` is the day of the board that it was taken on, ``day`` the day on which it was taken.
    """

    number: int
    year: int
    kind: str
    end: End
    tied: tuple[str, ...]
    listed: tuple[str, ...]
    score: Decimal
    seats: int
    reason: str
    by: str
    as_of: date
    day: date
