"""How far each unit's rank and score can still go, in three ranges that are never called by one another's name.

只看时间: nothing more is sent and nothing ruled, only the days pass. 加上待认定: besides, what awaits a verdict gets any.
加上还能做的: besides, units report, correct and take back whatever they like, and any verdict is given or withdrawn. Each
range holds every day from today to the close of the assessment. Only what the widest one cannot change is locked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import product

from scoring.analysis.movement import known_by
from scoring.analysis.position import Position, with_ruling
from scoring.analysis.ruling_queue import Matter, matters
from scoring.judging.assess import judge_clause, put_together
from scoring.judging.pairs import asked_after
from scoring.methods import method_of
from scoring.methods.dossier import Dossier
from scoring.methods.question import NO_POINTS
from scoring.methods.simulating import SIMULATED, simulated
from scoring.model.boards import ScoreCard
from scoring.model.facts import Incentive, Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Clause, Term
from scoring.scenario.text import MOST_TIMES

Reached = tuple[Decimal, Decimal]  # the lowest and the highest score


class Reach(StrEnum):
    """What is taken to happen still; each holds the one before it."""

    TIME = "time"
    VERDICTS = "verdicts"
    EVERYTHING = "everything"


class Certainty(StrEnum):
    """What a range leaves certain of a unit: on one of the two lists, or not on it."""

    FIRST = "first"
    NOT_FIRST = "not_first"
    LAST = "last"
    NOT_LAST = "not_last"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far one unit can go in one range: ranks, scores, and what is certain in it."""

    best_rank: int
    worst_rank: int
    lowest: Decimal
    highest: Decimal
    certain: frozenset[Certainty]

    @property
    def is_fixed(self) -> bool:
        """Tell whether the rank is the same throughout."""
        return self.best_rank == self.worst_rank

    def same(self, other: Spread) -> bool:
        """Tell whether ranks and scores go as far in another range."""
        mine, others = ((s.best_rank, s.worst_rank, s.lowest, s.highest) for s in (self, other))
        return mine == others

    def beside(self, other: Spread) -> Spread:
        """Return the spread that holds both; certain is what is in both."""
        return Spread(
            min(self.best_rank, other.best_rank),
            max(self.worst_rank, other.worst_rank),
            min(self.lowest, other.lowest),
            max(self.highest, other.highest),
            self.certain & other.certain,
        )


@dataclass(frozen=True, slots=True)
class Range:
    """One unit's three ranges beside its rank and score today."""

    unit: str
    kind: str
    rank: int
    score: Decimal
    spreads: Mapping[Reach, Spread]

    @property
    def locked(self) -> tuple[Certainty, ...]:
        """Return what nothing that may still happen can change, in the order of ``Certainty``."""
        return tuple(one for one in Certainty if one in self.spreads[Reach.EVERYTHING].certain)


def ranges(position: Position, awaiting: Sequence[Matter] | None = None) -> tuple[Range, ...]:
    """Return every unit's three ranges, in the order of the board; ``awaiting`` None: all that awaits a verdict.

    Not in any range: incentive items still to be entered, and an item's points beyond what is claimed or awarded.
    """
    awaiting = matters(position) if awaiting is None else awaiting
    waiting: dict[str, list[Matter]] = {}
    for matter in awaiting:
        waiting.setdefault(matter.unit, []).append(matter)
    spreads: dict[Reach, dict[str, Spread]] = {reach: {} for reach in Reach}
    furthest = {card.unit: _furthest(position, card) for card in position.board.cards}
    for then in _days(position):
        cards = then.board.card
        by_time = {unit: (card.score, card.score) for unit, card in cards.items()}
        ruled = {unit: _ruled_any_way(then, cards[unit], waiting.get(unit, ())) for unit in cards}
        furthest = {unit: _both(furthest[unit], ruled[unit]) for unit in cards}
        for reach, scores in ((Reach.TIME, by_time), (Reach.VERDICTS, ruled)):
            _widen(spreads[reach], _spreads(position, scores))
    _widen(spreads[Reach.EVERYTHING], _spreads(position, furthest))
    return tuple(
        Range(card.unit, card.kind, card.rank, card.score, {reach: spreads[reach][card.unit] for reach in Reach})
        for card in position.board.cards
    )


