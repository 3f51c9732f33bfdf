"""What a unit can still do about each clause: only what the scoring function says helps is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scoring.analysis.position import Position
from scoring.judging.assess import judge_clause
from scoring.judging.pairs import asked_after
from scoring.methods import method_of
from scoring.methods.dossier import Dossier
from scoring.methods.drafting import DONE, Draft
from scoring.methods.question import NO_POINTS, Question
from scoring.model.boards import ScoreCard
from scoring.model.facts import Status, Verdict
from scoring.model.findings import Finding
from scoring.model.rules import Clause, Term
from scoring.model.traits import ReadFrom
from scoring.scenario.text import Act, Change, Scenario
from scoring.scenario.what_if import apply


class Shut(StrEnum):
    """Why no ledger can be sent any more."""

    CLOSED = "closed"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Option:
    """One way of doing something about a clause. ``steps`` is how many single actions it takes.

    ``faults`` and ``won`` are what it gains by itself, in points: deductions that fall away, and bonuses before the
    caps. ``secures`` are the points that it keeps from being lost by the close. ``says`` is what to do, in Chinese, and
    ``deadline`` the day by which it is due (None: a bonus).
    """

    unit: str
    clause: str
    steps: int
    changes: tuple[Change, ...]
    faults: Decimal
    won: Decimal
    secures: Decimal
    says: str
    deadline: date | None

    @property
    def scenario(self) -> Scenario:
        """Return the option as a scenario."""
        return Scenario(self.changes)


@dataclass(frozen=True)
class Candidate:
    """One clause of one unit, looked at for what can be done about it."""

    position: Position
    clause: Clause
    term: Term
    finding: Finding

    @property
    def question(self) -> Question:
        """Return the clause's question as the board asks it."""
        return self.position.question(self.finding.unit, self.clause, self.term)

    def change(self, act: Act, day: date | None = None, count: int | None = None, quarter: int | None = None) -> Change:
        """Return a change of this clause."""
        return Change(self.finding.unit, self.clause.code, act, day, count, quarter=quarter)

    def after(self, *changes: Change) -> Dossier:
        """Return the unit's dossier with changes made."""
        position, unit = self.position, self.finding.unit
        facts = apply(position.facts_of[unit], Scenario(changes), position.rulebook, position.as_of)
        return position.opened(facts, unit)

    def mends(self, change: Change, day: date) -> bool:
        """Tell whether the clause costs less on a day with the change made."""
        return _cost(self, self.after(change), day) > _cost(self, self.dossier, day)

    @property
    def dossier(self) -> Dossier:
        """Return the unit's dossier as it stands."""
        return self.position.dossiers[self.finding.unit]

    @property
    def closes(self) -> date:
        """Return the day on which the assessment closes, or today where that has passed."""
        return max(self.position.as_of, self.position.rulebook.assessment.closes)

    @property
    def day(self) -> date:
        """Return the day that a ledger sent again would name: what was said before and not accepted, else today."""
        statements = self.dossier.statements.get(self.clause.code, ())
        told = [s for s in statements if s.status in (Status.DONE, Status.UNREADABLE)]
        refused = self.finding.ruling is not None and self.finding.ruling.verdict is Verdict.REJECTED
        if told and (refused or self.finding.if_done is not None):
            return min(told[-1].done_on or told[-1].ledger.submitted, self.position.as_of)
        return self.position.as_of


def options(position: Position, unit: str) -> dict[str, tuple[Option, ...]]:
    """Return clause -> what can still be done about it; clauses about which nothing can be done are left out.

    Done now counts from ``as_of``: a deadline that has passed cannot be met any more where lateness is deducted; what
    was done in time and lacks only its evidence can still be proved. Only what gains points or keeps a clause that is
    not due yet from costing is an option.
    """
    if closed(position):
        return {}
    base = position.board.card[unit]
    offered: dict[str, tuple[Option, ...]] = {}
    for clause, term in position.rulebook.terms_of[unit]:
        finding = base.finding(clause.code)
        if finding is None or blocked(finding, term, position.as_of):
            continue
        candidate = Candidate(position, clause, term, finding)
        useful = _useful(candidate, method_of(term).drafts(candidate), base)
        if useful:
            offered[clause.code] = useful
    return offered


def last_day(position: Position) -> date:
    """Return the last day on which a ledger that is sent still counts."""
    return position.rulebook.assessment.last_day(position.policy)


def closed(position: Position) -> Shut | None:
    """Return why no ledger can be sent any more; None where one can."""
    if position.as_of <= last_day(position):
        return None
    return Shut.CLOSED if position.as_of > position.rulebook.assessment.closes else Shut.TOO_LATE


def blocked(finding: Finding, term: Term, as_of: date) -> bool:
    """Tell whether a ruling stands that no ledger sent today outranks: one of the ruling's own day does not."""
    if finding.ruling is None:
        return False
    return finding.ruling.day >= as_of or not method_of(term).is_outranked


