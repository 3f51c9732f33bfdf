"""Rulings: entered with a number, withdrawn by a further event, never changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from duckdb import DuckDBPyConnection

from scoring.model.board_json import ruling_from_dict, ruling_to_dict
from scoring.model.events import EventKind
from scoring.model.facts import Ruling
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, events
from scoring.store.records import RulingRecord


def add_ruling(cursor: DuckDBPyConnection, ruling: Ruling, actor: str, rests_on: str, at: datetime | None) -> Ruling:
    """Enter a ruling under the next number, counted from 1, and return it with that number."""
    taken = events(cursor, [EventKind.RULING])
    given = replace(ruling, number=len(taken) + 1)
    details = ruling_to_dict(given)
    append(cursor, Entry(EventKind.RULING, actor, str(given.number), ruling.reason, rests_on, details), at)
    return given


def take_back(
    cursor: DuckDBPyConnection, number: int, actor: str, reason: str, rests_on: str, at: datetime | None
) -> None:
    """Withdraw a ruling; what it stood on is computed again from then on.

    Raises:
        RefusedError: there is no such ruling, or it has been withdrawn before.
    """
    record = next((record for record in list_records(cursor, None) if record.ruling.number == number), None)
    if record is None:
        raise RefusedError(f"没有第 {number} 号认定。")
    if record.withdrawn:
        raise RefusedError(f"第 {number} 号认定已经撤回。")
    append(cursor, Entry(EventKind.WITHDRAW_RULING, actor, str(number), reason, rests_on), at)


def list_records(cursor: DuckDBPyConnection, known_at: datetime | None) -> tuple[RulingRecord, ...]:
    """List all rulings made by a moment, with those withdrawn by then marked so, in order."""
    kinds = (EventKind.RULING, EventKind.WITHDRAW_RULING)
    history = events(cursor, kinds, known_at)
    withdrawn = {event.subject: event for event in history if event.kind is EventKind.WITHDRAW_RULING}
    return tuple(
        RulingRecord(ruling_from_dict(json.loads(event.details)), event, withdrawn.get(event.subject))
        for event in history
        if event.kind is EventKind.RULING
    )


def standing_rulings(cursor: DuckDBPyConnection, known_at: datetime | None) -> tuple[Ruling, ...]:
    """List the rulings that stood at a moment, in order."""
    return tuple(record.ruling for record in list_records(cursor, known_at) if record.withdrawn is None)
