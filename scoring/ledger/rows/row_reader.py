"""What the readers of all kinds of rows share: a block's cells by field, and the problems with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from scoring.files.cells import column_letters
from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.ledger.sheet.envelope import Envelope
from scoring.ledger.sheet.layout import Block
from scoring.ledger.sheet.sender import Sender
from scoring.ledger.sheet.sheet_view import NO_RESULT, Grid, Page, fault_shown
from scoring.model.evidence import CellRef
from scoring.model.facts import Case, Facts, Incentive, Publicity, Statement
from scoring.model.ledgers import Ledger
from scoring.model.parsed import Contradiction
from scoring.model.rosters import Roster
from scoring.problems import CATALOGUE, Problem
from scoring.words.statuses import as_text, is_blank

NO_SENDER = ("", "", "")
KEPT_OUT, AS_BLANK = "这一行没有计入", "这一格先按空白计"


@dataclass(frozen=True, slots=True)
class Span:
    """One block's facts among those gathered: statements and rosters from ``start`` up to ``end``.

    ``name`` tells it apart (sheet and first cell). A block whose header is only repeated belongs to the one before it.
    """

    name: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: its sheet, its rows from 0, and the header row of each column that is read."""

    sheet: str
    lines: Sequence[Sequence[object]]
    rows: Sequence[int]
    heads: Mapping[int, int]


@dataclass(slots=True)
class Gathered:
    """Facts and problems of a workbook as they are collected, sheet by sheet."""

    reported: dict[Ledger, None] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    publicity: list[Publicity] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)  # one a block, or none
    incentives: list[Incentive] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows_read: int = 0
    rows_kept_out: int = 0
    rows_aside: int = 0  # of ledgers of other years; they are among those kept out
    rows_unplaced: int = 0  # of which the ledger cannot be told, by the rules of whatever year
    contradictions: list[Contradiction] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def close_block(self, first: CellRef, start: tuple[int, int], *, goes_on: bool) -> None:
        """Keep which statements and rosters a block brought, from ``start`` on; ``first`` is its first cell."""
        end = len(self.statements), len(self.rosters)
        if goes_on and self.spans:
            before = self.spans.pop()
            self.spans.append(Span(before.name, before.start, end))
        else:
            self.spans.append(Span(f"{first.sheet} {first.cell} 起", start, end))

    def facts(self) -> Facts:
        """Return what was collected."""
        return Facts(
            tuple(self.reported),
            tuple(self.statements),
            tuple(self.cases),
            tuple(self.publicity),
            Roster.joined(self.rosters),
            tuple(self.incentives),
        )


