"""The blank ledger: what it holds, and that it reads back without a problem, blank and filled."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scoring.ledger.parse import read_ledger, roster_problems
from scoring.ledger.template.blank import stated_clauses, template_name, template_workbook
from scoring.model.facts import MatchedBy, Status
from scoring.model.parsed import ParsedWorkbook
from scoring.rulebook.read import load_rulebook

RULEBOOK = load_rulebook()
UNITS = [unit.name for unit in RULEBOOK.units if unit.assessed]
COUNTY, DEPARTMENT = "五华区", "市政务服务局"
HEADER = 3


def _open(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def _read(book: openpyxl.Workbook, unit: str, quarter: int) -> ParsedWorkbook:
    data = io.BytesIO()
    book.save(data)
    return read_ledger(data.getvalue(), template_name(RULEBOOK, unit, quarter), RULEBOOK, 0)


def _columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADER]}


def _put(sheet: Worksheet, row: int, **values: object) -> None:
    columns = _columns(sheet)
    for title, value in values.items():
        sheet.cell(row, columns[title], value)


def _fill(book: openpyxl.Workbook, unit: str) -> None:
    """Fill every row of every sheet that can be filled."""
    sheet = book["工作落实"]
    label = next(cell for cell in sheet[2] if cell.value == "报送日期：")
    sheet.cell(2, label.column + 1, date(2023, 6, 8))
    for row, (_clause, term) in enumerate(stated_clauses(RULEBOOK, unit), HEADER + 1):
        number = {"shortfall": 3, "missing": 0, "count_bonus": 2}.get(term.method)
        _put(
            sheet,
            row,
            完成情况="已完成",
            完成日期=date(2023, 5, 31),
            数量=number,
            佐证材料="公示截图.jpg",
            备注="已核对",
        )
    _put(
        book["政策宣传"],
        4,
        标题="用水报装图解",
        媒体="昆明日报",
        级别="市级",
        日期=date(2023, 5, 9),
        链接="截图.jpg",
    )
    _put(book["激励加分"], 4, 类别="工作案例", 事项="入选典型案例", 申报分值=0.5, 认定分值=0.5, 依据="认定表")
    if RULEBOOK.unit[unit].kind == "county":
        _put(
            book["工作案例"],
            4,
            任务序号=4,
            案例名称="并联审批案例",
            日期=date(2023, 5, 9),
            简介="略",
            佐证材料="案例.docx",
        )
        held = {
            "企业名称": "某某公司",
            "统一社会信用代码": "91530102MA6K00000X",
            "项目类型": "一般项目",
            "是否有外线": "有外线",
        }
        days = {"受理日期": date(2023, 5, 8), "通水日期": date(2023, 5, 12), "扣除工作日": 1, "办理工作日": 3}
        _put(book["企业全量名单"], 4, **held, **days, 环节数=2, 材料数=0, 费用=0)


@pytest.mark.parametrize("unit", UNITS)
def test_a_blank_template_reads_back_without_a_problem_and_states_nothing(unit: str) -> None:
    parsed = _read(_open(template_workbook(RULEBOOK, unit, 3)), unit, 3)
    assert parsed.problems == ()
    assert not parsed.refused
    assert {statement.status for statement in parsed.facts.statements} <= {Status.BLANK}
    assert not any(statement.quantity for statement in parsed.facts.statements)
    facts = parsed.facts
    assert [*facts.cases, *facts.roster, *facts.incentives, *facts.publicity] == []
    assert parsed.left_alone == ("填报说明",)


@pytest.mark.parametrize("unit", UNITS)
def test_a_filled_template_reads_back_without_a_problem_and_as_it_was_filled(unit: str) -> None:
    book = _open(template_workbook(RULEBOOK, unit, 2))
    _fill(book, unit)
    parsed = _read(book, unit, 2)
    assert [*parsed.problems, *roster_problems(parsed.facts)] == []
    stated = {statement.clause: statement for statement in parsed.facts.statements}
    assert list(stated) == [clause.code for clause, _ in stated_clauses(RULEBOOK, unit)]
    assert {s.status for s in stated.values()} == {Status.DONE}
    assert {s.done_on for s in stated.values()} == {date(2023, 5, 31)}
    assert {s.matched_by for s in stated.values()} == {MatchedBy.CODE}
    assert {(s.ledger.unit, s.ledger.quarter, s.ledger.submitted) for s in stated.values()} == {
        (unit, 2, date(2023, 6, 8))
    }
    assert [item.awarded for item in parsed.facts.incentives] == [Decimal("0.5")]
    county = RULEBOOK.unit[unit].kind == "county"
    assert [case.task for case in parsed.facts.cases] == ([4] if county else [])
    assert [row.project_class for row in parsed.facts.roster] == (["一般项目（有外线）"] if county else [])


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_each_quarter_is_read_as_itself(quarter: int) -> None:
    book = _open(template_workbook(RULEBOOK, COUNTY, quarter))
    _put(book["工作落实"], HEADER + 1, 完成情况="未完成")
    ledgers = _read(book, COUNTY, quarter).facts.ledgers
    assert {(ledger.unit, ledger.quarter, ledger.dated) for ledger in ledgers} == {(COUNTY, quarter, False)}


def test_the_numbers_are_read_from_their_own_rows() -> None:
    for unit, method, number in (
        (COUNTY, "shortfall", 3),
        (COUNTY, "count_bonus", 2),
        (DEPARTMENT, "missing", 0),
    ):
        book = _open(template_workbook(RULEBOOK, unit, 2))
        _fill(book, unit)
        code = next(clause.code for clause, term in stated_clauses(RULEBOOK, unit) if term.method == method)
        stated = {s.clause: s.quantity for s in _read(book, unit, 2).facts.statements}
        assert stated[code] == number


def test_there_is_a_row_for_every_stated_clause_with_its_sentence_verbatim() -> None:
    sheet = _open(template_workbook(RULEBOOK, COUNTY, 2))["工作落实"]
    columns = _columns(sheet)
    rows = [
        (sheet.cell(row, columns["评分项编号"]).value, sheet.cell(row, columns["评分要求"]).value)
        for row in range(HEADER + 1, sheet.max_row + 1)
    ]
    terms = RULEBOOK.terms_of[COUNTY]
    assert rows == [(c.code, t.quote) for c, t in terms if t.method not in ("median", "case")]


@pytest.mark.parametrize("unit", [COUNTY, DEPARTMENT])
def test_no_cell_holds_a_formula_or_a_comment_and_every_code_is_text(unit: str) -> None:
    book = _open(template_workbook(RULEBOOK, unit, 2))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.comment]
    sheet = book["工作落实"]
    codes = [row[0] for row in sheet.iter_rows(min_row=HEADER + 1)]
    assert codes
    assert {(type(cell.value), cell.number_format) for cell in codes} == {(str, "@")}


def test_dates_and_lists_are_offered_where_they_are_asked() -> None:
    book = _open(template_workbook(RULEBOOK, COUNTY, 2))
    lists = {
        "工作落实": {"完成情况": "list", "完成日期": "date"},
        "工作案例": {"任务序号": "whole", "日期": "date"},
        "政策宣传": {"级别": "list", "日期": "date"},
        "企业全量名单": {"项目类型": "list", "是否有外线": "list", "受理日期": "date", "通水日期": "date"},
        "激励加分": {"类别": "list"},
    }
    for name, wanted in lists.items():
        sheet = book[name]
        for title, kind in wanted.items():
            cell = sheet.cell(HEADER + 1, _columns(sheet)[title])
            held = [rule.type for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
            assert held == [kind], (name, title)
            assert kind != "date" or cell.number_format == "yyyy-mm-dd"


def test_every_sheet_keeps_its_header_on_screen_and_on_paper() -> None:
    book = _open(template_workbook(RULEBOOK, COUNTY, 2))
    for sheet in book:
        if sheet.title != "填报说明":
            assert sheet.freeze_panes.endswith(str(HEADER + 1))
            assert sheet.print_title_rows == f"$1:${HEADER}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_a_unit_of_which_nothing_is_asked_gets_its_empty_sheet() -> None:
    asked = replace(RULEBOOK, clauses=tuple(clause for clause in RULEBOOK.clauses if clause.code != "9A"))
    assert stated_clauses(asked, DEPARTMENT) == ()
    sheet = _open(template_workbook(asked, DEPARTMENT, 2))["工作落实"]
    assert not [cell.value for row in sheet.iter_rows(HEADER + 1) for cell in row if cell.value]
    assert not sheet.data_validations.dataValidation[1:], "only 报送日期 is asked for"


def test_only_counties_get_a_roster() -> None:
    assert "企业全量名单" in _open(template_workbook(RULEBOOK, COUNTY, 2)).sheetnames
    assert "企业全量名单" not in _open(template_workbook(RULEBOOK, DEPARTMENT, 2)).sheetnames


def test_the_name_says_unit_year_and_quarter() -> None:
    assert template_name(RULEBOOK, COUNTY, 2) == "五华区2023年第二季度台账.xlsx"


def test_every_choice_that_a_list_offers_is_understood() -> None:
    blank = _open(template_workbook(RULEBOOK, COUNTY, 2))
    offered = [
        (sheet.title, str(rule.sqref).split(":")[0], choice)
        for sheet in blank
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for choice in rule.formula1.strip('"').split(",")
    ]
    assert len(offered) > 10
    for sheet, cell, choice in offered:
        book = _open(template_workbook(RULEBOOK, COUNTY, 2))
        _fill(book, COUNTY)
        book[sheet][cell] = choice
        problems = _read(book, COUNTY, 2).problems
        assert [problem.code for problem in problems if problem.cell == cell] == [], choice


def test_the_day_may_be_typed_behind_its_label() -> None:
    book = _open(template_workbook(RULEBOOK, COUNTY, 2))
    sheet = book["工作落实"]
    label = next(cell for cell in sheet[2] if cell.value == "报送日期：")
    label.value = "报送日期：2023年6月8日"
    _put(sheet, HEADER + 1, 完成情况="未完成")
    parsed = _read(book, COUNTY, 2)
    assert parsed.problems == ()
    assert {(ledger.submitted, ledger.dated) for ledger in parsed.facts.ledgers} == {(date(2023, 6, 8), True)}
