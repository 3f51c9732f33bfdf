"""So many there should be, each missing one costs: ``差一个部门扣0.2分``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.methods.counts import (
    Count,
    accept_number,
    draft_counts,
    is_future,
    judge_count,
    lacks_evidence,
    states_count,
)
from scoring.methods.drafting import Candidate, Draft
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, counted
from scoring.model.changes import COUNTED
from scoring.model.facts import Facts, Statement, Status
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Term
from scoring.model.traits import MethodTraits

TWO = 2  # 供电、供气


def judge(question: Question) -> Finding:
    """Deduct the points for each partner that is missing (rules-reading 6, policy ``partners``).

    Of 3 partners, 数量 2 with evidence leaves one missing: 0.2. Nothing stated: all three, 0.6. The number decides; done
    without one means all, not done without one means none; a good number without evidence counts as none.
    """
    asked = partners_asked(question)
    return judge_count(question, _read, asked, asked)


def full_fault(question: Question) -> Decimal:
    """Return what the clause costs where a reviewer does not accept it: all are missing."""
    return question.term.points * partners_asked(question)


def partners_asked(question: Question) -> int:
    """Return how many there should be (policy ``partners``): as the rules say, or at most two."""
    of = question.term.of or 0
    return of if question.policy.partners == "three" else min(of, TWO)


def _read(question: Question, statement: Statement) -> Count:
    of, present = partners_asked(question), statement.quantity
    if present is None:
        present = of if statement.status is Status.DONE else 0
    reason = f"{_number_said(statement, present)}，应有{of}个"
    if present and is_future(question, statement):
        return Count(of, Outcome.NOT_DONE, f"{reason}，但完成日期还没有到，按差{of}个计")
    lacking = bool(present) and lacks_evidence(question, statement)
    if lacking and question.evidence_required:
        return Count(of, Outcome.NO_EVIDENCE, f"{reason}，但没有附佐证材料，按差{of}个计")
    missing = max(0, of - present)
    reason += f"，差{missing}个" if missing else ""
    return Count(missing, Outcome.SHORT, reason + ("（待补佐证）" if lacking else ""), flagged=lacking)


def _number_said(statement: Statement, present: int) -> str:
    if statement.quantity is not None:
        return f"填报{present}个"
    return f"填报{'已' if statement.status is Status.DONE else '未'}完成，没有填数量，按{present}个计"


def _accepted(question: Question) -> tuple[Outcome, Decimal]:
    return accept_number(question, judge)


def _as_found(question: Question, number: int) -> Decimal:
    return question.term.points * max(0, partners_asked(question) - number)


def _simulate(facts: Facts, setting: Setting) -> Facts:
    return counted(facts, setting, full=setting.term.of or 0, none=0)


def _numbers(term: Term) -> range:
    return range((term.of or 0) + 1)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    of = partners_asked(candidate.question)
    return draft_counts(candidate, of, of, "达到{}个并附佐证材料")


METHOD = Method(
    MethodTraits(
        "shortfall",
        "按缺少的个数",
        counts=True,
        needs=(("of", "按缺的个数扣分，要写明应有几个"),),
        number_prompt="填已经共享的部门个数，0 至 {of}。",
        number_note="数量填已经共享的部门个数，0 至 {of}，不是差几个。",
        each_fault="每缺一个",
    ),
    judge,
    full_fault=full_fault,
    accepted=_accepted,
    as_found=_as_found,
    states=states_count,
    is_outranked=True,
    acts=COUNTED,
    simulate=_simulate,
    numbers=_numbers,
    drafts=_drafts,
)
