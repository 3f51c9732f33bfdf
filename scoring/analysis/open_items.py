"""What is still open on a board, item by item, and every way in which it can turn out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scoring.analysis.position import Position
from scoring.judging.assess import judge_clause
from scoring.methods import method_of
from scoring.methods.question import NO_POINTS, Question
from scoring.model.boards import ScoreCard
from scoring.model.findings import Finding, Outcome


class Doubt(StrEnum):
    """Why an item is open."""

    PENDING = "pending"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"
    UNPROVED = "unproved"
    AWARD = "award"


EVERY_DOUBT = frozenset(Doubt)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that can still turn out otherwise. Grain: unit x clause, or one incentive item.

    ``outcomes`` are the points that it can come to stand for, the best first. ``now`` is what it stands for today.
    ``number`` tells a unit's open incentive items of one task apart, from 1; 0 for a clause.
    """

    unit: str
    clause: str
    doubt: Doubt
    now: Decimal
    outcomes: tuple[Decimal, ...]
    deadline: date | None = None
    number: int = 0
    title: str = ""

    @property
    def key(self) -> str:
        """Name the item: ``五华区:4A``, ``五华区:29#1``."""
        return f"{self.unit}:{self.clause}" + (f"#{self.number}" if self.number else "")


def open_items(position: Position, doubts: Iterable[Doubt] = EVERY_DOUBT) -> tuple[OpenItem, ...]:
    """Return what is open on a board, in the order of the rules.

    未到期: the clause (or a quarter of it) falls due after ``as_of``, and is done by then or is not. 待人工确认: a cell that
    could not be understood. 不涉及或待定: 不涉及 and the like. 待补佐证: accepted for the time being. 加分待认定: an incentive item
    without 认定分值, which comes to nothing or to what is claimed; without a claim its points are unknown and it is left
    out. What time alone changes is open too: zero reports leave the median unmet where the next one is not sent, and
    what is stated done on a day still to come is deducted until then. Nothing else is open: what stands deducted today
    could be made good later, and a verdict may still be given on what stands, and neither is counted on.
    """
    wanted = frozenset(doubts)
    return tuple(item for unit in position.dossiers for item in _of_unit(position, unit) if item.doubt in wanted)


def at_stake(position: Position, finding: Finding) -> Decimal:
    """Return what a clause that is not due yet costs once it is, where nothing more is done: a positive number."""
    clause = position.rulebook.clause[finding.clause]
    term = clause.term_for(finding.unit)
    return NO_POINTS if term is None else -_at_the_end(position.question(finding.unit, clause, term), finding)


def _of_unit(position: Position, unit: str) -> Iterator[OpenItem]:
    for clause, term in position.rulebook.terms_of[unit]:
        question = position.question(unit, clause, term)
        judged = judge_clause(question)
        item = _bonus(question, judged) if term.is_bonus else _fault(position, question, judged)
        if item is not None:
            yield item
    yield from _awards(position, unit)


def _item(finding: Finding, doubt: Doubt, outcomes: Iterable[Decimal], due: date | None = None) -> OpenItem | None:
    """Return the item; None where only one thing can come of it. ``due`` None: it falls due with its clause."""
    ordered = tuple(sorted(set(outcomes), reverse=True))
    if len(ordered) < 2:
        return None
    return OpenItem(finding.unit, finding.clause, doubt, finding.points, ordered, due or finding.deadline)


def _fault(position: Position, question: Question, finding: Finding) -> OpenItem | None:
    end, due = _at_the_end(question, finding), _next_due(question)
    if finding.outcome is Outcome.PENDING:
        return _item(finding, Doubt.PENDING, _steps(question, NO_POINTS, end), due)
    if finding.ruling is not None:
        return _item(finding, Doubt.PENDING, _steps(question, finding.points, end), due)
    if finding.if_done is not None:
        return _item(finding, Doubt.UNREADABLE, _steps(question, finding.if_done, end))
    if position.is_undecided(finding):
        return _item(finding, Doubt.UNDECIDED, (NO_POINTS, *_steps(question, finding.points, end)))
    if finding.flagged:
        return _item(finding, Doubt.UNPROVED, _steps(question, finding.points, end))
    best = max(finding.points, judge_clause(_at_close(question)).points)
    return _item(finding, Doubt.PENDING, _steps(question, best, end), due or _next_done(question))


