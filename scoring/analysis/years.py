"""Two years side by side: what a unit did and what the rules did, to the last hundredth of a point.

Between last year's board and this year's stands a third: this year's facts by last year's clauses, as far as they are
comparable; what is not comparable stays as it was last year. From last year's board to it only the facts change: that is
what the unit did. From it to this year's board only the rules (and their readings) change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.position import Position
from scoring.judging.assess import assess
from scoring.methods.question import NO_POINTS
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Rulebook, Treatment
from scoring.rulebook.continuity import Continuity, comparable_rulebook, continuity


@dataclass(frozen=True, slots=True)
class ClauseYears:
    """One clause (or incentive task) of a unit in two years, in signed points.

    ``then`` is None where it is not comparable with a clause of last year, ``now`` where it is none of this year's.
    ``between`` are the points of this year's facts by last year's clause. ``earlier`` and ``clause`` are its codes then
    and now, ``""`` where there is none.
    """

    earlier: str
    clause: str
    then: Decimal | None
    between: Decimal
    now: Decimal | None

    @property
    def doing(self) -> Decimal:
        """Return the points that the unit did; none where the clause is not comparable."""
        return self.between - (self.then or NO_POINTS)

    @property
    def rules(self) -> Decimal:
        """Return the points that the rules did."""
        return (self.now or NO_POINTS) - self.between


@dataclass(frozen=True, slots=True)
class UnitYears:
    """One unit that is scored in both years. ``between`` is its score on the board that stands between.

    ``was`` is its name last year. ``clauses`` holds every clause of either year.
    """

    unit: str
    was: str
    before: ScoreCard
    after: ScoreCard
    between: Decimal
    clauses: tuple[ClauseYears, ...]

    @property
    def score(self) -> Decimal:
        """Return by how much the score rises: what the unit did and what the rules did."""
        return self.after.score - self.before.score

    @property
    def doing(self) -> Decimal:
        """Return the part of the difference that the unit did."""
        return self.between - self.before.score

    @property
    def rules(self) -> Decimal:
        """Return the part of the difference that the rules did."""
        return self.after.score - self.between

    @property
    def doing_at_caps(self) -> Decimal:
        """Return what last year's caps take from (or give back to) the sum of the clauses' ``doing``."""
        return self.doing - sum((clause.doing for clause in self.clauses), NO_POINTS)

    @property
    def rules_of_frame(self) -> Decimal:
        """Return what the rules did beyond the clauses: base points, points a task, caps."""
        return self.rules - sum((clause.rules for clause in self.clauses), NO_POINTS)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """Two years' boards. ``joined`` are units that were not scored last year, ``left`` those that are not any more."""

    before: Board
    after: Board
    matched: Continuity
    units: tuple[UnitYears, ...]
    joined: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Return (last year's name, this year's) of the units that changed theirs."""
        return tuple((unit.was, unit.unit) for unit in self.units if unit.was != unit.unit)

    def of_kind(self, kind: str) -> tuple[UnitYears, ...]:
        """Return a kind's units by this year's rank."""
        return tuple(sorted((u for u in self.units if u.after.kind == kind), key=lambda u: u.after.rank))

    def unit(self, name: str) -> UnitYears | None:
        """Return one unit; None where it is not scored in both years."""
        return next((found for found in self.units if found.unit == name), None)


def compare_years(before: Position, after: Position) -> YearComparison:
    """Compare a year with an earlier one, unit by unit and clause by clause.

    ``before`` stands at the day that is to be compared, under the readings of its own year.
    """
    matched = continuity(before.rulebook, after.rulebook)
    findings = assess(after.facts, comparable_rulebook(matched), after.as_of, before.policy)
    pairs = [(card, before.board.card.get(matched.units.get(card.unit, ""))) for card in after.board.cards]
    units = tuple(_unit(matched, old, card, findings.get(card.unit, ())) for card, old in pairs if old is not None)
    joined = tuple(card.unit for card, old in pairs if old is None)
    kept = {unit.was for unit in units}
    left = tuple(card.unit for card in before.board.cards if card.unit not in kept)
    return YearComparison(before.board, after.board, matched, units, joined, left)


@dataclass(frozen=True, slots=True)
class Year:
    """One year on a unit's path: its board, its card on it, and the way there from the year before (None: no such)."""

    board: Board
    card: ScoreCard
    way: UnitYears | None


def path(steps: Sequence[YearComparison], unit: str) -> tuple[Year, ...]:
    """Return a unit's years from its newest on, under whatever name, as far back as it is scored without a gap.

    ``steps`` are each year beside the one before it, the newest first; ``unit`` is its newest name.
    """
    years: list[Year] = []
    for step in steps:
        if unit not in step.after.card:
            return tuple(years)
        way = step.unit(unit)
        years.append(Year(step.after, step.after.card[unit], way))
        if way is None:
            return tuple(years)
        unit = way.was
    last = steps[-1].before if steps else None
    return (*years, Year(last, last.card[unit], None)) if last else tuple(years)


def _unit(matched: Continuity, before: ScoreCard, after: ScoreCard, between: tuple[Finding, ...]) -> UnitYears:
    clauses = tuple(_clauses(matched, before, after, between))
    score = _score(before, clauses, matched.before)
    return UnitYears(after.unit, before.unit, before, after, score, clauses)


def _clauses(
    matched: Continuity, before: ScoreCard, after: ScoreCard, findings: tuple[Finding, ...]
) -> Iterator[ClauseYears]:
    """Yield this year's clauses in the order of the rules, then those that only last year had."""
    then, now, between = _sums(before.findings), _sums(after.findings), _sums(findings)
    earlier_of = {**matched.clauses[after.unit], **{str(new): str(old) for new, old in matched.tasks.items()}}
    for code in dict.fromkeys([*now, *(code for code, earlier in earlier_of.items() if earlier in then)]):
        earlier = earlier_of.get(code, "")
        if earlier:
            facts_then, facts_now = then.get(earlier, NO_POINTS), between.get(code, NO_POINTS)
            yield ClauseYears(earlier, code, facts_then, facts_now, now.get(code, NO_POINTS))
        else:
            yield ClauseYears("", code, None, NO_POINTS, now[code])
    for code, points in then.items():
        if code not in earlier_of.values():
            yield ClauseYears(code, "", points, points, None)


def _sums(findings: Iterable[Finding]) -> Mapping[str, Decimal]:
    """Add points up by clause; the incentive items of one task are one."""
    by_key: dict[str, Decimal] = {}
    for finding in findings:
        by_key[finding.clause] = by_key.get(finding.clause, NO_POINTS) + finding.points
    return by_key


def _score(before: ScoreCard, clauses: tuple[ClauseYears, ...], rulebook: Rulebook) -> Decimal:
    """Add up what stands between by last year's base, points a task and caps."""
    incentive_tasks = {str(task.no) for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE}
    asked = [clause for clause in clauses if clause.earlier]
    incentive = sum((clause.between for clause in asked if clause.earlier in incentive_tasks), NO_POINTS)
    rest = [clause.between for clause in asked if clause.earlier not in incentive_tasks]
    lost = sum((points for points in rest if points < 0), NO_POINTS)
    return _capped(before, sum((p for p in rest if p > 0), NO_POINTS), incentive + lost, rulebook)


def _capped(before: ScoreCard, won: Decimal, other: Decimal, rulebook: Rulebook) -> Decimal:
    raw = before.base + before.responsibility + min(won, rulebook.kinds[before.kind].case_cap) + other
    return max(NO_POINTS, min(raw, rulebook.assessment.score_cap))
