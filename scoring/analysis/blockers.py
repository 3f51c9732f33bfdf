"""What stands in the way of making a board final (定稿), each to be settled or passed over with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import TITLES, Matter, Why
from scoring.board.ties import OpenTie, open_ties
from scoring.judging.punctuality import Timeliness, punctuality, quarter_in_question
from scoring.model.boards import Board
from scoring.model.ties import End
from scoring.words.phrasing import quarter_name

BLOCKING = frozenset({Why.UNREADABLE, Why.UNDECIDED, Why.UNPROVED, Why.CASE, Why.AWARD})


@dataclass(frozen=True, slots=True)
class Blocker:
    """One open item. ``says`` names it for the receipt, units in full; ``matter`` is what to rule on, None for silence and ties.

    ``tie`` is to be decided, and cannot be passed over: a final paper does not leave open who is listed.
    """

    says: str
    matter: Matter | None = None
    tie: OpenTie | None = None


def blockers(position: Position, found: Sequence[Matter], board: Board | None = None) -> tuple[Blocker, ...]:
    """Return what is open: matters to rule on, units that sent nothing, ties across the third or third-last place.

    ``board`` is the position's with what people decided about ties (None: nothing was decided).
    A unit that sent nothing for the quarter whose cut-off passed last is open too, whatever it sent before.

    未附佐证 is none of them: by the rules it is no achievement, whether or not somebody looks at it again.
    """
    ruled = [Blocker(_says(matter), matter) for matter in found if matter.why in BLOCKING]
    return (*ruled, *_silent(position), *_ties(position, board or position.board))


def _silent(position: Position) -> Iterator[Blocker]:
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    quarter = quarter_in_question(position.rulebook.assessment, position.as_of)
    for card in position.board.cards:
        if not card.reported:
            yield Blocker(f"{card.unit}没有报送任何台账")
        elif sent[card.unit, quarter].timeliness is Timeliness.MISSING:
            yield Blocker(f"{card.unit}没有报送{quarter_name(quarter)}台账")


def _says(matter: Matter) -> str:
    item = f"《{matter.finding.item}》" if matter.item else ""
    return f"{matter.unit}{matter.clause}{item}{TITLES[matter.why]}"


def _ties(position: Position, board: Board) -> Iterator[Blocker]:
    for tie in open_ties(board, position.rulebook):
        place = f"{'' if tie.end is End.FIRST else '倒数'}第{tie.kind.listed}名"
        level = "、".join(card.unit for card in tie.cards)
        yield Blocker(f"{tie.kind.noun}{place}并列，红黑榜分不出先后：{level}", tie=tie)
