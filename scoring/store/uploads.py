"""Workbooks: stored whole and once, read back before anyone is told so, withdrawn and restored by events."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from scoring.calendar.clock import from_column, to_column
from scoring.model.events import Event, EventKind
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.problems import Problem, Severity
from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.events import Entry, append, append_all
from scoring.store.fact_tables import (
    FACT_TABLES,
    counted,
    insert_facts,
    ledgers_of,
    load_facts,
    load_ledgers,
    numbered,
)
from scoring.store.homes.database import Cursor, Row
from scoring.store.pieces import keep_things, whole
from scoring.store.queries import query
from scoring.store.records import LedgerVersion, Upload
from scoring.store.row_texts import row_texts
from scoring.store.things import new_things

AT_ONCE = 20_000  # rows that are hashed together
HASHED_TABLES = ("ledgers", *FACT_TABLES, "problems", "evidence")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A workbook about to be stored: its bytes, what was read from it, by whom, why, and by which rules.

    ``things`` are the bytes of the files that came beside it, by their SHA-256. ``at`` is when it came; None is now.
    """

    data: bytes
    parsed: ParsedWorkbook
    actor: str
    reason: str
    rules_hash: str
    things: Mapping[str, bytes] = field(default_factory=dict)
    at: datetime | None = None

    @property
    def sha256(self) -> str:
        """Return the hash that the workbook is known by."""
        return sha256(self.data).hexdigest()


def insert_uploads(cursor: Cursor, arriving: Sequence[Incoming]) -> None:
    """Write workbooks with their facts and problems, compare what the database then holds, and enter an event for each.

    Several are written in as many statements as one: a statement costs more than the rows of a workbook.

    Raises:
        StoreBrokenError: the database holds something else than was put in.
    """
    sent = dict(enumerate(arriving, next_upload(cursor)))
    facts = {upload: numbered(one.parsed.facts, upload) for upload, one in sent.items()}
    things = {sha: data for one in sent.values() for sha, data in new_things(cursor, one.parsed, one.things)}
    keep_things(cursor, things, [one.data for one in sent.values()])
    insert_facts(cursor, {upload: (facts[upload], one.parsed.loose) for upload, one in sent.items()})
    problems = {upload: map(_problem_row, one.parsed.problems) for upload, one in sent.items()}
    cursor.insert("problems", [row for upload, rows in problems.items() for row in counted(upload, rows)])
    _compare(cursor, sent, facts)
    digests = digest_rows(cursor, list(sent))
    told = [(_entry(one, upload, ledgers_of(facts[upload]), digests[upload]), one.at) for upload, one in sent.items()]
    events = append_all(cursor, told)
    rows = [_upload_row(one, upload, event) for (upload, one), event in zip(sent.items(), events, strict=True)]
    cursor.insert("uploads", rows)
    cursor.insert("upload_sizes", [(upload, len(one.data)) for upload, one in sent.items()])


def _entry(sent: Incoming, upload: int, ledgers: Sequence[Ledger], digest: str) -> Entry:
    """Return what the history says of a workbook; ``digest`` is that of its rows."""
    details = {
        "upload": upload,
        "file_name": sent.parsed.workbook,
        "rows": digest,
        "ledgers": [[ledger.unit, ledger.year, ledger.quarter] for ledger in ledgers],
    }
    year = only_year({ledger.year for ledger in ledgers})
    return Entry(EventKind.UPLOAD, sent.actor, sent.sha256, sent.reason, sent.sha256, details, year)


def _compare(cursor: Cursor, sent: Mapping[int, Incoming], facts: Mapping[int, Facts]) -> None:
    """Hold what the database gives back of workbooks against what was put in."""
    problems: dict[int, list[Problem]] = {}
    for upload, problem in _problems_of(cursor, list(sent)):
        problems.setdefault(upload, []).append(problem)
    same = load_facts(cursor, list(sent)) == Facts.joined(facts.values())
    if not same or any(tuple(problems.get(upload, ())) != one.parsed.problems for upload, one in sent.items()):
        names = "、".join(one.parsed.workbook for one in sent.values())
        raise StoreBrokenError(f"{names} 写入后读回的内容不一致，没有入库。")


