"""Objections (申诉) to final boards: filed and answered by events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from duckdb import DuckDBPyConnection

from scoring.calendar.clock import day_of
from scoring.model.events import Event, EventKind
from scoring.model.publications import Objection, ObjectionState
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.publications import load_board


@dataclass(frozen=True, slots=True)
class Complaint:
    """An objection about to be filed: to which line of which publication, in whose words, to be answered by when."""

    publication: str
    unit: str
    clause: str
    text: str
    by: str
    due: date
    item: str = ""


def file_objection(cursor: DuckDBPyConnection, complaint: Complaint, at: datetime | None) -> Objection:
    """Enter an objection under the next number, counted from 1.

    Raises:
        RefusedError: there is no such publication, it has no such line, or a name or the text is missing.
    """
    board = load_board(cursor, complaint.publication)
    card = board.card.get(complaint.unit)
    if card is None or card.finding(complaint.clause, complaint.item) is None:
        raise RefusedError(f"定稿 {complaint.publication} 里没有 {complaint.unit} 的 {complaint.clause} 这一项。")
    filed_on = day_of(at)
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
    }
    entry = Entry(
        EventKind.OBJECTION,
        complaint.by,
        str(number),
        complaint.text,
        _published(cursor, complaint.publication),
        details,
        board.year,
    )
    return _objection(append(cursor, entry, at))


def answer_objection(
    cursor: DuckDBPyConnection, number: int, state: ObjectionState, answer: str, actor: str, at: datetime | None
) -> Objection:
    """Answer an objection. A second answer stands beside the first in the history, and in its place on the page.

    Raises:
        RefusedError: there is no such objection, it was answered so before, or the answer decides nothing.
    """
    objection = next((one for one in list_objections(cursor, None, None) if one.number == number), None)
    if objection is None:
        raise RefusedError(f"没有第 {number} 号申诉。")
    if state is ObjectionState.OPEN:
        raise RefusedError("请选择采纳或不采纳。")
    if (objection.state, objection.answer) == (state, answer.strip()):
        raise RefusedError(f"第 {number} 号申诉已经这样答复过。")
    answered_on = day_of(at)
    details = {"state": state.value, "answered_on": answered_on.isoformat()}
    published = _published(cursor, objection.publication)
    event = append(cursor, Entry(EventKind.ANSWER, actor, str(number), answer, published, details, objection.year), at)
    return _answered(objection, event)


def list_objections(cursor: DuckDBPyConnection, year: int | None, known_at: datetime | None) -> tuple[Objection, ...]:
    """List the objections of a year (None: of all) as they stood at a moment, in order."""
    found: dict[str, Objection] = {}
    for event in events(cursor, [EventKind.OBJECTION, EventKind.ANSWER], known_at, year):
        if event.kind is EventKind.OBJECTION:
            found[event.subject] = _objection(event)
        else:
            found[event.subject] = _answered(found[event.subject], event)
    return tuple(found.values())


def _published(cursor: DuckDBPyConnection, number: str) -> str:
    """Return the hash of the final board that an objection is about."""
    return next(event.rests_on for event in events(cursor, [EventKind.PUBLICATION]) if event.subject == number)


def _objection(event: Event) -> Objection:
    """Return the objection that an event filed."""
    given = details_of(event)
    filed_on, due = date.fromisoformat(given.pop("filed_on")), date.fromisoformat(given.pop("due"))
    number, year = int(event.subject), event.year or 0
    return Objection(number, year, text=event.reason, by=event.actor, filed_on=filed_on, due=due, **given)


def _answered(objection: Objection, event: Event) -> Objection:
    """Return an objection with the answer that an event gave."""
    given = details_of(event)
    answered_on = date.fromisoformat(given["answered_on"])
    return replace(objection, state=ObjectionState(given["state"]), answer=event.reason, answered_on=answered_on)
