"""A matter to be completed by a deadline: ``未出台文件，扣0.2分。``"""

from __future__ import annotations

from scoring.methods.question import NO_POINTS, Question
from scoring.methods.record import Method
from scoring.methods.statements import stand
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits

FREE = frozenset({Outcome.MET, Outcome.PENDING})


def judge(question: Question) -> Finding:
    """Deduct the clause's points where the matter is not done by its deadline (rules-reading 3 to 5).

    Due 2023-06-30, 0.2 points: stated 未完成 costs nothing on 2023-06-29 and 0.2 on 2023-06-30. Done on 2023-07-03, it
    costs 0.2 where the sentence says 未按时, else nothing (policy ``late``).
    """
    standing = stand(question, question.dossier.statements.get(question.clause.code, ()), question.deadline)
    costs = standing.outcome not in FREE and (standing.outcome is not Outcome.LATE or question.lateness_costs())
    reason = standing.reason
    if standing.outcome is Outcome.LATE and not costs:
        reason += "，不扣分"
    return question.finding(
        standing.outcome,
        reason,
        points=question.term.points if costs else NO_POINTS,
        sources=standing.sources,
        if_done=NO_POINTS if standing.doubtful else None,
        flagged=standing.flagged,
        evidence=standing.evidence,
    )


METHOD = Method(MethodTraits("milestone", "按时限完成"), judge, is_outranked=True)
