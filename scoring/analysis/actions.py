"""What each single action of a unit is worth, in points and in places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.analysis.options import Option, options
from scoring.analysis.position import Position
from scoring.board.red_black import rank_among
from scoring.model.boards import ScoreCard


@dataclass(frozen=True, slots=True)
class Action:
    """What one option is worth now. ``raw`` and ``score`` are gained points, ``rank`` the rank it leads to."""

    option: Option
    raw: Decimal
    score: Decimal
    rank_before: int
    rank: int

    @property
    def each(self) -> Fraction:
        """Return the raw points that one of its single actions gains on average."""
        return Fraction(self.raw) / self.option.steps


def single_actions(position: Position, unit: str) -> tuple[Action, ...]:
    """Return every option of a unit by what each of its actions gains: points first, then places, then what it secures.

    Grain: clause x how far it is taken (two partners, three partners). Options that need more than one action are in it.
    """
    base = position.board.card[unit]
    actions = [_valued(position, base, option) for offered in options(position, unit).values() for option in offered]
    order = {clause.code: place for place, clause in enumerate(position.rulebook.clauses)}
    worth = [action for action in actions if action.raw > 0 or action.option.secures]
    return tuple(sorted(worth, key=lambda a: (-a.each, -a.raw, a.rank, -a.option.secures, order[a.option.clause])))


def _valued(position: Position, base: ScoreCard, option: Option) -> Action:
    after = position.rescored(base.unit, option.scenario)
    return Action(
        option=option,
        raw=after.raw - base.raw,
        score=after.score - base.score,
        rank_before=base.rank,
        rank=rank_among(after.score, [card.score for card in position.rivals(base.unit)]),
    )
