"""What each single action of a unit is worth, in points and in places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.analysis.options import Option, closed, options
from scoring.analysis.position import Position
from scoring.board.red_black import rank_among
from scoring.model.boards import ScoreCard
from scoring.words.phrasing import day_name, number


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
    found = [_valued(position, base, option) for offered in options(position, unit).values() for option in offered]
    order = {clause.code: place for place, clause in enumerate(position.rulebook.clauses)}
    worth = [action for action in found if action.raw > 0 or action.option.secures]
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


def sentence(position: Position, unit: str, actions: tuple[Action, ...]) -> str:
    """Say which single action is worth most."""
    name, worth = position.short(unit), [action for action in actions if action.raw > 0]
    if not worth:
        waiting = [action for action in actions if action.option.secures]
        if not waiting:
            return f"{name}目前没有还能加分或挽回扣分的动作" + (f"：{shut}" if (shut := closed(position)) else "")
        nearest = min(action.option.deadline for action in waiting if action.option.deadline)
        return f"{name}目前没有能加分的动作，还有{_clauses(waiting)}个条款未到期，最近的是{day_name(nearest)}"
    best = worth[0]
    places = f"，由第{best.rank_before}名到第{best.rank}名" if best.rank != best.rank_before else "，名次不变"
    many = f"（{best.option.steps}个动作）" if best.option.steps > 1 else ""
    return (
        f"{name}还有{_clauses(worth)}个条款可以加分或挽回扣分，最值的是{best.option.clause}"
        f"{best.option.says}{many}：{number(best.raw)}分{places}"
    )


def _clauses(actions: list[Action]) -> int:
    return len({action.option.clause for action in actions})


HEADER = (
    "条款",
    "动作",
    "动作数",
    "挽回扣分",
    "加分",
    "原始分增加",
    "得分增加",
    "现名次",
    "完成后名次",
    "时限",
    "不做将失分",
)


def rows(actions: tuple[Action, ...]) -> list[tuple[object, ...]]:
    """Return the actions as a table, its header first."""
    return [
        HEADER,
        *(
            (
                a.option.clause, a.option.says, a.option.steps, a.option.faults, a.option.won, a.raw, a.score,
                a.rank_before, a.rank, a.option.deadline, a.option.secures,
            )
            for a in actions
        ),
    ]  # fmt: skip
