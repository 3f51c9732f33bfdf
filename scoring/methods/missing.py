"""The number stated is how many are missing: ``一个县级部门未进中心扣0.2分。``"""

from __future__ import annotations

from decimal import Decimal

from scoring.methods.counts import Count, is_future, judge_count, lacks_evidence
from scoring.methods.question import Question
from scoring.model.facts import Statement, Status
from scoring.model.findings import Finding, Outcome


def judge(question: Question) -> Finding:
    """Deduct the points for each one that is stated as missing (rules-reading 7).

    数量 3 costs 0.6. Nothing stated counts as one; done with a blank 数量 as none; not done with a blank 数量 as one. That
    none is missing needs evidence, and without it one is missing.
    """
    return judge_count(question, _read, 1)


def full_fault(question: Question) -> Decimal:
    """Return what the clause costs where a reviewer does not accept it: one is missing."""
    return question.term.points


def _read(question: Question, statement: Statement) -> Count:
    missing = statement.quantity
    if missing is None and statement.status is not Status.DONE:
        return Count(1, Outcome.SHORT, "填报未完成，没有填数量，按差1个计")
    if missing:
        return Count(missing, Outcome.SHORT, f"填报有{missing}个没有达到要求")
    said = "填报全部达到要求" if missing == 0 else "填报已完成，没有填数量，按全部达到要求计"
    if is_future(question, statement):
        return Count(1, Outcome.NOT_DONE, f"{said}，但完成日期还没有到，按差1个计")
    lacking = lacks_evidence(question, statement)
    if lacking and question.evidence_required:
        return Count(1, Outcome.NO_EVIDENCE, f"{said}，但没有附佐证材料，按差1个计")
    return Count(0, Outcome.MET, said + ("（待补佐证）" if lacking else ""), flagged=lacking)
