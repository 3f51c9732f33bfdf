"""Every combination of the policies' readings, each a whole board: which ranks hang on a reading, and on which."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from scoring.analysis.policy_memo import UnitMemory
from scoring.analysis.position import Position
from scoring.board.red_black import Ends, ends
from scoring.judging.assess import city_median, open_dossiers
from scoring.judging.pairs import Comparison, leaves_open
from scoring.judging.rank import ranks
from scoring.methods.dossier import Dossier
from scoring.model.boards import Board, ScoreCard
from scoring.model.findings import Finding
from scoring.model.gc_pause import no_collecting
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.policies import make_policy


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit over all readings. ``boards`` counts those in which it is scored, ``is_always_scored`` tells it is in all.

    ``rank`` and ``score`` are today's, None where the reading in force does not score it. ``first`` and ``last`` count
    the boards in which it is among the first or last three, ties at the cut included.
    """

    unit: str
    kind: str
    boards: int
    is_always_scored: bool
    rank: int | None
    best_rank: int
    worst_rank: int
    score: Decimal | None
    lowest: Decimal
    highest: Decimal
    first: int
    last: int

    @property
    def stable(self) -> bool:
        """Tell whether every reading scores it and gives it the same rank (稳定)."""
        return self.is_always_scored and self.best_rank == self.worst_rank


@dataclass(frozen=True, slots=True)
class Deciding:
    """Which policies decide the first and last three of a kind.

    ``hang_on`` are the policies that the ends hang on: once they are decided, whichever way, the ends are settled, and
    no smaller set of policies does that. ``enough`` are the fewest whose readings in force, if confirmed, settle the
    ends as they stand. Both are empty where no reading moves the ends.
    """

    kind: str
    hang_on: tuple[str, ...]
    enough: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one reading does where all other readings stay in force. ``in_force``: it is the one that is.

    ``scores`` and ``ranks`` name the units whose score or rank it changes; a unit that it brings in or leaves out is
    among both. ``ends`` tells whether the first or last three change.
    """

    policy: str
    reading: str
    in_force: bool
    scores: tuple[str, ...]
    ranks: tuple[str, ...]
    ends: bool


@dataclass(frozen=True)
class Readings:
    """Everything that the readings decide. ``boards`` are in the order of the rules' policies and readings."""

    boards: tuple[Board, ...]
    standings: tuple[Standing, ...]
    deciding: tuple[Deciding, ...]
    alternatives: tuple[Alternative, ...]


def read_every_way(position: Position) -> Readings:
    """Score a position under every combination of readings, and say what hangs on which."""
    boards = tuple(every_board(position))
    by_policy = {board.policy: board for board in boards}
    kinds = position.rulebook.kinds
    readings = {
        name: {policy: ends(board, kind) for policy, board in by_policy.items()} for name, kind in kinds.items()
    }
    names = [policy.name for policy in position.rulebook.policies]
    deciding = tuple(
        Deciding(kind, _hang_on(readings[kind], names), _enough(readings[kind], names, position.policy))
        for kind in kinds
    )
    return Readings(boards, _standings(position, boards, readings), deciding, _alternatives(position, by_policy))


def every_policy(rulebook: Rulebook) -> Iterator[Policy]:
    """Return every combination of readings, the last policy's readings changing fastest."""
    names = [policy.name for policy in rulebook.policies]
    for readings in product(*([reading.name for reading in policy.readings] for policy in rulebook.policies)):
        yield make_policy(rulebook, dict(zip(names, readings, strict=True)))


def every_board(position: Position) -> Iterator[Board]:
    """Return the board of every combination of readings."""
    return boards_under(position, every_policy(position.rulebook))


def boards_under(position: Position, policies: Iterable[Policy]) -> Iterator[Board]:
    """Return the board under each policy; each equals what ``make_board`` makes of it, in a fraction of the time."""
    desk = _Desk(position)
    for policy in policies:
        with no_collecting():
            board = desk.board(policy)
        yield board


