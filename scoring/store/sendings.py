"""Sendings (报送): what units sent themselves, kept whole, taken in or sent back by events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from scoring.model.events import Event, EventKind
from scoring.model.sendings import Sending, SendingState
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.homes.database import Cursor
from scoring.store.pieces import insert_files, whole
from scoring.store.queries import query

KINDS = (EventKind.SENDING, EventKind.TAKE_IN, EventKind.SEND_BACK)
STATES = {EventKind.TAKE_IN: SendingState.TAKEN_IN, EventKind.SEND_BACK: SendingState.SENT_BACK}
File = tuple[str, bytes]  # name and content


def add_sending(
    cursor: Cursor, year: int, units: Sequence[str], files: Sequence[File], actor: str, at: datetime | None
) -> Sending:
    """Keep files under the next number, counted from 1, and return the receipt.

    Raises:
        RefusedError: there are no files or no units, or the very same files wait already.
    """
    if not files or not units:
        raise RefusedError("没有可以报送的文件。")
    present = list_sendings(cursor, None, None)
    whose, told = tuple(sorted(units)), tuple((name, sha256(content).hexdigest()) for name, content in files)
    same = next(
        (one for one in present if one.state is SendingState.WAITING and (one.units, one.files) == (whose, told)), None
    )
    if same:
        raise RefusedError(f"这些文件已经报送过（第{same.number}号），正在等待接收。")
    number = len(present) + 1
    details = {"units": list(whose), "files": [list(one) for one in told]}
    event = append(cursor, Entry(EventKind.SENDING, actor, str(number), details=details, year=year), at)
    for position, (name, sha) in enumerate(told):
        cursor.execute(query("insert_sent_file"), [number, position, name, sha, b""])
    insert_files(cursor, (content for _, content in files))
    return _sending(event)


def decide(cursor: Cursor, number: int, kind: EventKind, actor: str, reason: str, at: datetime | None) -> Sending:
    """Take a sending in, or send it back with the reason.

    Raises:
        RefusedError: there is no such sending, it was decided before, or a reason is missing.
    """
    sending = next((one for one in list_sendings(cursor, None, None) if one.number == number), None)
    if sending is None:
        raise RefusedError(f"没有第 {number} 号报送。")
    if sending.state is not SendingState.WAITING:
        raise RefusedError(f"第 {number} 号报送已经由{sending.decided_by}办理。")
    return _decided(sending, append(cursor, Entry(kind, actor, str(number), reason, year=sending.year), at))


def list_sendings(cursor: Cursor, year: int | None, known_at: datetime | None) -> tuple[Sending, ...]:
    """List the sendings of a year (None: of all) as they stood at a moment, in order."""
    sendings: dict[str, Sending] = {}
    for event in events(cursor, KINDS, known_at, year):
        if event.kind is EventKind.SENDING:
            sendings[event.subject] = _sending(event)
        else:
            sendings[event.subject] = _decided(sendings[event.subject], event)
    return tuple(sendings.values())


def load_files(cursor: Cursor, number: int) -> tuple[File, ...]:
    """Return the files of a sending as they were sent, in order; empty where there is none."""
    rows = cursor.execute(query("sent_files"), [number]).fetchall()
    return tuple((name, whole(cursor, sha, content)) for name, sha, content in rows)


def changed_files(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the sendings whose files are no longer what their events say, or gone."""
    told = {
        event.subject: [tuple(one) for one in details_of(event)["files"]]
        for event in recorded
        if event.kind is EventKind.SENDING
    }
    kept: dict[str, list[tuple[str, str]]] = {}
    for number, _, name, sha, content in cursor.execute(query("all_sent_files")).fetchall():
        kept.setdefault(str(number), []).append((name, sha256(whole(cursor, sha, content)).hexdigest()))
    numbers = sorted(told.keys() | kept.keys(), key=int)
    return tuple(f"第 {number} 号报送的文件被改动过。" for number in numbers if told.get(number) != kept.get(number))


def _sending(event: Event) -> Sending:
    """Return the sending that an event entered."""
    given = details_of(event)
    files = tuple((name, sha) for name, sha in given["files"])
    return Sending(int(event.subject), event.year or 0, tuple(given["units"]), event.actor, event.at, files)


def _decided(sending: Sending, event: Event) -> Sending:
    """Return a sending with what an event decided."""
    return replace(sending, state=STATES[event.kind], decided_at=event.at, decided_by=event.actor, reason=event.reason)
