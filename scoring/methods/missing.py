"""The number stated is how many are missing: ``一个县级部门未进中心扣0.2分。``"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.methods.counts import (
    Count,
    accept_number,
    deciding_count,
    is_future,
    judge_count,
    lacks_evidence,
    states_count,
)
from scoring.methods.drafting import DONE, Candidate, Draft
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, counted
from scoring.model.changes import COUNTED, Act
from scoring.model.facts import Facts, Statement, Status
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Term
from scoring.model.traits import MethodTraits

MOST_OFFERED = 3  # by one click in a what-if


def judge(question: Question) -> Finding:
    """Deduct the points for each one that is stated as missing (rules-reading 7, policy ``silence``).

    数量 3 costs 0.6. Where nothing is stated, as many are missing as counties are assessed, or one; an unreadable row is no
    silence and counts as one. Done with a blank 数量 counts as none, not done with a blank 数量 as one. That none is missing
    needs evidence, and without it one is missing.
    """
    return judge_count(question, _read, _by_silence(question), 1)


def _by_silence(question: Question) -> int:
    """Return how many are missing where nothing is stated: one for each unit of another kind that the clause is scored for."""
    if question.policy.silence == "one" or question.term.compared_with is None:
        return 1
    terms = question.rulebook.clause[question.term.compared_with].terms
    return max(1, sum(len(term.units) for term in terms if term.kind is not question.term.kind))


def _read(question: Question, statement: Statement) -> Count:
    missing = statement.quantity
    if missing is None and statement.status is not Status.DONE:
        return Count(1, Outcome.SHORT, "填报未完成，没有填数量，按差1个计")
    if missing:
        return Count(missing, Outcome.SHORT, f"填报有{missing}个没有达到要求")
    reason = "填报全部达到要求" if missing == 0 else "填报已完成，没有填数量，按全部达到要求计"
    if is_future(question, statement):
        return Count(1, Outcome.NOT_DONE, f"{reason}，但完成日期还没有到，按差1个计")
    lacking = lacks_evidence(question, statement)
    if lacking and question.evidence_required:
        return Count(1, Outcome.NO_EVIDENCE, f"{reason}，但没有附佐证材料，按差1个计")
    return Count(0, Outcome.MET, reason + ("（待补佐证）" if lacking else ""), flagged=lacking)


def _accepted(question: Question) -> tuple[Outcome, Decimal]:
    return accept_number(question, judge)


def _as_found(question: Question, number: int) -> Decimal:
    return question.term.points * number


def _at_worst(question: Question) -> Decimal:
    """Return what it costs at worst: any number may be stated or found missing, and the score ends at 0."""
    return -question.rulebook.assessment.score_cap


def _missing_now(question: Question) -> int:
    latest, unread = deciding_count(question)
    if latest is None:
        return _by_silence(question) if unread is None else 1
    return latest.quantity or 1


def _simulate(facts: Facts, setting: Setting) -> Facts:
    return counted(facts, setting, full=0, none=1)


def _numbers(_: Term) -> range:
    return range(MOST_OFFERED + 1)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    """Bring the stated number that is missing down one at a time."""
    finding = candidate.finding
    if finding.outcome is Outcome.NO_EVIDENCE:
        yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
        return
    if finding.outcome in DONE:
        return
    missing = _missing_now(candidate.question)
    for left in range(missing - 1, -1, -1):
        says = "全部达到要求并附佐证材料" if not left else f"减少到{left}个"
        yield missing - left, (candidate.change(Act.COUNT, candidate.question.as_of, left),), says


METHOD = Method(
    MethodTraits(
        "missing",
        "按没有达到的个数",
        counts=True,
        zero_is_good=True,
        number_prompt="填还没有进驻的县级部门个数，全部进驻填 0。",
        number_note="数量填还没有进驻县级政务服务中心的县级部门个数，全部进驻填 0。",
        unit_word="个未达到",
        each_fault="每缺一个",
    ),
    judge,
    accepted=_accepted,
    as_found=_as_found,
    at_worst=_at_worst,
    states=states_count,
    is_outranked=True,
    acts=COUNTED,
    simulate=_simulate,
    numbers=_numbers,
    drafts=_drafts,
)