class _Desk:
    """Judges a position under one policy after the other. It has state because it keeps what was judged."""

    def __init__(self, position: Position) -> None:
        self.position, self.rulebook = position, position.rulebook
        self._dossiers: dict[tuple[str, str], dict[str, Dossier]] = {}
        self._memories: dict[tuple[int, Decimal | None], UnitMemory] = {}  # by dossier, which _dossiers keeps
        self._memories_of: dict[tuple[str, str, Decimal | None], list[UnitMemory]] = {}
        self._city: dict[str, Decimal | None] = {}
        # by the identity of what a memory keeps alive: a card with a rank, and whether findings leave a clause open
        self._with_rank: dict[tuple[int, int], ScoreCard] = {}
        self._open: dict[tuple[int, str], bool] = {}
        terms = position.rulebook.terms_of
        self._compared = {unit for unit, own in terms.items() if any(t.compared_with for _, t in own)}

    def board(self, policy: Policy) -> Board:
        """Return the board under a policy."""
        readings, day = policy.as_dict(), self.position.as_of
        dossiers = self._opened(policy)
        city = self._city_median(policy, dossiers)
        key = policy.late_ledger, policy.responsible, city
        if key not in self._memories_of:
            self._memories_of[key] = [self._memory(dossier, city) for dossier in dossiers.values()]
        cards = [memory.card(policy, readings) for memory in self._memories_of[key]]
        return Board(
            self.rulebook.assessment.year, day, policy, self.rulebook.rules_hash, self._ranked(self._remarked(cards))
        )

    def _opened(self, policy: Policy) -> dict[str, Dossier]:
        """Open the dossiers: they hang on late ledgers alone, and which units there are on who is responsible."""
        key = policy.late_ledger, policy.responsible
        if key not in self._dossiers:
            same_day = next(
                (dossiers for (late, _), dossiers in self._dossiers.items() if late == policy.late_ledger), {}
            )
            opened = open_dossiers(self.position.facts, self.rulebook, self.position.as_of, policy)
            self._dossiers[key] = {unit: same_day.get(unit, dossier) for unit, dossier in opened.items()}
        return self._dossiers[key]

    def _city_median(self, policy: Policy, dossiers: Mapping[str, Dossier]) -> Decimal | None:
        if policy.median != "citywide":
            return None
        if policy.late_ledger not in self._city:
            self._city[policy.late_ledger] = city_median(dossiers.values(), self.rulebook, self.position.as_of)
        return self._city[policy.late_ledger]

    def _memory(self, dossier: Dossier, city: Decimal | None) -> UnitMemory:
        """Return the memory of a dossier; an equal one opened under another reading shares it."""
        key = id(dossier), city
        if key not in self._memories:
            same = (m for (_, c), m in self._memories.items() if c == city and m.dossier == dossier)
            self._memories[key] = next(same, None) or UnitMemory(dossier, self.rulebook, self.position.as_of, city)
        return self._memories[key]

    def _remarked(self, cards: list[ScoreCard]) -> list[ScoreCard]:
        """Write the remarks that look at other units."""
        comparison = Comparison({card.unit: card.findings for card in cards}, self.rulebook, self._leaves_open)
        return [
            replace(card, findings=comparison.remarked(card.findings)) if card.unit in self._compared else card
            for card in cards
        ]

    def _ranked(self, cards: list[ScoreCard]) -> tuple[ScoreCard, ...]:
        return tuple(self._at(card, rank) for card, rank in zip(cards, ranks(cards), strict=True))

    def _at(self, card: ScoreCard, rank: int) -> ScoreCard:
        if card.unit in self._compared:  # its remarks are written anew for each board
            return replace(card, rank=rank)
        key = id(card), rank
        if key not in self._with_rank:
            self._with_rank[key] = replace(card, rank=rank)
        return self._with_rank[key]

    def _leaves_open(self, found: tuple[Finding, ...], code: str) -> bool:
        key = id(found), code
        if key not in self._open:
            self._open[key] = leaves_open(found, code)
        return self._open[key]


def _standings(
    position: Position, boards: Sequence[Board], found: Mapping[str, Mapping[Policy, Ends]]
) -> tuple[Standing, ...]:
    cards: dict[str, list[ScoreCard]] = {}
    for board in boards:
        for card in board.cards:
            cards.setdefault(card.unit, []).append(card)
    places = {unit.name: place for place, unit in enumerate(position.rulebook.units)}
    return tuple(
        _standing(unit, cards[unit], position.board.card.get(unit), found[cards[unit][0].kind].values())
        for unit in sorted(cards, key=places.__getitem__)
    )


def _standing(unit: str, cards: list[ScoreCard], today: ScoreCard | None, found: Iterable[Ends]) -> Standing:
    ranks, scores, both = [card.rank for card in cards], [card.score for card in cards], tuple(found)
    return Standing(
        unit=unit,
        kind=cards[0].kind,
        boards=len(cards),
        is_always_scored=len(cards) == len(both),
        rank=today.rank if today else None,
        best_rank=min(ranks),
        worst_rank=max(ranks),
        score=today.score if today else None,
        lowest=min(scores),
        highest=max(scores),
        first=sum(unit in end.first for end in both),
        last=sum(unit in end.last for end in both),
    )


def _hang_on(found: Mapping[Policy, Hashable], names: Sequence[str]) -> tuple[str, ...]:
    """Name the policies that make a difference somewhere.

    Over all combinations, what hangs on exactly these is settled once they are decided, and leaving any one of them
    open leaves two boards that differ: the set is the smallest there is, and the only one of its size.
    """
    return tuple(name for name in names if not _settled(found, [other for other in names if other != name]))


def _settled(found: Mapping[Policy, Hashable], names: Sequence[str]) -> bool:
    """Tell whether policies that agree on these names agree on what was found."""
    seen: dict[tuple[str, ...], Hashable] = {}
    return all(seen.setdefault(tuple(getattr(p, name) for name in names), end) == end for p, end in found.items())


def _enough(found: Mapping[Policy, Hashable], names: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """Return the fewest policies whose readings in force leave nothing open; of equally few the first."""
    for count in range(len(names) + 1):
        for chosen in combinations(names, count):
            agreed = {p: e for p, e in found.items() if all(getattr(p, n) == getattr(policy, n) for n in chosen)}
            if len(set(agreed.values())) == 1:
                return chosen
    return tuple(names)


def _alternatives(position: Position, boards: Mapping[Policy, Board]) -> tuple[Alternative, ...]:
    today = boards[position.policy]
    alternatives = []
    for rule in position.rulebook.policies:
        for reading in rule.readings:
            other = boards[replace(position.policy, **{rule.name: reading.name})]  # type: ignore[arg-type]
            alternatives.append(_alternative(position.rulebook, today, other, rule.name, reading.name))
    return tuple(alternatives)


def _alternative(rulebook: Rulebook, today: Board, other: Board, policy: str, reading: str) -> Alternative:
    units = dict.fromkeys([*today.card, *other.card])
    both = {unit: (today.card.get(unit), other.card.get(unit)) for unit in units}
    return Alternative(
        policy=policy,
        reading=reading,
        in_force=today.policy == other.policy,
        scores=tuple(u for u, (a, b) in both.items() if a is None or b is None or a.score != b.score),
        ranks=tuple(u for u, (a, b) in both.items() if a is None or b is None or a.rank != b.rank),
        ends=any(ends(today, kind) != ends(other, kind) for kind in rulebook.kinds.values()),
    )
