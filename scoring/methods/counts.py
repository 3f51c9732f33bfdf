"""Clauses whose points are multiplied by how many are missing: the statement that decides, and the weighing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.methods.drafting import Candidate, Draft
from scoring.methods.question import NO_POINTS, Question
from scoring.methods.record import accept_as_done
from scoring.model.changes import Act
from scoring.model.facts import Statement, Status, Verdict
from scoring.model.findings import Finding, Outcome

COUNTED = (Status.DONE, Status.NOT_DONE)


@dataclass(frozen=True, slots=True)
class Count:
    """How many are missing by one statement, why, and whether it still lacks its evidence (待补佐证)."""

    missing: int
    outcome: Outcome
    said: str
    flagged: bool = False


def deciding_count(question: Question) -> tuple[Statement | None, Statement | None]:
    """Return the latest row that states something, and a later unreadable one (None: there is none).

    A row states something on a count when its 完成情况 is readable or it has a 数量 (rules-reading 16).
    """
    latest, unread = None, None
    for statement in question.dossier.statements.get(question.clause.code, ()):
        if statement.status is Status.UNREADABLE:
            unread = statement
        elif states_count(statement):
            latest, unread = statement, None
    return latest, unread


def states_count(statement: Statement) -> bool:
    """Tell whether a row states something on a count: it is readable, or blank with a 数量 (不涉及 states nothing)."""
    return statement.status in COUNTED or (statement.status is Status.BLANK and statement.quantity is not None)


def judge_count(
    question: Question, read: Callable[[Question, Statement], Count], silent: int, unreadable: int
) -> Finding:
    """Deduct the term's points once for each one missing.

    ``silent`` are missing where nothing is stated, ``unreadable`` where the only statement cannot be understood.
    """
    latest, unread = deciding_count(question)
    count = (
        _nothing_stated(question, unread, unreadable if unread else silent)
        if latest is None
        else read(question, latest)
    )
    deciding = latest or unread
    return _weigh(question, count, deciding, doubtful=unread is not None)


def is_future(question: Question, statement: Statement) -> bool:
    """Tell whether the count's day (完成日期, else the submission date) is after ``as_of``; a reviewer's trust settles it."""
    return not question.trusted and (statement.done_on or statement.ledger.submitted) > question.as_of


def lacks_evidence(question: Question, statement: Statement) -> bool:
    """Tell whether a good number must be flagged or refused for want of evidence."""
    return not statement.evidence and not question.trusted


def _nothing_stated(question: Question, unread: Statement | None, unstated: int) -> Count:
    if unread is not None:
        return Count(unstated, Outcome.UNREADABLE, f"填报看不懂，待人工确认，暂按差{unstated}个计")
    outcome, reason = question.absence()
    if question.as_of < question.deadline:
        return Count(unstated, outcome, "尚未填报")
    return Count(unstated, outcome, f"{reason}，按差{unstated}个计")


def _weigh(question: Question, count: Count, deciding: Statement | None, *, doubtful: bool) -> Finding:
    sources, evidence = ((deciding.source,), deciding.evidence) if deciding else ((), ())
    if_done = NO_POINTS if doubtful else None
    if not count.missing:
        return question.finding(Outcome.MET, count.said, sources=sources, flagged=count.flagged, evidence=evidence)
    if question.as_of < question.deadline:
        reason = f"{count.said}，{question.say(question.deadline)}到期"
        return question.finding(
            Outcome.PENDING, reason, sources=sources, if_done=if_done, flagged=count.flagged, evidence=evidence
        )
    return question.finding(
        count.outcome,
        f"{count.said}，{question.past(question.deadline)}",
        points=question.term.points * count.missing,
        sources=sources,
        if_done=if_done,
        flagged=count.flagged,
        evidence=evidence,
    )


def accept_number(question: Question, judge: Callable[[Question], Finding]) -> tuple[Outcome, Decimal]:
    """Accept the number that was stated, without asking for evidence; where none was, the clause counts as done.

    What is accepted before the deadline stays pending, and the number counts at the deadline (rules-reading 14).
    """
    trusted = judge(replace(question, trusted=True))
    if trusted.outcome is Outcome.PENDING:
        return trusted.outcome, trusted.points
    if trusted.sources and trusted.outcome in (Outcome.SHORT, Outcome.EARNED, Outcome.NONE):
        return trusted.outcome, trusted.points
    return (Outcome.NONE, NO_POINTS) if question.term.is_bonus else accept_as_done(question)


def draft_counts(candidate: Candidate, most: int, whole: int, says: str) -> Iterator[Draft]:
    """Prove what was stated (one action), then add one at a time (an action each), up to ``most``.

    ``whole`` is what a statement of done without a number stands for; ``says`` names the number reached as ``{}``. A number
    that was not accepted can be stated again, with evidence of its own (one action).
    """
    question = candidate.question
    latest, _ = deciding_count(question)
    ruling, stated, lacking = candidate.finding.ruling, 0, 0
    refused = ruling is not None and ruling.verdict is Verdict.REJECTED
    if latest is not None and not is_future(question, latest) and latest.status is not Status.UNREADABLE:
        unnumbered = whole if latest.status is Status.DONE else 0
        stated = latest.quantity if latest.quantity is not None else unnumbered
        lacking = int(bool(stated) and (refused or not latest.evidence))
    if lacking and not refused:
        yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
    for count in range(1, most + 1):
        if count > stated or (refused and count == min(stated, most)):
            steps = max(0, count - stated) + lacking
            yield steps, (candidate.change(Act.COUNT, question.as_of, count),), says.format(count)