def only_year(years: Collection[int]) -> int | None:
    """Return the year where there is only one; None where there are several, or none."""
    return next(iter(years)) if len(years) == 1 else None


def next_upload(cursor: Cursor) -> int:
    """Return the number that the next workbook will have."""
    row = cursor.execute(query("next_upload")).fetchone()
    return int(row[0]) if row else 0


def upload_of(cursor: Cursor, sha: str) -> int | None:
    """Return the number of a workbook by the hash of its bytes; None where it was never stored."""
    row = cursor.execute(query("upload_of"), [sha]).fetchone()
    return int(row[0]) if row else None


def known_upload(cursor: Cursor, sha: str) -> int:
    """Return the number of a stored workbook.

    Raises:
        RefusedError: there is none with this hash.
    """
    upload = upload_of(cursor, sha)
    if upload is None:
        raise RefusedError(f"没有校验值为 {sha[:8]}… 的入库文件。")
    return upload


def standing_uploads(cursor: Cursor, year: int, known_at: datetime | None) -> list[tuple[int, str, bool]]:
    """Return (number, SHA-256, holds other years too) of the workbooks that counted for a year at a moment, in order."""
    return cursor.execute(query("standing_uploads"), [to_column(known_at), year]).fetchall()


def list_uploads(cursor: Cursor, known_at: datetime | None) -> tuple[Upload, ...]:
    """List the workbooks that had been received by a moment, in the order of arrival."""
    return tuple(map(_upload, cursor.execute(query("uploads"), [to_column(known_at)]).fetchall()))


def find_upload(cursor: Cursor, sha: str) -> Upload | None:
    """Return a workbook as it stands now, by the hash of its bytes; None where it was never stored."""
    number = upload_of(cursor, sha)
    return None if number is None else _upload(cursor.execute(query("upload"), [number, sha]).fetchall()[0])


def _upload(row: Row) -> Upload:
    said: Row = (*row[:3], from_column(row[3]), *row[4:10], tuple(row[10]), *row[11:14], tuple(row[14] or ()))
    return Upload(*said)


def list_ledger_versions(
    cursor: Cursor, year: int | None, known_at: datetime | None, sha: str | None = None
) -> tuple[LedgerVersion, ...]:
    """List all versions of all ledgers of a year (None: of all) that had been received by a moment; ``sha``: of one file."""
    rows: list[Row] = cursor.execute(query("ledger_versions"), [to_column(known_at), year, sha]).fetchall()
    whole: list[Row] = [(*row[:10], from_column(row[10]), *row[11:]) for row in rows]
    return tuple(LedgerVersion(*row) for row in whole)


def version_facts(cursor: Cursor, unit: str, year: int, quarter: int, version: int) -> Facts:
    """Return what one version of a unit's ledger says.

    Raises:
        RefusedError: there is no such version.
    """
    row = cursor.execute(query("version_upload"), [unit, year, quarter, version]).fetchone()
    if row is None:
        raise RefusedError(f"{unit}{year}年第{quarter}季度没有第 {version} 版台账。")
    facts = load_facts(cursor, [row[0]])
    wanted = load_ledgers(cursor, [[row[0]]])[0][row[0], row[1]]
    return facts.where(lambda ledger: ledger == wanted)


def load_problems(cursor: Cursor, upload: int) -> tuple[Problem, ...]:
    """Return the problems that a workbook had when it was stored."""
    return tuple(problem for _, problem in _problems_of(cursor, [upload]))


def _problems_of(cursor: Cursor, uploads: list[int]) -> Iterator[tuple[int, Problem]]:
    """Yield the problems of some workbooks, each with the workbook's number."""
    for upload, severity, *rest in cursor.execute(query("problems"), [uploads]).fetchall():
        yield upload, Problem(Severity(severity), *rest)


def load_original(cursor: Cursor, sha: str) -> tuple[str, bytes]:
    """Return a stored workbook's file name and the bytes that were sent.

    Raises:
        RefusedError: there is none with this hash.
    """
    row = cursor.execute(query("original"), [sha]).fetchone()
    if row is None:
        raise RefusedError(f"没有校验值为 {sha[:8]}… 的入库文件。")
    return str(row[0]), whole(cursor, sha, row[1])


