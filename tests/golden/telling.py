"""All that the scoring says of a world, a line each: findings, cards, what a method's record answers, what changes do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from scoring.analysis.options import Candidate
from scoring.analysis.position import Position
from scoring.judging.punctuality import punctuality
from scoring.methods import method_of
from scoring.model.changes import Act, Change, Scenario
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.findings import Finding, Outcome
from scoring.scenario.what_if import ImpossibleChangeError, apply


def told(position: Position) -> Iterator[str]:
    """Yield everything about one world."""
    for card in position.board.cards:
        yield f"{card.unit} 第{card.rank}名 {card.score} 封顶前{card.raw}"
        for finding in card.findings:
            yield f"  {finding_line(finding)}"
    for (unit, quarter), sent in punctuality(position.facts, position.rulebook, position.as_of).items():
        yield f"{unit} {quarter} {sent.timeliness} {sent.first and sent.first.submitted} {sent.ledgers}"


def possible(position: Position, unit: str) -> Iterator[str]:
    """Yield what each clause of a unit may still come to, and what every change of it does."""
    card = position.board.card[unit]
    for clause, term in position.rulebook.terms_of[unit]:
        finding = next((one for one in card.findings if one.clause == clause.code), None)
        if finding is None:
            continue
        candidate, method = Candidate(position, clause, term, finding), method_of(term)
        question = candidate.question
        worst = method.at_worst(question) if method.at_worst else None
        close = method.at_the_close(question, finding) if method.at_the_close else None
        found = [str(method.as_found(question, n)) for n in range(4)] if method.as_found else []
        outcome, points = method.accepted(question)
        yield f"{clause.code} {method.full_fault(question)} {worst} {outcome} {points} {found} {close}"
        yield f"  {list(method.numbers(term))} {[str(one) for one in method.to_come(question, finding)]}"
        for steps, changes, says in method.drafts(candidate):
            yield f"  {steps} {says} {'；'.join(map(_change, changes))}"
        for change in _changes(unit, clause.code, term.traits.by_quarter):
            yield f"  {_change(change)} → {_after(position, change)}"


def _changes(unit: str, clause: str, by_quarter: bool) -> Iterator[Change]:
    for act in Act:
        if act is Act.COUNT:
            yield from (Change(unit, clause, act, number=number) for number in (0, 2))
        elif act is not Act.ADD:
            yield Change(unit, clause, act)
    if by_quarter:
        yield from (Change(unit, clause, act, quarter=2) for act in (Act.DONE, Act.OPEN))


def _after(position: Position, change: Change) -> str:
    try:
        facts = apply(position.facts, Scenario((change,)), position.rulebook, position.as_of)
    except ImpossibleChangeError as error:
        return str(error)
    card = position.with_facts(facts).board.card[change.unit]
    finding = next(one for one in card.findings if one.clause == change.clause)
    return f"{finding_line(finding)} {_sent(facts, change)}"


def _sent(facts: Facts, change: Change) -> str:
    """Tell what the facts hold of the clause that was changed."""
    own = [one for one in facts.statements if (one.ledger.unit, one.clause) == (change.unit, change.clause)]
    said = [
        f"{one.ledger.quarter}/{one.ledger.submitted}/{one.status}/{one.done_on}/{one.quantity}/{len(one.evidence)}"
        for one in own
    ]
    return f"{said} {len(facts.ledgers)} {len(facts.cases)} {len(facts.roster)} {len(facts.rulings)}"


def _change(change: Change) -> str:
    return f"{change.act}{f'={change.number}' if change.number is not None else ''} {change.quarter or ''} {change.day or ''}"


def finding_line(finding: Finding) -> str:
    """Tell every field of a finding that is not the rules' own."""
    left_out = {"unit", "task", "quote", "evidence", "sources", "ruling", "computed"}
    values = [_value(getattr(finding, field.name)) for field in fields(finding) if field.name not in left_out]
    beneath = f"（{finding_line(finding.computed)}）" if finding.computed else ""
    ruled = finding.ruling.number if finding.ruling else ""
    return f"{' '.join(values)} {_cells(finding.sources)} {[item.name for item in finding.evidence]} {ruled}{beneath}"


def _value(value: object) -> str:
    return value.value if isinstance(value, Outcome) else "-" if value in (None, "") else str(value)


def _cells(sources: tuple[CellRef, ...]) -> str:
    return ",".join(f"{cell.sheet}!{cell.cell}" for cell in sources)
