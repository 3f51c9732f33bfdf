"""Final boards (定稿), kept whole for ever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from scoring.calendar.clock import from_column, to_column
from scoring.calendar.workdays import whole_calendar
from scoring.model.board_json import board_from_json, board_to_json
from scoring.model.boards import Board
from scoring.model.events import Event, EventKind
from scoring.model.notices import Notice
from scoring.model.plain_json import from_json, to_json
from scoring.model.publications import Publication
from scoring.store.board_tables import insert_board
from scoring.store.errors import RefusedError, StaleBoardError
from scoring.store.events import Entry, append, details_of, events, moment_of_next
from scoring.store.homes.database import Cursor
from scoring.store.queries import query
from scoring.store.state import fingerprint_at

CALENDAR = "calendar"  # the SHA-256 of the calendar that a final board keeps
HOLIDAYS = "holidays"  # the office's table of holidays, as earlier versions kept it
Papers = Callable[[Publication], Mapping[str, bytes]]  # the receipt as it will be kept -> each paper by its file's name


def insert_publication(
    cursor: Cursor,
    receipt: Publication,
    board: Board,
    reason: str,
    at: datetime | None,
    papers: Papers | None = None,
) -> Publication:
    """Keep a board as final under its receipt's number; return the receipt with the moment at which it was kept.

    Its papers are made and kept with it, so that they stay what was handed out whatever later programs would write; so is
    the calendar by which its working days were counted.

    Raises:
        StaleBoardError: the facts are no longer those that the receipt names.
        RefusedError: the number is taken, the predecessor unknown or not named, or receipt and board do not belong
            together.
    """
    present = list_publications(cursor, None)
    _check(receipt, board, present)
    if receipt.facts != fingerprint_at(cursor, receipt.year, receipt.known_at):
        raise StaleBoardError("生成这份榜单之后，台账或认定又有变化。请重新生成、核对后再定稿。")
    text = board_to_json(board)
    digest = _sha(text)
    receipt = replace(receipt, published_at=moment_of_next(cursor, at), actor=receipt.actor.strip())
    made = dict(papers(receipt)) if papers else {}
    hashes = {name: sha256(made[name]).hexdigest() for name in sorted(made)}
    calendar = whole_calendar()
    details = _details(receipt) | {CALENDAR: _sha(calendar)} | ({"papers": hashes} if hashes else {})
    entry = Entry(EventKind.PUBLICATION, receipt.actor, receipt.number, reason, digest, details, receipt.year)
    event = append(cursor, entry, moment=receipt.published_at)
    for name, sha in hashes.items():
        cursor.execute(query("insert_paper"), [receipt.number, name, sha, made[name]])
    cursor.execute(query("insert_calendar"), [receipt.number, calendar])
    key = insert_board(cursor, board, receipt.facts)
    cursor.execute(query("insert_publication"), [receipt.number, receipt.year, event.number, key, text])
    return _publication(event)


def list_publications(cursor: Cursor, year: int | None, known_at: datetime | None = None) -> tuple[Publication, ...]:
    """List the receipts of the final boards of a year (None: of all) up to a moment, in order."""
    return tuple(_publication(event) for event in events(cursor, [EventKind.PUBLICATION], known_at, year))


def next_number(cursor: Cursor, series: str) -> str:
    """Return the next free number of a series: ``2023-年度`` gives ``2023-年度-01``."""
    taken = {receipt.number for receipt in list_publications(cursor, None)}
    count = 1
    while (number := f"{series}-{count:02d}") in taken:
        count += 1
    return number


def load_board(cursor: Cursor, number: str) -> Board:
    """Return a final board exactly as it was published.

    Raises:
        RefusedError: there is none of this number.
    """
    board, breakdown = _kept_of(cursor, "publication_board", number)
    return board_from_json(board, breakdown)


def load_papers(cursor: Cursor, number: str) -> dict[str, bytes]:
    """Return a final board's papers by their files' names; empty where it was published before papers were kept."""
    return {name: bytes(content) for name, content in cursor.execute(query("papers"), [number]).fetchall()}


def load_calendar(cursor: Cursor, number: str) -> str:
    """Return the calendar by which a final board's working days were counted, as the text of a whole table of holidays.

    Raises:
        RefusedError: there is none of this number.
    """
    (calendar,) = _kept_of(cursor, "calendar", number)
    return str(calendar)


def _kept_of(cursor: Cursor, name: str, number: str) -> tuple[Any, ...]:
    """Return the one row that the query ``name`` finds of a final board; RefusedError where there is none."""
    row = cursor.execute(query(name), [number]).fetchone()
    if row is None:
        raise RefusedError(f"没有编号为 {number} 的定稿。")
    return tuple(row)


def lack_calendars(cursor: Cursor) -> bool:
    """Tell whether there are final boards of earlier versions, which kept no calendar."""
    return cursor.execute(query("boards_without_calendar")).fetchone() is not None


def keep_calendars(cursor: Cursor) -> None:
    """Give each final board of an earlier version a calendar: the holidays known today, and the table that it kept, if any."""
    for number, details in cursor.execute(query("boards_without_calendar")).fetchall():
        cursor.execute(query("insert_calendar"), [number, whole_calendar(json.loads(details).get(HOLIDAYS))])


def changed_calendars(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the final boards whose calendar is no longer what their events say, or gone."""
    kept: dict[str, str] = dict(cursor.execute(query("calendars")).fetchall())
    final = [event for event in recorded if event.kind is EventKind.PUBLICATION]
    told = {event.subject: details_of(event).get(CALENDAR) for event in final}
    changed = [number for number, sha in told.items() if number not in kept or sha not in (None, _sha(kept[number]))]
    return tuple(f"定稿 {number} 的节假日表被改动过。" for number in sorted({*changed, *(kept.keys() - told.keys())}))