def _steps(question: Question, best: Decimal, worst: Decimal) -> list[Decimal]:
    """Return every sum of points from the best to the worst, one fault after the other."""
    found = [best]
    while found[-1] > worst:
        found.append(max(worst, found[-1] + question.term.points))
    return found


def _at_the_end(question: Question, finding: Finding) -> Decimal:
    """Return what the clause costs at the close where nothing more is done: what stands stays, and is counted then.

    A day that has not come yet may not be kept, and what lacks its evidence may never be proved. A ruling that stands
    is weighed at the close too: 不认可 costs once more with each quarter where every quarter costs by itself.
    """
    at_the_close = method_of(question.term).at_the_close
    if at_the_close is not None and finding.ruling is None:
        return at_the_close(question, finding)
    code, dossier = question.clause.code, question.dossier
    stated = dossier.statements.get(code, ())
    kept = tuple(s for s in stated if s.done_on is None or s.done_on <= question.as_of)
    policy = replace(question.policy, evidence="required") if finding.flagged else question.policy
    told = replace(dossier, statements={**dossier.statements, code: kept})
    end = replace(_at_close(question), dossier=told, policy=policy)
    return min(finding.points, judge_clause(end).points)


def _at_close(question: Question) -> Question:
    """Return the question as it is asked at the close of the assessment, or today where that has passed."""
    return replace(question, as_of=max(question.as_of, question.rulebook.assessment.closes))


def _next_done(question: Question) -> date | None:
    """Return the first day still to come on which something is stated to be done; None: there is none."""
    said = question.dossier.statements.get(question.clause.code, ())
    return min((s.done_on for s in said if s.done_on and s.done_on > question.as_of), default=None)


def _next_due(question: Question) -> date | None:
    """Return the day on which the next quarter falls due; None where the clause is not one of quarters."""
    if not question.term.traits.by_quarter:
        return None
    days = (question.due_on(quarter) for quarter in question.rulebook.assessment.due_quarters)
    return min((day for day in days if day > question.as_of), default=None)


def _bonus(question: Question, finding: Finding) -> OpenItem | None:
    """Return a bonus that waits for its day, or whose number could not be read."""
    if finding.ruling is not None:
        return None
    later = judge_clause(_at_close(question))
    if later.points > finding.points:
        return _item(finding, Doubt.PENDING, (later.points, finding.points))
    return _item(finding, Doubt.UNREADABLE, method_of(question.term).to_come(question, finding))


def _awards(position: Position, unit: str) -> Iterator[OpenItem]:
    dossier, numbers = position.dossiers[unit], dict.fromkeys(position.rulebook.task, 0)
    for item in dossier.incentives:
        if item.awarded is None and item.claimed and dossier.item_rulings.get(item.key) is None:
            numbers[item.task] += 1
            outcomes = tuple(sorted({NO_POINTS, item.claimed}, reverse=True))
            yield OpenItem(
                unit, str(item.task), Doubt.AWARD, NO_POINTS, outcomes, number=numbers[item.task], title=item.title
            )


def score_if_confirmed(position: Position, card: ScoreCard, unclear: Iterable[Finding]) -> Decimal:
    """Return the score that a unit would have if every cell that could not be understood meant done."""
    faults = won = NO_POINTS
    for finding in unclear:
        then = finding.points if finding.if_done is None else finding.if_done
        faults += min(then, NO_POINTS) - min(finding.points, NO_POINTS)
        won += max(then, NO_POINTS) - max(finding.points, NO_POINTS)
    return position.reached(card, faults, won)
