"""Objections (申诉): conversations about a line of a final board or of the first board, made of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from scoring.calendar.clock import day_of
from scoring.calendar.workdays import add_working_days
from scoring.model.board_json import finding_from_dict, finding_to_dict
from scoring.model.doors import Doors, doors_key, read_doors
from scoring.model.events import Event, EventKind
from scoring.model.findings import Finding
from scoring.model.publications import Objection, ObjectionState, Turn, TurnKind
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.homes.database import Cursor
from scoring.store.pieces import insert_files, whole
from scoring.store.publications import load_board
from scoring.store.queries import query
from scoring.store.state import last_of

KINDS = (EventKind.OBJECTION, EventKind.ANSWER, EventKind.REPLY)
File = tuple[str, bytes]  # name and content


@dataclass(frozen=True, slots=True)
class Complaint:
    """An objection about to be filed: to which line, in whose words, to be answered by when, with which files.

    ``publication`` is ``""`` after 初评; ``line`` and ``year`` then say what is objected to.
    """

    publication: str
    unit: str
    clause: str
    text: str
    by: str
    due: date
    item: str = ""
    files: Sequence[File] = ()
    line: Finding | None = None
    year: int = 0


def file_objection(cursor: Cursor, complaint: Complaint, at: datetime | None) -> Objection:
    """Enter an objection under the next number, counted from 1.

    Raises:
        RefusedError: there is no such line, the time for objections is over or has not come, or a name or the text is
            missing.
    """
    filed_on = day_of(at)
    year, rests_on = _open_line(cursor, complaint, filed_on)
    if complaint.due < filed_on:
        raise RefusedError("答复期限早于申诉日期。")
    number = len(events(cursor, [EventKind.OBJECTION])) + 1
    details = {
        "publication": complaint.publication,
        "unit": complaint.unit,
        "clause": complaint.clause,
        "item": complaint.item,
        "filed_on": filed_on.isoformat(),
        "due": complaint.due.isoformat(),
        **_kept(cursor, number, complaint.files),
        **({"line": finding_to_dict(complaint.line)} if complaint.line and not complaint.publication else {}),
    }
    entry = Entry(EventKind.OBJECTION, complaint.by, str(number), complaint.text, rests_on, details, year)
    return _objection(append(cursor, entry, at))


def _open_line(cursor: Cursor, complaint: Complaint, day: date) -> tuple[int, str]:
    """Return the year of what is objected to and the hash of its board (``""``: none was kept).

    Raises:
        RefusedError: there is no such line, or the administrator's window is not open.
    """
    if not complaint.publication:
        doors = _doors(cursor, complaint.year)
        if complaint.line is None or (complaint.line.unit, complaint.line.clause) != (complaint.unit, complaint.clause):
            raise RefusedError("没有写明对哪一项申诉。")
        if not doors.is_open_first(day):
            raise RefusedError("现在不是初评申诉的时间。")
        return complaint.year, ""
    board = load_board(cursor, complaint.publication)
    card = board.card.get(complaint.unit)
    if card is None or card.finding(complaint.clause, complaint.item) is None:
        raise RefusedError(f"定稿 {complaint.publication} 里没有 {complaint.unit} 的 {complaint.clause} 这一项。")
    last = last_day(_doors(cursor, board.year), _publication(cursor, complaint.publication).at)
    if last and day > last:
        raise RefusedError(f"对定稿 {complaint.publication} 的申诉到 {last} 为止。")
    return board.year, _publication(cursor, complaint.publication).rests_on


def last_day(doors: Doors, published_at: datetime) -> date | None:
    """Return the last day for objections to a final board; None where no end is set."""
    return None if doors.final_days is None else add_working_days(published_at.date(), doors.final_days)


def _doors(cursor: Cursor, year: int) -> Doors:
    event = last_of(cursor, EventKind.SETTING, None, subject=doors_key(year))
    return read_doors(str(details_of(event)["value"]) if event else None)


def answer_objection(
    cursor: Cursor, number: int, state: ObjectionState, answer: str, actor: str, at: datetime | None
) -> Objection:
    """Answer an objection. A second answer stands beside the first in the history, and in its place on the page.

    Raises:
        RefusedError: there is no such objection, it was answered so before, or the answer decides nothing.
    """
    objection = _known(cursor, number)
    if state is ObjectionState.OPEN:
        raise RefusedError("请选择采纳或不采纳。")
    if (objection.state, objection.answer) == (state, answer.strip()):
        raise RefusedError(f"第 {number} 号申诉已经这样答复过。")
    details = {"state": state.value, "answered_on": day_of(at).isoformat()}
    return _turned(objection, append(cursor, _turn(cursor, objection, EventKind.ANSWER, actor, answer, details), at))


def reply_to_answer(
    cursor: Cursor,
    number: int,
    text: str,
    actor: str,
    due: date,
    files: Sequence[File],
    at: datetime | None,
) -> Objection:
    """Object to the answer, once; the next answer is the decision.

    Raises:
        RefusedError: there is no such objection, it waits for its answer, or it was decided.
    """
    objection = _known(cursor, number)
    if objection.state is ObjectionState.OPEN:
        raise RefusedError(f"第 {number} 号申诉还没有答复。")
    if not objection.may_reply:
        raise RefusedError(f"第 {number} 号申诉已经再申诉过，答复就是决定。")
    if due < day_of(at):
        raise RefusedError("答复期限早于申诉日期。")
    details = {"due": due.isoformat(), **_kept(cursor, number, files)}
    return _turned(objection, append(cursor, _turn(cursor, objection, EventKind.REPLY, actor, text, details), at))


def list_objections(cursor: Cursor, year: int | None, known_at: datetime | None) -> tuple[Objection, ...]:
    """List the objections of a year (None: of all) as they stood at a moment, in order."""
    objections: dict[str, Objection] = {}
    for event in events(cursor, KINDS, known_at, year):
        if event.kind is EventKind.OBJECTION:
            objections[event.subject] = _objection(event)
        else:
            objections[event.subject] = _turned(objections[event.subject], event)
    return tuple(objections.values())


def load_file(cursor: Cursor, number: int, sha: str) -> File:
    """Return the name and the bytes of a file that came with an objection.

    Raises:
        RefusedError: there is none.
    """
    row = cursor.execute(query("objection_file"), [number, sha]).fetchone()
    if row is None:
        raise RefusedError(f"第 {number} 号申诉没有这个文件。")
    return str(row[0]), whole(cursor, sha, row[1])


def changed_files(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the objections whose files are no longer what their events say, or gone."""
    told: dict[str, list[tuple[str, str]]] = {}
    for event in recorded:
        if event.kind in KINDS:
            told.setdefault(event.subject, []).extend((name, sha) for name, sha in details_of(event).get("files", ()))
    kept: dict[str, list[tuple[str, str]]] = {}
    for number, _, name, sha, content in cursor.execute(query("all_objection_files")).fetchall():
        kept.setdefault(str(number), []).append((name, sha256(whole(cursor, sha, content)).hexdigest()))
    numbers = sorted(told.keys() | kept.keys(), key=int)
    return tuple(f"第 {one} 号申诉的文件被改动过。" for one in numbers if told.get(one, []) != kept.get(one, []))