def gains(position: Position, before: ScoreCard, after: ScoreCard) -> tuple[Decimal, Decimal]:
    """Return what falls away in deductions, and what is won in bonuses before the caps."""
    return before.deductions - after.deductions, position.won(after) - position.won(before)


def _useful(candidate: Candidate, drafts: Iterator[Draft], base: ScoreCard) -> tuple[Option, ...]:
    """Keep the drafts that change something for the better; of those that are about the same the best one.

    The same are drafts of equally many steps about the same quarters. One that does more than another to the same
    effect is no option.
    """
    position, unit, acts = candidate.position, candidate.finding.unit, method_of(candidate.term).acts
    best: dict[tuple[int, tuple[int | None, ...]], tuple[tuple[Decimal, Decimal], Option]] = {}
    for steps, changes, says in drafts:
        if not acts.issuperset(change.act for change in changes):  # the usual drafts, of a method that takes fewer acts
            continue
        dossier = candidate.after(*changes)
        after = position.scored(unit, dossier)
        finding = after.finding(candidate.clause.code)
        faults, won = gains(position, base, after)
        secures = _secured(candidate, dossier)
        if finding is None or not (faults + won > 0 or secures or _joined(candidate, finding)):
            continue
        about = steps, tuple(change.quarter for change in changes)
        worth = faults + won, finding.points
        if about not in best or worth > best[about][0]:
            drafted = Option(
                unit, candidate.clause.code, steps, changes, faults, won, secures, says, _due(candidate, changes)
            )
            best[about] = worth, drafted
    options = [option for _, (_, option) in sorted(best.items(), key=lambda item: item[0])]
    return tuple(option for option in options if not any(_does_it(other, option) for other in options))


def _does_it(other: Option, option: Option) -> bool:
    """Tell whether another option asks for less, to no less effect."""
    no_less = other.faults + other.won >= option.faults + option.won and other.secures >= option.secures
    return no_less and set(other.changes) < set(option.changes)


def _due(candidate: Candidate, changes: tuple[Change, ...]) -> date | None:
    """Return the day by which it is due: of several quarters the first one's."""
    quarters = [change.quarter for change in changes if change.quarter is not None]
    return candidate.question.due_on(min(quarters)) if quarters else candidate.clause.deadline


def _secured(candidate: Candidate, after: Dossier) -> Decimal:
    """Return the points that a clause would lose between today and the close, and does not lose any more."""
    if candidate.term.is_bonus:
        return NO_POINTS
    own = NO_POINTS if _has_cost_already(candidate) else _kept(candidate, after)
    return own + sum((_kept(other, after) for other in _of_one_roster(candidate)), NO_POINTS)


def _kept(candidate: Candidate, after: Dossier) -> Decimal:
    """Return what one clause loses less by the close with the changes made, beyond what it gains today."""
    before, today, closes = candidate.dossier, candidate.position.as_of, candidate.closes
    now = _cost(candidate, after, today) - _cost(candidate, before, today)
    return max(NO_POINTS, _cost(candidate, after, closes) - _cost(candidate, before, closes) - now)


def _of_one_roster(candidate: Candidate) -> Iterator[Candidate]:
    """Return the unit's other clauses that are read off the same roster: not sending it may cost them too."""
    if candidate.term.traits.read_from is not ReadFrom.ROSTER:
        return
    position, unit = candidate.position, candidate.finding.unit
    for clause, term in position.rulebook.terms_of[unit]:
        finding = position.board.card[unit].finding(clause.code)
        if clause != candidate.clause and finding is not None and term.traits.read_from is ReadFrom.ROSTER:
            yield replace(candidate, clause=clause, term=term, finding=finding)


def _has_cost_already(candidate: Candidate) -> bool:
    """Tell whether a fault that costs once, however many quarters are missed, has cost already."""
    by_quarter, once = candidate.term.traits.by_quarter, candidate.position.policy.quarterly == "once"
    if not (by_quarter and once and candidate.finding.points):
        return False
    return judge_clause(replace(candidate.question, as_of=candidate.closes)).points >= candidate.finding.points


def _cost(candidate: Candidate, dossier: Dossier, day: date) -> Decimal:
    """Return the points of the clause on a day, every missed quarter costing by itself."""
    policy = replace(candidate.position.policy, quarterly="each")
    return judge_clause(replace(candidate.question, dossier=dossier, as_of=day, policy=policy)).points


def _joined(candidate: Candidate, after: Finding) -> bool:
    """Tell whether only together with another clause it may gain (policy ``shared_hall``)."""
    pairs = asked_after(candidate.position.rulebook, candidate.finding.unit)
    if candidate.clause.code in pairs:
        return candidate.finding.outcome not in DONE
    asked = candidate.clause.code in pairs.values()
    return asked and after.outcome in DONE and candidate.finding.outcome not in DONE
