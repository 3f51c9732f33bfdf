"""A matter of every quarter: ``未公布信息扣0.2分。`` (按季度), and the roster sent each quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from scoring.methods.drafting import Candidate, Draft
from scoring.methods.question import NO_POINTS, Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, said_in, silenced, with_facts
from scoring.methods.statements import Standing, say_absence, stand
from scoring.model.changes import Act, Change
from scoring.model.evidence import CellRef, Evidence
from scoring.model.facts import Facts
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import MethodTraits
from scoring.words.phrasing import quarter_name, quarter_names


def judge(question: Question) -> Finding:
    """Deduct where a due quarter's ledger does not state it done (rules-reading 11).

    Due for the second to fourth quarters on 06-30, 09-10 and 12-10. Two missed quarters cost 0.2 under
    ``quarterly = once`` and 0.4 under ``each``.
    """
    return judge_quarters(question, quarter_standing)


def quarter_standing(question: Question, quarter: int) -> Standing:
    """Judge one quarter by the statements in that quarter's own ledgers."""
    statements = question.dossier.statements.get(question.clause.code, ())
    standing = stand(question, [s for s in statements if s.ledger.quarter == quarter], question.due_on(quarter))
    return say_absence(question, quarter, standing, "台账里没有填报这一项")


def due_quarters(question: Question) -> list[int]:
    """List the quarters that have fallen due by ``as_of``."""
    return [q for q in question.rulebook.assessment.due_quarters if question.as_of >= question.due_on(q)]


def judge_quarters(question: Question, standing_of: Callable[[Question, int], Standing]) -> Finding:
    """Put the quarters together: the first missed one names the outcome, policy ``quarterly`` says how often it costs."""
    due = due_quarters(question)
    if not due:
        first = question.rulebook.assessment.due_quarters[0]
        return _free(question, {first: standing_of(question, first)})
    standings = {quarter: standing_of(question, quarter) for quarter in due}
    missed = {quarter: standing for quarter, standing in standings.items() if _costs(question, standing)}
    if not missed:
        return _free(question, standings)
    times = 1 if question.policy.quarterly == "once" else len(missed)
    doubtful = [standing for standing in missed.values() if standing.doubtful]
    left = len(missed) - len(doubtful)
    counted = "" if len(missed) == 1 else "；只扣一次" if times == 1 else "；每个季度各扣一次"
    return question.finding(
        next(iter(missed.values())).outcome,
        _sentence(missed) + counted,
        points=question.term.points * times,
        sources=_sources(missed),
        if_done=question.term.points * min(times, left) if doubtful else None,
        flagged=any(standing.flagged for standing in standings.values()),
        evidence=_evidence(missed),
    )


def _costs(question: Question, standing: Standing) -> bool:
    if standing.outcome is Outcome.LATE:
        return question.lateness_costs()
    return standing.outcome is not Outcome.MET


def _free(question: Question, standings: dict[int, Standing]) -> Finding:
    outcomes = [standing.outcome for standing in standings.values()]
    outcome = Outcome.LATE if Outcome.LATE in outcomes else outcomes[0]
    return question.finding(
        outcome,
        _sentence(standings) + ("；逾期不扣分" if outcome is Outcome.LATE else ""),
        points=NO_POINTS,
        sources=_sources(standings),
        flagged=any(standing.flagged for standing in standings.values()),
        evidence=_evidence(standings),
    )


def _sentence(standings: dict[int, Standing]) -> str:
    """Say how each quarter stands, its name once.

    >>> _sentence({2: Standing(Outcome.MET, "6月8日完成"), 3: Standing(Outcome.NOT_DONE, "第三季度台账填报“否”")})
    '第二季度：6月8日完成；第三季度台账填报“否”'
    """
    reasons = ((quarter_name(quarter), standing.reason) for quarter, standing in standings.items())
    return "；".join(reason if reason.startswith(name) else f"{name}：{reason}" for name, reason in reasons)


def _sources(standings: dict[int, Standing]) -> tuple[CellRef, ...]:
    return tuple(dict.fromkeys(source for standing in standings.values() for source in standing.sources))


def _evidence(standings: dict[int, Standing]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for standing in standings.values() for item in standing.evidence))


def full_fault(question: Question) -> Decimal:
    """Return what the clause costs where a reviewer does not accept it: every due quarter counts as missed."""
    times = 1 if question.policy.quarterly == "once" else max(1, len(due_quarters(question)))
    return question.term.points * times


def simulate(facts: Facts, setting: Setting) -> Facts:
    """State the clause in the ledgers of its quarters, in place of what was said there."""
    done = setting.change.act is not Act.OPEN
    facts = silenced(facts, setting, setting.quarters)
    return with_facts(facts, [said_in(setting, quarter, done=done) for quarter in setting.quarters])


def draft_quarters(candidate: Candidate, mended: Callable[[Candidate, int], Change | None]) -> Iterator[Draft]:
    """Make up for missed quarters, any of them, and send those to come: what helps is for the scoring function to say."""
    changes = {quarter: change for quarter in _open_quarters(candidate) if (change := mended(candidate, quarter))}
    due = [quarter for quarter in sorted(changes) if _is_due(candidate, quarter)]
    for count in range(1, len(due) + 1):
        for chosen in combinations(due, count):
            yield count, tuple(changes[q] for q in chosen), f"补报{quarter_names(list(chosen))}"
    yield from ((1, (changes[q],), f"按时报送{quarter_names([q])}") for q in sorted(changes) if q not in due)


def _open_quarters(candidate: Candidate) -> Iterator[int]:
    """Name the quarters whose ledgers can still be sent."""
    question = candidate.question
    assessment = question.rulebook.assessment
    for quarter in assessment.due_quarters:
        in_time = question.as_of <= assessment.cut_offs[quarter]
        if in_time or question.policy.late_ledger == "accepted":
            yield quarter


def _is_due(candidate: Candidate, quarter: int) -> bool:
    return candidate.question.due_on(quarter) <= candidate.question.as_of


def _mended(candidate: Candidate, quarter: int) -> Change | None:
    """Return the change that takes a quarter's fault away, seen once it is due; None: none does."""
    day: date = candidate.question.as_of if _is_due(candidate, quarter) else candidate.closes
    proved, done = (
        candidate.change(Act.PROVED, quarter=quarter),
        candidate.change(Act.DONE, candidate.day, quarter=quarter),
    )
    return next((change for change in (proved, done) if candidate.mends(change, day)), None)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    return draft_quarters(candidate, _mended)


METHOD = Method(
    MethodTraits("quarterly", "按季度", by_quarter=True, number_note="每个季度各看各的，本季度公布了才算本季度完成。"),
    judge,
    full_fault=full_fault,
    simulate=simulate,
    drafts=_drafts,
)
