"""A reviewer's ruling stands on top of what was computed, and never overwrites it (rules-reading 14)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scoring.methods import method_of
from scoring.methods.question import NO_POINTS, Question
from scoring.model.facts import Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.words.phrasing import short_day

TITLES = {Verdict.ACCEPTED: "认可", Verdict.REJECTED: "不认可", Verdict.EXEMPT: "豁免"}


def ruling_in_force(question: Question) -> Ruling | None:
    """Return the ruling that decides the clause; None where there is none or a later statement outranks it."""
    ruling = question.dossier.rulings.get(question.clause.code)
    method = method_of(question.term)
    if ruling is None or not method.is_outranked:
        return ruling
    later = (
        statement
        for statement in question.dossier.statements.get(question.clause.code, ())
        if statement.ledger.submitted > ruling.day and method.states(statement)
    )
    return None if next(later, None) is not None else ruling


def apply_ruling(question: Question, computed: Finding, ruling: Ruling) -> Finding:
    """Return the finding as ruled, with the computed one kept beneath."""
    outcome, points = _ruled(question, computed, ruling.verdict)
    day = short_day(ruling.day, question.rulebook.assessment.year)
    reason = f"{day}审核{TITLES[ruling.verdict]}：{ruling.reason}（{ruling.reviewer}）"
    return replace(
        computed,
        outcome=outcome,
        points=points,
        reason=reason,
        ruling=ruling,
        computed=computed,
        if_done=None,
        flagged=False,
    )


def _ruled(question: Question, computed: Finding, verdict: Verdict) -> tuple[Outcome, Decimal]:
    """Return what a verdict comes to; not to be accepted never costs less than what was stated."""
    if verdict is Verdict.EXEMPT:
        return Outcome.WAIVED, NO_POINTS
    if verdict is Verdict.ACCEPTED:
        return method_of(question.term).accepted(question)
    if question.term.is_bonus:
        return Outcome.NONE, NO_POINTS
    if question.as_of < question.deadline:
        return Outcome.PENDING, NO_POINTS
    return Outcome.NOT_DONE, min(method_of(question.term).full_fault(question), computed.points)
