"""How likely each rank is, under the chances that a user sets for what is open. Never official."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.analysis.open_items import OpenItem
from scoring.analysis.position import Position
from scoring.analysis.prospects import Prospect, prospect

EVEN = Fraction(1, 2)
ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class RankChances:
    """One unit's exact chances under the chances that a user set. Never official.

    ``ranks`` holds the chance of rank 1, 2, ... in its order; ``first`` and ``last`` of being among the first or last
    three, ties at the cut included.
    """

    unit: str
    kind: str
    ranks: tuple[Fraction, ...]
    first: Fraction
    last: Fraction


def chances(
    position: Position,
    items: Sequence[OpenItem],
    good: Mapping[str, Fraction] | None = None,
    *,
    otherwise: Fraction = EVEN,
) -> tuple[RankChances, ...]:
    """Return the exact distribution of every unit's rank, by convolution, equal scores sharing a rank.

    ``good`` is item key -> chance that the item ends with its best outcome; with the rest of the chance it ends with
    its worst. Items that it does not name have the chance ``otherwise``. All items are independent.

    Raises:
        ValueError: a chance is not between 0 and 1.
    """
    given = dict(good or {})
    if any(not 0 <= chance <= 1 for chance in (*given.values(), otherwise)):
        raise ValueError("a chance lies between 0 and 1")

    def of(item: OpenItem) -> list[Fraction]:
        chance = given.get(item.key, otherwise)
        return [chance, *[Fraction(0)] * (len(item.outcomes) - 2), ALL - chance]

    return rank_chances(position, {unit: prospect(position, unit, items, of) for unit in position.dossiers})


def rank_chances(position: Position, prospects: Mapping[str, Prospect]) -> tuple[RankChances, ...]:
    """Return the distribution of ranks where every unit's scores are independent of the others'."""
    return tuple(_chances(position, unit, prospects) for unit in prospects)


def _chances(position: Position, unit: str, prospects: Mapping[str, Prospect]) -> RankChances:
    rivals = [prospects[rival.unit] for rival in position.rivals(unit)]
    above, below = [0] * (len(rivals) + 1), [0] * (len(rivals) + 1)
    for score, weight in prospects[unit].scores:
        _add(above, _counted(rivals, lambda other, score=score: other > score), weight)  # type: ignore[misc]
        _add(below, _counted(rivals, lambda other, score=score: other < score), weight)  # type: ignore[misc]
    whole = prospects[unit].total
    for rival in rivals:
        whole *= rival.total
    ranks = tuple(Fraction(weight, whole) for weight in above)
    kind = position.rulebook.kind_of(unit)
    last = Fraction(sum(below[: kind.listed]), whole)
    return RankChances(unit, kind.name, ranks, sum(ranks[: kind.listed], Fraction(0)), last)


def _counted(rivals: Sequence[Prospect], counts: Callable[[Decimal], bool]) -> list[int]:
    """Return, for 0, 1, 2, ... rivals of whom something holds, the weight of exactly so many."""
    weights = [1]
    for rival in rivals:
        yes = sum(weight for score, weight in rival.scores if counts(score))
        no = rival.total - yes
        weights = [a * no + b * yes for a, b in zip([*weights, 0], [0, *weights], strict=True)]
    return weights


def _add(total: list[int], weights: Sequence[int], times: int) -> None:
    for place, weight in enumerate(weights):
        total[place] += weight * times
