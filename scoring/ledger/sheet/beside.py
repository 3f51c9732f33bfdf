"""Tables that stand side by side on one sheet: each is read as if it stood on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scoring.files.cells import Sheet
from scoring.ledger.sheet.columns import SHARED
from scoring.ledger.sheet.headers import SEARCHED_ROWS, Header
from scoring.ledger.sheet.sheet_view import Page

END = 1 << 20


def spans(header: Header) -> tuple[list[tuple[int, int]], int | None]:
    """Return the columns (first, end) of each table that a header names, and where another kind's table may begin.

    A new table begins where a column by which rows are known comes again, behind one that states something. It must
    state something itself; else it is of another kind, or its columns are only the first table's, named twice.
    """
    keys, *stating = header.kind.needed
    begins: list[int] = [0]
    tables: list[set[str]] = [set()]
    for column in header.columns:
        opens = column.field in keys or column.field in SHARED
        if opens and column.field in tables[-1] and _states(tables[-1], stating):
            tables.append(set())
            begins.append(column.column)
        tables[-1].add(column.field)
    doubtful = None
    while len(tables) > 1 and not _is_table(tables[-1], keys, stating):
        tables.pop()
        doubtful = begins.pop()
    return list(zip(begins, [*begins[1:], END], strict=True)), doubtful


def _states(fields: set[str], stating: Sequence[tuple[str, ...]]) -> bool:
    return all(any(name in fields for name in names) for names in stating) if stating else len(fields) > 1


def _is_table(fields: set[str], keys: tuple[str, ...], stating: Sequence[tuple[str, ...]]) -> bool:
    return any(name in fields for name in keys) and _states(fields, stating) and len(fields) > 1


def has_more(page: Page, first: int, end: int) -> bool:
    """Tell whether the sheet's head holds texts in some columns."""
    return any(isinstance(value, str) and value for row in page.rows[:SEARCHED_ROWS] for value in row[first:end])


def cut_out(page: Page, first: int, end: int, top: int) -> Page:
    """Return the page with only these columns, its addresses unchanged.

    Above the row ``top`` a row that says nothing in these columns keeps what stands to their left: a title over all.
    """
    sheet = page.sheet
    rows = [_row(row, first, end, above=number < top) for number, row in enumerate(page.rows)]
    merges = tuple(m for m in sheet.merges if first <= m.left < end or (m.top < top and m.left < first))
    faults = {place: fault for place, fault in sheet.faults.items() if first <= place[1] < end}
    marked = {place: mark for place, mark in sheet.marked.items() if first <= place[1] < end}
    cut: Sheet = replace(sheet, rows=rows, merges=merges, faults=faults, marked=marked)
    return Page(page.workbook, cut)


def _row(row: Sequence[object], first: int, end: int, *, above: bool) -> list[object]:
    own = list(row[first:end])
    if above and first and not any(value != "" for value in own):
        return list(row[:first])
    return [*[""] * min(first, len(row)), *own]


def gaps(header: Header, doubtful: int | None) -> Iterator[tuple[int, int]]:
    """Yield the columns to the left and to the right of a header's table, where another kind's may stand."""
    first, last = header.columns[0].column, header.columns[-1].column
    if first > 1:
        yield 0, first
    if doubtful is not None:
        yield doubtful, END
    yield last + 1, END
