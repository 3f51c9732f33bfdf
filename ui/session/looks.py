"""What the things of a year look like: told in the sealed room once, and remembered in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.evidence.doubts import doubts_about_things
from scoring.evidence.looks import look_at, looks_in
from scoring.model.facts import Facts
from scoring.model.looks import Look, ThingDoubt
from scoring.model.rules import Rulebook
from scoring.store import Store, StoreError
from ui.session import cache


def doubts_of(held: Store, facts: Facts, rulebook: Rulebook) -> tuple[ThingDoubt, ...]:
    """Return the doubts about what shows the claims of a year; a ruling raises and settles none, so none is looked for."""
    return _doubts_of(held, rulebook, cache.but_rulings(facts), facts)


@cache.keep(8, "正在比对佐证图片……")
def _doubts_of(
    held: Store, rulebook: Rulebook, said: tuple[cache.Itself, ...], _facts: Facts
) -> tuple[ThingDoubt, ...]:
    return doubts_about_things(_facts, rulebook, looks_of(held, _facts))


def looks_of(held: Store, facts: Facts) -> dict[str, Look]:
    """Return SHA-256 -> what it looks like, for all things of the rows of a year; what is new is looked at."""
    wanted = set(_hashes(facts))
    known = {sha: look for sha, look in held.looks().items() if sha in wanted}
    new = _inside(held, sorted(wanted - known.keys()))
    new |= {sha: look for sha in sorted(wanted - known.keys() - new.keys()) if (look := _look(held, sha)) is not None}
    if new:
        held.keep_looks(new)
    return known | new


def _inside(store: Store, wanted: Sequence[str]) -> dict[str, Look]:
    """Return what the things inside workbooks look like, each workbook sent to the room once."""
    looks: dict[str, Look] = {}
    for workbook, parts in store.places_inside(wanted).items():
        looks |= looks_in(store.original(workbook)[1], parts)
    return looks


def _hashes(facts: Facts) -> Iterator[str]:
    brought = (*(one.evidence for one in facts.statements), *(one.evidence for one in facts.cases))
    yield from (item.sha256 for items in brought for item in items if item.sha256)


def _look(held: Store, sha: str) -> Look | None:
    """Return what a thing looks like; None where its bytes cannot be had."""
    try:
        return look_at(held.thing(sha)[1])
    except StoreError:
        return None
