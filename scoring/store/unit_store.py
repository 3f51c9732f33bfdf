"""The store as a 报送单位 sees it: its own units, and of the others what was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from scoring.model.boards import Board
from scoring.model.doors import doors_key, read_doors
from scoring.model.events import Event, EventKind
from scoring.model.facts import Facts, Ruling
from scoring.model.parsed import ParsedWorkbook
from scoring.model.publications import Objection, Publication
from scoring.model.sendings import Sending
from scoring.model.ties import TieDecision
from scoring.problems import Problem
from scoring.store.errors import RefusedError
from scoring.store.objections import KINDS as OBJECTION_KINDS
from scoring.store.objections import Complaint
from scoring.store.records import LedgerVersion, PlacingRecord, RulingRecord, Upload
from scoring.store.sendings import File
from scoring.store.staleness import Seen
from scoring.store.store import Store

# What concerns no single unit, and may be asked of the whole store.
SHARED = frozenset(
    {"address", "policy", "rule_years", "rules_at", "rules_text", "ledger_years", "setting", "find", "next_publication_number"}
)  # fmt: skip
PUBLISHED = frozenset({"通报.docx"})  # the papers of a final board that are for everybody
NOT_YOURS = "这不是您单位的内容。"


class UnitStore(Store):
    """A store cut to some units. It has state because it is a store.

    Whatever is neither defined here nor named in ``SHARED`` is refused, so that what the store learns later stays
    closed until somebody decides about it. A workbook that holds a further unit's ledger is not handed out.
    """

    def __init__(self, whole: Store, units: frozenset[str]) -> None:
        super().__init__(whole._database)
        self._whole = whole
        self._units = units
        self._workbooks: tuple[str, frozenset[str]] = "", frozenset()  # by the newest event's hash, as what follows
        self._newest: tuple[str, int] = "", 0

    def __getattribute__(self, name: str) -> object:
        """Return what may be asked.

        Raises:
            RefusedError: it may not.
        """
        if not name.startswith("_") and name not in SHARED and name not in vars(UnitStore):
            raise RefusedError("报送单位不能查看或办理这一项。")
        return super().__getattribute__(name)

    @property
    def whose(self) -> tuple[str, ...]:
        """Name the units."""
        return tuple(sorted(self._units))

    # --- workbooks

    def uploads(self, known_at: datetime | None = None) -> tuple[Upload, ...]:
        """List the workbooks that hold ledgers of the units and of nobody else."""
        own = self._own_workbooks()
        return tuple(upload for upload in self._whole.uploads(known_at) if upload.sha256 in own)

    def _own_workbooks(self) -> frozenset[str]:
        """Return the hashes of the workbooks of which every ledger is one of the units'."""
        mark = self._database.newest()[1]
        if self._workbooks[0] != mark:
            whose: dict[str, set[str]] = {}
            for version in self._whole.ledger_versions(None):
                whose.setdefault(version.sha256, set()).add(version.unit)
            self._workbooks = mark, frozenset(sha for sha, units in whose.items() if units <= self._units)
        return self._workbooks[1]

    def ledger_versions(self, year: int | None, known_at: datetime | None = None) -> tuple[LedgerVersion, ...]:
        """List the versions of the units' ledgers; of a workbook that came with others' the file's name is left out."""
        own = self._own_workbooks()
        versions = (one for one in self._whole.ledger_versions(year, known_at) if one.unit in self._units)
        return tuple(
            one if one.sha256 in own else replace(one, file_name="（与其他单位同在一个文件）") for one in versions
        )

    def version_facts(self, unit: str, year: int, quarter: int, version: int) -> Facts:
        """Return what one version of one of the units' ledgers says."""
        self._check(unit in self._units)
        return self._whole.version_facts(unit, year, quarter, version)

    def original(self, sha: str) -> tuple[str, bytes]:
        """Return the name and the bytes of a workbook that is wholly the units'."""
        self._check(sha in self._own_workbooks())
        return self._whole.original(sha)

    def problems(self, sha: str) -> tuple[Problem, ...]:
        """Return the problems of a workbook that is wholly the units'."""
        self._check(sha in self._own_workbooks())
        return self._whole.problems(sha)

    def thing(self, sha: str, known_at: datetime | None = None) -> tuple[str, bytes]:
        """Return a picture or file that one of the units' rows shows."""
        shown = (
            item.sha256
            for year in self._whole.ledger_years()
            for facts in (self.facts(year, known_at),)
            for listed in (facts.statements, facts.cases, facts.publicity, facts.incentives)
            for fact in listed
            for item in fact.evidence
        )
        self._check(sha in shown)
        return self._whole.thing(sha, known_at)

    def places_inside(self, wanted: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Return where wanted things lie, as far as their workbooks are wholly the units'."""
        own = self._own_workbooks()
        return {sha: parts for sha, parts in self._whole.places_inside(wanted).items() if sha in own}

    # --- facts and rulings

    def facts(self, year: int, known_at: datetime | None = None) -> Facts:
        """Return the units' facts of a year with the rulings that they may see."""
        own = self._whole.facts(year, known_at).of_units(self._units)
        return replace(own, rulings=self.rulings(year, known_at))

    def preview(self, year: int, *parsed: ParsedWorkbook) -> Facts:
        """Return the units' facts as they would be with further workbooks of theirs in."""
        facts = self._whole.preview(year, *parsed).of_units(self._units)
        return replace(facts, rulings=self.rulings(year))

    def fingerprint(self, year: int, known_at: datetime | None = None) -> str:
        """Return the name of what ``facts`` returns; what others send and what is ruled on them does not change it."""
        key = self._database.newest()[1], year, known_at
        name = self._fingerprints.get(key)
        if name is None:
            versions = [
                (one.unit, one.quarter, one.version, one.upload, one.sha256, one.withdrawn)
                for one in self._whole.ledger_versions(year, known_at)
                if one.unit in self._units
            ]
            rulings = [one.number for one in self.rulings(year, known_at)]
            placed = [one.placing.number for one in self._placed(year, known_at)]
            name = sha256(repr((versions, rulings, placed)).encode()).hexdigest()
            self._fingerprints = {key: name}
        return name

    def _placed(self, year: int, known_at: datetime | None) -> Iterator[PlacingRecord]:
        """Yield the standing placings of things on the units' clauses."""
        for one in self._whole.placing_records(year, known_at):
            places = (move.place for move in one.placing.moves if move.place)
            if one.withdrawn is None and any(place.unit in self._units for place in places):
                yield one

    def rulings(self, year: int, known_at: datetime | None = None) -> tuple[Ruling, ...]:
        """List the rulings on the units that they may see."""
        return tuple(one.ruling for one in self.ruling_records(year, known_at) if one.withdrawn is None)

    def ruling_records(self, year: int | None, known_at: datetime | None = None) -> tuple[RulingRecord, ...]:
        """List the rulings on the units with their fate: as they fall, or as the newest final board had them."""
        years = self._whole.ledger_years() if year is None else (year,)
        records: list[RulingRecord] = []
        for one in years:
            shown, until = self._rulings_until(one, known_at)
            records += self._whole.ruling_records(one, until) if shown else ()
        return tuple(record for record in records if record.ruling.unit in self._units)

    def _rulings_until(self, year: int, known_at: datetime | None) -> tuple[bool, datetime | None]:
        """Tell whether rulings are shown at all, and those up to which moment (None: now)."""
        if read_doors(self._whole.setting(doors_key(year))).verdicts_at_once:
            return True, known_at
        final = self._whole.publications(year, known_at)
        moments = [one.known_at or one.published_at for one in final[-1:]]
        return bool(moments), moments[0] if moments else None

    # --- sendings

    def send(
        self, year: int, units: Sequence[str], files: Sequence[File], actor: str, at: datetime | None = None
    ) -> Sending:
        """Keep what the units send."""
        self._check(set(units) <= self._units)
        return self._whole.send(year, units, files, actor, at)

    def sendings(self, year: int | None, known_at: datetime | None = None) -> tuple[Sending, ...]:
        """List what was sent by the units and nobody else."""
        return tuple(one for one in self._whole.sendings(year, known_at) if set(one.units) <= self._units)

    def sent_files(self, number: int) -> tuple[File, ...]:
        """Return the files of one of the units' sendings."""
        self._check(any(one.number == number for one in self.sendings(None)))
        return self._whole.sent_files(number)

    # --- final boards and objections

    def tie_decisions(self, _year: int, _known_at: datetime | None = None) -> tuple[TieDecision, ...]:
        """Tell of no decision: their boards hold the viewer's units only; a final board tells its own."""
        return ()

    def publications(self, year: int | None, known_at: datetime | None = None) -> tuple[Publication, ...]:
        """List the final boards, without what was passed over in them."""
        return tuple(replace(one, overrides=()) for one in self._whole.publications(year, known_at))

    def published_board(self, number: str) -> Board:
        """Return a final board; of other units it tells score and rank, not what decided them."""
        board = self._whole.published_board(number)
        cards = (card if card.unit in self._units else replace(card, findings=()) for card in board.cards)
        return replace(board, cards=tuple(cards))

    def published_papers(self, number: str) -> dict[str, bytes]:
        """Return the papers of a final board that are for everybody."""
        return {name: made for name, made in self._whole.published_papers(number).items() if name in PUBLISHED}

    def objections(self, year: int | None, known_at: datetime | None = None) -> tuple[Objection, ...]:
        """List the units' own objections."""
        return tuple(one for one in self._whole.objections(year, known_at) if one.unit in self._units)

    def file_objection(self, complaint: Complaint, at: datetime | None = None) -> Objection:
        """Enter an objection of one of the units."""
        self._check(complaint.unit in self._units)
        return self._whole.file_objection(complaint, at)

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
        """Object once more, to the answer to one of the units' objections."""
        self._check(any(one.number == number for one in self.objections(None)))
        return self._whole.reply_to_answer(number, text, actor, due, files, at, seen)

    def objection_file(self, number: int, sha: str) -> File:
        """Return a file that came with one of the units' objections."""
        self._check(any(one.number == number for one in self.objections(None)))
        return self._whole.objection_file(number, sha)

    def history(self, known_at: datetime | None = None) -> tuple[Event, ...]:
        """List the events of the units' own workbooks and objections."""
        own = {(EventKind.UPLOAD, sha) for sha in self._own_workbooks()}
        own |= {(kind, str(one.number)) for one in self.objections(None) for kind in OBJECTION_KINDS}
        return tuple(event for event in self._whole.history(known_at) if (event.kind, event.subject) in own)

    def newest(self) -> int:
        """Return the number of the newest event of the units' own; 0 where there is none."""
        mark = self._database.newest()[1]
        if self._newest[0] != mark:
            self._newest = mark, max((event.number for event in self.history()), default=0)
        return self._newest[1]

    @staticmethod
    def _check(theirs: bool) -> None:
        if not theirs:
            raise RefusedError(NOT_YOURS)