def _known(cursor: Cursor, number: int) -> Objection:
    objection = next((one for one in list_objections(cursor, None, None) if one.number == number), None)
    if objection is None:
        raise RefusedError(f"没有第 {number} 号申诉。")
    return objection


def _turn(
    cursor: Cursor, objection: Objection, kind: EventKind, actor: str, text: str, details: dict[str, Any]
) -> Entry:
    rests_on = _publication(cursor, objection.publication).rests_on if objection.publication else ""
    return Entry(kind, actor, str(objection.number), text, rests_on, details, objection.year)


def _kept(cursor: Cursor, number: int, files: Sequence[File]) -> dict[str, object]:
    """Keep files of an objection; return what its event says of them."""
    (first,) = cursor.execute(query("count_objection_files"), [number]).fetchone() or (0,)
    told = [[name, sha256(content).hexdigest()] for name, content in files]
    for position, (name, sha) in enumerate(told, int(first)):
        cursor.execute(query("insert_objection_file"), [number, position, name, sha, b""])
    insert_files(cursor, (content for _, content in files))
    return {"files": told} if told else {}


def _publication(cursor: Cursor, number: str) -> Event:
    """Return the event that made a board final."""
    return next(event for event in events(cursor, [EventKind.PUBLICATION]) if event.subject == number)


def _objection(event: Event) -> Objection:
    """Return the objection that an event filed."""
    given = details_of(event)
    filed_on, due = date.fromisoformat(given.pop("filed_on")), date.fromisoformat(given.pop("due"))
    number, year = int(event.subject), event.year or 0
    turns = (Turn(TurnKind.OBJECTION, event.actor, event.at, event.reason, _files(given.pop("files", ()))),)
    line = given.pop("line", None)
    filed = Objection(number, year, text=event.reason, by=event.actor, filed_on=filed_on, due=due, turns=turns, **given)
    return replace(filed, line=finding_from_dict(line, year)) if line else filed


def _turned(objection: Objection, event: Event) -> Objection:
    """Return an objection with the turn that an event added."""
    given, turns = details_of(event), objection.turns
    if event.kind is EventKind.REPLY:
        turn = Turn(TurnKind.REPLY, event.actor, event.at, event.reason, _files(given.get("files", ())))
        due = date.fromisoformat(given["due"])
        return replace(objection, state=ObjectionState.OPEN, answer="", answered_on=None, due=due, turns=(*turns, turn))
    state, answered_on = ObjectionState(given["state"]), date.fromisoformat(given["answered_on"])
    turn = Turn(TurnKind.ANSWER, event.actor, event.at, event.reason, state=state)
    return replace(objection, state=state, answer=event.reason, answered_on=answered_on, turns=(*turns, turn))


def _files(told: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, sha) for name, sha in told)
