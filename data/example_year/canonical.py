"""A ledger in the product's own template, filled in as a careful clerk would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from example_year.content import Content
from scoring.ledger.template import fields as fields
from scoring.ledger.template import style as style
from scoring.ledger.template.blank import build_template
from scoring.model.rules import Rulebook

FIRST = style.HEADER_ROW + 1


def canonical_book(rulebook: Rulebook, held: Content) -> Workbook:
    """Fill the template of the unit and quarter."""
    book = build_template(rulebook, held.unit, held.quarter)
    statements = book[fields.STATEMENTS]
    titles = [column.title for column in fields.SHEETS[fields.STATEMENTS]]
    statements.cell(style.LABEL_ROW, titles.index("完成日期") + 1, held.sent).number_format = style.DATE
    for row, line in enumerate(held.lines, FIRST):
        told = {"完成情况": line.status, "完成日期": line.day, "数量": line.number, "佐证材料": line.evidence}
        for title, value in told.items():
            _put(statements, row, titles.index(title) + 1, value)
    tables = {fields.CASES: held.cases, fields.PUBLICITY: held.publicity, fields.INCENTIVES: held.incentives}
    if held.roster or fields.ROSTER in book.sheetnames:
        tables[fields.ROSTER] = held.roster
    for name, rows in tables.items():
        _fill(book[name], name, rows)
    return book


def _fill(sheet: Worksheet, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write a table's rows and leave only a few empty ones below."""
    columns = fields.SHEETS[name]
    blank_from, blank_to = FIRST + len(rows) + 3, sheet.max_row
    if blank_to >= blank_from:
        sheet.delete_rows(blank_from, blank_to - blank_from + 1)
    style.set_rows(sheet, columns, FIRST, max(sheet.max_row, FIRST + len(rows) - 1))
    for row, values in enumerate(rows, FIRST):
        sheet.row_dimensions[row].height = 20
        _put_row(sheet, row, values)


def _put_row(sheet: Worksheet, row: int, values: Iterable[Any]) -> None:
    for column, value in enumerate(values, 1):
        _put(sheet, row, column, value)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a value and keep the cell's own number format (openpyxl would put its own on a date)."""
    if value in (None, ""):
        return
    cell = sheet.cell(row, column)
    form = cell.number_format
    cell.value = value
    cell.number_format = form
