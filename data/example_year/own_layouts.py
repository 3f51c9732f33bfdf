"""Ledgers in people's own layouts: spaced headings, title rows, group rows, merged cells, several units on one sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from example_year.content import Content
from example_year.story import DONE, Line
from scoring.model.rules import Rulebook
from scoring.words.phrasing import day_name, quarter_name

THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SONG = "宋体"


@dataclass(frozen=True, slots=True)
class Habit:
    """How one office writes: its words, its dates, its headings, and whether it labels its sheets."""

    sheets: tuple[str, str, str, str, str]
    headings: tuple[str, ...]
    roster: tuple[str, ...]
    words: dict[str, str]
    say: Callable[[date], Any]
    spaced: bool = False
    labelled: bool = True
    coded: bool = False
    grouped: bool = False


def _dotted(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


CASE_HEADINGS = ("任务序号", "案例名称", "办理日期", "内容", "佐证材料")
PUBLICITY_HEADINGS = ("标题", "发布媒体", "级别", "发布日期", "网址")
INCENTIVE_HEADINGS = ("类别", "事项", "申报分", "认定分", "依据文件")
ROSTER_HEADINGS = (
    "企业名称", "统一社会信用代码", "项目类型", "是否有外线", "受理日期", "通水日期", "扣除工作日", "办理工作日", "环节数",
    "材料数", "费用",
)  # fmt: skip
HABITS = {
    "own": Habit(
        ("工作台账", "案例", "宣传", "报装名单", "加分"),
        ("序号", "重点工作", "考核要求", "完成时限", "落实情况", "完成时间", "个数", "佐证资料", "备注"),
        (
            "用户名称",
            "信用代码",
            "报装类型",
            "外线工程",
            "受理时间",
            "通水时间",
            "扣除时长",
            "办理时长",
            "环节数",
            "材料数",
            "费用",
        ),
        {DONE: "已落实", "未完成": "未落实"},
        day_name,
        grouped=True,
    ),
    "spaced": Habit(
        ("工作落实", "工作案例", "政策宣传", "企业全量名单", "激励加分"),
        ("编号", "任务", "评分标准", "完成时限", "完成情况", "完成日期", "数量", "佐证材料", "备注"),
        ROSTER_HEADINGS,
        {DONE: "√", "未完成": "×"},
        lambda day: day,
        spaced=True,
        coded=True,
    ),
    "bare": Habit(
        ("落实情况", "案例", "宣传", "企业名单", "加分"),
        ("评分项", "目标", "考核要求", "完成时限", "是否完成", "办结日期", "次数", "证明材料", "说明"),
        ROSTER_HEADINGS,
        {DONE: "是", "未完成": "否"},
        _dotted,
        labelled=False,
        coded=True,
    ),
}


def own_book(rulebook: Rulebook, held: Content, layout: str) -> Workbook:
    """Lay one unit's ledger out as its office does."""
    habit, book = HABITS[layout], Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(habit.sheets[0])
    row = _head(sheet, rulebook, held, habit, habit.headings, dated=True)
    _write_lines(sheet, row, rulebook, held.lines, habit)
    others = (
        (CASE_HEADINGS, held.cases),
        (PUBLICITY_HEADINGS, held.publicity),
        (habit.roster, held.roster),
        (INCENTIVE_HEADINGS, held.incentives),
    )
    for name, (headings, rows) in zip(habit.sheets[1:], others, strict=True):
        if rows:
            sheet = book.create_sheet(name)
            first = _head(sheet, rulebook, held, habit, headings, dated=False)
            for number, values in enumerate(rows, first):
                _write(sheet, number, [habit.say(value) if isinstance(value, date) else value for value in values])
    return book


def together_book(rulebook: Rulebook, ledgers: Sequence[Content]) -> Workbook:
    """Lay several departments' ledgers out on one sheet, each row with its 责任部门."""
    book, first = Workbook(), ledgers[0]
    sheet = book.worksheets[0]
    sheet.title = "工作落实"
    headings = (
        "责任部门",
        "任务序号",
        "具体目标",
        "评分要求",
        "完成时限",
        "完成情况",
        "完成日期",
        "数量",
        "佐证材料",
        "备注",
    )
    title = f"市级责任部门{rulebook.assessment.year}年{quarter_name(first.quarter)}获得用水工作落实情况汇总表"
    _title(sheet, 1, title, len(headings))
    sheet.cell(2, 1, f"报送日期：{day_name(first.sent)}").font = Font(name=SONG, size=11)
    _header(sheet, 3, headings)
    row = 4
    for ledger in ledgers:
        start = row
        for line in ledger.lines:
            _write(sheet, row, [ledger.unit, *_told(rulebook, line)])
            row += 1
        _merge_down(sheet, 1, start, row - 1)
    _widths(sheet, (18, 9, 28, 40, 22, 12, 13, 8, 36, 14))
    return book


