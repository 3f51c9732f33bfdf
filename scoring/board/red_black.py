"""The first and the last of a kind: what the city publishes of it, with everyone who shares the rank at the cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.model.boards import Board
from scoring.model.rules import UnitKind
from scoring.words.phrasing import numeral


@dataclass(frozen=True, slots=True)
class Ends:
    """Who stands at both ends of a kind, in the order of the rules; nobody where no lists are drawn of it.

    Whoever shares the rank at the cut is in, so an end holds more than ``listed`` units exactly where a tie crosses its
    cut.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    listed: int

    @property
    def first_tied(self) -> bool:
        """Tell whether a tie crosses the cut of the first."""
        return len(self.first) > self.listed

    @property
    def last_tied(self) -> bool:
        """Tell whether a tie crosses the cut of the last."""
        return len(self.last) > self.listed


def ends_of(scores: Mapping[str, Decimal], listed: int) -> Ends:
    """Return both ends of the units with these scores."""
    ordered = sorted(scores.values())
    if not ordered or not listed:
        return Ends((), (), listed)
    low, high = ordered[:listed][-1], ordered[-listed:][0]
    first = tuple(unit for unit, score in scores.items() if score >= high)
    return Ends(first, tuple(unit for unit, score in scores.items() if score <= low), listed)


def listed_words(kinds: Iterable[UnitKind]) -> str:
    """Say how many units the lists of some kinds hold: ``三``, or ``三／二`` where they differ; empty where none are drawn."""
    return "／".join(dict.fromkeys(numeral(kind.listed) for kind in kinds if kind.listed))


def scores_of(board: Board, kind: str) -> dict[str, Decimal]:
    """Return the scores of a kind by unit, in the order of the rules."""
    return {card.unit: card.score for card in board.cards if card.kind == kind}


def ends(board: Board, kind: UnitKind) -> Ends:
    """Return both ends of a kind on a board."""
    return ends_of(scores_of(board, kind.name), kind.listed)


def rank_among(score: Decimal, rivals: list[Decimal]) -> int:
    """Return the rank that a score has among its rivals': equal scores share one."""
    return 1 + sum(rival > score for rival in rivals)
