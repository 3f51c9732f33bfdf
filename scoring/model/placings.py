"""Things put to a clause by hand, or taken off one: what was said, and the facts as they then stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Case, Facts, Incentive, Statement

Fact = TypeVar("Fact", Statement, Case, Incentive)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is put: a unit's clause, or one of its cases or incentive items.

    It serves the rows of the ledgers of ``quarter`` (None: of all quarters of the year), those that come later too.
    ``item`` is a case's or an incentive item's title, white space dropped; ``""``: rows of 工作落实.
    """

    unit: str
    clause: str
    task: int
    quarter: int | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing put somewhere, or taken off there (``counts`` False). ``place`` None: kept, and it fits no row yet."""

    thing: Evidence
    place: Place | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Placing:
    """What one act did with things: all of its moves hold, or, once it is withdrawn, none. ``number`` counts from 1."""

    number: int
    year: int
    moves: tuple[Move, ...]


def with_placings(facts: Facts, placings: Iterable[Placing]) -> Facts:
    """Return the facts of a year with things put to their rows and taken off them, in the order in which that was said."""
    moves: dict[str, list[tuple[Evidence, Place, bool]]] = {}
    for placing in placings:
        for move in placing.moves:
            if move.place is not None:
                moves.setdefault(move.place.unit, []).append((move.thing, move.place, move.counts))
    if not moves:
        return facts
    return replace(
        facts,
        statements=_moved(facts.statements, moves),
        cases=_moved(facts.cases, moves),
        incentives=_moved(facts.incentives, moves),
    )


def _moved(facts: Sequence[Fact], moves: Mapping[str, Sequence[tuple[Evidence, Place, bool]]]) -> tuple[Fact, ...]:
    return tuple(_shown(fact, moves[fact.ledger.unit]) if fact.ledger.unit in moves else fact for fact in facts)


def _shown(fact: Fact, moves: Sequence[tuple[Evidence, Place, bool]]) -> Fact:
    evidence: tuple[Evidence, ...] = fact.evidence
    for thing, place, counts in moves:
        if is_at(fact, place):
            there = any(item.sha256 == thing.sha256 for item in evidence)
            if counts and not there:
                evidence = (*evidence, thing)
            elif there and not counts:
                evidence = tuple(item for item in evidence if item.sha256 != thing.sha256)
    return fact if evidence is fact.evidence else replace(fact, evidence=evidence)


def is_at(fact: Statement | Case | Incentive, place: Place) -> bool:
    """Tell whether a row is of a place: of its clause, or the case or item that it names."""
    if fact.ledger.unit != place.unit or place.quarter not in (None, fact.ledger.quarter):
        return False
    if isinstance(fact, Statement):
        return not place.item and fact.clause == place.clause
    return fact.task == place.task and "".join(fact.title.split()) == place.item


# --- as JSON of an event
def moves_to_list(moves: Iterable[Move]) -> list[dict[str, object]]:
    """Return moves as plain values; what is empty is left out."""
    return [_filled({**_thing(move.thing), **_place(move.place), "counts": move.counts}) for move in moves]


def moves_from_list(given: Iterable[Mapping[str, Any]]) -> tuple[Move, ...]:
    """Return moves from plain values."""
    return tuple(_move(one) for one in given)


def _thing(item: Evidence) -> dict[str, object]:
    lies = {"workbook": item.workbook, "sheet": item.sheet, "cell": item.cell, "part": item.part}
    return {"kind": item.kind.value, "name": item.name, "sha256": item.sha256, "found_by": item.found_by.value, **lies}


def _place(place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        "unit": place.unit,
        "clause": place.clause,
        "task": place.task,
        "quarter": place.quarter,
        "item": place.item,
    }


def _filled(given: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value not in (None, "")}


def _move(given: Mapping[str, Any]) -> Move:
    thing = Evidence(
        EvidenceKind(given["kind"]), given["name"], given["sha256"], given.get("workbook"), given.get("sheet"),
        given.get("cell"), given.get("part", ""), FoundBy(given["found_by"]),
    )  # fmt: skip
    if "unit" not in given:
        return Move(thing, None, given["counts"])
    place = Place(given["unit"], given["clause"], given["task"], given.get("quarter"), given.get("item", ""))
    return Move(thing, place, given["counts"])
