"""The history: events are appended, each with the hash over itself and the one before, and never touched again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from scoring.calendar.clock import from_column, now, to_column
from scoring.model.events import Event, EventKind, chain_hash, compact, event_columns
from scoring.store.errors import RefusedError
from scoring.store.homes.database import Cursor, Row
from scoring.store.queries import query

NEEDS_REASON = frozenset(
    {
        EventKind.WITHDRAW_UPLOAD,
        EventKind.RESTORE_UPLOAD,
        EventKind.RULING,
        EventKind.WITHDRAW_RULING,
        EventKind.POLICY,
        EventKind.OBJECTION,
        EventKind.ANSWER,
        EventKind.SEND_BACK,
        EventKind.REPLY,
        EventKind.ORIGINAL,
        EventKind.PLACING,
        EventKind.WITHDRAW_PLACING,
        EventKind.TIE,
        EventKind.WITHDRAW_TIE,
        EventKind.MINUTE,
    }
)
START = "0" * 64
YEAR = "year"
Newest: TypeAlias = tuple[int, datetime | None, str]  # event: its number, its moment as a column holds it, its hash
TICK = timedelta(microseconds=1)
FARTHEST = timedelta(days=5 * 366)  # no office rests longer than this between two events
TOLERANCE = timedelta(seconds=1)  # events given the same moment are set a tick apart


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be entered into the history; the store adds number, moment and hashes. ``year`` None: of no single one."""

    kind: EventKind
    actor: str
    subject: str
    reason: str = ""
    rests_on: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    year: int | None = None


def append(
    cursor: Cursor,
    entry: Entry,
    at: datetime | None = None,
    *,
    moment: datetime | None = None,
    trusts_clock: bool = False,
) -> Event:
    """Append an event. ``at`` None is now; ``moment`` is what ``moment_of_next`` has said in this transaction.

    ``trusts_clock``: somebody has looked at this machine's clock.

    Raises:
        RefusedError: nobody's name or no reason is given where one is due, ``at`` is before the newest event, or the
            clock is years ahead of it.
    """
    _check_entry(entry)
    newest = _newest(cursor)
    if not trusts_clock:
        _check_clock(newest[1])
    event = _event(newest, entry, moment or from_column(next_moment(newest[1], at)))
    cursor.insert("events", [_row(event)])
    return event


def append_all(cursor: Cursor, entries: Iterable[tuple[Entry, datetime | None]]) -> tuple[Event, ...]:
    """Append several events, each with its ``at``, as ``append`` does one after the other, in one statement."""
    newest, appended = _newest(cursor), []
    for entry, at in entries:
        _check_entry(entry)
        _check_clock(newest[1])
        event = _event(newest, entry, from_column(next_moment(newest[1], at)))
        newest = event.number, to_column(event.at), event.chain
        appended.append(event)
    cursor.insert("events", list(map(_row, appended)))
    return tuple(appended)


def _newest(cursor: Cursor) -> Newest:
    return cursor.execute(query("last_event")).fetchone() or (0, None, START)


def _check_entry(entry: Entry) -> None:
    if not entry.actor.strip():
        raise RefusedError("请填写经办人姓名。")
    if entry.kind in NEEDS_REASON and not entry.reason.strip():
        raise RefusedError("请填写理由。")


def _event(newest: Newest, entry: Entry, moment: datetime) -> Event:
    """Return the event that follows the newest one."""
    number, _, previous = newest
    bare = Event(
        number=number + 1,
        at=moment,
        actor=entry.actor.strip(),
        kind=entry.kind,
        subject=entry.subject,
        reason=entry.reason.strip(),
        rests_on=entry.rests_on,
        details=compact(entry.details if entry.year is None else {**entry.details, YEAR: entry.year}),
        previous=previous,
        chain="",
        year=entry.year,
    )
    return replace(bare, chain=chain_hash(bare))


def _row(event: Event) -> Row:
    """Return the row of ``events``."""
    number, *rest = event_columns(event)
    return number, event.year, *rest, event.chain


def moment_of_next(cursor: Cursor, at: datetime | None = None) -> datetime:
    """Return the moment that an event would get that is appended next in this transaction; ``at`` None is now."""
    return from_column(next_moment(_newest(cursor)[1], at))


def events(
    cursor: Cursor,
    kinds: Iterable[EventKind] = EventKind,
    known_at: datetime | None = None,
    year: int | None = None,
) -> tuple[Event, ...]:
    """List the events of some kinds and of a year (None: of all) up to a moment (None: all), in order."""
    rows = cursor.execute(query("events"), [[kind.value for kind in kinds], to_column(known_at), year]).fetchall()
    return tuple(event_of(row) for row in rows)


def details_of(event: Event) -> dict[str, Any]:
    """Return an event's details without its year, which the event itself tells."""
    given = json.loads(event.details)
    given.pop(YEAR, None)
    return dict(given)


def broken_links(history: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, where the chain of a whole history does not hold."""
    faults: list[str] = []
    previous = START
    for number, event in enumerate(history, 1):
        if event.number != number:
            return (*faults, f"第 {number} 条记录缺失。")
        if event.previous != previous or event.chain != chain_hash(event):
            faults.append(f"第 {number} 条记录与校验值不符，内容被改动过。")
        previous = event.chain
    return tuple(faults)


def changed_years(history: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the events whose year is not the one that their hash is over.

    Events from before the year was kept have it only in its column; they are all of one year.
    """
    told = [(event, json.loads(event.details).get(YEAR)) for event in history]
    first = next((event.year for event, year in told if year is None and event.year is not None), None)
    return tuple(
        f"第 {event.number} 条记录的年度被改动过。"
        for event, year in told
        if event.year != (year if year is not None or event.year is None else first)
    )


def event_of(row: tuple[object, ...]) -> Event:
    """Return a table's row as an event."""
    number, at, actor, kind, *rest = row
    return Event(number, from_column(at), actor, EventKind(kind), *rest)  # type: ignore[arg-type]


def _check_clock(newest: datetime | None) -> None:
    """Refuse a clock that is years ahead: what is entered under it would hide everything that follows."""
    present = to_column(now())
    if newest is not None and present - newest > FARTHEST:
        raise RefusedError(
            f"本机时钟是 {present:%Y年%m月%d日}，比最近一条记录（{newest:%Y年%m月%d日}）晚了{(present - newest).days // 365}年多，"
            "没有保存。请先校准时钟；时钟没有错的，由管理员执行 python -m scoring accept-database 并写明理由。"
        )


def next_moment(newest: datetime | None, wanted: datetime | None) -> datetime:
    """Return the moment of a new event, always after the newest one: what was known at a moment never changes later.

    ``wanted`` None is now. A computer's clock that was set back does not take the history back with it.

    Raises:
        RefusedError: ``wanted`` lies before the newest event or in the future.
    """
    present = to_column(now())
    moment = present if wanted is None else to_column(wanted)
    if wanted is not None and moment > present:
        raise RefusedError(f"记录的时间 {moment:%Y-%m-%d %H:%M} 晚于现在，不能记入。")
    if newest is None or moment > newest:
        return moment
    if wanted is not None and newest - moment > TOLERANCE:
        raise RefusedError(
            f"记录的时间 {moment:%Y-%m-%d %H:%M} 早于最近一条记录（{newest:%Y-%m-%d %H:%M}），不能补记。"
        )
    return newest + TICK
