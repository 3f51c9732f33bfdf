"""So much for each time, up to a cap: ``通过“一站式”服务报装1次加0.5分，累计加分不超过2分.``"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from scoring.methods.counts import accept_number, deciding_count, draft_counts, is_future, states_count
from scoring.methods.drafting import Candidate, Draft
from scoring.methods.question import NO_POINTS, Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, counted
from scoring.model.changes import COUNTED
from scoring.model.facts import Facts
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Term
from scoring.model.traits import MethodTraits


def judge(question: Question) -> Finding:
    """Add the points for each time stated, up to the cap (rules-reading 8).

    数量 3 with evidence earns 1.5, 数量 5 earns 2.0. 数量 is cumulative over the year, and the latest statement decides.
    """
    latest, unread = deciding_count(question)
    if latest is None:
        if unread is not None:
            return question.finding(Outcome.NONE, "填报看不懂，待人工确认", sources=(unread.source,))
        return question.finding(Outcome.NONE, "没有填报次数")
    sources, times = (latest.source,), latest.quantity or 0
    if not times:
        reason = "没有填写次数" if latest.quantity is None else "填报累计0次"
        return question.finding(Outcome.NONE, reason, sources=sources)
    reason = f"填报累计{times}次"
    if is_future(question, latest):
        return question.finding(Outcome.NONE, f"{reason}，日期还没有到，不加分", sources=sources)
    if not latest.evidence and not question.trusted:
        return question.finding(Outcome.NONE, f"{reason}，没有附佐证材料，不加分", sources=sources)
    points = _as_found(question, times)
    reason += "，已到上限" if points < question.term.points * times else ""
    return question.finding(
        Outcome.EARNED, reason, points=points or NO_POINTS, sources=sources, evidence=latest.evidence
    )


def full_count(term: Term) -> int:
    """Return how many times a count bonus must be earned to reach its cap (1 where it has none)."""
    return 1 if term.cap is None else int((term.cap / term.points).to_integral_value(ROUND_CEILING))


def _accepted(question: Question) -> tuple[Outcome, Decimal]:
    return accept_number(question, judge)


def _as_found(question: Question, number: int) -> Decimal:
    earned = question.term.points * number
    return earned if question.term.cap is None else min(earned, question.term.cap)


def _simulate(facts: Facts, setting: Setting) -> Facts:
    return counted(facts, setting, full=full_count(setting.term), none=0)


def _numbers(term: Term) -> range:
    return range(full_count(term) + 1)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    return draft_counts(candidate, full_count(candidate.term), 0, "累计达到{}次并附佐证材料")


def to_come(question: Question, finding: Finding) -> Sequence[Decimal]:
    """Return what the bonus may come to once its unreadable row is understood: any number of times, up to the cap."""
    latest, unread = deciding_count(question)
    if unread is None or question.term.cap is None:
        return ()
    earned, gains = NO_POINTS, [finding.points]
    while latest is None and earned < question.term.cap:
        earned = min(question.term.cap, earned + question.term.points)
        gains.append(earned)
    return gains


METHOD = Method(
    MethodTraits(
        "count_bonus",
        "按次数加分",
        is_bonus=True,
        counts=True,
        needs=(("cap", "按次数加分，要写明至多加几分"),),
        number_prompt="填本年度累计次数，要有佐证。",
        number_note="数量填本年度累计的次数，不是本季度的次数，要有佐证。",
        unit_word="次",
    ),
    judge,
    accepted=_accepted,
    as_found=_as_found,
    states=states_count,
    is_outranked=True,
    acts=COUNTED,
    simulate=_simulate,
    numbers=_numbers,
    drafts=_drafts,
    to_come=to_come,
)
