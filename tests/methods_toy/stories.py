"""A way of judging that the product does not have: so many cases of the task, late or not, read off 工作案例 alone."""

from __future__ import annotations

from scoring.methods.case import simulate
from scoring.methods.dossier import case_day
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.model.changes import RULINGS, Act
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits, ReadFrom


def judge(question: Question) -> Finding:
    """Deduct the points for each case of the task that is missing at the deadline."""
    if question.as_of < question.deadline:
        return question.finding(Outcome.PENDING, "还没有到期")
    sent = [case for case in question.dossier.cases.get(question.clause.task, ()) if case_day(case) <= question.as_of]
    missing = max(0, (question.term.of or 0) - len(sent))
    if not missing:
        return question.finding(Outcome.MET, "故事讲够了", sources=tuple(case.source for case in sent))
    outcome = Outcome.SHORT if sent else question.absence()[0]
    points = question.term.points * missing
    return question.finding(outcome, f"少讲{missing}个故事", points=points, sources=tuple(c.source for c in sent))


METHOD = Method(
    MethodTraits(
        "stories",
        "按讲的故事",
        read_from=ReadFrom.CASES,
        has_own_row=False,
        asks_evidence=False,
        needs=(("of", "按讲的故事，要写明应有几个"),),
        each_fault="每少一个",
    ),
    judge,
    acts=frozenset({Act.DONE, Act.OPEN}) | RULINGS,
    simulate=simulate,
    full_fault=lambda question: question.term.points * (question.term.of or 0),
)
