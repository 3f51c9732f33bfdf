"""What is said of single actions: the sentence above the table, and the table."""

from __future__ import annotations

from scoring.analysis.actions import Action
from scoring.analysis.options import closed
from scoring.analysis.options_sentences import SHUT
from scoring.analysis.position import Position
from scoring.words.phrasing import day_name, number


def sentence(position: Position, unit: str, actions: tuple[Action, ...]) -> str:
    """Say which single action is worth most."""
    name, worth = position.short(unit), [action for action in actions if action.raw > 0]
    if not worth:
        waiting = [action for action in actions if action.option.secures]
        if not waiting:
            return f"{name}目前没有还能加分或挽回扣分的动作" + (f"：{SHUT[shut]}" if (shut := closed(position)) else "")
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
