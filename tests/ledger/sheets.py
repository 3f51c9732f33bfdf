"""Workbooks as lists of rows: a test writes what a clerk would see, and reads what the parser made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from scoring.files.cells import Merge, Sheet, Workbook, address
from scoring.ledger.parse import parse_workbook
from scoring.model.facts import Statement
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import Problem, Severity
from scoring.rulebook.read import load_rulebook

BOOK = "台账.xlsx"
UNIT, QUARTER, SUBMITTED = "填报单位：五华区水务局", "2023年第二季度", "报送日期：2023年6月8日"
TITLES: tuple[list[object], ...] = ([UNIT], [QUARTER], [SUBMITTED])
HEAD = ["评分项编号", "任务序号", "具体目标", "评分要求", "完成情况", "完成日期", "数量", "佐证材料", "备注"]
CASE_HEAD = ["任务序号", "案例名称", "日期", "简介", "佐证材料"]
PUBLICITY_HEAD = ["标题", "媒体", "级别", "日期", "链接"]
ROSTER_HEAD = [
    "企业名称", "统一社会信用代码", "项目类型", "是否有外线", "受理日期", "通水日期",
    "扣除工作日", "办理工作日", "环节数", "材料数", "费用",
]  # fmt: skip
INCENTIVE_HEAD = ["类别", "事项", "申报分值", "认定分值", "依据"]
FIRST = 5  # the first data row below TITLES and a header of one row
DAY = date(2023, 5, 10)

Rows = Sequence[Sequence[object]]


@cache
def rulebook() -> Rulebook:
    return load_rulebook()


def sheet(name: str, rows: Rows, *, number: int = 0, merges: Sequence[str] = (), **other: Any) -> Sheet:
    """A sheet; ``merges`` are addresses (``A5:A6``)."""
    return Sheet(name, number, [list(row) for row in rows], tuple(map(merge, merges)), **other)


def merge(text: str) -> Merge:
    (top, left), (bottom, right) = map(place, text.split(":"))
    return Merge(top, left, bottom, right)


def place(text: str) -> tuple[int, int]:
    """Row and column, from 0, of an address of one letter."""
    return int(text[1:]) - 1, ord(text[0]) - 65


def work_row(code: object = "4A", status: object = "已完成", done_on: object = DAY, **other: object) -> list[object]:
    """A canonical row of 工作落实: done in May with evidence, unless told otherwise."""
    values = {"task": "", "goal": "", "requirement": "", "quantity": "", "evidence": "截图.jpg", "remark": ""} | other
    return [
        code, values["task"], values["goal"], values["requirement"], status, done_on,
        values["quantity"], values["evidence"], values["remark"],
    ]  # fmt: skip


def roster_line(name: object = "云南某某公司", **other: object) -> list[object]:
    """A canonical row of the roster: a 一般项目 without external line, connected a day later."""
    values = {
        "code": "91530100MA6K0000X1", "kind": "一般项目", "line": "否", "accepted": date(2023, 5, 8),
        "connected": date(2023, 5, 9), "deducted": "", "stated": "",
    } | other  # fmt: skip
    return [name, *values.values(), 2.0, 0.0, "0"]


def ledger(
    *rows: Sequence[object], name: str = "工作落实", titles: Rows = TITLES, head: Sequence[object] = HEAD
) -> Sheet:
    """The canonical sheet: labels, header, rows."""
    return sheet(name, [*titles, head, *rows])


def book(*sheets: Sheet, name: str = BOOK, **other: Any) -> Workbook:
    numbered = (
        Sheet(s.name, n, s.rows, s.merges, s.hidden, s.hidden_rows, s.faults, s.marked, s.hidden_columns)
        for n, s in enumerate(sheets)
    )
    return Workbook(name, tuple(numbered), **other)


def parse(*sheets: Sheet, name: str = BOOK, **other: Any) -> ParsedWorkbook:
    return parse_workbook(book(*sheets, name=name, **other), rulebook())


def parse_rows(*rows: Sequence[object], **other: Any) -> ParsedWorkbook:
    """Parse the canonical 工作落实 with these rows."""
    return parse(ledger(*rows), **other)


def one_statement(parsed: ParsedWorkbook) -> Statement:
    (statement,) = parsed.facts.statements
    return statement


def said(parsed: ParsedWorkbook) -> dict[str, str]:
    """Clause -> status of its last statement."""
    return {statement.clause: statement.status.value for statement in parsed.facts.statements}


def at(parsed: ParsedWorkbook, cell: str, sheet_name: str | None = None) -> list[Problem]:
    return [p for p in parsed.problems if p.cell == cell and sheet_name in (None, p.sheet)]


def errors(parsed: ParsedWorkbook) -> list[str]:
    return [f"{p.code} {p.cell}" for p in parsed.problems if p.severity is Severity.ERROR]


def warnings(parsed: ParsedWorkbook) -> list[str]:
    return [f"{p.code} {p.cell}" for p in parsed.problems if p.severity is Severity.WARNING]


def severities(parsed: ParsedWorkbook) -> dict[str, str]:
    """Cell -> severity of the gravest problem there."""
    ordered = sorted(parsed.problems, key=lambda problem: problem.severity is Severity.ERROR)
    return {problem.cell: problem.severity.value for problem in ordered}


def marks(cells: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """Address -> remark, as ``Sheet.marked`` and ``Sheet.faults`` want it."""
    return {place(cell): text for cell, text in cells.items()}


def cell_of(row: int, column: int) -> str:
    return address(row, column)
