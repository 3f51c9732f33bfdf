"""The history's events, and the text that an event's hash is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class EventKind(StrEnum):
    """What an event did."""

    UPLOAD = "upload"
    WITHDRAW_UPLOAD = "withdraw_upload"
    RESTORE_UPLOAD = "restore_upload"
    RULING = "ruling"
    WITHDRAW_RULING = "withdraw_ruling"
    POLICY = "policy"
    RULES = "rules"
    PUBLICATION = "publication"
    OBJECTION = "objection"
    ANSWER = "answer"
    SETTING = "setting"
    SENDING = "sending"
    TAKE_IN = "take_in"
    SEND_BACK = "send_back"
    REPLY = "reply"
    ORIGINAL = "original"
    TIE = "tie"
    WITHDRAW_TIE = "withdraw_tie"
    PLACING = "placing"
    WITHDRAW_PLACING = "withdraw_placing"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history. ``number`` counts from 1.

    ``subject`` names what it concerns: a workbook's SHA-256, a ruling's, publication's or objection's number, a
    setting's key, a minute's unit. ``rests_on`` is the hash of what it rested on: the workbook's, the facts', the
    board's. ``details`` is JSON. ``chain`` is the hash over this line and the ``previous`` chain hash. ``year`` is the
    assessment year, None where it concerns no single one; ``details`` hold it too, so that the hash is over it.
    """

    number: int
    at: datetime
    actor: str
    kind: EventKind
    subject: str
    reason: str
    rests_on: str
    details: str
    previous: str
    chain: str
    year: int | None = None


def chain_hash(event: Event) -> str:
    """Return the SHA-256 over all that an event says and the chain hash of the one before it."""
    return sha256(hashed_text(event).encode()).hexdigest()


def hashed_text(event: Event) -> str:
    """Return the text that an event's chain hash is made of: whoever has both can check it, with any tool."""
    return compact([str(value) for value in event_columns(event)])


def event_columns(event: Event) -> tuple[object, ...]:
    """Return an event as the table of events holds it, without its chain hash; its moment is Beijing time without offset."""
    return (
        event.number,
        event.at.replace(tzinfo=None),
        event.actor,
        event.kind.value,
        event.subject,
        event.reason,
        event.rests_on,
        event.details,
        event.previous,
    )


def compact(value: object) -> str:
    """Write JSON in one form only, so that equal values have equal hashes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
