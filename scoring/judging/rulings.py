"""A reviewer's ruling stands on top of what was computed, and never overwrites it (rules-reading 14)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scoring.methods import FULL_FAULTS, JUDGES
from scoring.methods.counts import states_count
from scoring.methods.question import NO_POINTS, Question
from scoring.methods.statements import states_readably
from scoring.model.facts import Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Method
from scoring.words.phrasing import short_day

# On these a statement in a ledger submitted after the ruling outranks it again; elsewhere it stands until withdrawn.
OUTRANKED_BY_LATER_STATEMENTS = frozenset({Method.MILESTONE, Method.SHORTFALL, Method.MISSING, Method.COUNT_BONUS})
COUNTS = frozenset({Method.SHORTFALL, Method.MISSING, Method.COUNT_BONUS})
TITLES = {Verdict.ACCEPTED: "认可", Verdict.REJECTED: "不认可", Verdict.EXEMPT: "豁免"}


def ruling_in_force(question: Question) -> Ruling | None:
    """Return the ruling that decides the clause; None where there is none or a later statement outranks it."""
    ruling = question.dossier.rulings.get(question.clause.code)
    if ruling is None or question.term.method not in OUTRANKED_BY_LATER_STATEMENTS:
        return ruling
    states = states_count if question.term.method in COUNTS else states_readably
    later = (
        statement
        for statement in question.dossier.statements.get(question.clause.code, ())
        if statement.ledger.submitted > ruling.day and states(statement)
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
        return _accepted(question)
    if question.term.is_bonus:
        return Outcome.NONE, NO_POINTS
    if question.as_of < question.deadline:
        return Outcome.PENDING, NO_POINTS
    return Outcome.NOT_DONE, min(FULL_FAULTS[question.term.method](question), computed.points)


def _accepted(question: Question) -> tuple[Outcome, Decimal]:
    """Accept what was stated: a count keeps its number without asking for evidence, all else counts as done in time."""
    if question.term.method is Method.CASE:
        return Outcome.EARNED, question.term.points
    if question.term.method in COUNTS:
        trusted = JUDGES[question.term.method](replace(question, trusted=True))
        if trusted.sources and trusted.outcome in (Outcome.SHORT, Outcome.EARNED, Outcome.NONE):
            return trusted.outcome, trusted.points
    return (Outcome.NONE, NO_POINTS) if question.term.is_bonus else (Outcome.MET, NO_POINTS)
