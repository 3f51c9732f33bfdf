"""The first three and the last three: what the city publishes, with everyone who shares the rank at the cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.model.boards import Board
from scoring.model.rules import Kind

PUBLISHED = 3  # the city publishes the first three and the last three


@dataclass(frozen=True, slots=True)
class Ends:
    """Who stands at both ends of a kind, in the order of the rules.

    Whoever shares the rank at the cut is in, so an end holds more than ``PUBLISHED`` units exactly where a tie crosses
    its cut.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]

    @property
    def first_tied(self) -> bool:
        """Tell whether a tie crosses the third place."""
        return len(self.first) > PUBLISHED

    @property
    def last_tied(self) -> bool:
        """Tell whether a tie crosses the third-last place."""
        return len(self.last) > PUBLISHED


def ends_of(scores: Mapping[str, Decimal]) -> Ends:
    """Return both ends of the units with these scores."""
    ordered = sorted(scores.values())
    if not ordered:
        return Ends((), ())
    low, high = ordered[:PUBLISHED][-1], ordered[-PUBLISHED:][0]
    first = tuple(unit for unit, score in scores.items() if score >= high)
    return Ends(first, tuple(unit for unit, score in scores.items() if score <= low))


def scores_of(board: Board, kind: Kind) -> dict[str, Decimal]:
    """Return the scores of a kind by unit, in the order of the rules."""
    return {card.unit: card.score for card in board.cards if card.kind is kind}


def ends(board: Board, kind: Kind) -> Ends:
    """Return both ends of a kind on a board."""
    return ends_of(scores_of(board, kind))


def rank_among(score: Decimal, rivals: list[Decimal]) -> int:
    """Return the rank that a score has among its rivals': equal scores share one."""
    return 1 + sum(rival > score for rival in rivals)
