"""Read the rows of a roster in which nothing is unusual, a column at a time.

A roster may have a hundred thousand rows, of which nearly all are in order. Understanding them one by one costs more
than reading the file. So each column is understood as a whole, every distinct value once, and the rows that say
anything worth a word (a blank, a day that cannot be read, 通水 before 受理 …) are told from those that do not.
The unusual ones are read one by one, as rows of every other sheet are; this module only builds the usual ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import compress
from operator import attrgetter
from typing import Any, cast

from scoring.calendar.workdays import working_days
from scoring.files.cells import column_letters
from scoring.ledger.rows.block_columns import BlockColumns, as_texts, filled, understood
from scoring.ledger.rows.row_reader import NO_SENDER, Reading
from scoring.model.columns import Column
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROSTER, Roster, RosterColumns
from scoring.problems import CATALOGUE, Problem
from scoring.words.phrasing import number
from scoring.words.project_types import ProjectTypes, TypeRead
from scoring.words.quantities import is_no_number, read_days
from scoring.words.statuses import as_text

TEXTS = ("credit_code", "steps", "materials", "fee")
JUDGED = ("accepted", "connected", "project_type", "external_line", "deducted", "stated_days")
MEMORISED = ("project_type", "external_line", "deducted", "stated_days")  # of which True and 1 may mean two things
ZERO, UNREAD = Decimal(0), Decimal("NaN")


class UsualRows:
    """The rows of one block, told apart: ``unusual`` are to be read one by one, in order, before ``build``.

    The ledgers of ``firsts`` are settled between them: so those of all rows alike are known.
    """

    def __init__(self, reading: Reading, types: ProjectTypes, rows: Sequence[int]) -> None:
        self.reading, self.types, self.rows = reading, types, rows
        self._cells = BlockColumns(reading, rows)
        self._taken: dict[str, list[Any]] = {}
        self._senders = self._cells.senders()
        self.is_usual = self._tell_apart()
        self.unusual = [row for row, usual in zip(rows, self.is_usual, strict=True) if not usual]
        self.firsts = {rows[place]: place for place in self._firsts()}  # of every sender, the first usual row

    # --- which rows are usual
    def _tell_apart(self) -> list[bool]:
        """Understand the columns, and tell for every row whether all of it is in order."""
        taken, days = self._taken, self.reading.envelope.days

        def day(value: object) -> date | None:
            read = days.read(value)
            return None if read is None or read.month_only else read.day

        raw = {name: self._cells.column(name) for name in JUDGED}
        taken["enterprise"] = [
            name.strip() if name.__class__ is str else "" for name in self._cells.column("enterprise")
        ]
        taken["accepted"] = understood(raw["accepted"], day)
        taken["connected"] = understood(raw["connected"], day)
        kinds = list(zip(raw["project_type"], raw["external_line"], strict=True))
        taken["class"] = understood(kinds, lambda kind: self._class(*kind))
        taken["deducted"] = understood(raw["deducted"], _deducted)
        taken["stated_days"] = understood(raw["stated_days"], _stated)
        named = zip(taken["enterprise"], taken["class"], self._in_order(), strict=True)
        usual = [bool(name) and kind is not None and in_order for name, kind, in_order in named]
        for place in self._apart(raw):
            usual[place] = False
        return usual

    def _class(self, kind: object, line: object) -> TypeRead | None:
        """Return what 项目类型 and 是否有外线 say; None where there is something to report."""
        read = self.types.read(kind, line)
        name = "external_line" if read.trouble.startswith("external") else "project_type"
        return None if read.is_error or (read.trouble and name in self.reading.has) else read

    def _in_order(self) -> Iterable[bool]:
        """Tell for every row whether its days and numbers can be read, and count the days between."""
        taken = self._taken
        if "connected" in self.reading.has:
            pairs = list(zip(taken["accepted"], taken["connected"], strict=True))
            between: list[Any] = understood(pairs, lambda pair: _days(*pair))
        else:
            between = [UNREAD if day is not None else None for day in taken["accepted"]]
        taken["days"] = between
        numbers = zip(between, taken["deducted"], taken["stated_days"], strict=True)
        return [
            days is not None and deducted is not None and stated is not UNREAD for days, deducted, stated in numbers
        ]

    def _apart(self, raw: Mapping[str, Sequence[object]]) -> set[int]:
        """Return the places of rows that are read one by one, whatever they say.

        These are those that a merged range, an error value or a second column of the same name touches, and those with a
        truth value, which Python takes for equal to 1 or 0.
        """
        grid = self.reading.grid
        apart: set[int] = set()
        touched = {row for row, _ in (*grid.origin, *grid.origin.values(), *grid.faults, *self.reading.torn)}
        touched.update(grid.held)
        if touched:
            apart.update(place for place, row in enumerate(self.rows) if row in touched)
        for name in MEMORISED:
            if bool in set(map(type, raw[name])):
                apart.update(place for place, value in enumerate(raw[name]) if value.__class__ is bool)
        for column in (*raw.values(), self._cells.column("enterprise")) if grid.faults else ():
            apart.update(place for place, value in enumerate(column) if str(value).startswith("#"))
        return apart

    def _firsts(self) -> list[int]:
        """Return the place of every sender's first usual row."""
        usual = self.is_usual
        places = list(compress(range(len(usual)), usual))
        if not self.reading.names_sender:
            return places[:1]
        senders = list(compress(self._senders, usual))
        return list(dict(zip(reversed(senders), reversed(places), strict=True)).values())

    def is_settled(self, row: int) -> bool:
        """Tell whether all rows with the sender of a first row are of one ledger, with nothing more to say of it."""
        sender = self._senders[self.firsts[row]] if self._senders else NO_SENDER
        return self.reading.sender.known.get(sender) is not None

    def drop(self, row: int) -> None:
        """Take a first row for unusual: it has been read, or kept out."""
        self.is_usual[self.firsts[row]] = False
        self.unusual.append(row)

    # --- the usual rows
    def build(self, header: CellRef, letter: str, scored: Callable[[Ledger], bool]) -> tuple[Roster, list[int]]:
        """Return the installations of the usual rows, and the rows of which no ledger could be told.

        ``header`` is the header cell above 企业名称, ``letter`` names that column. A row is left out where no roster is
        asked of its unit.
        """
        keep, left = list(self.is_usual), []
        ledgers = self._ledgers()
        wanted = {ledger: ledger is not None and scored(ledger) for ledger in set(compress(ledgers, keep))}
        if not all(wanted.values()):
            told = list(zip(self.rows, ledgers, keep, strict=True))
            left = [row for row, ledger, usual in told if usual and ledger is None]
            keep = [usual and wanted[ledger] for _, ledger, usual in told]
        self._compare_stated(keep)
        return self._built(list(compress(ledgers, keep)), keep, header, letter), left

    def _ledgers(self) -> list[Ledger | None]:
        """Return the ledger of every row as its sender's first row settled it; None where it could not."""
        known = self.reading.sender.known
        if not self.reading.names_sender:
            return [known.get(NO_SENDER)] * len(self.rows)
        return list(map(known.get, self._senders))

    def _compare_stated(self, keep: Sequence[bool]) -> None:
        """Report stated days that differ from the days counted; the words are made once for equal numbers."""
        if "connected" not in self.reading.has:
            return
        reading, column = self.reading, self.reading.where["stated_days"]
        numbers = (self._taken[name] for name in ("stated_days", "deducted", "days"))
        rows = compress(zip(self.rows, *numbers, strict=True), keep)
        differing = [
            (row, stated, computed)
            for row, stated, deducted, days in rows
            if stated is not None and stated + deducted != days and stated != (computed := max(ZERO, days - deducted))
        ]
        if not differing:
            return
        values = [reading.page.rows[row][column] for row, _, _ in differing]
        whole, letters = reading.page.whole, column_letters(column)

        def said(value: object, computed: Decimal) -> Problem:
            return CATALOGUE["stated-days-differ"].at(whole, as_text(value), computed=number(computed))

        pairs = list(zip(values, (computed for _, _, computed in differing), strict=True))
        told = understood(pairs, lambda pair: said(*pair))
        fields: dict[str, Iterable[Any]] = {name: map(attrgetter(name), told) for name in Problem.__slots__}
        fields["cell"] = (f"{letters}{row + 1}" for row, _, _ in differing)
        reading.into.problems += filled(Problem, len(told), list(fields.values()))

    def _built(self, ledgers: Sequence[Ledger | None], keep: Sequence[bool], header: CellRef, letter: str) -> Roster:
        rows = array("q", [row + 1 for row in compress(self.rows, keep)])
        count = len(rows)
        if not count:
            return NO_ROSTER
        page, taken = self.reading.page, {name: list(compress(column, keep)) for name, column in self._taken.items()}
        code, *numbers = (as_texts(list(compress(self._cells.column(name), keep))) for name in TEXTS)
        steps, materials, fee = map(Column.of, numbers)
        kinds: Column[TypeRead] = Column.of_objects(taken["class"])
        return Roster(
            RosterColumns(
                ledger=Column.of_objects(cast("Sequence[Ledger]", ledgers)),
                enterprise=taken["enterprise"],
                project_class=kinds.changed(attrgetter("project_class")),
                accepted=Column.of(taken["accepted"]),
                connected=Column.of(taken["connected"]),
                deducted=Column.of_objects(taken["deducted"]),
                place=Column.repeated((page.workbook, page.sheet.name, letter), count),
                source_row=rows,
                header=Column.repeated(header, count),
                sheet=Column.repeated(self.reading.number, count),
                row=rows,
                credit_code=code,
                project_type=kinds.changed(attrgetter("said")),
                stated_days=Column.of_objects(taken["stated_days"]),
                steps=steps,
                materials=materials,
                fee=fee,
            )
        )


def _days(accepted: date | None, connected: date | None) -> int | None:
    """Count the working days between two days in order; None where one is missing or they are not in order."""
    if accepted is None or connected is None or connected < accepted:
        return None
    return working_days(accepted, connected)


def _deducted(value: object) -> Decimal | None:
    return ZERO if value == "" or is_no_number(value) else read_days(value)


def _stated(value: object) -> Decimal | None:
    if value == "" or is_no_number(value):
        return None
    stated = read_days(value)
    return UNREAD if stated is None else stated