def _told(rulebook: Rulebook, line: Line) -> list[Any]:
    task = rulebook.task[line.clause.task]
    return [
        task.no,
        task.goal.strip(),
        _asked(line),
        task.time_limit,
        line.status,
        line.day,
        line.number,
        line.evidence,
        None,
    ]


def _asked(line: Line) -> str:
    """Say what the clause asks for in the words of the published table."""
    return line.clause.words[0] if line.clause.words else line.term.quote


def _write_lines(sheet: Worksheet, row: int, rulebook: Rulebook, lines: Sequence[Line], habit: Habit) -> None:
    for section, members in groupby(lines, key=lambda line: rulebook.task[line.clause.task].section):
        if habit.grouped:
            sheet.cell(row, 1, section).font = Font(name=SONG, bold=True)
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(habit.headings))
            row += 1
        for _task, rows in groupby(members, key=lambda line: line.clause.task):
            row = _write_task(sheet, row, rulebook, list(rows), habit)
    _widths(sheet, (9, 28, 40, 22, 14, 16, 8, 36, 14))


def _write_task(sheet: Worksheet, row: int, rulebook: Rulebook, rows: Sequence[Line], habit: Habit) -> int:
    start = row
    for line in rows:
        task = rulebook.task[line.clause.task]
        day = habit.say(line.day) if isinstance(line.day, date) else line.day
        name = line.clause.code if habit.coded else task.no
        asked = line.term.quote if habit.coded else _asked(line)
        status = habit.words.get(line.status, line.status)
        _write(
            sheet, row, [name, task.goal.strip(), asked, task.time_limit, status, day, line.number, line.evidence, None]
        )
        row += 1
    for column in (2,) if habit.coded else (1, 2):
        _merge_down(sheet, column, start, row - 1)
    return row


def _head(
    sheet: Worksheet, rulebook: Rulebook, held: Content, habit: Habit, headings: Sequence[str], *, dated: bool
) -> int:
    """Write the rows above the table and the header; return the first row of data."""
    row = 1
    if habit.grouped:
        sheet.cell(row, 1, "附件1：").font = Font(name=SONG, size=11)
        row += 1
    year, name = rulebook.assessment.year, rulebook.unit[held.unit].short
    whose = f"{name}{year}年{quarter_name(held.quarter)}" if habit.labelled else ""
    _title(sheet, row, f"{whose}获得用水{sheet.title}表", len(headings))
    row += 1
    if habit.labelled:
        sheet.cell(row, 1, f"填报单位（盖章）：{_office(rulebook, held)}").font = Font(name=SONG, size=11)
    if dated:
        sheet.cell(row, 4, "报送日期：").font = Font(name=SONG, size=11)
        sheet.cell(row, 5, day_name(held.sent)).font = Font(name=SONG, size=11)
    row += 1
    _header(sheet, row, [_spaced(text) for text in headings] if habit.spaced else headings)
    return row + 1


def _office(rulebook: Rulebook, held: Content) -> str:
    """Name the office that stamps the ledger: a county's own water bureau."""
    unit = rulebook.unit[held.unit]
    return f"{unit.short}水务局" if unit.kind == "county" else unit.name


def _spaced(text: str) -> str:
    return " ".join(text)


def _title(sheet: Worksheet, row: int, text: str, columns: int) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = Font(name="方正小标宋简体", size=18), Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = 32


def _header(sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
    _write(sheet, row, headings)
    for column in range(1, len(headings) + 1):
        sheet.cell(row, column).font = Font(name="黑体", size=11)
        sheet.cell(row, column).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _widths(sheet, (26,) * len(headings))


def _write(sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, None if value == "" else value)
        cell.font, cell.border = Font(name=SONG, size=10.5), BOX
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if isinstance(value, date):
            cell.number_format = "yyyy/m/d"


def _merge_down(sheet: Worksheet, column: int, first: int, last: int) -> None:
    """Merge a run of equal cells, as people do; only the first keeps its value."""
    for row in range(first + 1, last + 1):
        sheet.cell(row, column).value = None
    if last > first:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
