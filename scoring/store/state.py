"""The state of the facts at a moment, its fingerprint, and what is in force beside it: policy, rules, settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from scoring.model.events import Event, EventKind, compact
from scoring.model.evidence import Evidence
from scoring.model.facts import Facts
from scoring.model.placings import with_placings
from scoring.model.policy import Policy, recorded_policy
from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.events import Entry, append, details_of, events
from scoring.store.evidence_tables import LOOSE, load_evidence
from scoring.store.fact_tables import load_facts
from scoring.store.homes.database import Cursor
from scoring.store.placings import list_placings, standing_placings
from scoring.store.queries import query
from scoring.store.rulings import standing_chains, standing_rulings
from scoring.store.uploads import standing_uploads

Held = dict[int, tuple[object, Facts]]  # year -> what names the facts but for rulings, and those facts


def facts_at(cursor: Cursor, year: int, known_at: datetime | None, held: Held | None = None) -> Facts:
    """Return all of a year that had been received and ruled by a moment and counted then.

    ``held`` keeps the last facts of each year: where only rulings came or went they are not read again.
    """
    uploads, placings = standing_uploads(cursor, year, known_at), standing_placings(cursor, year, known_at)
    name = tuple(uploads), tuple(placings)
    known = (held or {}).get(year)
    if known is None or known[0] != name:
        facts = load_facts(cursor, (upload for upload, _, _ in uploads), year)
        known = name, with_placings(facts, placings)
    if held is not None and known_at is None:
        held[year] = known
    return replace(known[1], rulings=standing_rulings(cursor, year, known_at))


def loose_at(cursor: Cursor, year: int, known_at: datetime | None) -> tuple[Evidence, ...]:
    """Return the files that came and fit no row, each content once, without those that somebody has put to one since."""
    uploads = [upload for upload, _, _ in standing_uploads(cursor, year, known_at)]
    brought = load_evidence(cursor, [uploads])
    moves = [move for placing in standing_placings(cursor, year, known_at) for move in placing.moves]
    loose = list(brought[LOOSE].item) if LOOSE in brought else []
    loose += [move.thing for move in moves if move.place is None]
    placed = {move.thing.sha256 for move in moves if move.place and move.counts}
    placed |= {item.sha256 for table, items in brought.items() if table != LOOSE for item in items.item.values}
    return tuple({item.sha256: item for item in reversed(loose) if item.sha256 not in placed}.values())[::-1]


def fingerprint_at(cursor: Cursor, year: int, known_at: datetime | None) -> str:
    """Return the SHA-256 that names what ``facts_at`` returns: the workbooks that count, and the rulings and placings that stand.

    A workbook with ledgers of several years is named with the year of which it counts here.
    """
    standing = standing_uploads(cursor, year, known_at)
    uploads = [[upload, sha, year] if shared else [upload, sha] for upload, sha, shared in standing]
    rulings = standing_chains(cursor, year, known_at)
    placings = [record.event.chain for record in list_placings(cursor, year, known_at) if record.withdrawn is None]
    told = [uploads, rulings, *([placings] if placings else [])]
    return sha256(compact(told).encode()).hexdigest()


def last_of(
    cursor: Cursor,
    kind: EventKind,
    year: int | None,
    known_at: datetime | None = None,
    subject: str | None = None,
) -> Event | None:
    """Return the newest event of a kind (and a subject) in a year (None: in whatever year) up to a moment."""
    of_kind = [event for event in events(cursor, [kind], known_at, year) if subject in (None, event.subject)]
    return of_kind[-1] if of_kind else None


def policy_at(cursor: Cursor, year: int, known_at: datetime | None) -> Policy:
    """Return the official policy of a year at a moment; before any was set, the published default.

    Raises:
        StoreBrokenError: the policy on record names a reading that this program does not know.
    """
    event = last_of(cursor, EventKind.POLICY, year, known_at)
    try:
        return recorded_policy(details_of(event)) if event else Policy()
    except TypeError as error:
        raise StoreBrokenError("数据库里的正式口径含有本程序不认识的项目，请升级程序。") from error


def enter_rules(cursor: Cursor, text: bytes, entry: Entry, at: datetime | None) -> None:
    """Keep a text of a year's rules as the one in force from now on; the one in force already is left as it is.

    The entry's subject is the text's fingerprint.

    Raises:
        RefusedError: the fingerprint is not that of the text.
    """
    if sha256(text).hexdigest() != entry.subject:
        raise RefusedError("细则文件与其校验值不符。")
    newest = last_of(cursor, EventKind.RULES, entry.year)
    if newest and newest.subject == entry.subject:
        return
    event = append(cursor, entry, at)
    if rules_text(cursor, entry.subject) is None:
        cursor.execute(query("insert_rules_text"), [entry.subject, event.number, text])


def years_with_rules(cursor: Cursor, known_at: datetime | None) -> tuple[int, ...]:
    """List the years of which rules had been put in force by a moment."""
    return tuple(
        sorted({event.year for event in events(cursor, [EventKind.RULES], known_at) if event.year is not None})
    )


def rules_text(cursor: Cursor, fingerprint: str) -> bytes | None:
    """Return a text of the rules by its fingerprint; None where it was never in force."""
    row = cursor.execute(query("rules_text"), [fingerprint]).fetchone()
    return bytes(row[0]) if row else None


def changed_rules(cursor: Cursor) -> tuple[str, ...]:
    """List, in Chinese, the texts of the rules that are no longer what they were."""
    rows = cursor.execute(query("rules_texts")).fetchall()
    return tuple(f"细则文本 {name[:8]}… 被改动过。" for name, text in rows if sha256(text).hexdigest() != name)
