"""The fewest, or cheapest, still possible actions that lead a unit to a rank: exact, and proved by a whole board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from scoring.analysis.options import Option, Shut, blocked, closed, gains, options
from scoring.analysis.position import Position
from scoring.board.red_black import rank_among
from scoring.judging.pairs import asked_after
from scoring.methods import method_of
from scoring.methods.question import NO_POINTS
from scoring.model.boards import ScoreCard
from scoring.model.findings import Finding
from scoring.model.rules import Term
from scoring.scenario.text import Scenario

ONE = Decimal(1)
Effort = Mapping[str, Decimal]


class Rivals(StrEnum):
    """What the other units do meanwhile."""

    FROZEN = "frozen"  # they stay as they are
    BEST = "best"  # each does everything that it still can


@dataclass(frozen=True, slots=True)
class Plan:
    """Options taken together. ``effort`` is the sum over its single actions, ``score`` what it leads to."""

    options: tuple[Option, ...]
    effort: Decimal
    steps: int
    score: Decimal

    @property
    def scenario(self) -> Scenario:
        """Return the plan as a scenario."""
        return Scenario(tuple(change for option in self.options for change in option.changes))


class Bar(StrEnum):
    """Why nothing helps that can be done about one clause, while ledgers can still be sent."""

    RULED = "ruled"  # by a ruling that no ledger outranks
    RULED_TODAY = "ruled_today"
    METHOD = "method"  # by the way in which the clause is judged
    CUT_OFF = "cut_off"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Points that stay lost whatever the unit still does. ``finding`` is how the clause stands then."""

    clause: str
    finding: Finding
    why: Shut | Bar

    @property
    def points(self) -> Decimal:
        """Return what is lost, below zero."""
        return self.finding.points


@dataclass(frozen=True, slots=True)
class Rung:
    """One rank that can be reached, with the cheapest plan for it. ``needed`` is the score that it takes."""

    rank: int
    needed: Decimal
    plan: Plan


@dataclass(frozen=True, slots=True)
class Improvement:
    """The answer for one unit and one target rank.

    ``is_weighed`` tells that efforts were set. ``needed`` is the score that the rank takes. ``plan`` is None where it
    cannot be reached: ``best`` then is the plan that leads furthest, and ``obstacles`` say what stays lost. ``after`` is
    the unit's card on the whole board with the plan (or else ``best``) and the rivals' plans made.
    """

    unit: str
    target: int
    rivals: Rivals
    is_weighed: bool
    before: ScoreCard
    needed: Decimal
    plan: Plan | None
    best: Plan
    best_rank: int
    after: ScoreCard
    ladder: tuple[Rung, ...]
    obstacles: tuple[Obstacle, ...]


Gain = tuple[Decimal, Decimal]
Way = tuple[Decimal, int, tuple[int, ...], tuple[Option, ...]]


def improve(
    position: Position,
    unit: str,
    target: int,
    *,
    rivals: Rivals = Rivals.FROZEN,
    effort: Effort | None = None,
    best_of_all: Mapping[str, Plan] | None = None,
) -> Improvement:
    """Return the cheapest still possible actions that lead a unit to a rank, or why there are none.

    ``effort`` is what one action on a clause costs (1 where it names none): with the default the plan has the fewest
    actions. A shared rank counts as reached. One more partner, one more installation, one more quarter is one action.
    ``best_of_all`` is what ``best_plans`` returns, where it is known already.
    """
    plans = every_plan(position, unit, effort or {})
    theirs: tuple[Plan, ...] = ()
    if rivals is Rivals.BEST:
        known = best_of_all or best_plans(position, position.board.card[unit].kind)
        theirs = tuple(plan for other, plan in known.items() if other != unit)
    others = [plan.score for plan in theirs] or [card.score for card in position.rivals(unit)]
    target = max(1, min(target, len(others) + 1))
    ladder, best = _ladder(plans, others), best_plan(plans)
    needed = _needed(others, target)
    plan = _cheapest(plans, needed)
    taken = (plan or best).scenario + Scenario(tuple(change for p in theirs for change in p.scenario.changes))
    furthest = position.rescored(unit, best.scenario)
    return Improvement(
        unit=unit,
        target=target,
        rivals=rivals,
        is_weighed=bool(effort),
        before=position.board.card[unit],
        needed=needed,
        plan=plan,
        best=best,
        best_rank=rank_among(best.score, others),
        after=position.with_scenario(taken).board.card[unit],
        ladder=ladder,
        obstacles=_obstacles(position, furthest),
    )


def best_plans(position: Position, kind: str) -> dict[str, Plan]:
    """Return, for every unit of a kind, the plan that leads it furthest."""
    return {unit: best_plan(every_plan(position, unit, {})) for unit in position.units(kind)}