def set_aside(cursor: Cursor, kind: EventKind, sha: str, actor: str, reason: str, at: datetime | None) -> Event:
    """Withdraw a stored workbook, or restore it; it stays readable either way.

    Raises:
        RefusedError: it is unknown, or already in that state.
    """
    upload = known_upload(cursor, sha)
    withdrawn = cursor.execute(query("is_withdrawn"), [sha]).fetchone()
    standing = not (withdrawn and withdrawn[0])
    if standing is not (kind is EventKind.WITHDRAW_UPLOAD):
        raise RefusedError("这个文件没有被撤回，无需恢复。" if standing else "这个文件已经撤回。")
    year = only_year({row[1] for row in cursor.execute(query("years_of_upload"), [upload]).fetchall()})
    return append(cursor, Entry(kind, actor, sha, reason, sha, year=year), at)


def digest_rows(cursor: Cursor, uploads: list[int]) -> dict[int, str]:
    """Return upload -> SHA-256 over all rows that it brought. Empty columns are left out, so a later one is no change."""
    totals = {upload: sha256() for upload in uploads}
    for table in HASHED_TABLES:
        cursor.execute(query(f"all_{table}"), [uploads])
        names = cursor.columns
        while rows := cursor.fetchmany(AT_ONCE):
            told = zip((row[0] for row in rows), row_texts(names, rows), strict=True)
            for upload, texts in groupby(told, key=itemgetter(0)):
                totals[upload].update("".join(f"{table}{text}\n" for _, text in texts).encode())
    return {upload: total.hexdigest() for upload, total in totals.items()}


def list_ledger_years(cursor: Cursor) -> tuple[int, ...]:
    """List the assessment years of which some ledger was ever stored, in order."""
    return tuple(year for (year,) in cursor.execute(query("years_of_ledgers")).fetchall())


def changed_contents(cursor: Cursor, recorded: Iterable[Event]) -> tuple[str, ...]:
    """List, in Chinese, the workbooks whose bytes or rows are no longer what their events say."""
    digest = {event.subject: event.details for event in recorded if event.kind is EventKind.UPLOAD}
    years = _years_by_upload(cursor)
    faults, present = [], set()
    for upload, sha, content in cursor.execute(query("contents")).fetchall():
        present.add(sha)
        if sha256(whole(cursor, sha, content)).hexdigest() != sha:
            faults.append(f"第 {upload + 1} 个入库文件的原件被改动过。")
        if digest_rows(cursor, [upload])[upload] not in digest.get(sha, "") or not _years_hold(
            years.get(upload, []), digest.get(sha, "{}")
        ):
            faults.append(f"第 {upload + 1} 个入库文件的数据被改动过。")
    faults += [f"入库文件 {sha[:8]}… 的数据缺失。" for sha in digest if sha not in present]
    return tuple(faults)


def _years_by_upload(cursor: Cursor) -> dict[int, list[list[object]]]:
    """Return upload -> [unit, year, quarter] of its ledgers."""
    whose_by_upload: dict[int, list[list[object]]] = {}
    for upload, *whose in cursor.execute(query("ledger_years")).fetchall():
        whose_by_upload.setdefault(upload, []).append(whose)
    return whose_by_upload


def _years_hold(present: list[list[object]], details: str) -> bool:
    """Tell whether a workbook's ledgers are of the years that its event says; before years were kept it says none."""
    said = json.loads(details).get("ledgers", [])
    return present == said if said and len(said[0]) == len(("unit", "year", "quarter")) else True


def _upload_row(sent: Incoming, upload: int, event: Event) -> Row:
    """Return the row of ``uploads``; the bytes are kept in pieces."""
    parsed = sent.parsed
    known = [upload, sent.sha256, event.number, to_column(event.at), event.actor, event.reason, parsed.workbook]
    return (*known, sent.rules_hash, parsed.rows_read, parsed.rows_kept_out, list(parsed.left_alone), b"")


def _problem_row(problem: Problem) -> tuple[str, ...]:
    """Return the row of ``problems``."""
    place = problem.workbook, problem.sheet, problem.cell
    return (problem.severity.value, problem.code, *place, problem.value, problem.message)
