"""Things that show a claim: files beside the workbooks kept once each, and things inside a workbook had from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from scoring.calendar.clock import to_column
from scoring.evidence.extract import thing_of
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.parsed import ParsedWorkbook
from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.evidence_tables import BRINGING
from scoring.store.homes.database import Cursor
from scoring.store.pieces import kept_thing, whole
from scoring.store.placings import placed_name
from scoring.store.queries import query

Things = Mapping[str, bytes]  # SHA-256 -> the very bytes


def new_things(cursor: Cursor, parsed: ParsedWorkbook, things: Things) -> Iterator[tuple[str, bytes]]:
    """Yield SHA-256 and bytes of the files that came beside a workbook, as far as they are not kept already.

    Raises:
        RefusedError: a file that a row rests on, or that fits no row, did not come along, or is another one.
    """
    for item in dict.fromkeys(files_of(parsed)):
        sha = item.sha256 or ""
        data = things.get(sha)
        if cursor.execute(query("has_thing"), [sha]).fetchone():
            continue
        if data is None or sha256(data).hexdigest() != sha:
            raise RefusedError(f"随附文件“{item.name}”没有一起送来，没有保存。")
        yield sha, data


def files_of(parsed: ParsedWorkbook) -> Iterator[Evidence]:
    """Yield the files beside a workbook that its rows rest on, and those that fit no row."""
    for table in BRINGING:
        for fact in getattr(parsed.facts, table):
            yield from (item for item in fact.evidence if item.kind is EvidenceKind.FILE)
    yield from parsed.loose


def load_thing(cursor: Cursor, sha: str, known_at: datetime | None) -> tuple[str, bytes]:
    """Return a thing's name and its very bytes, as far as it had been received by a moment.

    Raises:
        RefusedError: no workbook that had come by then brings it, and nobody had placed it.
        StoreBrokenError: its bytes cannot be had any more.
    """
    row = cursor.execute(query("thing_place"), [sha, to_column(known_at)]).fetchone()
    placed = placed_name(cursor, sha, known_at) if row is None else None
    if row is None and placed is None:
        raise RefusedError(f"没有校验值为 {sha[:8]}… 的佐证。")
    name, part, upload_sha = row or (placed, "", "")
    if part:
        original = cursor.execute(query("original"), [upload_sha]).fetchone()
        data = thing_of(whole(cursor, upload_sha, original[1]), part, sha) if original else None
    else:
        data = kept_thing(cursor, sha)
    if data is None or sha256(data).hexdigest() != sha:
        raise StoreBrokenError(f"佐证“{name}”的内容取不出来，请用备份核对。")
    return str(name), data


def places_inside(cursor: Cursor, wanted: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return a workbook's SHA-256 -> (part, SHA-256) of the wanted things that lie inside it; files beside are left out."""
    places: dict[str, list[tuple[str, str]]] = {}
    for sha in wanted:
        row = cursor.execute(query("thing_place"), [sha, None]).fetchone()
        if row is not None and row[1]:
            places.setdefault(row[2], []).append((row[1], sha))
    return places


def changed_things(cursor: Cursor) -> tuple[str, ...]:
    """List, in Chinese, the files beside the workbooks that are no longer what they were, or are gone."""
    faults = [
        f"随附文件 {sha[:8]}… 的内容被改动过。"
        for sha, content in cursor.execute(query("things")).fetchall()
        if sha256(whole(cursor, sha, content)).hexdigest() != sha
    ]
    gone = cursor.execute(query("things_missing")).fetchall()
    return (*faults, *(f"随附文件“{name}”的内容缺失。" for name, _ in gone))
