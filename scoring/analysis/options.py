"""What a unit can still do about each clause: only what the scoring function says helps is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from scoring.analysis.position import Position
from scoring.judging.assess import judge_clause
from scoring.judging.rulings import OUTRANKED_BY_LATER_STATEMENTS
from scoring.methods.counts import deciding_count, is_future
from scoring.methods.dossier import Dossier
from scoring.methods.question import NO_POINTS, Question
from scoring.model.boards import ScoreCard
from scoring.model.facts import Status, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Clause, Method, Term
from scoring.scenario.text import BY_QUARTER, Act, Change, Scenario
from scoring.scenario.what_if import apply, full_count
from scoring.words.phrasing import quarter_names

CLOSED, TOO_LATE = "考评已经截止", "最后一个季度的截止日已过，迟报的台账不收"
RULED = "审核已经认定，要先撤回认定"


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
        said = self.dossier.statements.get(self.clause.code, ())
        told = [s for s in said if s.status in (Status.DONE, Status.UNREADABLE)]
        refused = self.finding.ruling is not None and self.finding.ruling.verdict is Verdict.REJECTED
        if told and (refused or self.finding.if_done is not None):
            return min(told[-1].done_on or told[-1].ledger.submitted, self.position.as_of)
        return self.position.as_of


DONE = frozenset({Outcome.MET, Outcome.LATE})
Draft = tuple[int, tuple[Change, ...], str]


def options(position: Position, unit: str) -> dict[str, tuple[Option, ...]]:
    """Return clause -> what can still be done about it; clauses about which nothing can be done are left out.

    Done now counts from ``as_of``: a deadline that has passed cannot be met any more where lateness is deducted; what
    was done in time and lacks only its evidence can still be proved. Only what gains points or keeps a clause that is
    not due yet from costing is an option.
    """
    if closed(position):
        return {}
    base = position.board.card[unit]
    found: dict[str, tuple[Option, ...]] = {}
    for clause, term in position.rulebook.terms_of[unit]:
        finding = base.finding(clause.code)
        if finding is None or blocked(finding, term):
            continue
        candidate = Candidate(position, clause, term, finding)
        useful = _useful(candidate, DRAFTS[term.method](candidate), base)
        if useful:
            found[clause.code] = useful
    return found


def last_day(position: Position) -> date:
    """Return the last day on which a ledger that is sent still counts."""
    assessment = position.rulebook.assessment
    rejected = position.policy.late_ledger == "rejected"
    return min(assessment.closes, max(assessment.cut_offs.values())) if rejected else assessment.closes


def closed(position: Position) -> str:
    """Say why no ledger can be sent any more; empty where one can."""
    if position.as_of <= last_day(position):
        return ""
    return CLOSED if position.as_of > position.rulebook.assessment.closes else TOO_LATE


def blocked(finding: Finding, term: Term) -> bool:
    """Tell whether a ruling stands that no later ledger outranks."""
    return finding.ruling is not None and term.method not in OUTRANKED_BY_LATER_STATEMENTS


def gains(position: Position, before: ScoreCard, after: ScoreCard) -> tuple[Decimal, Decimal]:
    """Return what falls away in deductions, and what is won in bonuses before the caps."""
    return before.deductions - after.deductions, position.won(after) - position.won(before)


def _useful(candidate: Candidate, drafts: Iterator[Draft], base: ScoreCard) -> tuple[Option, ...]:
    """Keep the drafts that change something for the better; of those that are about the same the best one.

    The same are drafts of equally many steps about the same quarters. One that does more than another to the same
    effect is no option.
    """
    position, unit = candidate.position, candidate.finding.unit
    best: dict[tuple[int, tuple[int | None, ...]], tuple[tuple[Decimal, Decimal], Option]] = {}
    for steps, changes, says in drafts:
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
            made = Option(
                unit, candidate.clause.code, steps, changes, faults, won, secures, says, _due(candidate, changes)
            )
            best[about] = worth, made
    found = [option for _, (_, option) in sorted(best.items(), key=lambda item: item[0])]
    return tuple(option for option in found if not any(_does_it(other, option) for other in found))


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
    if candidate.term.is_bonus or _has_cost_already(candidate):
        return NO_POINTS
    before, today, closes = candidate.dossier, candidate.position.as_of, candidate.closes
    now = _cost(candidate, after, today) - _cost(candidate, before, today)
    return max(NO_POINTS, _cost(candidate, after, closes) - _cost(candidate, before, closes) - now)


def _has_cost_already(candidate: Candidate) -> bool:
    """Tell whether a fault that costs once, however many quarters are missed, has cost already."""
    by_quarter, once = candidate.term.method in BY_QUARTER, candidate.position.policy.quarterly == "once"
    return by_quarter and once and bool(candidate.finding.points)


def _cost(candidate: Candidate, dossier: Dossier, day: date) -> Decimal:
    """Return the points of the clause on a day, every missed quarter costing by itself."""
    policy = replace(candidate.position.policy, quarterly="each")
    return judge_clause(replace(candidate.question, dossier=dossier, as_of=day, policy=policy)).points


def _joined(candidate: Candidate, after: Finding) -> bool:
    """Tell whether only together with another clause it may gain (policy ``shared_hall``)."""
    if candidate.term.asked_after is not None:
        return candidate.finding.outcome not in DONE
    terms = candidate.position.rulebook.terms_of[candidate.finding.unit]
    asked = any(term.asked_after == candidate.clause.code for _, term in terms)
    return asked and after.outcome in DONE and candidate.finding.outcome not in DONE


def _milestone(candidate: Candidate) -> Iterator[Draft]:
    finding = candidate.finding
    if finding.outcome in DONE and not finding.points:
        return
    yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
    yield 1, (candidate.change(Act.DONE, candidate.day),), "完成并附佐证材料"


def _quarterly(candidate: Candidate) -> Iterator[Draft]:
    """Make up for missed quarters, any of them, and send those to come: what helps is for the scoring function to say."""
    mended = {quarter: change for quarter in _quarters(candidate) if (change := _mended(candidate, quarter))}
    due = [quarter for quarter in sorted(mended) if candidate.question.due_on(quarter) <= candidate.position.as_of]
    for count in range(1, len(due) + 1):
        for chosen in combinations(due, count):
            yield count, tuple(mended[q] for q in chosen), f"补报{quarter_names(list(chosen))}"
    yield from ((1, (mended[q],), f"按时报送{quarter_names([q])}") for q in sorted(mended) if q not in due)


def _quarters(candidate: Candidate) -> Iterator[int]:
    """Name the quarters whose ledgers can still be sent."""
    position = candidate.position
    assessment = position.rulebook.assessment
    for quarter in assessment.due_quarters:
        in_time = position.as_of <= assessment.cut_offs[quarter]
        if in_time or position.policy.late_ledger == "accepted":
            yield quarter


def _mended(candidate: Candidate, quarter: int) -> Change | None:
    """Return the change that takes a quarter's fault away, seen once it is due; None: none does.

    A roster is always offered: the median asks for it too, whatever lateness costs.
    """
    done = candidate.change(Act.DONE, candidate.day, quarter=quarter)
    if candidate.term.method is Method.ROSTER:
        return done
    is_due = candidate.question.due_on(quarter) <= candidate.position.as_of
    day = candidate.position.as_of if is_due else candidate.closes
    for change in (candidate.change(Act.PROVED, quarter=quarter), done):
        if _cost(candidate, candidate.after(change), day) > _cost(candidate, candidate.dossier, day):
            return change
    return None


def _shortfall(candidate: Candidate) -> Iterator[Draft]:
    yield from _counts(candidate, range(1, (candidate.term.of or 0) + 1), "达到{}个并附佐证材料")


def _count_bonus(candidate: Candidate) -> Iterator[Draft]:
    yield from _counts(candidate, range(1, full_count(candidate.term) + 1), "累计达到{}次并附佐证材料")


def _counts(candidate: Candidate, numbers: range, says: str) -> Iterator[Draft]:
    """Prove what was stated (one action), then add one at a time (an action each)."""
    question = candidate.question
    latest, _ = deciding_count(question)
    stated, lacking = 0, 0
    if latest is not None and not is_future(question, latest) and latest.status is not Status.UNREADABLE:
        whole = numbers[-1] if candidate.term.method is Method.SHORTFALL and latest.status is Status.DONE else 0
        stated = latest.quantity if latest.quantity is not None else whole
        lacking = int(bool(stated) and not latest.evidence)
    if lacking:
        yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
    for count in numbers:
        if count > stated:
            steps = count - stated + lacking
            yield steps, (candidate.change(Act.COUNT, candidate.position.as_of, count),), says.format(count)


def _missing(candidate: Candidate) -> Iterator[Draft]:
    """Bring the stated number that is missing down one at a time."""
    finding = candidate.finding
    if finding.outcome is Outcome.NO_EVIDENCE:
        yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
        return
    latest, _ = deciding_count(candidate.question)
    missing = latest.quantity if latest is not None and latest.quantity else 1
    if finding.outcome in DONE:
        return
    for left in range(missing - 1, -1, -1):
        says = "全部达到要求并附佐证材料" if not left else f"减少到{left}个"
        yield missing - left, (candidate.change(Act.COUNT, candidate.position.as_of, left),), says


def _case(candidate: Candidate) -> Iterator[Draft]:
    if candidate.finding.outcome is Outcome.EARNED:
        return
    yield 1, (candidate.change(Act.PROVED),), "给案例补齐佐证材料"
    yield 1, (candidate.change(Act.DONE, candidate.position.as_of),), "提供1个案例并附佐证材料"


def _median(_: Candidate) -> Iterator[Draft]:
    """Offer nothing: the median is computed from the roster, and nobody can promise how it will turn out."""
    return iter(())


DRAFTS: Mapping[Method, Callable[[Candidate], Iterator[Draft]]] = {
    Method.MILESTONE: _milestone,
    Method.QUARTERLY: _quarterly,
    Method.ROSTER: _quarterly,
    Method.MEDIAN: _median,
    Method.SHORTFALL: _shortfall,
    Method.MISSING: _missing,
    Method.CASE: _case,
    Method.COUNT_BONUS: _count_bonus,
}
