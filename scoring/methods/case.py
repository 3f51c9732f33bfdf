"""A work case for a task: ``提供案例加0.5分。``"""

from __future__ import annotations

from scoring.methods.dossier import case_day
from scoring.methods.question import Question
from scoring.model.findings import Finding, Outcome


def judge(question: Question) -> Finding:
    """Add the points for the first case of the task, dated not after ``as_of``, with evidence (rules-reading 9).

    Three cases for one task earn 0.5 once; the further ones are kept and earn nothing. Evidence is asked under either
    reading of ``evidence``.
    """
    cases = question.dossier.cases.get(question.clause.task, ())
    happened = [case for case in cases if case_day(case) <= question.as_of]
    proved = [case for case in happened if case.evidence or question.trusted]
    if proved:
        first, more = proved[0], len(happened) - 1
        reason = f"案例《{first.title}》计分" + (f"，另有{more}个案例不重复计分" if more else "")
        return question.finding(
            Outcome.EARNED, reason, points=question.term.points, sources=(first.source,), evidence=first.evidence
        )
    if happened:
        return question.finding(Outcome.NONE, "案例没有附佐证材料，不加分", sources=(happened[0].source,))
    if cases:
        return question.finding(Outcome.NONE, "案例的日期还没有到，不加分", sources=(cases[0].source,))
    return question.finding(Outcome.NONE, "没有报送案例")
