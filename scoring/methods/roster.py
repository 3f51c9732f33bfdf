"""The roster sent each quarter: ``未报送企业全量名单扣0.2分``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scoring.methods.drafting import Candidate, Draft
from scoring.methods.quarterly import draft_quarters, full_fault, judge_quarters
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, marked, said_in, silenced, with_facts
from scoring.methods.statements import (
    READABLE,
    Standing,
    cells_of,
    deciding,
    evidence_of,
    in_time_or_late,
    say_absence,
    stand,
)
from scoring.model.changes import STATED, Act, Change
from scoring.model.facts import Facts, Statement, Status
from scoring.model.findings import Finding, Outcome
from scoring.model.ledgers import Ledger
from scoring.model.rosters import Roster
from scoring.model.traits import MethodTraits, ReadFrom
from scoring.words.phrasing import quarter_name


def judge(question: Question) -> Finding:
    """Deduct where a due quarter has neither a roster row nor a zero report (rules-reading 11).

    A roster of one row in the second quarter's ledger of 2023-06-08 meets the second quarter. A county without
    installations states the clause done with 数量 0 (零报告), which needs no evidence.
    """
    return judge_quarters(question, _quarter_standing)


def _quarter_standing(question: Question, quarter: int) -> Standing:
    due = question.due_on(quarter)
    sent = [(ledger, header) for ledger, header in question.dossier.roster.headed if ledger.quarter == quarter]
    if sent:
        first = min(ledger.submitted for ledger, _ in sent)
        headers = tuple(dict.fromkeys(header for _, header in sent))
        return in_time_or_late(question, first, due, f"{question.say(first)}报送名单", headers)
    run = zero_report(question, quarter)
    if run:
        day = run[-1].done_on or run[0].done_on or run[0].ledger.submitted
        standing = in_time_or_late(
            question, day, due, f"{question.say(day)}零报告（本季度无新装）", cells_of(deciding(run))
        )
        return replace(standing, evidence=evidence_of(deciding(run)))
    return _without_rows(question, quarter)


def zero_report(question: Question, quarter: int) -> list[Statement]:
    """Return the run of zero reports up to the quarter's latest statement; empty where there is none by ``as_of``."""
    codes = {c.code for c, t in question.rulebook.terms_of[question.dossier.unit] if t.method == METHOD.traits.name}
    stated = [s for code in codes for s in question.dossier.statements.get(code, ()) if s.ledger.quarter == quarter]
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


def simulate(facts: Facts, setting: Setting) -> Facts:
    """Send the roster in time: what was sent late was sent in time, and where nothing was sent, a zero report."""
    quarters = setting.quarters
    facts = silenced(facts, setting, quarters)
    if setting.change.act is not Act.DONE:
        unit = setting.change.unit
        kept = facts.roster.where(lambda ledger: ledger.unit != unit or ledger.quarter not in quarters)
        done = setting.change.act is Act.BARE
        return with_facts(replace(facts, roster=kept), [said_in(setting, q, done=done) for q in quarters])
    for quarter in quarters:
        facts = _roster_sent(facts, setting, quarter)
    return facts


def _roster_sent(facts: Facts, setting: Setting, quarter: int) -> Facts:
    unit, as_of = setting.change.unit, setting.as_of

    def is_mine(ledger: Ledger) -> bool:
        return ledger.unit == unit and ledger.quarter == quarter

    mine = facts.roster.where(is_mine)
    if not any(ledger.submitted <= as_of for ledger in mine.ledgers) or setting.change.day is not None:
        return with_facts(facts, [said_in(setting, quarter, done=True, quantity=0)])
    latest = min(setting.rulebook.assessment.cut_offs[quarter], as_of)
    moved = {ledger: replace(ledger, submitted=min(ledger.submitted, latest)) for ledger in mine.ledgers}
    sent = mine.moved(lambda ledger: moved.get(ledger, ledger), marked)
    roster = Roster.joined((facts.roster.where(lambda ledger: not is_mine(ledger)), sent))
    return replace(facts, roster=roster, ledgers=(*facts.ledgers, *moved.values()))


def _mended(candidate: Candidate, quarter: int) -> Change:
    """Return the roster of a quarter, sent: it is always offered, for the median asks for it too, late or not."""
    return candidate.change(Act.DONE, candidate.day, quarter=quarter)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    return draft_quarters(candidate, _mended)


METHOD = Method(
    MethodTraits(
        "roster",
        "企业全量名单",
        by_quarter=True,
        read_from=ReadFrom.ROSTER,
        asks_evidence=False,
        number_prompt="有名单的不填；本季度没有报装的填 0（零报告）。",
        number_note="看的是“企业全量名单”。本季度没有任何报装的，这一行填“已完成”、数量填 0，算零报告。",
        number_limit=0,
    ),
    judge,
    full_fault=full_fault,
    acts=STATED - {Act.PROVED},
    simulate=simulate,
    drafts=_drafts,
)
