"""Nobody overwrites anybody: an act says up to which event its author had looked, and is refused where more has happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoring.model.events import Event, EventKind
from scoring.store.errors import ChangedError
from scoring.store.events import details_of, event_of, events
from scoring.store.homes.database import Cursor
from scoring.store.queries import query

FILES = frozenset({EventKind.UPLOAD, EventKind.WITHDRAW_UPLOAD, EventKind.RESTORE_UPLOAD})
RULINGS = frozenset({EventKind.RULING, EventKind.WITHDRAW_RULING})
PLACINGS = frozenset({EventKind.PLACING, EventKind.WITHDRAW_PLACING})
FRAME = frozenset({EventKind.POLICY, EventKind.RULES})  # what every score of a year rests on
TIES = frozenset({EventKind.TIE, EventKind.WITHDRAW_TIE})
TURNS = frozenset({EventKind.ANSWER, EventKind.REPLY})
DECISIONS = frozenset({EventKind.TAKE_IN, EventKind.SEND_BACK})  # about what a unit sent
SETTINGS = frozenset({EventKind.SETTING})
TOLD_SETTINGS = frozenset({"doors", "holidays", "letterhead", "rules"})  # how their keys begin
BOARD = FILES | RULINGS | PLACINGS | FRAME


@dataclass(frozen=True, slots=True)
class Seen:
    """The number of the newest event that the author of an act had seen, and the year that the act is about."""

    number: int
    year: int


def changes_since(cursor: Cursor, seen: Seen) -> tuple[Event, ...]:
    """List what has happened since in the year, or in no single one, in order."""
    rows = cursor.execute(query("events_after"), [seen.number]).fetchall()
    later = (event_of(row) for row in rows)
    return tuple(event for event in later if event.year in (seen.year, None))


def told_since(cursor: Cursor, seen: Seen) -> tuple[Event, ...]:
    """List of these what whoever has a page open is told: of settings only those that somebody fills in for all."""
    return tuple(
        event
        for event in changes_since(cursor, seen)
        if event.kind is not EventKind.SETTING or event.subject.partition("_")[0] in TOLD_SETTINGS
    )


def refuse_changed(cursor: Cursor, seen: Seen | None, concerns: Callable[[Event], bool]) -> None:
    """Refuse an act where something that concerns it has happened since; ``seen`` None: the author looked at nothing.

    Raises:
        ChangedError: with the events that concern it.
    """
    if seen is None:
        return
    concerning = tuple(event for event in changes_since(cursor, seen) if concerns(event))
    if concerning:
        raise ChangedError(concerning)


def of_unit(cursor: Cursor, unit: str) -> Callable[[Event], bool]:
    """Tell whether an event concerns what a ruling on a unit rests on: its ledgers, evidence, rulings, readings and rules."""

    def made(event: Event, kind: EventKind) -> list[Event]:
        """Return what an event is about: itself, or what it withdraws."""
        return (
            [event] if event.kind is kind else [one for one in events(cursor, [kind]) if one.subject == event.subject]
        )

    def concerns(event: Event) -> bool:
        if event.kind in FRAME:
            return True
        if event.kind is EventKind.UPLOAD:
            return any(unit == whose[0] for whose in details_of(event).get("ledgers", ()))
        if event.kind in FILES:
            return (unit,) in cursor.execute(query("units_of_file"), [event.subject]).fetchall()
        if event.kind in RULINGS:
            return any(details_of(ruled)["unit"] == unit for ruled in made(event, EventKind.RULING))
        if event.kind in PLACINGS:
            placed = made(event, EventKind.PLACING)
            return any(unit == move.get("unit") for one in placed for move in details_of(one)["moves"])
        return False

    return concerns


def of_kinds(kinds: frozenset[EventKind], subject: str | None = None) -> Callable[[Event], bool]:
    """Tell whether an event is of some kinds, and about a subject where one is given."""
    return lambda event: event.kind in kinds and subject in (None, event.subject)
