"""What a reader of the sheet sees is what is read: struck-through parts left out, symbol fonts as their signs, in any format."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from scoring.files.cells import Sheet, Workbook
from scoring.files.reading import read_workbook
from tests.office import convert

STRUCK, NEW = InlineFont(strike=True), InlineFont(b=True)
CELLS = {  # cell: what is stored, its font, what is seen
    "A1": (CellRichText(TextBlock(STRUCK, "未完成"), TextBlock(NEW, "已完成")), None, "已完成"),
    "B1": (CellRichText("已", TextBlock(STRUCK, "未"), "完成"), None, "已完成"),
    "C1": ("未完成", Font(strike=True), ""),
    "D1": ("ü", Font(name="Wingdings"), "✓"),
    "E1": ("P", Font(name="Wingdings 2"), "✓"),
    "F1": ("R", Font(name="Wingdings 2"), "☑"),
    "G1": ("û", Font(name="Wingdings"), "✗"),
    "H1": (CellRichText(TextBlock(InlineFont(rFont="Wingdings"), "þ"), " 已完成"), None, "☑ 已完成"),
    "I1": (
        CellRichText(TextBlock(InlineFont(rFont="Wingdings"), "¨"), TextBlock(InlineFont(rFont="宋体"), "已完成")),
        None,
        "☐已完成",
    ),
    "J1": ("P", Font(name="宋体"), "P"),
    "K1": ("已完成", None, "已完成"),
    "L1": ("N", Font(name="Wingdings"), chr(0xF04E)),
    "M1": ("Y 已完成", Font(name="Wingdings"), f"{chr(0xF059)} 已完成"),
    "N1": (45056, Font(strike=True), ""),
}
MARKED = {"A1", "B1", "C1", "N1"}


def workbook() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "台账"
    for address, (stored, font, _) in CELLS.items():
        sheet[address] = stored
        if font is not None:
            sheet[address].font = font
    sheet["A2"] = "x"
    book.save(target)
    return target.getvalue()


def seen(sheet: Sheet) -> dict[str, object]:
    return {
        address: sheet.rows[0][column] if column < len(sheet.rows[0]) else "" for column, address in enumerate(CELLS)
    }


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_is_seen_is_read(ending: str, tmp_path: Path) -> None:
    data = workbook()
    book = read_workbook(
        data if ending == "xlsx" else convert(data, "xlsx", ending, tmp_path).read_bytes(), f"a.{ending}"
    )
    assert isinstance(book, Workbook), book
    assert seen(book.sheets[0]) == {address: expected for address, (_, _, expected) in CELLS.items()}
    marked = {
        list(CELLS)[column] for (row, column), mark in book.sheets[0].marked.items() if row == 0 and mark == "删除线"
    }
    assert marked == MARKED


def test_empty_cells_with_a_format_hide_no_strike_and_no_symbol_font_behind_them() -> None:
    """A row of a real form has borders on its empty cells too: <c r="B1" s="1"/>."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["4A", None, None, "已完成", None, "ü", None, 45056, None])
    for cell in sheet[1]:
        cell.font = Font(name="Wingdings") if cell.column_letter == "F" else Font(strike=True)
    book.save(target)
    read = read_workbook(target.getvalue(), "a.xlsx")
    assert isinstance(read, Workbook), read
    assert [value for value in read.sheets[0].rows[0] if value != ""] == ["✓"]
    assert set(read.sheets[0].marked) == {(0, 0), (0, 3), (0, 7)}
