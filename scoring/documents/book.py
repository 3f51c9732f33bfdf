"""A workbook with the looks and the safety that all tables handed out share.

Text is written as text: a ledger's ``=1+1`` or ``http://…`` never becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, TypeAlias

import xlsxwriter

from scoring.board.wording import clean
from scoring.documents.archive import settle

LINE, MOST_LINES = 13.5, 29  # points of a line of text; a row is at most 409 points high
LONGEST = 32_000  # an Excel cell holds 32,767 characters
FONT = "微软雅黑"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "note": {"font_color": "#5B6B7A"},
    "draft": {"bold": True, "font_color": "#C2362B"},
    "head": {
        "bold": True,
        "bg_color": "#0B5C8A",
        "font_color": "#FFFFFF",
        "border": 1,
        "text_wrap": True,
        "align": "center",
    },
    "text": {"border": 1, "text_wrap": True, "num_format": "@"},
    "center": {"border": 1, "align": "center", "num_format": "@"},
    "points": {"border": 1, "num_format": "0.00"},
    "strong": {"border": 1, "num_format": "0.00", "bold": True},
    "signed": {"border": 1, "num_format": "+0.00;-0.00;0.00"},
    "whole": {"border": 1, "num_format": "0", "align": "center"},
    "day": {"border": 1, "num_format": "yyyy-mm-dd", "align": "center"},
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the result that is stored beside it, for readers that do not calculate."""

    text: str
    result: Decimal | int


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: its heading, its width in characters, and the look of its cells (a key of ``LOOKS``)."""

    title: str
    width: float
    look: str = "text"


Value: TypeAlias = str | Decimal | int | date | Formula | None


def _lines(cell: Value, width: float) -> int:
    """Estimate how many lines a cell takes; a Chinese character is as wide as two letters."""
    if not isinstance(cell, str):
        return 1
    return max(1, ceil(sum(2 if char > "\u2000" else 1 for char in cell) * 1.08 / (width - 1)))


class Book:
    """A workbook that is being written; stateful because XlsxWriter is. ``bytes`` closes it."""

    def __init__(self, title: str, author: str, day: date) -> None:
        self._out = BytesIO()
        safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(self._out, safe)
        created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, not a moment
        self._book.set_properties({"title": title, "author": author, "created": created})
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
        self._looks = {name: self._book.add_format(base | look) for name, look in LOOKS.items()}

    def sheet(self, name: str, fields: Sequence[Field], foot: str) -> Any:
        """Add a sheet with its column widths, printed on lying A4 pages of full width with a line at the foot."""
        sheet = self._book.add_worksheet(name)
        for number, field in enumerate(fields):
            sheet.set_column(number, number, field.width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L&8{foot.replace('&', '&&')[:200]}&R&8第 &P 页，共 &N 页")
        sheet.ignore_errors({"number_stored_as_text": "A1:Z9999"})
        return sheet

    def line(self, sheet: Any, row: int, text: str, look: str = "note") -> None:
        """Write one line of text above a table."""
        sheet.write_string(row, 0, clean(text), self._looks[look])
        sheet.set_row(row, LINE * (1.8 if look == "title" else 1.2))

    def heads(self, sheet: Any, row: int, fields: Sequence[Field]) -> None:
        """Write a table's header row."""
        for number, field in enumerate(fields):
            sheet.write_string(row, number, field.title, self._looks["head"])
        sheet.set_row(row, LINE * 1.6)

    def row(self, sheet: Any, row: int, fields: Sequence[Field], cells: Sequence[Value]) -> None:
        """Write one row of a table, each value by its type, high enough for its longest text."""
        lines = max(_lines(cell, field.width) for field, cell in zip(fields, cells, strict=True))
        sheet.set_row(row, LINE * min(lines, MOST_LINES) + 4)
        for number, (field, cell) in enumerate(zip(fields, cells, strict=True)):
            self._cell(sheet, row, number, cell, self._looks[field.look])

    def _cell(self, sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
        """Write one value; None is an empty cell."""
        match value:
            case None:
                sheet.write_blank(row, column, None, look)
            case Formula(text, result):
                sheet.write_formula(row, column, text, look, float(result))
            case str():
                sheet.write_string(row, column, clean(value)[:LONGEST], look)
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
            case _:
                sheet.write_number(row, column, float(value), look)

    def bytes(self) -> bytes:
        """Close the workbook and return it, the same for the same contents."""
        self._book.close()
        return settle(self._out.getvalue())
