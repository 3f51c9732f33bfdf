"""A way of judging that the product does not have: a number to be reached in every quarter, judged quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.methods.counts import states_count
from scoring.methods.drafting import Candidate, Draft
from scoring.methods.quarterly import draft_quarters, due_quarters
from scoring.methods.question import Question
from scoring.methods.record import Method
from scoring.methods.simulating import Setting, said_in, silenced, with_facts
from scoring.model.changes import RULINGS, Act, Change
from scoring.model.facts import Facts, Statement, Status
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Term
from scoring.model.traits import MethodTraits


def judge(question: Question) -> Finding:
    """Deduct the points for each due quarter in which fewer than ``of`` were stated."""
    due = due_quarters(question)
    if not due:
        return question.finding(Outcome.PENDING, "还没有到期")
    latest = {quarter: _latest(question, quarter) for quarter in due}
    short = [quarter for quarter in due if _number(latest[quarter]) < (question.term.of or 0)]
    sources = tuple(dict.fromkeys(found.source for found in latest.values() if found))
    if not short:
        return question.finding(Outcome.MET, "各季度都达到次数", sources=sources)
    outcome = Outcome.SHORT if sources else question.absence()[0]
    points = question.term.points * len(short)
    return question.finding(outcome, f"{len(short)}个季度没有达到次数", points=points, sources=sources)


def full_fault(question: Question) -> Decimal:
    return question.term.points * max(1, len(due_quarters(question)))


def _latest(question: Question, quarter: int) -> Statement | None:
    said = question.dossier.statements.get(question.clause.code, ())
    return next((s for s in reversed(said) if s.ledger.quarter == quarter and states_count(s)), None)


def _number(statement: Statement | None) -> int:
    return statement.quantity or 0 if statement is not None and statement.status is not Status.NOT_DONE else 0


def simulate(facts: Facts, setting: Setting) -> Facts:
    act, of = setting.change.act, setting.term.of or 0
    number = setting.change.number if act is Act.COUNT else 0 if act is Act.OPEN else of
    facts = silenced(facts, setting, setting.quarters)
    return with_facts(facts, [said_in(setting, q, done=act is not Act.OPEN, quantity=number) for q in setting.quarters])


def numbers(term: Term) -> range:
    return range((term.of or 0) + 2)


def _mended(candidate: Candidate, quarter: int) -> Change | None:
    day = max(candidate.question.as_of, candidate.question.due_on(quarter))
    change = candidate.change(Act.COUNT, candidate.day, candidate.term.of, quarter)
    return change if candidate.mends(change, day) else None


def drafts(candidate: Candidate) -> Iterator[Draft]:
    return draft_quarters(candidate, _mended)


METHOD = Method(
    MethodTraits(
        "tally",
        "按季度的次数",
        counts=True,
        by_quarter=True,
        asks_evidence=False,
        needs=(("of", "按季度的次数，要写明应有几次"),),
        number_prompt="填本季度的次数，至少 {of}。",
        number_note="本季度的次数至少 {of}。",
        unit_word="次",
        each_fault="每个季度",
    ),
    judge,
    full_fault=full_fault,
    states=states_count,
    acts=frozenset({Act.DONE, Act.OPEN, Act.COUNT}) | RULINGS,
    simulate=simulate,
    numbers=numbers,
    drafts=drafts,
)
