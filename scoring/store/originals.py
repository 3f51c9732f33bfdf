"""Files kept as they were sent and nothing more (只留原件): no facts are taken from them, and the same file may be stored later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from scoring.model.events import Event, EventKind
from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.homes.database import Cursor
from scoring.store.pieces import keep_things, kept_thing
from scoring.store.queries import query
from scoring.store.records import KeptOriginal


def keep_original(cursor: Cursor, name: str, data: bytes, actor: str, reason: str, at: datetime | None) -> KeptOriginal:
    """Keep a file's bytes, once, and enter who kept it why.

    Raises:
        RefusedError: it is kept already, or no reason is given.
    """
    sha = sha256(data).hexdigest()
    earlier = next((one for one in list_originals(cursor, None) if one.sha256 == sha), None)
    if earlier:
        raise RefusedError(f"“{name}”已经由{earlier.actor}留过原件。")
    if not cursor.execute(query("has_thing"), [sha]).fetchone():
        keep_things(cursor, {sha: data})
    details = {"file_name": name, "size": len(data)}
    return _original(append(cursor, Entry(EventKind.ORIGINAL, actor, sha, reason, sha, details), at))


def list_originals(cursor: Cursor, known_at: datetime | None) -> tuple[KeptOriginal, ...]:
    """List the files that had been kept so by a moment, in order."""
    return tuple(_original(event) for event in events(cursor, (EventKind.ORIGINAL,), known_at))


def load_kept(cursor: Cursor, sha: str) -> tuple[str, bytes]:
    """Return a kept file's name and its very bytes.

    Raises:
        RefusedError: no file with this hash was kept so.
        StoreBrokenError: its bytes cannot be had any more.
    """
    original = next((one for one in list_originals(cursor, None) if one.sha256 == sha), None)
    if original is None:
        raise RefusedError(f"没有校验值为 {sha[:8]}… 的原件。")
    data = kept_thing(cursor, sha)
    if data is None or sha256(data).hexdigest() != sha:
        raise StoreBrokenError(f"原件“{original.file_name}”的内容取不出来，请用备份核对。")
    return original.file_name, data


def missing_originals(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the kept files whose bytes are gone; changed bytes are found with those of the other files."""
    kept = (_original(event) for event in recorded if event.kind is EventKind.ORIGINAL)
    return tuple(
        f"只留原件的“{one.file_name}”的内容缺失。"
        for one in kept
        if not cursor.execute(query("has_thing"), [one.sha256]).fetchone()
    )


def _original(event: Event) -> KeptOriginal:
    given = details_of(event)
    return KeptOriginal(event.subject, given["file_name"], given["size"], event.at, event.actor, event.reason)