class Reading:
    """One block of rows as it is being read. It collects facts and problems into ``into``."""

    def __init__(self, page: Page, block: Block, sender: Sender, into: Gathered) -> None:
        self.page, self.block, self.sender, self.into = page, block, sender, into
        self.header = block.header
        self.kind = block.header.kind
        self.envelope: Envelope = sender.envelope
        self.rulebook = sender.rulebook
        where = self.header.where
        self.grid = Grid(page, where.values())
        self.where = {name: where.get(name, self.grid.missing) for name in self.kind.field_of.values()}
        self.has = frozenset(where)
        self.names_sender = bool(self.has & {UNIT, QUARTER, SUBMITTED})
        self.sender_columns = tuple(self.where[name] for name in (UNIT, QUARTER, SUBMITTED))
        self.sender_cells: Callable[[list[object]], tuple[object, object, object]] = itemgetter(*self.sender_columns)
        self.number = page.sheet.number
        self.torn: set[tuple[int, str]] = set()  # (row, field) of which two columns say different things

    @property
    def is_plain(self) -> bool:
        """Tell whether every cell of the block says what is written in it: nothing is merged, settled or in error."""
        grid = self.grid
        return not (grid.faults or grid.origin or grid.held or self.torn or self.page.sheet.things)

    def ledger(self, row: int, values: list[object]) -> Ledger | None:
        """Return the ledger of a row; None keeps it out."""
        named = self.sender_cells(values) if self.names_sender else NO_SENDER
        ledger = self._ledger(row, named)
        if ledger is None:
            aside = named in self.sender.aside
            self.into.rows_aside += aside
            self.into.rows_unplaced += not aside
        return ledger

    def _ledger(self, row: int, said: tuple[object, object, object]) -> Ledger | None:
        if not self.names_sender:
            return self.sender.ledger()
        if not self.grid.faults:
            known = self.sender.known.get(said)
            if known is not None:
                return known
        unit, quarter, submitted = said
        missing = self.grid.missing
        names = zip(self.sender_columns[:2], said[:2], strict=True)
        if any(self.fault(row, at, value) for at, value in names if at != missing):
            return None
        of_day = self.sender_columns[2]
        fault = "" if of_day == missing else self.grid.fault(row, of_day, submitted)
        cells = [None if column == missing else self.grid.at(row, column) for column in self.sender_columns]
        return self.sender.ledger(unit, quarter, fault_shown(fault) or submitted, (cells[0], cells[1], cells[2]))

    def cell(self, row: int, name: str) -> CellRef:
        """Return the reference of a field's cell in a row; of the row's first cell where there is no such column."""
        return self.grid.at(row, self.where[name])

    def report(self, code: str, row: int, name: str, value: object = "", **fields: object) -> None:
        """Report a problem at a field's cell."""
        self.into.problems.append(CATALOGUE[code].at(self.cell(row, name), as_text(value), **fields))

    def letters(self, name: str) -> str:
        """Return the letters of a field's column."""
        return column_letters(self.where[name])

    def title(self, name: str) -> str:
        """Return a field's name for people."""
        return self.kind.title(name)

    def fault(self, row: int, column: int, value: object, effect: str = KEPT_OUT) -> str:
        """Report an error value, or a formula without a result, in a cell that is read; ``""`` where there is none."""
        shown_fault = self.grid.fault(row, column, value)
        if shown_fault:
            name = next((field for field, at in self.where.items() if at == column), "")
            code = "formula-without-result" if shown_fault == NO_RESULT else "cell-error"
            place = self.grid.at(row, column)
            self.into.problems.append(
                CATALOGUE[code].at(place, shown_fault, column=self.title(name) if name else "", effect=effect)
            )
        return shown_fault

    def is_faulty(self, row: int, name: str, value: object, effect: str = KEPT_OUT) -> bool:
        """Tell whether a field's cell holds an error value, and report it."""
        if not self.grid.faults and not (isinstance(value, str) and value[:1] == "#"):
            return False
        column = self.where[name]
        return column != self.grid.missing and bool(self.fault(row, column, value, effect))

    def holds_fault(self, row: int) -> bool:
        """Tell whether a row is not blank though its cells read so: one of them holds an error value."""
        faults, place = self.grid.faults, self.grid.place
        return bool(faults) and any(place(row, column) in faults for column in self.where.values())

    def day(self, row: int, name: str, value: object, effect: str) -> date | None:
        """Return a date field's day; None where it is blank, or unreadable, which is an error with its ``effect``."""
        if (value == "" and not self.grid.faults) or (self.torn and (row, name) in self.torn):
            return None
        read = self.envelope.days.read(value)
        if read is not None and not read.month_only and not self.grid.faults:
            return read.day
        if self.is_faulty(row, name, value, effect) or is_blank(value):
            return None
        if read is None:
            self.report("date-unreadable", row, name, value, column=self.title(name), effect=effect)
            return None
        if read.month_only:
            self.report("date-month-only", row, name, value)
        return read.day

    def text(self, row: int, name: str, value: object) -> str:
        """Return a text field; ``""`` where its cell holds an error value, which is reported."""
        return "" if self.is_faulty(row, name, value, AS_BLANK) else as_text(value)

    def keep_out(self) -> None:
        """Count a row that an error kept out."""
        self.into.rows_kept_out += 1