def every_plan(position: Position, unit: str, effort: Effort) -> tuple[Plan, ...]:
    """Return, for every score that the unit can still reach, the cheapest plan, the lowest score first.

    Clauses that hang on each other are taken together, all others add up; the caps are put on last.
    ``Improvement.after`` proves the score by a whole board.
    """
    base = position.board.card[unit]
    ways: dict[Gain, Way] = {(NO_POINTS, NO_POINTS): (NO_POINTS, 0, (), ())}
    for slot in _slots(position, unit, options(position, unit)):
        ways = _extended(ways, list(_choices(position, base, slot)), effort)
    plans: dict[Decimal, Plan] = {}
    for gain, (cost, steps, _, chosen) in sorted(ways.items(), key=lambda item: (item[1][:3], item[0])):
        score = position.reached(base, *gain)
        if score not in plans:
            plans[score] = Plan(chosen, cost, steps, score)
    return tuple(plans[score] for score in sorted(plans))


def best_plan(plans: Iterable[Plan]) -> Plan:
    """Return the plan that leads to the highest score."""
    return max(plans, key=lambda plan: plan.score)


def _slots(
    position: Position, unit: str, offered: Mapping[str, tuple[Option, ...]]
) -> Iterator[list[tuple[Option, ...]]]:
    """Group the options: a clause by itself, or with the one that is asked before it."""
    pairs = asked_after(position.rulebook, unit)
    asked = {code: first for code, first in pairs.items() if first in offered}
    for code, choices in offered.items():
        if code not in asked:
            yield [choices, *(offered[other] for other, first in asked.items() if first == code and other in offered)]
    yield from ([offered[code]] for code, first in asked.items() if first in asked and code in offered)


def _choices(
    position: Position, base: ScoreCard, slot: list[tuple[Option, ...]]
) -> Iterator[tuple[Gain, tuple[Option, ...]]]:
    """Return every way of taking a slot, with what it gains."""
    if len(slot) == 1:
        yield from (((option.faults, option.won), (option,)) for option in slot[0])
        return
    for mixed in product(*((None, *offered) for offered in slot)):
        chosen = tuple(option for option in mixed if option is not None)
        if chosen:
            scenario = Scenario(tuple(change for option in chosen for change in option.changes))
            yield gains(position, base, position.rescored(base.unit, scenario)), chosen


def _extended(
    ways: Mapping[Gain, Way], choices: list[tuple[Gain, tuple[Option, ...]]], effort: Effort
) -> dict[Gain, Way]:
    """Take each way further by each choice of one slot, or not; of equal gains the cheapest is kept."""
    further: dict[Gain, Way] = {
        gain: (cost, steps, (*made, 0), taken) for gain, (cost, steps, made, taken) in ways.items()
    }
    for (faults, won), (cost, steps, made, taken) in ways.items():
        for place, ((more_faults, more_won), chosen) in enumerate(choices, 1):
            gain = faults + more_faults, won + more_won
            way = (
                cost + sum((effort.get(o.clause, ONE) * o.steps for o in chosen), NO_POINTS),
                steps + sum(o.steps for o in chosen),
                (*made, place),
                (*taken, *chosen),
            )
            if gain not in further or way[:3] < further[gain][:3]:
                further[gain] = way
    return further


def _needed(others: list[Decimal], target: int) -> Decimal:
    """Return the score that shares or betters a rank: that of the rival in that place."""
    return sorted(others, reverse=True)[target - 1] if target <= len(others) else NO_POINTS


def _cheapest(plans: Iterable[Plan], needed: Decimal) -> Plan | None:
    enough = [plan for plan in plans if plan.score >= needed]
    return min(enough, key=lambda plan: (plan.effort, plan.steps, -plan.score), default=None)


def _ladder(plans: tuple[Plan, ...], others: list[Decimal]) -> tuple[Rung, ...]:
    """Return every rank that a plan leads to, the best first, each with its cheapest plan, down to doing nothing."""
    rungs = []
    for target in range(1, len(others) + 2):
        needed = _needed(others, target)
        plan = _cheapest(plans, needed)
        if plan is not None and rank_among(needed, others) == target:
            rungs.append(Rung(target, needed, plan))
            if not plan.options:
                break
    return tuple(rungs)


def _obstacles(position: Position, furthest: ScoreCard) -> tuple[Obstacle, ...]:
    """Return what stays lost when everything possible is done, each with its reason."""
    obstacles = []
    for clause, term in position.rulebook.terms_of[furthest.unit]:
        finding = furthest.finding(clause.code)
        if finding is not None and finding.points < 0:
            obstacles.append(Obstacle(clause.code, finding, _why_lost(position, finding, term)))
    return tuple(obstacles)


def _why_lost(position: Position, finding: Finding, term: Term) -> Shut | Bar:
    """Return why nothing that can still be done helps."""
    if shut := closed(position):
        return shut
    if blocked(finding, term, position.as_of):
        return Bar.RULED if not method_of(term).is_outranked else Bar.RULED_TODAY
    if method_of(term).why_lost:
        return Bar.METHOD
    if term.traits.by_quarter and position.policy.late_ledger == "rejected":
        return Bar.CUT_OFF
    return Bar.DEADLINE
