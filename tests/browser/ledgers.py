"""Workbooks as a county sends them, and files that are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

HEADER = ("评分项编号", "任务序号", "评分要求", "完成情况", "完成日期", "数量", "佐证材料", "备注")
FIRST_ROW = 5  # the first row of data: title, unit, quarter and date, header come before it
ROWS: tuple[Sequence[object], ...] = (
    ("1A", 1, "按时公布办事指南", "是", "2023-05-30", None, "公示截图.jpg", None),
    ("3A", 3, "按时公布办事指南", "否", None, None, None, "下月补办"),
    ("7A", 7, "实现客户经理制", "已完成", "2023年6月1日", None, "工作方案.pdf", None),
    ("27A", 27, "制定方案", "是", "2023-06-02", None, "方案.pdf", None),
)
NOT_DONE_CELL = f"D{FIRST_ROW + 1}"  # where 3A says 否
UNREADABLE_ROW = ("12A", 12, "完善供水服务板块业务功能", "详见附页", None, None, None, None)


def write_ledger(
    path: Path, unit: str = "五华区水务局", rows: Iterable[Sequence[object]] = ROWS, sent: str = "2023年6月8日"
) -> Path:
    """Write one county's ledger for the second quarter in the layout that the city hands out."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工作落实"
    sheet["A1"] = "获得用水工作台账"
    sheet["A2"] = f"填报单位：{unit}"
    sheet["A3"], sheet["D3"] = "2023年第二季度", f"报送日期：{sent}"
    for column, title in enumerate(HEADER, 1):
        sheet.cell(FIRST_ROW - 1, column, title)
    for number, row in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    book.save(path)
    return path


def write_nonsense(path: Path) -> Path:
    """Write a file that calls itself a workbook and is none."""
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
    return path
