"""What stands in the way of making a board final (定稿), each to be settled or passed over with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import TITLES, Matter, Why
from scoring.board.red_black import ends
from scoring.judging.punctuality import Timeliness, punctuality, quarter_in_question
from scoring.words.phrasing import quarter_name

BLOCKING = frozenset({Why.UNREADABLE, Why.UNDECIDED, Why.UNPROVED, Why.CASE, Why.AWARD})


@dataclass(frozen=True, slots=True)
class Blocker:
    """One open item. ``says`` names it for the receipt; ``matter`` is what to rule on, None for silence and ties."""

    says: str
    matter: Matter | None = None


def blockers(position: Position, found: Sequence[Matter]) -> tuple[Blocker, ...]:
    """Return what is open: matters to rule on, units that sent nothing, ties across the third or third-last place.

    A unit that sent nothing for the quarter whose cut-off passed last is open too, whatever it sent before.

    未附佐证 is none of them: by the rules it is no achievement, whether or not somebody looks at it again.
    """
    ruled = [Blocker(_says(position, matter), matter) for matter in found if matter.why in BLOCKING]
    return (*ruled, *_silent(position), *_ties(position))


def _silent(position: Position) -> Iterator[Blocker]:
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    quarter = quarter_in_question(position.rulebook.assessment, position.as_of)
    for card in position.board.cards:
        if not card.reported:
            yield Blocker(f"{position.short(card.unit)}没有报送任何台账")
        elif sent[card.unit, quarter].timeliness is Timeliness.MISSING:
            yield Blocker(f"{position.short(card.unit)}没有报送{quarter_name(quarter)}台账")


def _says(position: Position, matter: Matter) -> str:
    item = f"《{matter.finding.item}》" if matter.item else ""
    return f"{position.short(matter.unit)}{matter.clause}{item}{TITLES[matter.why]}"


def _ties(position: Position) -> Iterator[Blocker]:
    scores = {card.unit: card.score for card in position.board.cards}
    for kind in position.rulebook.kinds.values():
        both = ends(position.board, kind)
        for tied, units, at_the_cut, place in (
            (both.first_tied, both.first, min, f"第{kind.listed}名"),
            (both.last_tied, both.last, max, f"倒数第{kind.listed}名"),
        ):
            if tied:
                edge = at_the_cut(scores[unit] for unit in units)
                level = position.shorts(unit for unit in units if scores[unit] == edge)
                yield Blocker(f"{kind.noun}{place}并列，红黑榜分不出先后：{level}")
