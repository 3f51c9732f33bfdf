"""What one unit's open items can add up to: every score that it can still have, with its weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import lcm

from scoring.analysis.open_items import Doubt, OpenItem
from scoring.analysis.position import Position
from scoring.judging.assess import judge_clause, put_together
from scoring.judging.pairs import asked_after
from scoring.methods.question import NO_POINTS
from scoring.model.findings import Finding, Outcome

Chances = Callable[[OpenItem], Sequence[Fraction]]
Gain = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Prospect:
    """Every score that a unit can still have: (score, weight), the lowest first. The weights add up to ``total``."""

    unit: str
    scores: tuple[tuple[Decimal, int], ...]
    total: int

    @property
    def lowest(self) -> Decimal:
        """Return the lowest score."""
        return self.scores[0][0]

    @property
    def highest(self) -> Decimal:
        """Return the highest score."""
        return self.scores[-1][0]


def even(item: OpenItem) -> Sequence[Fraction]:
    """Give every outcome of an item the same chance."""
    return [Fraction(1, len(item.outcomes))] * len(item.outcomes)


def prospect(position: Position, unit: str, items: Sequence[OpenItem], chances: Chances = even) -> Prospect:
    """Return every score that the unit's items can add up to, by convolution.

    Items of clauses that hang on each other are looked at together; all others are independent. The caps are put on
    last. An outcome without a chance is left out.
    """
    mine = [item for item in items if item.unit == unit]
    ways: dict[Gain, int] = {(NO_POINTS, NO_POINTS): 1}
    total = 1
    for group in _groups(position, unit, mine):
        weighed = _weighed(position, group, chances)
        scale = lcm(*(chance.denominator for _, chance in weighed))
        total *= scale
        further: dict[Gain, int] = {}
        for (faults, won), weight in ways.items():
            for (more_faults, more_won), chance in weighed:
                gain = faults + more_faults, won + more_won
                more = weight * chance.numerator * (scale // chance.denominator)
                further[gain] = further.get(gain, 0) + more
        ways = {gain: weight for gain, weight in further.items() if weight}
    scores: dict[Decimal, int] = {}
    for gain, weight in ways.items():
        score = position.reached(position.board.card[unit], *gain)
        scores[score] = scores.get(score, 0) + weight
    return Prospect(unit, tuple(sorted(scores.items())), total)


def _groups(position: Position, unit: str, items: Sequence[OpenItem]) -> Iterator[list[OpenItem]]:
    """Put the items of clauses that hang on each other together."""
    asked = asked_after(position.rulebook, unit)
    together: dict[str, list[OpenItem]] = {}
    for item in items:
        together.setdefault(asked.get(item.clause) or item.clause if not item.number else item.key, []).append(item)
    yield from together.values()


def _weighed(position: Position, group: Sequence[OpenItem], chances: Chances) -> list[tuple[Gain, Fraction]]:
    """Return what each way in which a group can turn out gains against today, with its chance."""
    gains = []
    for outcome in product(*(tuple(zip(item.outcomes, chances(item), strict=True)) for item in group)):
        chance = Fraction(1)
        for _, single in outcome:
            chance *= single
        if chance:
            gains.append((_gain(position, group, [points for points, _ in outcome]), chance))
    return gains


def _gain(position: Position, group: Sequence[OpenItem], points: Sequence[Decimal]) -> Gain:
    first = group[0]
    if first.doubt is Doubt.AWARD:
        return points[0] - first.now, NO_POINTS
    term = position.rulebook.clause[first.clause].term_for(first.unit)
    if term is not None and term.is_bonus:
        return NO_POINTS, points[0] - first.now
    settled = dict(zip((item.clause for item in group), points, strict=True))
    return _sum(position, first.unit, settled, first.clause) - _sum(position, first.unit, {}, first.clause), NO_POINTS


def _sum(position: Position, unit: str, settled: dict[str, Decimal], clause: str) -> Decimal:
    """Add up the points of the clauses that hang on each other, some of them settled."""
    asked = asked_after(position.rulebook, unit)
    first = asked.get(clause, clause)
    findings = [
        _settled(judge_clause(position.question(unit, c, t)), settled.get(c.code))
        for c, t in position.rulebook.terms_of[unit]
        if first in (c.code, asked.get(c.code))
    ]
    alone = replace(position.dossiers[unit], incentives=())
    joined = put_together(findings, alone, position.rulebook, position.policy)
    return sum((finding.points for finding in joined), NO_POINTS)


def _settled(finding: Finding, points: Decimal | None) -> Finding:
    """Return a finding as it would turn out: done, or not; a fault still to come is proved by nothing being stated."""
    if points is None:
        return finding
    if not points:
        return replace(finding, outcome=Outcome.MET, points=NO_POINTS)
    return replace(finding, outcome=Outcome.NOT_STATED, points=points)