def changed_papers(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the papers that are no longer what their final boards' events say, or gone."""
    told = {
        (event.subject, name): sha
        for event in recorded
        if event.kind is EventKind.PUBLICATION
        for name, sha in details_of(event).get("papers", {}).items()
    }
    kept = {
        (number, name): sha256(bytes(content)).hexdigest()
        for number, name, content in cursor.execute(query("all_papers")).fetchall()
    }
    names = sorted(told.keys() | kept.keys())
    return tuple(f"定稿 {one[0]} 的“{one[1]}”被改动过。" for one in names if told.get(one) != kept.get(one))


def changed_boards(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the final boards that are no longer what their events say, or gone."""
    digest = {event.subject: (event.rests_on, event.year) for event in recorded if event.kind is EventKind.PUBLICATION}
    kept = {
        number: (_sha(board), year) for number, year, board in cursor.execute(query("publication_boards")).fetchall()
    }
    names = sorted(digest.keys() | kept.keys())
    return tuple(f"定稿 {number} 的榜单被改动过。" for number in names if digest.get(number) != kept.get(number))


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _check(receipt: Publication, board: Board, present: tuple[Publication, ...]) -> None:
    """Refuse a receipt that cannot be kept."""
    numbers = {other.number for other in present}
    if not receipt.number.strip():
        raise RefusedError("定稿没有编号。")
    if receipt.number in numbers:
        raise RefusedError(f"编号 {receipt.number} 已经用过。")
    if receipt.replaces is not None and receipt.replaces not in numbers:
        raise RefusedError(f"没有编号为 {receipt.replaces} 的定稿可以更正。")
    if any(not reason.strip() for _, reason in receipt.overrides):
        raise RefusedError("每个略过的未决事项都要写明理由。")
    if (receipt.year, receipt.as_of, receipt.rules) != (board.year, board.as_of, board.rules):
        raise RefusedError("定稿回执与榜单的年度、日期或细则不一致。")
    same = [other.number for other in present if (other.year, other.title) == (receipt.year, receipt.title)]
    if same and receipt.replaces not in same:
        raise RefusedError(f"{receipt.title}已有定稿 {same[-1]}，新的一份要写明更正哪一份。")


def _details(receipt: Publication) -> dict[str, object]:
    """Return what the event keeps of a receipt."""
    return {
        "title": receipt.title,
        "as_of": receipt.as_of.isoformat(),
        "known_at": from_column(to_column(receipt.known_at)).isoformat() if receipt.known_at else None,
        "rules": receipt.rules,
        "facts": receipt.facts,
        "policy": receipt.policy,
        "version": receipt.version,
        "replaces": receipt.replaces,
        "overrides": [list(override) for override in receipt.overrides],
        **({"notice": json.loads(to_json(receipt.notice))} if receipt.notice else {}),
    }


def _publication(event: Event) -> Publication:
    """Return the receipt that an event keeps."""
    given = details_of(event)
    given.pop("papers", None)
    given.pop(HOLIDAYS, None)
    given.pop(CALENDAR, None)
    known_at, as_of = given.pop("known_at"), date.fromisoformat(given.pop("as_of"))
    overrides = tuple((item, reason) for item, reason in given.pop("overrides"))
    notice = given.pop("notice", None)
    bare = Publication(
        **given,
        number=event.subject,
        year=event.year or 0,
        as_of=as_of,
        known_at=datetime.fromisoformat(known_at) if known_at else None,
        published_at=event.at,
        actor=event.actor,
    )
    told = from_json(json.dumps(notice), Notice) if notice else None
    return replace(bare, overrides=overrides, notice=told)
