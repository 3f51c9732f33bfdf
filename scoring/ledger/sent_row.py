"""The row of a workbook in which a deciding cell stands, as it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scoring.files.cells import Sheet, Workbook
from scoring.ledger.sheet.headers import recognise
from scoring.ledger.sheet.sheet_view import Page
from scoring.model.evidence import CellRef
from scoring.model.facts import Case, Facts, Incentive, Statement
from scoring.model.ledgers import Ledger

ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")  # a cell's address: E7
SHOWN = 120  # characters of a cell
WIDEST = 16  # columns shown of a row
AROUND = 2  # rows shown above and below a cell
LONGEST_NAME = 20  # characters of a column's name


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row of a workbook as it was sent. ``hit`` is the column of the deciding cell, counted from 0; rows from 1.

    ``hit`` is -1 in a row that is only shown beside that of the cell.
    ``heads`` are the column's names as the sheet's header says them, ``""`` where it names none.
    """

    number: int
    cells: tuple[tuple[int, str], ...]
    hit: int
    heads: tuple[str, ...] = ()


def ledger_of(facts: Facts, unit: str, source: CellRef) -> Ledger | None:
    """Return the ledger whose cell decided something; of several workbooks of one name the latest. None: not found."""
    stated: tuple[Statement | Case | Incentive, ...] = (*facts.statements, *facts.cases, *facts.incentives)
    ledgers = [fact.ledger for fact in stated if fact.ledger.unit == unit and fact.source == source]
    ledgers += [row.ledger for row in facts.roster if row.ledger.unit == unit and source in (row.header, row.source)]
    return max(ledgers, key=lambda ledger: ledger.order, default=None)


def sent_row(book: Workbook, source: CellRef) -> SentRow | None:
    """Return the row in which a cell stands; None where the workbook has no such cell."""
    found = rows_around(book, source, 0)
    return found[0] if found else None


def rows_around(book: Workbook, source: CellRef, around: int = AROUND) -> tuple[SentRow, ...]:
    """Return the row in which a cell stands between its neighbours, all with the same columns; empty: there is no such cell."""
    place = ADDRESS.fullmatch(source.cell)
    sheet = next((sheet for sheet in book.sheets if sheet.name == source.sheet), None)
    if place is None or sheet is None:
        return ()
    row, hit = int(place[2]) - 1, _column(place[1])
    if row >= len(sheet.rows):
        return ()
    header = _header(book.name, sheet, row)
    named = {column: name for column, name in header.items() if name}
    shown = range(max(row - around, 0), min(row + around + 1, len(sheet.rows)))
    filled = {column for line in shown for column, value in enumerate(sheet.rows[line]) if value not in ("", None)}
    columns = sorted(filled | named.keys())[: WIDEST - 1]
    columns = sorted({*columns, hit})
    heads = tuple(named.get(column, "") for column in columns) if named else ()
    return tuple(_sent(sheet, line, columns, hit if line == row else -1, heads) for line in shown)


def _sent(sheet: Sheet, line: int, columns: Sequence[int], hit: int, heads: tuple[str, ...]) -> SentRow:
    values = sheet.rows[line]
    cells = tuple((column, _said(values[column]) if column < len(values) else "") for column in columns)
    return SentRow(line + 1, cells, hit, heads)


def _header(workbook: str, sheet: Sheet, row: int) -> dict[int, str]:
    """Return what the sheet's header calls its columns; nothing where no header stands above the row."""
    page = Page(workbook, sheet)
    known = recognise(page)
    header = known[1] if known else None
    if header is None or header.bottom >= row:
        return {}
    lines = range(header.top, header.bottom + 1)
    width = max(len(sheet.rows[line]) for line in lines)
    return {column: _joined(str(page.shown(line, column)) for line in lines) for column in range(width)}


def _joined(texts: Iterable[str]) -> str:
    return "".join(dict.fromkeys(texts))[:LONGEST_NAME]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _said(value: object) -> str:
    """Write a cell's value as a reader of the sheet would."""
    match value:
        case datetime():
            text = value.date().isoformat()
        case date():
            text = value.isoformat()
        case float() if value.is_integer():
            text = str(int(value))
        case _:
            text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
