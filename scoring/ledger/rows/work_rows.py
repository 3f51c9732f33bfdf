"""Read rows of 工作落实 into statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from scoring.files.cells import column_letters
from scoring.ledger.rows.clauses import ClauseFinder, Match, Pair, RowText
from scoring.ledger.rows.evidence_cells import EvidenceCells
from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.rows.work_columns import LONGEST_TEXT, NAMING, Cells, WorkColumns, row_text
from scoring.model.doubts import is_old
from scoring.model.evidence import CellRef, Evidence
from scoring.model.facts import Statement, Status
from scoring.model.ledgers import Ledger
from scoring.problems import CATALOGUE
from scoring.words.phrasing import day_name
from scoring.words.quantities import is_no_number, read_count
from scoring.words.statuses import as_text, fold, is_blank, read_evidence, read_status

NO_SUCH = frozenset({"code-unknown", "task-unknown"})


@dataclass(slots=True)  # not frozen: made for every row, and it never leaves this module
class WorkRow:
    """One row's cells, and what its 完成情况 and 数量 say. ``doubtful`` True: an error keeps the row out."""

    number: int
    ledger: Ledger
    values: list[object] = field(repr=False)
    status: Status
    quantity: int | None
    doubtful: bool


class WorkReader:
    """Read one block of 工作落实."""

    def __init__(self, reading: Reading, finder: ClauseFinder) -> None:
        self.reading, self.finder = reading, finder
        where = reading.where
        self.naming = tuple(where[name] for name in NAMING)
        self.code, self.task, self.goal, self.requirement = self.naming
        self.status, self.quantity = where["status"], where["quantity"]
        self.done_on, self.evidence = where["done_on"], EvidenceCells(reading, "evidence")
        self.running = "序号" in reading.header.names
        self.book, self.sheet = reading.page.workbook, reading.page.sheet.name
        self.stating = "status" if "status" in reading.has else "quantity"
        self.letter = column_letters(self.status) if "status" in reading.has else ""
        self.has_faults = bool(reading.grid.faults)
        self.matches: dict[tuple[str, Cells], Match] = {}
        self.named = {row - 1: code for (sheet, row), code in finder.named.items() if sheet == self.sheet}
        self.out = reading.into.statements
        self.is_plain = reading.is_plain and not self.named and {"status", "done_on", "evidence"} <= reading.has

    def read(self, rows: list[int]) -> None:
        """Read rows: those in good order a column at a time, the others one by one; statements stay in their order."""
        reading, into, start = self.reading, self.reading.into, len(self.out)
        if self.is_plain:
            ledgers, usual, stated = self._usual(rows)
        else:
            ledgers, usual, stated = [reading.ledger(row, reading.grid.values(row)) for row in rows], set(), []
        met = [ledger for ledger in ledgers if ledger is not None]
        into.reported |= dict.fromkeys(dict(zip(map(id, met), met, strict=True)).values())
        into.rows_read += len(met)
        for number, ledger in zip(rows, ledgers, strict=True):
            if number not in usual and (ledger is None or not self._row(number, ledger, reading.grid.values(number))):
                reading.keep_out()
        if stated:
            self.out[start:] = sorted([*stated, *self.out[start:]], key=attrgetter("position"))

    def _usual(self, rows: list[int]) -> tuple[list[Ledger | None], set[int], list[Statement]]:
        """Return the ledgers of a block on which nothing lies, the rows in good order, and what those state."""
        columns = WorkColumns(self.reading, self.evidence, rows)
        ledgers = columns.cells.ledgers()
        usual = columns.usual(ledgers, self._match_of)
        return ledgers, {rows[place] for place in usual.places}, columns.statements(usual)

    def _row(self, number: int, ledger: Ledger, values: list[object]) -> bool:
        """Read one row; False where an error kept it out."""
        faulty = self.has_faults and self._names_faulty(number, values)
        status = self._status(number, ledger, values)
        quantity, counted = self._quantity(number, values)
        if status is Status.BLANK and quantity is None and counted:
            return self._blank(number, ledger, values, faulty=faulty)
        if faulty:
            return False
        match = self._match(number, ledger, values)
        if match.troubles:
            self._tell_match(number, match, values)
        if match.failed:
            self._day(number, values)  # all of a row's problems in one pass
            return False
        over = self._over(number, match, quantity)
        doubtful = status is None or not counted or over
        row = WorkRow(
            number, ledger, values, Status.UNREADABLE if doubtful else status or Status.BLANK, quantity, doubtful
        )
        self._state(row, match, blank=status is Status.BLANK)
        return not doubtful

    def _names_faulty(self, number: int, values: list[object]) -> bool:
        """Tell whether a cell by which the clause is found holds an error value."""
        faults = [self._faulty(number, name, values) for name in ("code", "task", "goal", "requirement")]
        return any(faults)

    def _faulty(self, number: int, name: str, values: list[object]) -> bool:
        return self.reading.is_faulty(number, name, values[self.reading.where[name]])

    def _match(self, number: int, ledger: Ledger, values: list[object]) -> Match:
        """Return the clauses of a row; rows that name them alike are looked up once."""
        if number in self.named:
            return self.finder.as_named(self.reading.rulebook.unit[ledger.unit], self.named[number])
        code, task, goal, requirement = (values[column] for column in self.naming)
        return self._match_of(ledger.unit, (as_text(code), as_text(task), as_text(goal), as_text(requirement)))

    def _match_of(self, unit: str, cells: Cells) -> Match:
        """Return the clauses that cells name for a unit; rows that name them alike are looked up once."""
        match = self.matches.get((unit, cells))
        if match is None:
            code, task, goal, requirement = cells
            text = RowText(code, task, goal.strip(), requirement.strip(), self.running)
            match = self.matches[unit, cells] = self.finder.find(self.reading.rulebook.unit[unit], text)
        return match

    def _tell_match(self, number: int, match: Match, values: list[object]) -> None:
        for trouble in match.troubles:
            value = trouble.value or as_text(values[self.status]) or as_text(values[self.quantity])
            name = trouble.column
            if name == "status" and is_blank(values[self.status]):
                name = "quantity"
            self.reading.report(trouble.code, number, name, value, **dict(trouble.fields))

    # --- 完成情况 and 数量
    def _status(self, number: int, ledger: Ledger, values: list[object]) -> Status | None:
        """Return what 完成情况 says; None where it cannot be understood, which is reported."""
        value = values[self.status]
        if self.reading.torn and (number, "status") in self.reading.torn:
            return None
        if self.has_faults and self._faulty(number, "status", values):
            return None
        status = read_status(value, ledger.submitted, self.reading.envelope.days.year)
        if status is None:
            self.reading.report("status-unreadable", number, "status", value)
        elif status is Status.UNDECIDED:
            self.reading.report("status-undecided", number, "status", value)
        return status

    def _quantity(self, number: int, values: list[object]) -> tuple[int | None, bool]:
        """Return (数量, whether it could be read); None where it is blank."""
        value = values[self.quantity]
        if self.reading.torn and (number, "quantity") in self.reading.torn:
            return None, False
        if self.has_faults and self._faulty(number, "quantity", values):
            return None, False
        if value == "" or is_no_number(value):
            return None, True
        quantity = read_count(value)
        if quantity is None:
            self.reading.report("quantity-unreadable", number, "quantity", value)
        return quantity, quantity is not None

    def _over(self, number: int, match: Match, quantity: int | None) -> bool:
        """Tell whether 数量 is over what there is, and report it."""
        if quantity is None:
            return False
        limit = min((term.of for _, term in match.pairs if term.of is not None), default=None)
        if limit is None or quantity <= limit:
            return False
        self.reading.report("quantity-over", number, "quantity", quantity, of=limit)
        return True

    def _day(self, number: int, values: list[object]) -> date | None:
        return self.reading.day(number, "done_on", values[self.done_on], "先按报送日期计")

    # --- statements
    def _blank(self, number: int, ledger: Ledger, values: list[object], *, faulty: bool) -> bool:
        """Pass over a row that states nothing; a code or task number that is none is an error all the same."""
        if faulty:
            return False
        named = fold(as_text(values[self.code])) or (fold(as_text(values[self.task])) and not self.running)
        match = self._match(number, ledger, values) if named else Match()
        if any(trouble.code in NO_SUCH for trouble in match.troubles):
            self._tell_match(number, match, values)
            return False
        proof = (read_evidence(values[self.done_on]) and values[self.done_on]) or self.evidence.holds(number, values)
        if proof != "":
            self.reading.report("status-blank", number, self.stating, proof)
        return True

    def _state(self, row: WorkRow, match: Match, *, blank: bool) -> None:
        """Write the statements of a row, one for each clause that it speaks of."""
        pairs = [(c, t) for c, t in match.pairs if t.traits.counts] if blank else match.pairs
        if not pairs:
            if match.pairs:
                self.reading.report("status-blank", row.number, self.stating, row.values[self.quantity])
            return
        reading, values = self.reading, row.values
        done_on = self._day(row.number, values)
        evidence = self.evidence.read(row.number, values)
        if not row.doubtful:
            self._warn(row, pairs, done_on, evidence)
        source = self._source(row, blank=blank)
        status_text = "" if blank else as_text(values[self.status])[:LONGEST_TEXT]
        text = row_text(as_text(values[self.goal]), as_text(values[self.requirement]))
        day_cell = self.reading.cell(row.number, "done_on").cell if "done_on" in self.reading.has else ""
        position = reading.number, row.number + 1
        quantity = None if row.doubtful else row.quantity
        for clause, _ in pairs:
            self.out.append(
                Statement(
                    row.ledger,
                    clause.code,
                    row.status,
                    done_on,
                    quantity,
                    evidence,
                    source,
                    position,
                    match.by,
                    text,
                    status_text,
                    day_cell,
                )
            )

    def _source(self, row: WorkRow, *, blank: bool) -> CellRef:
        if blank or self.reading.grid.origin or not self.letter:
            return self.reading.cell(row.number, "quantity" if blank else "status")
        return CellRef(self.book, self.sheet, f"{self.letter}{row.number + 1}")

    def _warn(self, row: WorkRow, pairs: Sequence[Pair], done_on: date | None, evidence: tuple[Evidence, ...]) -> None:
        """Warn of what a claim lacks: a day, evidence, a day that is not after the submission."""
        if done_on is not None and row.ledger.dated and done_on > row.ledger.submitted and row.status is Status.DONE:
            value, sent = row.values[self.done_on], day_name(row.ledger.submitted)
            self.reading.report("date-after-submission", row.number, "done_on", value, submitted=sent)
        year = self.reading.envelope.days.year
        if done_on is not None and is_old(done_on, year):
            self.reading.report("date-old", row.number, "done_on", row.values[self.done_on], year=year)
        if not _claims(row, pairs):
            return
        if (
            is_blank(row.values[self.done_on])
            and (row.number, "done_on") not in self.reading.torn
            and not self.reading.grid.fault(row.number, self.done_on, "")
        ):
            self._lacks("date-missing", row, "done_on")
        if not evidence and any(term.traits.asks_evidence for _, term in pairs):
            self._lacks("evidence-missing", row, "evidence")

    def _lacks(self, code: str, row: WorkRow, name: str) -> None:
        """Report a missing entry at its cell, or at the status where there is no such column."""
        at = name if name in self.reading.has else self.stating
        value = row.values[self.reading.where[name]]
        self.reading.into.problems.append(CATALOGUE[code].at(self.reading.cell(row.number, at), as_text(value)))


def _claims(row: WorkRow, pairs: Sequence[Pair]) -> bool:
    """Tell whether a row claims something that needs a day and evidence: done, or a good number."""
    if row.status is Status.DONE:
        return True
    number = row.quantity
    return number is not None and any(term.traits.claims(number) for _, term in pairs)