def _widen(held: dict[str, Spread], more: Mapping[str, Spread]) -> None:
    for unit, spread in more.items():
        held[unit] = held[unit].beside(spread) if unit in held else spread


def _both(one: Reached, other: Reached) -> Reached:
    return min(one[0], other[0]), max(one[1], other[1])


def _days(position: Position) -> Iterator[Position]:
    """Yield the position as it is today and on each day on which time alone may change something, up to the close."""
    known, rulebook = known_by(position.facts, position.as_of), position.rulebook
    assessment = rulebook.assessment
    named: set[date | None] = {
        assessment.closes,
        *assessment.cut_offs.values(),
        *(c.deadline for c in rulebook.clauses),
    }
    named |= {statement.done_on for statement in known.statements} | {case.day for case in known.cases}
    named |= {row.connected for row in known.roster}
    turns = {day + timedelta(days=later) for day in named if day is not None for later in (0, 1)}
    yield replace(position, facts=known)
    for day in sorted(turns):
        if position.as_of < day <= assessment.closes:
            yield replace(position, facts=known, as_of=day)


# --- what awaits a verdict


def _ruled_any_way(position: Position, card: ScoreCard, waiting: Sequence[Matter]) -> Reached:
    """Return the lowest and the highest score that verdicts on what awaits one lead to, none included."""
    if not waiting:
        return card.score, card.score
    dossier = position.dossiers[card.unit]
    asked = {matter.clause for matter in waiting if not matter.item}
    items = {item.key: item for item in dossier.incentives}
    least = [NO_POINTS, NO_POINTS]
    most = [NO_POINTS, NO_POINTS]
    for group in _groups(position, card.unit):
        if asked.isdisjoint(clause.code for clause, _ in group):
            continue
        low, high = _gains(position, dossier, group, asked)
        won = int(group[0][1].is_bonus)
        least[won] += low
        most[won] += high
    for matter in waiting:
        item_ruled = items.get((int(matter.clause), matter.item)) if matter.item else None
        if item_ruled is not None:
            now = matter.finding.points
            least[0] += -now
            most[0] += max(_most(item_ruled), now) - now
    return position.reached(card, *least), position.reached(card, *most)


def _groups(position: Position, unit: str) -> Iterable[list[tuple[Clause, Term]]]:
    """Put the clauses that hang on each other together, the others by themselves."""
    first = asked_after(position.rulebook, unit)
    together: dict[str, list[tuple[Clause, Term]]] = {}
    for clause, term in position.rulebook.terms_of[unit]:
        together.setdefault(first.get(clause.code, clause.code), []).append((clause, term))
    return together.values()


def _gains(
    position: Position, dossier: Dossier, group: Sequence[tuple[Clause, Term]], asked: set[str]
) -> tuple[Decimal, Decimal]:
    """Return the least and the most points that verdicts on a group's clauses gain against none."""
    outcomes = [_findings(position, dossier, clause, term, asked) for clause, term in group]
    sums = [_sum(position, dossier, list(chosen)) for chosen in product(*outcomes)]
    return min(sums) - sums[0], max(sums) - sums[0]


def _findings(position: Position, dossier: Dossier, clause: Clause, term: Term, asked: set[str]) -> list[Finding]:
    """Return what a clause is found to be without a verdict, and under each that it may be given."""
    question = position.question(dossier.unit, clause, term)
    findings = [judge_clause(question)]
    for ruling in _verdicts(position, dossier.unit, clause, term) if clause.code in asked else ():
        findings.append(judge_clause(replace(question, dossier=with_ruling(dossier, ruling))))
    return list({(finding.outcome, finding.points): finding for finding in findings}.values())


