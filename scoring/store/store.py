"""The store: what was sent, ruled and published, kept in one database and never changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from scoring.calendar.clock import from_column
from scoring.model.boards import Board
from scoring.model.events import Event, EventKind
from scoring.model.evidence import Evidence
from scoring.model.facts import Facts, Ruling
from scoring.model.looks import Look
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Placing, with_placings
from scoring.model.policy import Policy
from scoring.model.publications import Objection, ObjectionState, Publication
from scoring.model.sendings import Sending
from scoring.model.ties import TieDecision
from scoring.problems import Problem
from scoring.store import objections, originals, placings, publications, rulings, sendings, state, ties, uploads
from scoring.store.backup import copy_database
from scoring.store.board_tables import insert_board
from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.events import Entry, append, broken_links, changed_years, events
from scoring.store.fact_tables import numbered
from scoring.store.homes.database import Address, Database
from scoring.store.homes.opening import address_of, is_absent, open_database
from scoring.store.looks import insert_looks, load_looks
from scoring.store.objections import Complaint
from scoring.store.queries import query
from scoring.store.records import KeptOriginal, LedgerVersion, PlacingRecord, Receipt, RulingRecord, Upload
from scoring.store.sendings import File
from scoring.store.snapshot import write_snapshot
from scoring.store.staleness import (
    BOARD,
    DECISIONS,
    FILES,
    SETTINGS,
    TIES,
    TURNS,
    Seen,
    of_kinds,
    of_unit,
    refuse_changed,
    told_since,
)
from scoring.store.things import changed_things, load_thing, places_inside
from scoring.store.uploads import Incoming
from scoring.store.witness import Witness

_open_stores: dict[str, Store] = {}
_opening = threading.Lock()
REMEMBERED = 64
MARK_LENGTH, NO_MARK = 16, "-"  # of the newest event's hash, and where there is no event


def open_store(address: Address, note: Path | None = None) -> Store:
    """Open a database, a file made with its folder on first start. Within one process one address gives one store.

    ``note`` is the file in which the newest event is noted as well, to be compared with at every opening.

    Raises:
        StoreBusyError: another process holds it; ``process`` is its id.
        LostWorkError: it lacks events that were noted, or is gone.
        StoreBrokenError: it is no database of ours, was made by a newer program, or cannot be read.
    """
    name = address_of(address)
    with _opening:
        if name not in _open_stores:
            if note and is_absent(address):
                Witness(note).missing(Path(address))
            database = open_database(address)
            try:
                if note:
                    _watch(database, Witness(note), on_server=not isinstance(address, Path))
            except BaseException:
                database.close()
                raise
            _open_stores[name] = Store(database)
        return _open_stores[name]


def _watch(database: Database, witness: Witness, *, on_server: bool) -> None:
    """Compare the note with the database, and note each event from now on."""
    with database.reading() as cursor:
        number, _, chain = cursor.execute(query("last_event")).fetchone() or (0, None, "")
        noted = witness.noted()
        there = cursor.execute(query("event_chain"), [noted.number]).fetchone() if noted else None
    witness.check(number, there[0] if there else None, on_server=on_server)
    if noted is None and number:
        witness.note(number, chain)
    database.after_keeping = witness.note


class Store:
    """Everything that is kept. Moments are Beijing time where they carry no offset; ``known_at`` None is now.

    It has state because the process opens a database only once, for all sessions; each call has a cursor and a
    transaction of its own. All calls may be made from any thread. Nothing is ever changed or
    taken away: what is undone is undone by a further event. ``seen`` is how far the author of an act had looked; where
    something that concerns the act has happened since, it raises ``ChangedError``. Every method that writes raises ``RefusedError`` where a
    name or a due reason is missing, and ``StoreBrokenError`` where the database fails; either way nothing is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: state.Held = {}
        self._fingerprints: dict[tuple[str, int, datetime | None], str] = {}  # by the newest event's hash
        self._policies: dict[tuple[str, int, datetime | None], Policy] = {}

    @property
    def address(self) -> str:
        """Return where the database lies, without a password: what tells it from any other."""
        return self._database.address

    @property
    def whose(self) -> tuple[str, ...]:
        """Name the units that it tells of; empty: all."""
        return ()

    def close(self) -> None:
        """Let go of the database; where it is a file, another process may then open it."""
        with _opening:
            _open_stores.pop(self.address, None)
            self._database.close()

    # --- workbooks

    def save(  # noqa: PLR0913, PLR0917  a workbook, what came with it, and who sends it
        self,
        data: bytes,
        parsed: ParsedWorkbook,
        actor: str,
        reason: str = "",
        rules_hash: str = "",
        at: datetime | None = None,
        things: Mapping[str, bytes] | None = None,
        seen: Seen | None = None,
    ) -> Receipt:
        """Keep a workbook, its facts and problems, whole or not at all; the same bytes again change nothing.

        ``things`` are the bytes of the files that came beside it, by their SHA-256; each is kept once.
        ``rules_hash`` fingerprints the rules by which it was read; ``at`` is when it came. The receipt is read back.

        Raises:
            RefusedError: the file is no ledger, or ``at`` lies before the newest event or in the future.
        """
        sent = Incoming(data, parsed, actor, reason, rules_hash, things or {}, at)
        kept = self._keep([sent], seen)
        return self._receipt(sent.sha256, already=not kept)

    def save_all(self, arriving: Iterable[Incoming]) -> int:
        """Keep several workbooks, all of them or none; return how many were not there before.

        They come in the given order, each with an event of its own, in a fraction of the time that one by one takes.

        Raises:
            RefusedError: as in ``save``.
        """
        return len(self._keep(arriving))

    def _keep(self, arriving: Iterable[Incoming], seen: Seen | None = None) -> tuple[Incoming, ...]:
        """Keep workbooks in one transaction, and return those that were not there before."""
        sent: dict[str, Incoming] = {}
        for one in arriving:
            sent.setdefault(one.sha256, one)
        for one in sent.values():
            if one.parsed.refused:
                raise RefusedError(f"{one.parsed.workbook} 不是可以入库的台账，没有保存。")
            if one.parsed.facts.rulings:
                raise RefusedError("台账文件里不能带有审核认定。")
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(BOARD))
            new = tuple(one for sha, one in sent.items() if uploads.upload_of(cursor, sha) is None)
            if new:
                uploads.insert_uploads(cursor, new)
        return new

    def _receipt(self, sha: str, already: bool) -> Receipt:
        """Say what is kept of a workbook, as a fresh look at the database shows it.

        A COMMIT after an error inside its transaction returns as if all were well and keeps nothing.
        """
        with self._database.reading() as cursor:
            upload = uploads.find_upload(cursor, sha)
            if upload is None:
                raise StoreBrokenError("数据库没有留下这个文件，请重新入库。")
            return Receipt(already, upload, uploads.list_ledger_versions(cursor, None, None, sha))

    def withdraw_upload(
        self, sha: str, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> Event:
        """Let a workbook count no longer from now on; it stays readable."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(FILES, sha))
            return uploads.set_aside(cursor, EventKind.WITHDRAW_UPLOAD, sha, actor, reason, at)

    def restore_upload(
        self, sha: str, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> Event:
        """Let a withdrawn workbook count again from now on, in its old place in the order of arrival."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(FILES, sha))
            return uploads.set_aside(cursor, EventKind.RESTORE_UPLOAD, sha, actor, reason, at)

    def uploads(self, known_at: datetime | None = None) -> tuple[Upload, ...]:
        """List the workbooks received by a moment in the order of arrival, the withdrawn ones marked."""
        with self._database.reading() as cursor:
            return uploads.list_uploads(cursor, known_at)

    def ledger_versions(self, year: int | None, known_at: datetime | None = None) -> tuple[LedgerVersion, ...]:
        """List all versions of all ledgers of a year (None: of all). Grain: unit x year x quarter x version, in this order."""
        with self._database.reading() as cursor:
            return uploads.list_ledger_versions(cursor, year, known_at)

    def ledger_years(self) -> tuple[int, ...]:
        """List the assessment years of which some ledger was ever stored, in order."""
        with self._database.reading() as cursor:
            return uploads.list_ledger_years(cursor)

    def version_facts(self, unit: str, year: int, quarter: int, version: int) -> Facts:
        """Return what one version of a unit's ledger says, old and withdrawn ones too."""
        with self._database.reading() as cursor:
            return uploads.version_facts(cursor, unit, year, quarter, version)

    def find(self, data: bytes) -> Upload | None:
        """Return the stored workbook of these very bytes; None where they were never stored."""
        with self._database.reading() as cursor:
            return uploads.find_upload(cursor, sha256(data).hexdigest())

    def original(self, sha: str) -> tuple[str, bytes]:
        """Return a stored workbook's file name and the very bytes that were sent."""
        with self._database.reading() as cursor:
            return uploads.load_original(cursor, sha)

    def thing(self, sha: str, known_at: datetime | None = None) -> tuple[str, bytes]:
        """Return the name and the very bytes of a picture or file that a workbook brought by a moment.

        Raises:
            RefusedError: there is none with this hash.
        """
        with self._database.reading() as cursor:
            return load_thing(cursor, sha, known_at)

    def places_inside(self, wanted: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Return a workbook's SHA-256 -> (part, SHA-256) of the wanted things that lie inside it; others are left out."""
        with self._database.reading() as cursor:
            return places_inside(cursor, wanted)

    def looks(self) -> dict[str, Look]:
        """Return SHA-256 -> what a picture or file looks like, of all that were looked at."""
        with self._database.reading() as cursor:
            return load_looks(cursor)

    def keep_looks(self, found: Mapping[str, Look]) -> None:
        """Remember what things look like; no event, as it follows from their bytes."""
        with self._database.writing() as cursor:
            insert_looks(cursor, found)

    def problems(self, sha: str) -> tuple[Problem, ...]:
        """Return the problems that a stored workbook had when it came."""
        with self._database.reading() as cursor:
            return uploads.load_problems(cursor, uploads.known_upload(cursor, sha))

    def keep_original(
        self, name: str, data: bytes, actor: str, reason: str, at: datetime | None = None
    ) -> KeptOriginal:
        """Keep a file of which nothing counts as it came, once; no facts are taken from it, and it may be stored later."""
        with self._database.writing() as cursor:
            return originals.keep_original(cursor, name, data, actor, reason, at)

    def kept_originals(self, known_at: datetime | None = None) -> tuple[KeptOriginal, ...]:
        """List the files that had been kept as originals only by a moment, in order."""
        with self._database.reading() as cursor:
            return originals.list_originals(cursor, known_at)

    def kept_original(self, sha: str) -> tuple[str, bytes]:
        """Return the name and the very bytes of a file that was kept as an original only."""
        with self._database.reading() as cursor:
            return originals.load_kept(cursor, sha)

    # --- facts

    def facts(self, year: int, known_at: datetime | None = None) -> Facts:
        """Return all of a year that had been received and ruled by a moment and counted then, rulings included."""
        with self._database.reading() as cursor:
            return state.facts_at(cursor, year, known_at, self._held)

    def fingerprint(self, year: int, known_at: datetime | None = None) -> str:
        """Return the SHA-256 that names what ``facts`` returns, without reading it: equal names, equal facts.

        It is asked for on every rerun of every page, so it is remembered until there is a newer event in the database,
        whichever process entered it.
        """
        key = self._database.newest()[1], year, known_at
        fingerprint = self._fingerprints.get(key)
        if fingerprint is None:
            with self._database.reading() as cursor:
                fingerprint = state.fingerprint_at(cursor, year, known_at)
            if len(self._fingerprints) >= REMEMBERED:
                self._fingerprints = {}
            self._fingerprints[key] = fingerprint
        return fingerprint

    def preview(self, year: int, *parsed: ParsedWorkbook) -> Facts:
        """Return the facts of a year as they would be with further workbooks in; nothing is stored."""
        with self._database.reading() as cursor:
            facts, first = state.facts_at(cursor, year, None, self._held), uploads.next_upload(cursor)
            placed = placings.standing_placings(cursor, year, None)
        for number, workbook in enumerate(parsed, first):
            facts += with_placings(numbered(workbook.facts, number), placed)
        return facts

    # --- things put to a clause by hand

    def place(
        self,
        placing: Placing,
        actor: str,
        reason: str,
        things: Mapping[str, bytes] | None = None,
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> PlacingRecord:
        """Put things to clauses or take them off, all of it in one event, and return it as read back.

        ``things`` are the bytes of those that are not kept yet, by their SHA-256.
        """
        units = {move.place.unit for move in placing.moves if move.place}
        with self._database.writing() as cursor:
            for unit in sorted(units):
                refuse_changed(cursor, seen, of_unit(cursor, unit))
            number = placings.add_placing(cursor, placing, things or {}, (actor, reason), at).placing.number
        record = next((one for one in self.placing_records(placing.year) if one.placing.number == number), None)
        if record is None or record.placing.moves != placing.moves:
            raise StoreBrokenError("数据库没有留下这次放入的佐证，请重新办理。")
        return record

    def withdraw_placing(
        self, number: int, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> None:
        """Take a placing back: from now on things are where they were found."""
        with self._database.writing() as cursor:
            for unit in sorted(placings.units_of_placing(cursor, number)):
                refuse_changed(cursor, seen, of_unit(cursor, unit))
            placings.take_back_placing(cursor, number, actor, reason, at)

    def placing_records(self, year: int | None, known_at: datetime | None = None) -> tuple[PlacingRecord, ...]:
        """List all placings of a year (None: of all) made by a moment with who entered them, and who withdrew them since."""
        with self._database.reading() as cursor:
            return placings.list_placings(cursor, year, known_at)

    def loose_things(self, year: int, known_at: datetime | None = None) -> tuple[Evidence, ...]:
        """List the files of a year that were kept and fit no row, as far as nobody has put them to one, in order."""
        with self._database.reading() as cursor:
            return state.loose_at(cursor, year, known_at)

    # --- rulings

    def rule(self, ruling: Ruling, actor: str = "", at: datetime | None = None, seen: Seen | None = None) -> Ruling:
        """Enter a ruling and return it with its number. ``actor`` is who entered it, the reviewer where not given."""
        return self.rule_all((ruling,), actor or ruling.reviewer, at, seen)[0]

    def withdraw_ruling(
        self, number: int, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> None:
        """Take a ruling back: from now on what was computed stands again."""
        self.withdraw_rulings((number,), actor, reason, at, seen)

    def rule_all(
        self, found: Sequence[Ruling], actor: str, at: datetime | None = None, seen: Seen | None = None
    ) -> tuple[Ruling, ...]:
        """Enter several rulings of one year in one transaction, all or none, and return them with their numbers."""
        with self._database.writing() as cursor:
            for unit in {ruling.unit for ruling in found}:
                refuse_changed(cursor, seen, of_unit(cursor, unit))
            rests_on = {year: state.fingerprint_at(cursor, year, None) for year in {one.year for one in found}}
            return tuple(rulings.add_ruling(cursor, one, actor, rests_on[one.year], at) for one in found)

    def withdraw_rulings(
        self, numbers: Sequence[int], actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> None:
        """Take several rulings back in one transaction, all or none.

        Raises:
            RefusedError: there is no such ruling, or one has been withdrawn before.
        """
        with self._database.writing() as cursor:
            records = [rulings.record_of(cursor, number) for number in dict.fromkeys(numbers)]
            for unit in {record.ruling.unit for record in records}:
                refuse_changed(cursor, seen, of_unit(cursor, unit))
            rests_on = {year: state.fingerprint_at(cursor, year, None) for year in {one.ruling.year for one in records}}
            for record in records:
                rulings.take_back(cursor, record, actor, reason, rests_on[record.ruling.year], at)

    def rulings(self, year: int, known_at: datetime | None = None) -> tuple[Ruling, ...]:
        """List the rulings of a year that stood at a moment, in order."""
        with self._database.reading() as cursor:
            return rulings.standing_rulings(cursor, year, known_at)

    def ruling_records(self, year: int | None, known_at: datetime | None = None) -> tuple[RulingRecord, ...]:
        """List all rulings of a year (None: of all) made by a moment with who entered them when, and who withdrew them since."""
        with self._database.reading() as cursor:
            return rulings.list_records(cursor, year, known_at)

    # --- policy, rules, settings

    def set_policy(
        self,
        year: int,
        policy: Policy,
        actor: str,
        reason: str,
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> Event:
        """Make a policy the official one of a year from now on."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(BOARD))
            facts = state.fingerprint_at(cursor, year, None)
            entry = Entry(EventKind.POLICY, actor, "policy", reason, facts, policy.as_dict(), year)
            return append(cursor, entry, at)

    def policy(self, year: int, known_at: datetime | None = None) -> Policy:
        """Return the official policy of a year at a moment; before any was set, the published default.

        It is asked for on every rerun too, and remembered likewise.
        """
        key = self._database.newest()[1], year, known_at
        policy = self._policies.get(key)
        if policy is None:
            with self._database.reading() as cursor:
                policy = state.policy_at(cursor, year, known_at)
            self._policies = {**dict(list(self._policies.items())[-REMEMBERED:]), key: policy}
        return policy

    def record_rules(
        self,
        year: int,
        text: bytes,
        fingerprint: str,
        actor: str,
        reason: str = "",
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> None:
        """Keep the text of the rules of a year that are in force from now on; the same as before adds nothing."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(BOARD))
            entry = Entry(EventKind.RULES, actor, fingerprint, reason, fingerprint, year=year)
            state.enter_rules(cursor, text, entry, at)

    def rule_years(self, known_at: datetime | None = None) -> tuple[int, ...]:
        """List the years of which rules had been put in force by a moment."""
        with self._database.reading() as cursor:
            return state.years_with_rules(cursor, known_at)

    def rules_at(self, year: int, known_at: datetime | None = None) -> tuple[str, bytes] | None:
        """Return fingerprint and text of the rules of a year in force at a moment; None before any were recorded."""
        with self._database.reading() as cursor:
            event = state.last_of(cursor, EventKind.RULES, year, known_at)
            text = state.rules_text(cursor, event.subject) if event else None
            return (event.subject, text) if event and text is not None else None

    def rules_text(self, fingerprint: str) -> bytes | None:
        """Return a text of the rules that once was in force; None where it never was."""
        with self._database.reading() as cursor:
            return state.rules_text(cursor, fingerprint)

    def set_setting(
        self, key: str, value: str, actor: str, at: datetime | None = None, seen: Seen | None = None
    ) -> None:
        """Remember a value of the office's own (the fields of a 通报); the latest one counts."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(SETTINGS, key))
            append(cursor, Entry(EventKind.SETTING, actor, key, details={"value": value}), at)

    def refuse_newer(self, kinds: frozenset[EventKind], subject: str, seen: Seen) -> None:
        """Raise ``ChangedError`` where something of these kinds was done since about a subject, before anything is done."""
        with self._database.reading() as cursor:
            refuse_changed(cursor, seen, of_kinds(kinds, subject))

    def setting(self, key: str) -> str | None:
        """Return a remembered value; None where none was."""
        with self._database.reading() as cursor:
            event = state.last_of(cursor, EventKind.SETTING, None, subject=key)
            return str(json.loads(event.details)["value"]) if event else None

    # --- ties at the cut of a list

    def decide_tie(self, decision: TieDecision, at: datetime | None = None, seen: Seen | None = None) -> TieDecision:
        """Enter who of the tied units is listed; return it with its number and its day."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(BOARD | TIES | {EventKind.PUBLICATION}))
            rests_on = state.fingerprint_at(cursor, decision.year, None)
            return ties.add_tie(cursor, decision, rests_on, at)

    def withdraw_tie(
        self, number: int, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> None:
        """Take a decision back: from now on the tie is open again."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(TIES | {EventKind.PUBLICATION}))
            ties.take_back_tie(cursor, number, actor, reason, at)

    def tie_decisions(self, year: int, known_at: datetime | None = None) -> tuple[TieDecision, ...]:
        """List the decisions of a year that stood at a moment, in order."""
        with self._database.reading() as cursor:
            return ties.list_ties(cursor, year, known_at)

    # --- boards, publications, objections

    def write_board(self, board: Board, facts: str = "") -> str:
        """Write a board to the tables ``scores`` and ``findings`` for other tools, and return its key.

        ``facts`` is the ``fingerprint`` of the facts that it was computed from, the present one where not given.
        """
        with self._database.writing() as cursor:
            return insert_board(cursor, board, facts or state.fingerprint_at(cursor, board.year, None))

    def board_written_at(self, year: int) -> datetime | None:
        """Return when ``write_board`` last wrote a board of a year; None where it never did."""
        with self._database.reading() as cursor:
            (written,) = cursor.execute(query("board_written_at"), [year]).fetchone() or (None,)
            return written and from_column(written)

    def publish(
        self,
        receipt: Publication,
        board: Board,
        reason: str = "",
        at: datetime | None = None,
        papers: publications.Papers | None = None,
        seen: Seen | None = None,
    ) -> Publication:
        """Make a board final and keep it whole; return the receipt with the moment at which that was done.

        ``papers`` makes its papers of that receipt; they are kept with it.

        Raises:
            StaleBoardError: facts or rulings have changed since the receipt was written.
            RefusedError: the number is taken, the predecessor unknown, an override has no reason, or receipt and board
                differ in day or rules.
        """
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(BOARD | TIES | {EventKind.PUBLICATION}))
            return publications.insert_publication(cursor, receipt, board, reason, at, papers)

    def next_publication_number(self, series: str) -> str:
        """Return the next free number of a series: ``2023-年度`` gives ``2023-年度-01``."""
        with self._database.reading() as cursor:
            return publications.next_number(cursor, series)

    def publications(self, year: int | None, known_at: datetime | None = None) -> tuple[Publication, ...]:
        """List the receipts of the final boards of a year (None: of all), in order."""
        with self._database.reading() as cursor:
            return publications.list_publications(cursor, year, known_at)

    def published_board(self, number: str) -> Board:
        """Return a final board exactly as it was published, whatever has changed since."""
        with self._database.reading() as cursor:
            return publications.load_board(cursor, number)

    def published_papers(self, number: str) -> dict[str, bytes]:
        """Return the papers of a final board by their files' names, as they were handed out; empty for the oldest ones."""
        with self._database.reading() as cursor:
            return publications.load_papers(cursor, number)

    def published_calendar(self, number: str) -> str:
        """Return the calendar of a final board, as the text of a whole table of holidays.

        Raises:
            RefusedError: there is none of this number.
        """
        with self._database.reading() as cursor:
            return publications.load_calendar(cursor, number)

    # --- what units sent themselves

    def send(
        self, year: int, units: Sequence[str], files: Sequence[File], actor: str, at: datetime | None = None
    ) -> Sending:
        """Keep what units sent themselves, whole, until it is taken in or sent back; return the receipt."""
        with self._database.writing() as cursor:
            return sendings.add_sending(cursor, year, units, files, actor, at)

    def take_in(self, number: int, actor: str, at: datetime | None = None, seen: Seen | None = None) -> Sending:
        """Enter that what was sent has been stored."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(DECISIONS, str(number)))
            return sendings.decide(cursor, number, EventKind.TAKE_IN, actor, "", at)

    def send_back(
        self, number: int, actor: str, reason: str, at: datetime | None = None, seen: Seen | None = None
    ) -> Sending:
        """Send back what was sent, with the reason."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(DECISIONS, str(number)))
            return sendings.decide(cursor, number, EventKind.SEND_BACK, actor, reason, at)

    def sendings(self, year: int | None, known_at: datetime | None = None) -> tuple[Sending, ...]:
        """List what units sent themselves in a year (None: in all) as it stood at a moment, in order."""
        with self._database.reading() as cursor:
            return sendings.list_sendings(cursor, year, known_at)

    def sent_files(self, number: int) -> tuple[File, ...]:
        """Return the files of a sending by name, as they were sent."""
        with self._database.reading() as cursor:
            return sendings.load_files(cursor, number)

    # --- objections

    def file_objection(self, complaint: Complaint, at: datetime | None = None) -> Objection:
        """Enter an objection to one line of a final board and return it with its number."""
        with self._database.writing() as cursor:
            return objections.file_objection(cursor, complaint, at)

    def answer_objection(
        self,
        number: int,
        state: ObjectionState,
        answer: str,
        actor: str,
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> Objection:
        """Uphold or dismiss an objection, with the answer given, and return it as it then stands."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(TURNS, str(number)))
            return objections.answer_objection(cursor, number, state, answer, actor, at)

    def reply_to_answer(
        self,
        number: int,
        text: str,
        actor: str,
        due: date,
        files: Sequence[File] = (),
        at: datetime | None = None,
        seen: Seen | None = None,
    ) -> Objection:
        """Object once more, to the answer, and return the objection as it then stands."""
        with self._database.writing() as cursor:
            refuse_changed(cursor, seen, of_kinds(TURNS, str(number)))
            return objections.reply_to_answer(cursor, number, text, actor, due, files, at)

    def objection_file(self, number: int, sha: str) -> File:
        """Return the name and the bytes of a file that came with an objection."""
        with self._database.reading() as cursor:
            return objections.load_file(cursor, number, sha)

    def objections(self, year: int | None, known_at: datetime | None = None) -> tuple[Objection, ...]:
        """List the objections of a year (None: of all) as they stood at a moment, in order."""
        with self._database.reading() as cursor:
            return objections.list_objections(cursor, year, known_at)

    # --- history and safety

    def note_minute(self, year: int, about: str, decided: str, actor: str, at: datetime | None = None) -> Event:
        """Enter what a meeting decided; ``about`` is a unit, or what else it is about. It changes no score by itself.

        Raises:
            RefusedError: nobody's name is given, or nothing was decided.
        """
        with self._database.writing() as cursor:
            rests_on = state.fingerprint_at(cursor, year, None)
            return append(cursor, Entry(EventKind.MINUTE, actor, about, decided, rests_on, year=year), at)

    def minutes(self, year: int, known_at: datetime | None = None) -> tuple[Event, ...]:
        """List what meetings of a year decided, in order."""
        with self._database.reading() as cursor:
            return events(cursor, [EventKind.MINUTE], known_at, year)

    def history(self, known_at: datetime | None = None) -> tuple[Event, ...]:
        """List all events up to a moment, in order."""
        with self._database.reading() as cursor:
            return events(cursor, known_at=known_at)

    def newest(self) -> int:
        """Return the number of the newest event; 0 where there is none. Open pages ask for it every few seconds."""
        return self._database.newest()[0]

    def mark(self) -> str:
        """Return what names all that was ever entered: another one, as soon as there is a newer event."""
        return self._database.newest()[1][:MARK_LENGTH] or NO_MARK

    def since(self, seen: Seen) -> tuple[Event, ...]:
        """List what has happened since somebody looked, as far as it concerns whoever has a page open, in order."""
        with self._database.reading() as cursor:
            return told_since(cursor, seen)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Return the moments of the first and of the newest event; None where there is none."""
        with self._database.reading() as cursor:
            first, last = cursor.execute(query("span")).fetchone() or (None, None)
        return first and from_column(first), last and from_column(last)

    def verify_history(self) -> tuple[str, ...]:
        """List, in Chinese, whatever was changed behind the store's back; empty where all is as it was entered."""
        with self._database.reading() as cursor:
            recorded = events(cursor)
            contents = uploads.changed_contents(cursor, recorded)
            boards = publications.changed_boards(cursor, recorded) + publications.changed_papers(cursor, recorded)
            boards += publications.changed_calendars(cursor, recorded)
            things = (*changed_things(cursor), *originals.missing_originals(cursor, recorded))
            things += placings.missing_placed(cursor, recorded)
            rulebooks = state.changed_rules(cursor)
            sent = sendings.changed_files(cursor, recorded) + objections.changed_files(cursor, recorded)
            return (*broken_links(recorded), *changed_years(recorded), *contents, *sent, *things, *boards, *rulebooks)

    def accept(self, actor: str, reason: str) -> Event:
        """Enter that somebody has looked at the database and at this machine's clock, and takes both as they are."""
        if not reason.strip():
            raise RefusedError("请填写理由。")
        with self._database.writing() as cursor:
            return append(
                cursor,
                Entry(EventKind.SETTING, actor, "accepted", reason, details={"value": reason}),
                trusts_clock=True,
            )

    def gone(self) -> str:
        """Say that the database's file was taken away or replaced beneath the running program; ``""``: it was not."""
        return self._database.gone()

    def fold(self) -> bool:
        """Fold the log of what was kept into the database's file, so that the file alone holds everything.

        Returns whether there was anything to fold; where somebody reads at the moment, a later call folds.
        """
        return self._database.fold()

    def log(self) -> tuple[int, int] | None:
        """Tell how the log stands that is to be folded (moment, bytes); None where there is none."""
        return self._database.log()

    def size(self) -> int:
        """Return how many bytes the database takes."""
        return self._database.size()

    def write_snapshot(self, target: Path) -> None:
        """Write the small file that other tools may open while the app runs: the Chinese views as tables."""
        write_snapshot(self._database, target)

    def backup(self, target: Path) -> None:
        """Write a checked copy of the whole database, also while others work in it; open it as any other."""
        copy_database(self._database, target)
