"""Things put to a clause by hand, or taken off one: entered with a number and a reason, withdrawn by a further event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from scoring.model.events import Event, EventKind
from scoring.model.evidence import Evidence
from scoring.model.placings import Move, Placing, moves_from_list, moves_to_list
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.homes.database import Cursor
from scoring.store.pieces import keep_things
from scoring.store.queries import query
from scoring.store.records import PlacingRecord

KINDS = (EventKind.PLACING, EventKind.WITHDRAW_PLACING)
SHOWN_HASH = 8


def add_placing(
    cursor: Cursor,
    placing: Placing,
    things: Mapping[str, bytes],
    by: tuple[str, str],
    at: datetime | None,
) -> PlacingRecord:
    """Enter a placing under the next number, and keep the things that are not kept yet, each once. ``by``: who, and why.

    Raises:
        RefusedError: nothing is moved, or a thing is not there and did not come along.
    """
    if not placing.moves:
        raise RefusedError("没有选佐证，没有保存。")
    keep_things(cursor, {sha: data for move in placing.moves for sha, data in _new(cursor, move.thing, things)})
    number = len(events(cursor, [EventKind.PLACING])) + 1
    actor, reason = by
    details = {"moves": moves_to_list(placing.moves)}
    event = append(cursor, Entry(EventKind.PLACING, actor, str(number), reason, "", details, placing.year), at)
    return PlacingRecord(replace(placing, number=number), event, None)


def _new(cursor: Cursor, thing: Evidence, things: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield a thing's SHA-256 and bytes where they are not kept yet."""
    sha = thing.sha256 or ""
    if (
        cursor.execute(query("has_thing"), [sha]).fetchone()
        or cursor.execute(query("thing_place"), [sha, None]).fetchone()
    ):
        return
    data = things.get(sha)
    if data is None or sha256(data).hexdigest() != sha:
        raise RefusedError(f"佐证“{thing.name}”没有一起送来，没有保存。")
    if not data:
        raise RefusedError(f"“{thing.name}”是空文件，没有任何内容，没有保存。")
    yield sha, data


def units_of_placing(cursor: Cursor, number: int) -> frozenset[str]:
    """Name the units whose rows a placing puts things to; empty where there is none of this number."""
    placed = (one.placing for one in list_placings(cursor, None, None) if one.placing.number == number)
    return frozenset(move.place.unit for one in placed for move in one.moves if move.place)


def take_back_placing(cursor: Cursor, number: int, actor: str, reason: str, at: datetime | None) -> None:
    """Withdraw a placing: from now on things are where they were found.

    Raises:
        RefusedError: there is no such placing, or it has been withdrawn before.
    """
    record = next((one for one in list_placings(cursor, None, None) if one.placing.number == number), None)
    if record is None:
        raise RefusedError(f"没有第 {number} 号放入佐证。")
    if record.withdrawn:
        raise RefusedError(f"第 {number} 号放入佐证已经撤回。")
    append(cursor, Entry(EventKind.WITHDRAW_PLACING, actor, str(number), reason, year=record.placing.year), at)


def list_placings(cursor: Cursor, year: int | None, known_at: datetime | None) -> tuple[PlacingRecord, ...]:
    """List all placings of a year (None: of all) made by a moment, with those withdrawn by then marked so, in order."""
    history = events(cursor, KINDS, known_at, year)
    withdrawn = {event.subject: event for event in history if event.kind is EventKind.WITHDRAW_PLACING}
    return tuple(
        PlacingRecord(placing_of(event), event, withdrawn.get(event.subject))
        for event in history
        if event.kind is EventKind.PLACING
    )


def standing_placings(cursor: Cursor, year: int, known_at: datetime | None) -> tuple[Placing, ...]:
    """List the placings of a year that stood at a moment, in order."""
    return tuple(record.placing for record in list_placings(cursor, year, known_at) if record.withdrawn is None)


def placing_of(event: Event) -> Placing:
    """Return what an event says was placed."""
    return Placing(int(event.subject), event.year or 0, moves_from_list(details_of(event)["moves"]))


def placed_name(cursor: Cursor, sha: str, known_at: datetime | None) -> str | None:
    """Return the name of a thing that was placed by a moment; None where none with this hash was."""
    return next((move.thing.name for move in _moves(events(cursor, [EventKind.PLACING], known_at), sha)), None)


def missing_placed(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the placed things whose bytes are gone."""
    named = {move.thing.sha256 or "": move.thing.name for move in _moves(recorded)}
    return tuple(
        f"放入的佐证“{name}”（{sha[:SHOWN_HASH]}…）的内容缺失。"
        for sha, name in named.items()
        if not cursor.execute(query("has_thing"), [sha]).fetchone()
        and not cursor.execute(query("thing_place"), [sha, None]).fetchone()
    )


def _moves(recorded: Iterable[Event], sha: str | None = None) -> Iterator[Move]:
    for event in recorded:
        if event.kind is EventKind.PLACING:
            yield from (move for move in placing_of(event).moves if sha in (None, move.thing.sha256))
