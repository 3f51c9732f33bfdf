"""The handling times of the roster: ``达不到中位置要求扣0.2分。``"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from scoring.calendar.workdays import guessed_years
from scoring.methods.dossier import Dossier, HandlingTimes, handling_times
from scoring.methods.drafting import draft_nothing
from scoring.methods.quarterly import due_quarters
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.roster import zero_report
from scoring.methods.simulating import Setting, ruled
from scoring.model.changes import RULINGS, Act
from scoring.model.facts import Facts, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits, ReadFrom
from scoring.words.phrasing import number


def judge(question: Question) -> Finding:
    """Deduct where a median of the united roster is over what is required (rules-reading 12).

    Under ``standard`` each class of project has its limit: 3, 4 and 8 working days for 一般项目（无外线） have the
    median 4, over the limit of 3. Under ``citywide`` all rows together are held against the counties' median.
    """
    rows = question.dossier.united
    if not rows:
        return _no_rows(question)
    times = handling_times(rows, question.as_of)
    if not times.spans:
        return question.finding(Outcome.MET, "名单里没有可以计时的项目，请核实", sources=rows.headers)
    over, reason = _standard(question, times) if question.policy.median == "standard" else _citywide(question, times)
    reason += _guessed(times.spans)
    if not over:
        return question.finding(Outcome.MET, reason, sources=rows.headers)
    if question.as_of < question.deadline:
        return question.finding(
            Outcome.PENDING, f"{reason}，{question.say(question.deadline)}到期", sources=rows.headers
        )
    return question.finding(Outcome.OVER_LIMIT, reason, points=question.term.points, sources=rows.headers)


def median(counted: Mapping[Decimal, int]) -> Decimal:
    """Return the middle value, or the mean of the middle two, of values given with how often each occurs.

    >>> median({Decimal(8): 1, Decimal(3): 1, Decimal(4): 1}), median({Decimal(3): 2, Decimal(4): 2})
    (Decimal('4'), Decimal('3.5'))
    """
    total, values = sum(counted.values()), sorted(counted)
    until = list(accumulate(counted[value] for value in values))
    lower, upper = (values[bisect_right(until, place)] for place in ((total - 1) // 2, total // 2))
    return upper if total % 2 else (lower + upper) / 2


def median_of_all(dossier: Dossier, as_of: date) -> Decimal | None:
    """Return the median of a unit's timed rows in working days; None where no row can be timed."""
    times = handling_times(dossier.united, as_of).of_all
    return median(times) if times else None


def _guessed(spans: Iterable[tuple[date, date]]) -> str:
    """Say of which years the working days were counted without knowing the holidays; ``""`` where all were known."""
    in_years = {(start.year, end.year): (start, end) for start, end in spans}
    years = sorted({year for start, end in in_years.values() for year in guessed_years(start, end)})
    return f"（{'、'.join(map(str, years))}年的节假日表还没有，按周一至周五计）" if years else ""


def _no_rows(question: Question) -> Finding:
    due = due_quarters(question)
    if due and all(zero_report(question, quarter) for quarter in due):
        cells = tuple(zero_report(question, quarter)[-1].source for quarter in due)
        return question.finding(Outcome.MET, "各季度均为零报告，没有需要计时的项目", sources=cells)
    if question.as_of < question.deadline:
        return question.finding(Outcome.PENDING, f"{question.say(question.deadline)}到期，尚无企业全量名单")
    outcome, reason = question.absence()
    if outcome is Outcome.NOT_STATED:
        reason = "没有企业全量名单，无法计算中位数"
    return question.finding(outcome, f"{reason}，{question.past(question.deadline)}", points=question.term.points)


def _standard(question: Question, times: HandlingTimes) -> tuple[bool, str]:
    """Hold each class of project against its own limit; one class over it is enough."""
    over, within = [], []
    for project_class in question.rulebook.project_classes:
        days = times.of_class.get(project_class.name)
        if not days:
            continue
        middle = median(days)
        class_text = f"{project_class.name}{sum(days.values())}户，中位数{number(middle)}个工作日"
        limit = f"{number(project_class.limit)}个工作日" if project_class.limit else "当日"
        if middle > project_class.limit:
            over.append(f"{class_text}，超过{limit}办结的时限")
        else:
            within.append(f"{class_text}，在{limit}办结的时限内")
    return bool(over), "；".join(over or within) or "名单中的项目都没有写明类型，无法分类计时，请核实"


def _citywide(question: Question, times: HandlingTimes) -> tuple[bool, str]:
    """Hold all rows together against the median of the counties' medians."""
    own, city = median(times.of_all), question.city_median
    sample = f"全部{sum(times.of_all.values())}户中位数{number(own)}个工作日"
    if city is None or own <= city:
        return False, f"{sample}，不高于全市中位数{number(own if city is None else city)}个"
    return True, f"{sample}，高于全市中位数{number(city)}个"


def simulate(facts: Facts, setting: Setting) -> Facts:
    """Set the median by a simulated ruling: no handling time is invented."""
    return ruled(facts, setting, Verdict.REJECTED if setting.change.act is Act.OPEN else Verdict.ACCEPTED)


def at_the_close(question: Question, finding: Finding) -> Decimal:
    """Return what it costs at the close where nothing more is sent.

    No roster is final before the median falls due. Zero reports of some quarters leave it unmet once the other
    quarters are due (rules-reading 12), and an installation may be timed on a day still to come.
    """
    if finding.outcome is Outcome.PENDING:
        return question.term.points
    closes = max(question.as_of, question.rulebook.assessment.closes)
    return min(finding.points, judge(replace(question, as_of=closes)).points)


METHOD = Method(
    MethodTraits("median", "办理时长中位数", read_from=ReadFrom.ROSTER, has_own_row=False),
    judge,
    acts=frozenset({Act.DONE, Act.OPEN}) | RULINGS,
    simulate=simulate,
    drafts=draft_nothing,  # it is computed from the roster, and nobody can promise how it will turn out
    why_lost="中位数按名单计算，补报一项改变不了",
    at_the_close=at_the_close,
)
