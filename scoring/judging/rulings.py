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


def heard_again(question: Question) -> Question:
    """Return the question as it is asked where no ruling is in force (any more).

    A ruling of 不认可 that a later statement outranks has set aside the evidence that was judged: the later statement
    needs evidence of its own, so that saying the same again revives nothing (rules-reading 27).
    """
    dossier, code = question.dossier, question.clause.code
    ruling = dossier.rulings.get(code)
    if ruling is None or ruling.verdict is not Verdict.REJECTED:
        return question
    restated = tuple(
        replace(statement, evidence=()) if statement.ledger.submitted <= ruling.day else statement
        for statement in dossier.statements.get(code, ())
    )
    return replace(question, dossier=replace(dossier, statements={**dossier.statements, code: restated}), refused=True)


def told_again(question: Question, finding: Finding) -> Finding:
    """Say why evidence that was once there does not serve, where a reviewer had not accepted it."""
    if not question.refused or finding.outcome is not Outcome.NO_EVIDENCE:
        return finding
    return replace(finding, reason=f"{finding.reason}；审核不认可的佐证不再算，要有新的佐证")


def apply_ruling(question: Question, computed: Finding, ruling: Ruling) -> Finding:
    """Return the finding as ruled, with the computed one kept beneath."""
    outcome, points = _ruled(question, computed, ruling)
    day = short_day(ruling.day, question.rulebook.assessment.year)
    number = "" if ruling.number_found is None else f"，查实数量{ruling.number_found}"
    reason = f"{day}审核{TITLES[ruling.verdict]}{number}：{ruling.reason}（{ruling.reviewer}）"
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


def _ruled(question: Question, computed: Finding, ruling: Ruling) -> tuple[Outcome, Decimal]:
    """Return what a ruling comes to; not to be accepted never costs less than what was stated, but by the number found."""
    method = method_of(question.term)
    if ruling.verdict is Verdict.EXEMPT:
        return Outcome.WAIVED, NO_POINTS
    if ruling.verdict is Verdict.ACCEPTED:
        return method.accepted(question)
    points = None
    if ruling.number_found is not None and method.as_found is not None:
        points = method.as_found(question, ruling.number_found)
    if question.term.is_bonus:
        return (Outcome.EARNED, points) if points else (Outcome.NONE, NO_POINTS)
    if question.as_of < question.deadline:
        return Outcome.PENDING, NO_POINTS
    if points is None:
        return Outcome.NOT_DONE, min(method.full_fault(question), computed.points)
    return (Outcome.SHORT, points) if points else (Outcome.MET, NO_POINTS)
