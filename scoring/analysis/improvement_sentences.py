"""What is said of the way to a rank: the sentence, and the ladder as a table."""

from __future__ import annotations

from scoring.analysis.improvement import Bar, Improvement, Obstacle, Rivals
from scoring.analysis.options import Shut
from scoring.analysis.options_sentences import SHUT
from scoring.analysis.position import Position
from scoring.methods import method_of
from scoring.model.rules import Rulebook
from scoring.words.phrasing import number

NAMED = 3  # of what is to be done; the table lists it all


def sentence(position: Position, improvement: Improvement) -> str:
    """Say what it takes, or why it cannot be."""
    name = position.short(improvement.unit)
    rivals = "其他单位也尽力" if improvement.rivals is Rivals.BEST else "其他单位不变"
    if improvement.plan is not None and not improvement.plan.options:
        return f"{name}现在{number(improvement.before.score)}分，{rivals}时已在第{improvement.target}名以内，不需要再做什么"
    if improvement.plan is not None:
        doing = "、".join(f"{option.clause}{option.says}" for option in improvement.plan.options[:NAMED])
        more = len(improvement.plan.options) - NAMED
        doing += f"，另有{more}项" if more > 0 else ""
        steps = f"至少要做{improvement.plan.steps}个动作"
        if improvement.is_weighed:
            steps = f"至少要投入{number(improvement.plan.effort)}（{improvement.plan.steps}个动作）"
        return (
            f"{name}升到第{improvement.target}名{steps}（{rivals}）：{doing}，"
            f"得分由{number(improvement.before.score)}分到{number(improvement.plan.score)}分"
        )
    lost = "、".join(f"{o.clause}失{number(-o.points)}分" for o in improvement.obstacles[:NAMED])
    why = f"，已无法挽回的有{lost}" if lost else ""
    return (
        f"{name}到不了第{improvement.target}名（{rivals}）：至少要{number(improvement.needed)}分，能做的都做完也只有"
        f"{number(improvement.best.score)}分，最好第{improvement.best_rank}名{why}"
    )


BARS = {
    Bar.RULED: "审核已经认定，要先撤回认定",
    Bar.RULED_TODAY: "今天刚作的认定，当天再报不作数",
    Bar.CUT_OFF: "该季度的截止日已过，迟报的台账不收",
    Bar.DEADLINE: "时限已过，逾期完成也扣分",
}


def why_lost(obstacle: Obstacle, unit: str, rulebook: Rulebook) -> str:
    """Say why nothing that can still be done wins a clause's points back."""
    if isinstance(obstacle.why, Shut):
        return SHUT[obstacle.why]
    if obstacle.why in (Bar.RULED, Bar.RULED_TODAY):
        return BARS[obstacle.why]
    term = next(term for clause, term in rulebook.terms_of[unit] if clause.code == obstacle.clause)
    words = method_of(term).why_lost if obstacle.why is Bar.METHOD else BARS[obstacle.why]
    return f"{words}（{obstacle.finding.reason}）"


HEADER = ("名次", "需要得分", "动作数", "总投入", "达到得分", "动作")


def rows(improvement: Improvement) -> list[tuple[object, ...]]:
    """Return the ladder as a table, its header first: each rank that can be reached, and how."""
    return [
        HEADER,
        *(
            (r.rank, r.needed, r.plan.steps, r.plan.effort, r.plan.score, "；".join(f"{o.clause}{o.says}" for o in r.plan.options))
            for r in improvement.ladder
        ),
    ]  # fmt: skip
