"""Write the cells of a workbook that is no .xlsx into a fresh .xlsx: values, dates, merges, what is hidden."""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime, time, timedelta

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from scoring.files import limits
from scoring.files.cells import Sheet, Workbook

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}
COLUMN_WIDTH = 16
# what no name of a sheet may hold: 台账/一
NAME_LENGTH, FORBIDDEN = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FIRST_YEAR = 1900


def copied(workbook: Workbook) -> bytes:
    """Return the workbook as .xlsx. Text stays text, whatever it begins with."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": datetime(2023, 1, 1)})  # noqa: DTZ001 - the same input gives the same bytes
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        taken: set[str] = set()
        for sheet in workbook.sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, taken))
            page.set_column(0, max(map(len, sheet.rows), default=1), COLUMN_WIDTH)
            _merge(page, sheet)
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    _write(page, row, column, value, formats)
            _hide(page, sheet)
    return target.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes: other programs allow longer ones, other signs, and the same one twice."""
    plain = FORBIDDEN.sub("_", name)[:NAME_LENGTH].strip("'") or "_"
    numbered = (
        f"{plain[: NAME_LENGTH - len(end)]}{end}" for end in ("", *(f" ({n})" for n in range(2, len(taken) + 3)))
    )
    free = next(each for each in numbered if each.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _merge(page: Worksheet, sheet: Sheet) -> None:
    for merge in sheet.merges:
        try:
            page.merge_range(merge.top, merge.left, merge.bottom, merge.right, "")
        except OverlappingRange:
            continue  # of two ranges that overlap only one can be shown


def _hide(page: Worksheet, sheet: Sheet) -> None:
    for row in sorted(sheet.hidden_rows):
        page.set_row(row, None, None, {"hidden": True})
    if sheet.hidden:
        page.hide()
    for (row, column), fault in sheet.faults.items():
        page.write_string(row, column, "" if fault == "=" else fault)


def _write(page: Worksheet, row: int, column: int, value: object, formats: dict[type, object]) -> None:
    if value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) and math.isfinite(value):
        page.write_number(row, column, value)
    elif type(value) in formats and getattr(value, "year", FIRST_YEAR) >= FIRST_YEAR:
        page.write_datetime(row, column, value, formats[type(value)])
    else:
        page.write_string(row, column, str(value)[: limits.CELL_CHARACTERS])
