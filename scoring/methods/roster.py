"""The roster sent each quarter: ``未报送企业全量名单扣0.2分``."""

from __future__ import annotations

from dataclasses import replace

from scoring.methods.quarterly import full_fault, judge_quarters
from scoring.methods.question import Question
from scoring.methods.statements import (
    READABLE,
    Standing,
    deciding,
    deciding_cells,
    evidence_of,
    in_time_or_late,
    say_absence,
    stand,
)
from scoring.model.facts import Statement, Status
from scoring.model.findings import Finding, Outcome
from scoring.words.phrasing import quarter_name

__all__ = ["full_fault", "judge", "zero_report"]


def judge(question: Question) -> Finding:
    """Deduct where a due quarter has neither a roster row nor a zero report (rules-reading 11).

    A roster of one row in the second quarter's ledger of 2023-06-08 meets the second quarter. A county without
    installations states the clause done with 数量 0 (零报告), which needs no evidence.
    """
    return judge_quarters(question, _quarter_standing)


def _quarter_standing(question: Question, quarter: int) -> Standing:
    due = question.due_on(quarter)
    rows = [row for row in question.dossier.roster if row.ledger.quarter == quarter]
    if rows:
        first = min(row.ledger.submitted for row in rows)
        headers = tuple(dict.fromkeys(row.header for row in rows))
        return in_time_or_late(question, first, due, f"{question.say(first)}报送名单", headers)
    run = zero_report(question, quarter)
    if run:
        day = run[-1].done_on or run[0].done_on or run[0].ledger.submitted
        standing = in_time_or_late(
            question, day, due, f"{question.say(day)}零报告（本季度无新装）", deciding_cells(run)
        )
        return replace(standing, evidence=evidence_of(deciding(run)))
    return _without_rows(question, quarter)


def zero_report(question: Question, quarter: int) -> list[Statement]:
    """Return the run of zero reports up to the quarter's latest statement; empty where there is none by ``as_of``."""
    code = next(c.code for c, t in question.rulebook.terms_of[question.dossier.unit] if t.method == "roster")
    stated = [s for s in question.dossier.statements.get(code, ()) if s.ledger.quarter == quarter]
    run: list[Statement] = []
    for statement in reversed([s for s in stated if s.status in READABLE]):
        if statement.status is not Status.DONE or statement.quantity != 0:
            break
        run.insert(0, statement)
    if run and (run[-1].done_on or run[0].done_on or run[0].ledger.submitted) > question.as_of:
        return []
    return run


def _without_rows(question: Question, quarter: int) -> Standing:
    """Say why there is no roster: stated done without one is done without its evidence, under either reading."""
    due = question.due_on(quarter)
    statements = [s for s in question.dossier.statements.get(question.clause.code, ()) if s.ledger.quarter == quarter]
    standing = stand(question, statements, due)
    if standing.outcome not in (Outcome.MET, Outcome.LATE, Outcome.NO_EVIDENCE):
        return say_absence(question, quarter, standing, "没有企业全量名单，也没有零报告")
    reason = f"{quarter_name(quarter)}台账填报已报送，但没有企业全量名单，也不是零报告"
    outcome = Outcome.NO_EVIDENCE if question.as_of >= due else Outcome.PENDING
    return Standing(outcome, reason, standing.sources, evidence=standing.evidence)
