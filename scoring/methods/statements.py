"""Judge a line of statements against one due day: what milestones and single quarters have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scoring.methods.question import Question
from scoring.model.evidence import CellRef, Evidence
from scoring.model.facts import Statement, Status
from scoring.model.findings import Outcome
from scoring.words.phrasing import quarter_name

READABLE = (Status.DONE, Status.NOT_DONE)
FLAG = "（待补佐证）"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one due day stands. ``doubtful`` True: an unreadable cell, were it to mean done, would say otherwise."""

    outcome: Outcome
    reason: str
    sources: tuple[CellRef, ...] = ()
    flagged: bool = False
    doubtful: bool = False
    evidence: tuple[Evidence, ...] = ()


def stand(question: Question, statements: Sequence[Statement], due: date) -> Standing:
    """Judge the latest readable statement against the due day (rules-reading 2 to 5).

    Done means: stated done, its day not after ``as_of``, with evidence. Before the due day nothing is deducted.
    """
    readable = [statement for statement in statements if states_readably(statement)]
    unread = [statement for statement in statements if statement.status is Status.UNREADABLE]
    doubtful = bool(unread) and (not readable or statements.index(unread[-1]) > statements.index(readable[-1]))
    if not readable:
        return _nothing_readable(question, statements, unread, due)
    latest = readable[-1]
    if latest.status is Status.NOT_DONE:
        reason = f"{_ledger(latest)}填报“{latest.said or '未完成'}”"
        return _open(question, due, Outcome.NOT_DONE, reason, latest, doubtful=doubtful)
    return _stand_done(question, _run_of_done(readable), due, doubtful=doubtful)


def say_absence(question: Question, quarter: int, standing: Standing, unstated: str) -> Standing:
    """Say of a quarter in which nothing is stated whether its ledger was sent at all."""
    if standing.outcome is not Outcome.NOT_STATED or standing.sources:
        return standing
    said = unstated if quarter in question.dossier.quarters else "没有报送这个季度的台账"
    return replace(standing, reason=f"{said}，{question.past(question.due_on(quarter))}")


def states_readably(statement: Statement) -> bool:
    """Tell whether a row states something by its 完成情况 (rules-reading 16)."""
    return statement.status in READABLE


def _ledger(statement: Statement) -> str:
    return f"{quarter_name(statement.ledger.quarter)}台账"


def _nothing_readable(
    question: Question, statements: Sequence[Statement], unread: list[Statement], due: date
) -> Standing:
    before = question.as_of < due
    if unread:
        reading = f"{_ledger(unread[-1])}的填报看不懂，待人工确认，暂按未完成计"
        return _open(question, due, Outcome.UNREADABLE, reading, unread[-1], doubtful=True)
    undecided = [statement for statement in statements if statement.status is Status.UNDECIDED]
    if before:
        return Standing(Outcome.PENDING, f"{question.say(due)}到期，尚未填报")
    outcome, reason = question.absence()
    if undecided:
        reason = f"{_ledger(undecided[-1])}填报“{undecided[-1].said or '不涉及'}”，等于没有填报，待审核认定"
    return Standing(outcome, f"{reason}，{question.past(due)}", tuple(s.source for s in undecided[-1:]))


def _run_of_done(readable: list[Statement]) -> list[Statement]:
    """Return the unbroken run of done up to the latest statement: said again, it stands as one."""
    run: list[Statement] = []
    for statement in reversed(readable):
        if statement.status is not Status.DONE:
            break
        run.insert(0, statement)
    return run


def day_of(run: Sequence[Statement]) -> date:
    """Return the day of a run of done: the latest's 完成日期, else the first one's day (rules-reading 3)."""
    return run[-1].done_on or run[0].done_on or run[0].ledger.submitted


def _stand_done(question: Question, run: list[Statement], due: date, *, doubtful: bool) -> Standing:
    latest, day = run[-1], day_of(run)
    if day > question.as_of:
        reason = f"{_ledger(latest)}填报的完成日期{question.say(day)}还没有到"
        return _open(question, due, Outcome.NOT_DONE, reason, latest, doubtful=doubtful)
    proved = any(statement.evidence for statement in run)
    if not proved and question.evidence_required:
        reason = f"{_ledger(latest)}填报已完成，没有附佐证材料"
        return _open(question, due, Outcome.NO_EVIDENCE, reason, latest, doubtful=doubtful)
    flag = "" if proved or question.trusted else FLAG
    dated = latest.done_on or run[0].done_on
    done = f"{question.say(day)}完成" if dated else f"没有可用的完成日期，按{question.say(day)}报送计"
    decided = deciding(run)
    return in_time_or_late(question, day, due, done, cells_of(decided), flag, evidence_of(decided))


def deciding(run: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return what decides of a run of done: the latest, and those that gave it its day and its evidence."""
    latest = run[-1]
    if latest.done_on and latest.evidence:
        return (latest,)
    dated = latest if latest.done_on else run[0]
    proved = next((statement for statement in reversed(run) if statement.evidence), latest)
    decide = [latest]
    for statement in (dated, proved):
        if not any(statement is one for one in decide):  # rows are told apart as such: comparing them costs more
            decide.append(statement)
    return tuple(decide)


def cells_of(statements: Sequence[Statement]) -> tuple[CellRef, ...]:
    """Return where some statements stand, each cell once."""
    cells = tuple(statement.source for statement in statements)
    return cells if len(cells) == 1 else tuple(dict.fromkeys(cells))


def evidence_of(statements: Sequence[Statement]) -> tuple[Evidence, ...]:
    """Return what some statements bring, each thing once."""
    if len(statements) == 1 and len(statements[0].evidence) < 2:
        return statements[0].evidence
    return tuple(dict.fromkeys(item for statement in statements for item in statement.evidence))


def in_time_or_late(
    question: Question,
    day: date,
    due: date,
    done: str,
    sources: tuple[CellRef, ...],
    flag: str = "",
    evidence: tuple[Evidence, ...] = (),
) -> Standing:
    """Say what was done, and whether its day was in time."""
    in_time = day <= due
    reason = f"在{question.say(due)}时限内" if in_time else f"晚于{question.say(due)}时限"
    outcome = Outcome.MET if in_time else Outcome.LATE
    return Standing(outcome, f"{done}，{reason}{flag}", sources, bool(flag), evidence=evidence)


def _open(question: Question, due: date, outcome: Outcome, said: str, latest: Statement, *, doubtful: bool) -> Standing:
    """Say what is not done: 未到期 before the due day, else the fault itself."""
    if question.as_of < due:
        said, outcome = f"{said}，{question.say(due)}到期", Outcome.PENDING
    else:
        said = f"{said}，{question.past(due)}"
    return Standing(outcome, said, (latest.source,), doubtful=doubtful, evidence=latest.evidence)
