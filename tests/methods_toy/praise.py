"""A bonus that the product does not have: earned once where a row of 工作落实 says done, with evidence."""

from __future__ import annotations

from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.model.facts import Status
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits


def judge(question: Question) -> Finding:
    """Add the points where the latest statement says done, with evidence."""
    said = question.dossier.statements.get(question.clause.code, ())
    latest = next((s for s in reversed(said) if s.status in (Status.DONE, Status.NOT_DONE)), None)
    if latest is None or latest.status is Status.NOT_DONE or not (latest.evidence or question.trusted):
        return question.finding(Outcome.NONE, "没有获得表扬", sources=(latest.source,) if latest else ())
    if (latest.done_on or latest.ledger.submitted) > question.as_of:
        return question.finding(Outcome.NONE, "日期还没有到", sources=(latest.source,))
    return question.finding(Outcome.EARNED, "获得表扬", points=question.term.points, sources=(latest.source,))


METHOD = Method(MethodTraits("praise", "按表扬加分", is_bonus=True), judge, is_outranked=True)
