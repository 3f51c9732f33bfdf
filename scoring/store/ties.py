"""What people decided about ties at a cut: entered with a number and a reason, withdrawn by a further event."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from scoring.calendar.clock import day_of
from scoring.model.events import Event, EventKind
from scoring.model.plain_json import from_json, to_json
from scoring.model.ties import TieDecision
from scoring.store.errors import RefusedError
from scoring.store.events import Entry, append, details_of, events, moment_of_next
from scoring.store.homes.database import Cursor

KINDS = (EventKind.TIE, EventKind.WITHDRAW_TIE)


def add_tie(cursor: Cursor, decision: TieDecision, rests_on: str, at: datetime | None) -> TieDecision:
    """Enter a decision under the next number and return it with the number and the day on which it was taken.

    Raises:
        RefusedError: a unit is to be listed that does not share the rank.
    """
    if not set(decision.listed) <= set(decision.tied) or len(decision.tied) < 2:
        raise RefusedError("只能在并列的单位里确定谁列入，没有保存。")
    moment, number = moment_of_next(cursor, at), len(events(cursor, [EventKind.TIE])) + 1
    kept = replace(decision, number=number, by=decision.by.strip(), day=day_of(moment))
    details = json.loads(to_json(kept))
    entry = Entry(EventKind.TIE, kept.by, str(number), kept.reason, rests_on, {"decision": details}, kept.year)
    append(cursor, entry, moment=moment)
    return kept


def take_back_tie(cursor: Cursor, number: int, actor: str, reason: str, at: datetime | None) -> None:
    """Withdraw a decision: from now on the tie is open again.

    Raises:
        RefusedError: there is no such decision that still stands.
    """
    decision = next((one for one in list_ties(cursor, None, None) if one.number == number), None)
    if decision is None:
        raise RefusedError(f"没有第 {number} 号并列决定，或者已经撤销。")
    append(cursor, Entry(EventKind.WITHDRAW_TIE, actor, str(number), reason, year=decision.year), at)


def list_ties(cursor: Cursor, year: int | None, known_at: datetime | None) -> tuple[TieDecision, ...]:
    """List the decisions of a year (None: of all) that stood at a moment, in order."""
    history = events(cursor, KINDS, known_at, year)
    withdrawn = {event.subject for event in history if event.kind is EventKind.WITHDRAW_TIE}
    return tuple(
        _decision(event) for event in history if event.kind is EventKind.TIE and event.subject not in withdrawn
    )


def _decision(event: Event) -> TieDecision:
    return from_json(json.dumps(details_of(event)["decision"]), TieDecision)
