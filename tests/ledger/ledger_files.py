"""Two small ledgers as files, with all that a second look at a file must find."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.ledger import raw_books as raw

HEAD = ["评分项编号", "任务序号", "完成情况", "完成日期", "数量", "佐证材料"]


@cache
def office_ledger() -> bytes:
    """A ledger with all that a second look must find: merges, hidden rows, errors, formulas, struck and shared texts."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "工作落实"
    for line in (["填报单位：五华区水务局"], ["2023年第二季度"], ["报送日期：2023-06-08"], HEAD):
        page.append(line)
    page.append(["1A", 1, "已完成", date(2023, 5, 10), None, "截图 <1> & “2”.jpg"])
    page.append(["2A", 2, "未完成", None, None, ""])
    page.append(["3A", 3, "已完成", date(2023, 5, 12), None, "b.jpg"])
    page.append(["4A", 4, "#N/A", None, None, "c.jpg"])
    page["C8"].data_type = "e"
    page.append(["4B", 4, "=1+1", date(2023, 5, 12), None, "d.jpg"])
    page.append(["5A", 5, "已完成", date(2023, 5, 13), None, "e.jpg"])
    page.append(["6A", 6, " 已完成\n ", date(2023, 5, 13), None, "f\t.jpg"])
    page.append(["7A", 7, CellRichText("未", TextBlock(InlineFont(strike=True), "完成")), None, None, "g"])
    page.merge_cells("C6:C7")
    page.row_dimensions[10].hidden = True
    page["C10"].comment = Comment("请核对", "县局")
    page["F10"].font = Font(strike=True)
    cases = book.create_sheet("工作案例")
    cases.append(["任务序号", "案例名称", "日期", "简介", "佐证材料"])
    cases.append([4, "并联审批案例", date(2023, 5, 20), "良好", "h.jpg"])
    cases.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def open_ledger() -> bytes:
    """A ledger as an OpenDocument, by hand."""
    lines = [["填报单位：五华区水务局"], ["2023年第二季度"], ["报送日期：2023-06-08"], HEAD]
    lines += [
        ["1A", "1", "已完成", "2023-05-10", "", "a<1>.jpg"],
        ["2A", "2", "未完成", "", "", ""],
        ["3A", "3", "已完成", "2023-05-10", "", "b"],
    ]
    rows = "".join(
        "<table:table-row>" + "".join(raw.ods_cell(text.replace("<", "&lt;")) if text else "<table:table-cell/>" for text in line) + "</table:table-row>"
        for line in lines
    )  # fmt: skip
    return raw.ods(rows)