def _verdicts(position: Position, unit: str, clause: Clause, term: Term) -> Iterator[Ruling]:
    year, method = position.rulebook.assessment.year, method_of(term)
    for verdict in Verdict:
        yield Ruling(unit, year, clause.code, verdict, SIMULATED, SIMULATED, position.as_of)
    if method.as_found is not None:
        for number in {*method.numbers(term), MOST_TIMES if term.of is None else term.of}:
            yield Ruling(
                unit, year, clause.code, Verdict.REJECTED, SIMULATED, SIMULATED, position.as_of, number_found=number
            )


def _sum(position: Position, dossier: Dossier, findings: list[Finding]) -> Decimal:
    joined = put_together(findings, replace(dossier, incentives=()), position.rulebook, position.policy)
    return sum((finding.points for finding in joined), NO_POINTS)


def _most(item: Incentive) -> Decimal:
    return max(item.awarded or NO_POINTS, item.claimed or NO_POINTS)


# --- everything that may still happen


def _furthest(position: Position, card: ScoreCard) -> Reached:
    """Return the lowest and the highest score of all that may still happen: every fault, none; no bonus, every one."""
    dossier = position.dossiers[card.unit]
    won = position.won(card)
    bonuses = [term.cap or term.points for _, term in position.rulebook.terms_of[card.unit] if term.is_bonus]
    faults = sum((_at_worst(position, dossier, group) for group in _groups(position, card.unit)), NO_POINTS)
    best_awards, now = sum(map(_most, dossier.incentives), NO_POINTS), card.incentive
    least = position.reached(card, card.deductions + faults - (now or NO_POINTS), -won)
    gained = max(best_awards - (now or NO_POINTS), NO_POINTS)
    most = position.reached(card, card.deductions + gained, sum(bonuses, NO_POINTS) - won)
    return least, most


def _at_worst(position: Position, dossier: Dossier, group: Sequence[tuple[Clause, Term]]) -> Decimal:
    """Return what a group of clauses costs at the very worst by the close: one of them may keep another from being asked."""
    if group[0][1].is_bonus:
        return NO_POINTS
    closes = max(position.as_of, position.rulebook.assessment.closes)
    ways = []
    for clause, term in group:
        question, method = replace(position.question(dossier.unit, clause, term), as_of=closes), method_of(term)
        judged = judge_clause(question)
        points = min((method.at_worst or method.full_fault)(question), judged.points)
        lost = replace(judged, outcome=Outcome.NOT_STATED, points=points, ruling=None, computed=None)
        late = replace(lost, outcome=Outcome.LATE, sources=(simulated(clause.code),))  # done, so the next one is asked
        met = replace(lost, outcome=Outcome.MET, points=NO_POINTS)
        ways.append((lost, met, late) if question.lateness_costs() else (lost, met))
    return min(_sum(position, dossier, list(chosen)) for chosen in product(*ways))


# --- ranks


def _spreads(position: Position, scores: Mapping[str, Reached]) -> dict[str, Spread]:
    """Return every unit's spread where each may have any score between two, whatever the others have.

    The best rank: all goes well for the unit and ill for its rivals; the worst, the other way round.
    """
    spreads = {}
    for kind in position.rulebook.kinds.values():
        mine = {unit: reached for unit, reached in scores.items() if position.rulebook.unit[unit].kind == kind.name}
        lowest, highest = (sorted(reached[end] for reached in mine.values()) for end in (0, 1))
        for unit, reached in mine.items():
            spreads[unit] = _spread(reached, lowest, highest, kind.listed)
    return spreads


def _spread(reached: Reached, lowest: Sequence[Decimal], highest: Sequence[Decimal], listed: int) -> Spread:
    """Return one unit's spread. Its own lowest never lies above its own highest, so the unit counts itself in below."""
    low, high = reached
    own = low < high
    best = 1 + len(lowest) - bisect_right(lowest, high)
    worst = 1 + len(highest) - bisect_right(highest, low) - own
    is_held = {
        Certainty.FIRST: worst <= listed,
        Certainty.NOT_FIRST: best > listed,
        Certainty.LAST: bisect_left(lowest, high) - own < listed,
        Certainty.NOT_LAST: bisect_left(highest, low) >= listed,
    }
    return Spread(best, worst, low, high, frozenset(one for one, holds in is_held.items() if holds and listed))
