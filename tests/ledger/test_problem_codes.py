"""Every problem that the parser can report is provoked once, at its place, with words that help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from scoring.files.cells import Sheet
from scoring.ledger.every_year import parse_first_year
from scoring.ledger.parse import parse_workbook, problems_over_time, roster_problems
from scoring.model.facts import Facts
from scoring.problems import CATALOGUE, Problem
from tests.builders import ledger as made_ledger
from tests.builders import roster_row
from tests.ledger.sheets import (
    BOOK,
    CASE_HEAD,
    HEAD,
    INCENTIVE_HEAD,
    QUARTER,
    ROSTER_HEAD,
    SUBMITTED,
    TITLES,
    UNIT,
    book,
    ledger,
    marks,
    parse,
    roster_line,
    rulebook,
    sheet,
    work_row,
)
from tests.years.books import rulebook_of

Found = tuple[Problem, ...]


def work(*rows: list[object], titles: list[list[object]] | None = None, **other: object) -> Found:
    return read(sheet("工作落实", [*(titles or TITLES), HEAD, *rows], **other))


def other_year() -> Found:
    titles = [[UNIT], ["2024年第二季度"], ["报送日期：2024年6月8日"]]
    return parse_first_year(book(ledger(work_row(), titles=titles)), (rulebook(), rulebook_of(2024))).problems


def roster(head: list[object] | None = None, **change: object) -> Found:
    return read(ledger(roster_line("甲公司", **change), name="企业全量名单", head=head or ROSTER_HEAD))


def case(*row: object) -> Found:
    return read(ledger(list(row), name="工作案例", head=CASE_HEAD))


def incentive(*row: object) -> Found:
    return read(ledger(list(row), name="激励加分", head=INCENTIVE_HEAD))


def read(*sheets: Sheet) -> Found:
    return parse(*sheets).problems


def gone() -> Found:
    rows = (roster_row("甲", at=made_ledger(quarter=2)), roster_row("乙", at=made_ledger(quarter=3)))
    return roster_problems(Facts(roster=rows))


def twice(*rows: list[object], head: list[object] | None = None, **other: object) -> Found:
    """A ledger with 完成情况 in two columns (E and J)."""
    return read(sheet("工作落实", [*TITLES, head or [*HEAD, "完成情况"], *rows], **other))


def grouped() -> Found:
    """Columns for the first and the third quarter only, in a ledger of the second."""
    above = ["", "", "", "", "第一季度", "", "", "第三季度", ""]
    head = [
        "评分项编号",
        "任务序号",
        "具体目标",
        "评分要求",
        "完成情况",
        "完成日期",
        "佐证材料",
        "完成情况",
        "完成日期",
    ]
    return read(sheet("工作落实", [*TITLES, above, head, ["4A", "", "", "", "已完成", "", "", "", ""]]))


def said_otherwise() -> Found:
    """A first ledger says on 8 March that 4A is not done, the next one that it was done in February."""
    march: list[list[object]] = [["填报单位：五华区"], ["第一季度"], ["报送日期：2023年3月8日"]]
    first = parse(ledger(work_row(status="未完成", done_on="", evidence=""), titles=march), name="一季度.xlsx")
    later = parse(ledger(work_row(done_on=date(2023, 2, 20))))
    return problems_over_time(Facts.joined([first.facts, later.facts]))


def faulted(cell: str, fault: str) -> Found:
    row = work_row()
    row[ord(cell) - 65] = ""
    return work(row, faults=marks({f"{cell}5": fault}))


PROVOKED: dict[str, tuple[str, Callable[[], Found]]] = {
    "not-a-ledger": ("", lambda: read(sheet("工资表", [["姓名", "工资"], ["张三", 1.0]]))),
    "header-missing": ("A2", lambda: read(ledger(work_row()), sheet("工作案例", [[UNIT], ["并联审批", "办得快"]]))),
    "column-missing": (
        "A4",
        lambda: read(ledger(["照片"], work_row(), name="工作落实", head=[*HEAD[:4], "", "", "", *HEAD[7:]])),
    ),
    "column-absent": ("A4", lambda: roster(head=[*ROSTER_HEAD[:2], "甲", *ROSTER_HEAD[3:]])),
    "unit-missing": ("", lambda: work(work_row(), titles=[[QUARTER], [SUBMITTED]])),
    "unit-unknown": ("A1", lambda: work(work_row(), titles=[["填报单位：火星区"], [QUARTER], [SUBMITTED]])),
    "unit-not-assessed": ("A1", lambda: work(work_row(), titles=[["填报单位：高新区"], [QUARTER], [SUBMITTED]])),
    "quarter-missing": ("", lambda: work(work_row(), titles=[[UNIT]])),
    "quarter-unreadable": ("A2", lambda: work(work_row(), titles=[[UNIT], ["季度：第五季度"], [SUBMITTED]])),
    "other-year": ("A2", other_year),
    "year-wrong": ("A2", lambda: work(work_row(), titles=[[UNIT], ["2022年第二季度"], [SUBMITTED]])),
    "submitted-unreadable": ("A3", lambda: work(work_row(), titles=[[UNIT], [QUARTER], ["报送日期：六月吧"]])),
    "ledger-late": ("A3", lambda: work(work_row(), titles=[[UNIT], [QUARTER], ["报送日期：6月11日"]])),
    "sheet-hidden": ("", lambda: work(work_row(), hidden=True)),
    "row-hidden": ("A5", lambda: work(work_row(), hidden_rows=frozenset({4}))),
    "cell-marked": ("E5", lambda: work(work_row(), marked=marks({"E5": "批注"}))),
    "cell-struck": ("E5", lambda: work(work_row(), marked=marks({"E5": "批注、删除线"}))),
    "cell-error": ("E5", lambda: faulted("E", "#REF!")),
    "formula-without-result": ("E5", lambda: faulted("E", "=")),
    "code-unknown": ("A5", lambda: work(work_row("4Z"))),
    "task-unknown": ("B5", lambda: work(work_row("", task=31.0))),
    "task-missing": ("A5", lambda: case("", "并联审批", date(2023, 5, 10), "", "照片")),
    "clause-unclear": ("D5", lambda: work(work_row("", requirement="公布办事指南"))),
    "clause-unknown": ("D5", lambda: work(work_row("", requirement="购买办公用品"))),
    "clause-missing": ("E5", lambda: work(work_row(""))),
    "number-contradicted": ("B5", lambda: work(work_row("", task=3.0, goal="全面开展容缺受理"))),
    "clause-not-scored": ("A5", lambda: work(work_row("9B"))),
    "case-in-work": ("A5", lambda: work(work_row("4C"))),
    "status-unreadable": ("E5", lambda: work(work_row(status="差不多"))),
    "status-undecided": ("E5", lambda: work(work_row(status="不涉及"))),
    "status-blank": ("E5", lambda: work(work_row(status=""))),
    "date-unreadable": ("F5", lambda: work(work_row(done_on="六月吧"))),
    "date-missing": ("F5", lambda: work(work_row(done_on=""))),
    "date-month-only": ("F5", lambda: work(work_row(done_on="2023年5月"))),
    "date-after-submission": ("F5", lambda: work(work_row(done_on=date(2023, 6, 9)))),
    "evidence-missing": ("H5", lambda: work(work_row(evidence="待补"))),
    "evidence-error-value": ("H5", lambda: faulted("H", "#REF!")),
    "quantity-unreadable": ("G5", lambda: work(work_row("9C", quantity="很多"))),
    "quantity-over": ("G5", lambda: work(work_row("8A", quantity=4.0))),
    "points-unreadable": ("D5", lambda: incentive("工作案例", "甲", 1.0, "半分", "文件")),
    "points-pending": ("D5", lambda: incentive("工作案例", "甲", 1.0, "", "文件")),
    "category-unknown": ("A5", lambda: incentive("其他", "甲", 1.0, 1.0, "文件")),
    "title-missing": ("B5", lambda: case(4.0, "", date(2023, 5, 10), "", "照片")),
    "case-without-points": ("A5", lambda: case(7.0, "客户经理", date(2023, 5, 10), "", "照片")),
    "accepted-missing": ("E5", lambda: roster(accepted="")),
    "connected-missing": ("F5", lambda: roster(connected="")),
    "connected-before-accepted": ("F5", lambda: roster(connected=date(2023, 5, 5))),
    "project-type-unreadable": ("C5", lambda: roster(kind="特殊")),
    "project-type-missing": ("C5", lambda: roster(kind="")),
    "external-line-unreadable": ("D5", lambda: roster(line="也许")),
    "external-line-missing": ("D5", lambda: roster(line="")),
    "deducted-unreadable": ("G5", lambda: roster(deducted="几天")),
    "stated-days-unreadable": ("H5", lambda: roster(stated="很快")),
    "stated-days-differ": ("H5", lambda: roster(stated=5.0)),
    "roster-not-cumulative": ("A4", gone),
    "column-twice": ("J4", lambda: twice([*work_row(), "已完成"])),
    "column-hidden": ("J4", lambda: twice([*work_row(), "未完成"], hidden_columns=frozenset({9}))),
    "columns-contradict": ("J5", lambda: twice([*work_row(), "未完成"])),
    "quarter-column-missing": ("E5", grouped),
    "unit-contradicted": ("A1", lambda: work(work_row(), titles=[["填报单位：五华区"], ["盘龙区2023年第二季度台账"]])),
    "quarter-contradicted": ("A2", lambda: work(work_row(), titles=[["五华区2023年第一季度台账"], ["季度：第二季度"]])),
    "sheets-contradict": ("E5", lambda: read(ledger(work_row()), ledger(work_row(status="未完成"), name="Sheet2"))),
    "row-contradicts": ("E6", lambda: work(work_row(), work_row(status="未完成"))),
    "roster-row-twice": (
        "A5",
        lambda: read(
            ledger(roster_line("甲公司"), name="企业全量名单", head=ROSTER_HEAD),
            ledger(roster_line("甲公司", connected=date(2023, 5, 11)), name="名单（2）", head=ROSTER_HEAD),
        ),
    ),
    "date-old": ("F5", lambda: work(work_row(done_on=date(2003, 5, 26)))),
    "submitted-missing": ("", lambda: work(work_row(), titles=TITLES[:2])),
    "submitted-twice": ("A3", lambda: work(work_row(), titles=(*TITLES, ["填报日期：2023年6月7日"]))),
    "submitted-backdated": (
        "A3",
        lambda: parse_workbook(book(ledger(work_row())), rulebook(), received=date(2023, 6, 16)).problems,
    ),
    "done-contradicted": ("F5", said_otherwise),
    "more-errors": ("", lambda: work(*(work_row("9C", quantity="很多" if n % 2 else 1.0) for n in range(2400)))),
    "more-warnings": ("", lambda: work(*(work_row(evidence="" if n % 2 else "截图") for n in range(2400)))),
    "row-example": ("I5", lambda: work(work_row(remark="填写示例"), work_row("4B"))),
}


@pytest.mark.parametrize(("code", "given"), PROVOKED.items(), ids=PROVOKED)
def test_a_problem_is_reported_at_its_place(code: str, given: tuple[str, Callable[[], Found]]) -> None:
    cell, provoke = given
    found = {problem.code: problem for problem in provoke()}
    assert code in found
    problem = found[code]
    assert (problem.cell, problem.workbook) == (cell, BOOK)
    assert problem.severity is CATALOGUE[code].severity
    assert "{" not in problem.message


def test_every_code_of_the_parser_is_provoked() -> None:
    of_the_file = {code for code in CATALOGUE if code.startswith(("file-", "package-"))} | {"cell-given-twice"}
    of_the_file |= {code for code in CATALOGUE if code.startswith("evidence-")} - set(PROVOKED)  # tests/evidence
    assert set(PROVOKED) == set(CATALOGUE) - of_the_file
