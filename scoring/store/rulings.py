"""Rulings: entered with a number, withdrawn by a further event, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scoring.model.board_json import ruling_from_dict, ruling_to_dict
from scoring.model.events import EventKind
from scoring.model.facts import Ruling
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.homes.database import Cursor
from scoring.store.records import RulingRecord


def add_ruling(cursor: Cursor, ruling: Ruling, actor: str, rests_on: str, at: datetime | None) -> Ruling:
    """Enter a ruling under the next number, counted from 1, and return it with that number."""
    taken = events(cursor, [EventKind.RULING])
    given = replace(ruling, number=len(taken) + 1)
    details, subject = ruling_to_dict(given), str(given.number)
    append(cursor, Entry(EventKind.RULING, actor, subject, ruling.reason, rests_on, details, given.year), at)
    return given


def record_of(cursor: Cursor, number: int) -> RulingRecord:
    """Return a ruling of whatever year by its number.

    Raises:
        RefusedError: there is no such ruling.
    """
    record = next((record for record in list_records(cursor, None, None) if record.ruling.number == number), None)
    if record is None:
        raise RefusedError(f"没有第 {number} 号认定。")
    return record


def take_back(
    cursor: Cursor, record: RulingRecord, actor: str, reason: str, rests_on: str, at: datetime | None
) -> None:
    """Withdraw a ruling; what it stood on is computed again from then on.

    Raises:
        RefusedError: it has been withdrawn before.
    """
    number, year = record.ruling.number, record.ruling.year
    if record.withdrawn:
        raise RefusedError(f"第 {number} 号认定已经撤回。")
    append(cursor, Entry(EventKind.WITHDRAW_RULING, actor, str(number), reason, rests_on, year=year), at)


def list_records(cursor: Cursor, year: int | None, known_at: datetime | None) -> tuple[RulingRecord, ...]:
    """List all rulings of a year (None: of all) made by a moment, with those withdrawn by then marked so, in order."""
    kinds = (EventKind.RULING, EventKind.WITHDRAW_RULING)
    history = events(cursor, kinds, known_at, year)
    withdrawn = {event.subject: event for event in history if event.kind is EventKind.WITHDRAW_RULING}
    return tuple(
        RulingRecord(ruling_from_dict(details_of(event), event.year), event, withdrawn.get(event.subject))
        for event in history
        if event.kind is EventKind.RULING and event.year is not None
    )


def standing_chains(cursor: Cursor, year: int, known_at: datetime | None) -> list[str]:
    """List the hashes of the events of a year's rulings that stood at a moment, in order, without reading the rulings."""
    history = events(cursor, (EventKind.RULING, EventKind.WITHDRAW_RULING), known_at, year)
    withdrawn = {event.subject for event in history if event.kind is EventKind.WITHDRAW_RULING}
    return [event.chain for event in history if event.kind is EventKind.RULING and event.subject not in withdrawn]


def standing_rulings(cursor: Cursor, year: int, known_at: datetime | None) -> tuple[Ruling, ...]:
    """List the rulings of a year that stood at a moment, in order."""
    return tuple(record.ruling for record in list_records(cursor, year, known_at) if record.withdrawn is None)
