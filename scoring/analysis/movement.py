"""Where a change between two boards comes from, split exactly, and who overtook whom by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from scoring.analysis.comparison import ClauseChange, compare
from scoring.analysis.position import Position
from scoring.methods.question import NO_POINTS
from scoring.model.boards import Board, ScoreCard
from scoring.model.facts import Facts


class Step(StrEnum):
    """Where a change comes from, in the order in which the account takes the steps."""

    TIME = "time"
    EVIDENCE = "evidence"
    RULINGS = "rulings"
    POLICY = "policy"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Part:
    """What one step did to one unit. ``score`` and ``raw`` are signed points; ``clauses`` the findings that it changed.

    ``others`` are the raw points that no clause accounts for: base and responsibility points, and caps.
    """

    step: Step
    score: Decimal
    raw: Decimal
    clauses: tuple[ClauseChange, ...]

    @property
    def others(self) -> Decimal:
        """Return the raw points that no clause accounts for."""
        return self.raw - sum((clause.points for clause in self.clauses), NO_POINTS)


@dataclass(frozen=True, slots=True)
class UnitMovement:
    """One unit's way from one board to the other; its parts' scores (and raw scores) add up to the whole."""

    unit: str
    kind: str
    before: ScoreCard
    after: ScoreCard
    parts: tuple[Part, ...]

    @property
    def score(self) -> Decimal:
        """Return by how much the score rose."""
        return self.after.score - self.before.score

    @property
    def places(self) -> int:
        """Return by how many places the unit climbed."""
        return self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class Overtaking:
    """One unit that passed another or drew level: it was behind or level and is ahead, or was behind and is level.

    Every change of rank comes of these. ``gained`` is by how much it moved against the other, ``by`` the steps that did
    it, signed, the strongest first; they add up to ``gained``. ``was_level`` True: the two shared a rank before,
    ``is_level``: they share one now.
    """

    unit: str
    passed: str
    gained: Decimal
    by: tuple[tuple[Step, Decimal], ...]
    was_level: bool
    is_level: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """The account of all units that are on both boards, in the order of the later one's rules.

    ``entered`` and ``left`` name the units that are on one board only; the account cannot split these.
    """

    units: tuple[UnitMovement, ...]
    overtakings: tuple[Overtaking, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]


def account(before: Position, after: Position) -> Movement:
    """Split the way from one board to another, one argument changed at a time, each step a whole board.

    The order: first time passes over what was known by the earlier day (deadlines fall due); then what came in since is
    put beside (new evidence); then rulings; then policy; then rules. Facts come second because a ledger sent after the
    earlier day does not exist on it. Where the second board is the earlier one, the account is that of the way
    back with every sign turned.
    """
    if after.as_of < before.as_of:
        return _turned(account(after, before))
    boards = _boards(before, after)
    moved = [
        _unit(card, after.board.card[card.unit], boards) for card in before.board.cards if card.unit in after.board.card
    ]
    order = {card.unit: place for place, card in enumerate(after.board.cards)}
    units = tuple(sorted(moved, key=lambda movement: order[movement.unit]))
    return Movement(
        units=units,
        overtakings=_overtakings(units),
        entered=tuple(unit for unit in after.board.card if unit not in before.board.card),
        left=tuple(unit for unit in before.board.card if unit not in after.board.card),
    )


def _boards(before: Position, after: Position) -> list[tuple[Step | None, Board]]:
    """Return the boards from the one to the other; steps that change nothing are left out."""
    known = known_by(before.facts, before.as_of)
    steps = [
        (Step.TIME, replace(before, facts=known, as_of=after.as_of)),
        (Step.EVIDENCE, replace(before, facts=replace(after.facts, rulings=known.rulings), as_of=after.as_of)),
        (Step.RULINGS, replace(before, facts=after.facts, as_of=after.as_of)),
        (Step.POLICY, replace(before, facts=after.facts, as_of=after.as_of, policy=after.policy)),
        (Step.RULES, after),
    ]
    boards: list[tuple[Step | None, Board]] = [(None, before.board)]
    last = replace(before, facts=known)
    for step, position in steps:
        if position != last:
            boards.append((step, position.board))
        last = position
    return boards


def known_by(facts: Facts, day: date) -> Facts:
    """Return the facts that exist by the end of a day: ledgers sent and rulings given by then."""
    return facts.where(lambda ledger: ledger.submitted <= day, lambda ruling: ruling.day <= day)


def _unit(before: ScoreCard, after: ScoreCard, boards: Sequence[tuple[Step | None, Board]]) -> UnitMovement:
    parts, last = [], before
    for (_, old), (step, new) in pairwise(boards):
        card = new.card.get(before.unit)
        if card is None or step is None:
            continue  # not scored at this step: the next one takes the whole difference
        if (card.findings, card.raw, card.score) == (last.findings, last.raw, last.score):
            continue
        parts.append(_part(step, last, card, old, new))
        last = card
    return UnitMovement(before.unit, before.kind, before, after, tuple(parts))


def _part(step: Step, last: ScoreCard, card: ScoreCard, old: Board, new: Board) -> Part:
    both = compare(replace(old, cards=(last,)), replace(new, cards=(card,)))
    return Part(step, card.score - last.score, card.raw - last.raw, both.units[0].clauses)


def _overtakings(units: Sequence[UnitMovement]) -> tuple[Overtaking, ...]:
    overtakings = [
        _overtaking(one, other) for one in units for other in units if one.kind == other.kind and _came_up(one, other)
    ]
    places = {movement.unit: movement.after.rank for movement in units}
    return tuple(sorted(overtakings, key=lambda o: (o.is_level, places[o.unit], places[o.passed], o.was_level)))


def _came_up(one: UnitMovement, other: UnitMovement) -> bool:
    """Tell whether a unit left the place behind (or beside) another for one beside (or before) it."""
    before, after = one.before.score - other.before.score, one.after.score - other.after.score
    return (before <= 0 < after) or (before < 0 == after)


def _overtaking(one: UnitMovement, other: UnitMovement) -> Overtaking:
    by = dict.fromkeys(Step, NO_POINTS)
    for part in one.parts:
        by[part.step] += part.score
    for part in other.parts:
        by[part.step] -= part.score
    strongest = sorted(((step, points) for step, points in by.items() if points), key=lambda item: -abs(item[1]))
    was, now = one.before.score == other.before.score, one.after.score == other.after.score
    return Overtaking(one.unit, other.unit, one.score - other.score, tuple(strongest), was, now)


def _turned(movement: Movement) -> Movement:
    """Return the account of the way back."""
    units = tuple(_unit_turned(turned) for turned in movement.units)
    return Movement(units, _overtakings(units), movement.left, movement.entered)


def _unit_turned(found: UnitMovement) -> UnitMovement:
    parts = tuple(
        Part(p.step, -p.score, -p.raw, tuple(replace(c, before=c.after, after=c.before) for c in p.clauses))
        for p in reversed(found.parts)
    )
    return UnitMovement(found.unit, found.kind, found.after, found.before, parts)


def sums(movement: UnitMovement) -> dict[Step, Decimal]:
    """Return what each step did to a unit's score, zeros included; the values add up to ``movement.score``."""
    by_step = dict.fromkeys(Step, NO_POINTS)
    for part in movement.parts:
        by_step[part.step] += part.score
    return by_step
