"""How the blank ledger looks: one look for all of its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Microsoft YaHei"
INK, SECOND_INK, BRAND, WHITE = "1B2733", "5B6B7A", "0B5C8A", "FFFFFF"
HAIRLINE, GIVEN, TO_FILL = "C9D3DC", "F3F5F7", "FFF8E1"
DATE, TEXT, WHOLE, POINTS, GENERAL = "yyyy-mm-dd", "@", "0", "0.00", "General"
LINE = Side(style="thin", color=HAIRLINE)
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
A4 = 9  # as the file format numbers paper sizes
TITLE_ROW, LABEL_ROW, HEADER_ROW = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its heading, its width in characters, its number format; ``given``: filled in by us."""

    title: str
    width: float
    form: str = GENERAL
    given: bool = False
    centred: bool = False


def font(size: float = 10.5, *, bold: bool = False, colour: str = INK) -> Font:
    """Return the Chinese font that everything is set in."""
    return Font(name=FONT, size=size, bold=bold, color=colour)


def fill(colour: str) -> PatternFill:
    """Return a plain ground."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def set_head(sheet: Worksheet, title: str, columns: Sequence[Column]) -> None:
    """Write the title and the header; the label row between them is left to the caller."""
    last = len(columns)
    sheet.merge_cells(start_row=TITLE_ROW, start_column=1, end_row=TITLE_ROW, end_column=last)
    head = sheet.cell(TITLE_ROW, 1, title)
    head.font, head.alignment = font(16, bold=True, colour=BRAND), Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[TITLE_ROW].height, sheet.row_dimensions[LABEL_ROW].height = 34, 24
    sheet.row_dimensions[HEADER_ROW].height = 26
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, number, column.title)
        cell.font, cell.fill, cell.border = font(bold=True, colour=WHITE), fill(BRAND), BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def set_label(sheet: Worksheet, column: int, text: str) -> None:
    """Write a label such as 填报单位： into the row above the header."""
    cell = sheet.cell(LABEL_ROW, column, text)
    cell.font, cell.alignment = font(bold=True), Alignment(vertical="center")


def set_rows(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    """Give the rows of the table lines, grounds and number formats."""
    for number, column in enumerate(columns, 1):
        pattern = sheet.cell(first, number)
        _set_cell(pattern, column)
        for row in range(first + 1, last + 1):
            sheet.cell(row, number)._style = copy(pattern._style)  # type: ignore[union-attr]  # fast; not in the stub


def _set_cell(cell: Cell | MergedCell, column: Column) -> None:
    cell.font = font(10, colour=SECOND_INK if column.given else INK)
    cell.border, cell.number_format = BOX, column.form
    side: Literal["center"] | None = "center" if column.centred else None
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if column.given:
        cell.fill = fill(GIVEN)


def set_page(sheet: Worksheet, frozen_columns: int) -> None:
    """Freeze the header and make the sheet print on A4 landscape, one page wide, the header on every page."""
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    set_paper(sheet)
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"


def set_paper(sheet: Worksheet) -> None:
    """Print on A4 landscape, one page wide, with page numbers."""
    page = sheet.page_setup
    page.paperSize, page.orientation, page.fitToWidth, page.fitToHeight = A4, "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))
