"""Ties at the cuts of the lists: which are open, and which of people's decisions hold on a board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scoring.board.summary import red_and_black
from scoring.model.boards import Board, ScoreCard
from scoring.model.rules import Assessment, Rulebook, UnitKind
from scoring.model.ties import End, TieDecision

LIST_NAMES = {End.FIRST: "红榜", End.LAST: "黑榜"}


@dataclass(frozen=True, slots=True)
class OpenTie:
    """A tie over the cut of a list that nobody has decided. ``cards`` share the rank, for ``seats`` places."""

    kind: UnitKind
    end: End
    cards: tuple[ScoreCard, ...]
    seats: int


def open_ties(board: Board, rulebook: Rulebook) -> Iterator[OpenTie]:
    """Yield the ties that lie across a cut and are not decided."""
    for kind in rulebook.kinds.values():
        for end, listing in zip(End, red_and_black(board, kind), strict=True):
            if listing.tied:
                cards = tuple(sorted(listing.tied, key=board.cards.index))
                yield OpenTie(kind, end, cards, listing.seats)


def with_decisions(board: Board, rulebook: Rulebook, decisions: Iterable[TieDecision]) -> Board:
    """Return a board with those decisions that hold on it.

    One holds where the same units share the same score at the same cut with as many places left, from the day as of
    which it was taken until the next quarter's cut-off; of two that hold, the later one.
    """
    stage = _quarter(rulebook.assessment, board.as_of)
    timely = tuple(
        one for one in decisions if one.as_of <= board.as_of and _quarter(rulebook.assessment, one.as_of) == stage
    )
    if not timely:
        return board
    told = replace(board, decisions=timely)
    recorded = [listing.decision for kind in rulebook.kinds.values() for listing in red_and_black(told, kind)]
    return replace(board, decisions=tuple(one for one in timely if one in recorded))


def _quarter(assessment: Assessment, day: date) -> int:
    """Count the cut-offs that have passed by a day."""
    return sum(cut_off <= day for cut_off in assessment.cut_offs.values())
