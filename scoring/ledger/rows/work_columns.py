"""Read the rows of 工作落实 of which there is nothing to report, as nearly all are, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress, repeat
from operator import attrgetter
from typing import Any

from scoring.ledger.rows.block_columns import UNREAD, BlockColumns, filled, understood
from scoring.ledger.rows.clauses import Match
from scoring.ledger.rows.evidence_cells import EvidenceCells
from scoring.ledger.rows.row_reader import Reading
from scoring.model.doubts import is_old
from scoring.model.evidence import CellRef
from scoring.model.facts import Statement, Status
from scoring.model.ledgers import Ledger
from scoring.words.statuses import as_text, read_status

LONGEST_TEXT = 200  # characters of a row's text that the preview shows
NAMING = ("code", "task", "goal", "requirement")  # by which a row's clause is found
Cells = tuple[str, str, str, str]  # those of NAMING, as text
MatchOf = Callable[[str, Cells], Match]  # the clauses of a row, by its unit and cells


def row_text(goal: str, requirement: str) -> str:
    """Return what a row's text columns say, for the preview."""
    return f"{goal.strip()} {requirement.strip()}".strip()[:LONGEST_TEXT]


@dataclass(frozen=True, slots=True)
class UsualRows:
    """Rows that are in order: a place in the block for each, and what its cells mean."""

    places: tuple[int, ...]
    columns: dict[str, list[Any]]


class WorkColumns:
    """The columns of one block of 工作落实, on which no merged range, error value or picture lies."""

    def __init__(self, reading: Reading, evidence: EvidenceCells, rows: Sequence[int]) -> None:
        self.reading, self.evidence, self.rows = reading, evidence, rows
        self.cells = BlockColumns(reading, rows)
        self.year = reading.envelope.days.year

    def usual(self, ledgers: Sequence[Ledger | None], match_of: MatchOf) -> UsualRows:
        """Understand every column, and keep the rows that state something in good order."""
        cells, submitted = self.cells, [ledger and ledger.submitted for ledger in ledgers]
        statuses = list(zip(cells.column("status"), submitted, strict=True))
        named = list(zip(*(cells.texts(name) for name in NAMING), strict=True))
        units = [ledger and ledger.unit for ledger in ledgers]
        columns: dict[str, list[Any]] = {
            "ledger": list(ledgers),
            "status": understood(statuses, lambda pair: self._status(*pair)),
            "said": understood(cells.column("status"), lambda text: as_text(text)[:LONGEST_TEXT]),
            "match": understood(list(zip(units, named, strict=True)), lambda pair: _in_order(match_of, *pair)),
            "text": understood([cell[2:] for cell in named], lambda texts: row_text(*texts)),
            "day": understood(cells.days("done_on"), lambda day: UNREAD if day and is_old(day, self.year) else day),
            "words": understood(cells.column("evidence"), self.evidence.at_sight),
        }
        wanted = zip(
            cells.column("quantity"), columns["status"], columns["match"], columns["day"], submitted, columns["words"],
            strict=True,
        )  # fmt: skip
        is_usual = [
            number == "" and status is not None and match is not None and words is not None
            and (day is None or UNREAD < day <= sent) and (status is Status.NOT_DONE or bool(day and words))
            for number, status, match, day, sent, words in wanted
        ]  # fmt: skip
        kept = {name: list(compress(column, is_usual)) for name, column in columns.items()}
        return UsualRows(tuple(compress(range(len(self.rows)), is_usual)), kept)

    def _status(self, said: object, submitted: date | None) -> Status | None:
        """Return what 完成情况 says; None where it is not plainly done or not done, or of no ledger."""
        if submitted is None or said.__class__ is not str:
            return None
        status = read_status(said, submitted, self.year)
        return status if status is Status.DONE or status is Status.NOT_DONE else None

    def statements(self, usual: UsualRows) -> list[Statement]:
        """Return what the rows state, one statement for each clause that a row speaks of, in the order of the rows."""
        pairs = [match.pairs for match in usual.columns["match"]]
        each = [number for number, row in enumerate(pairs) for _ in row]
        of = {name: [column[number] for number in each] for name, column in usual.columns.items()}
        lines = [self.rows[usual.places[number]] + 1 for number in each]
        by_row = self.evidence.of_words([self.rows[place] for place in usual.places], usual.columns["words"])
        book, sheet, where = self.reading.page.workbook, self.reading.page.sheet.name, self.reading.letters
        cells = [f"{where('status')}{line}" for line in lines]
        days = [f"{where('done_on')}{line}" for line in lines]
        return filled(
            Statement,
            len(each),
            [
                of["ledger"],
                [clause.code for row in pairs for clause, _ in row],
                of["status"],
                of["day"],
                repeat(None),
                [by_row[number] for number in each],
                filled(CellRef, len(each), [repeat(book), repeat(sheet), cells]),
                zip(repeat(self.reading.number), lines),
                map(attrgetter("by"), of["match"]),
                of["text"],
                of["said"],
                days,
            ],
        )


def _in_order(match_of: MatchOf, unit: str | None, cells: Cells) -> Match | None:
    """Return the clauses of a row; None where there is something to report of them, or no ledger to hold them."""
    if unit is None:
        return None
    match = match_of(unit, cells)
    return None if match.troubles or match.failed else match
