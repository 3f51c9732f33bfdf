"""Form never changes meaning: headers, merges, titles, tails, hidden things and strange sheets."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.model.evidence import texts_of
from scoring.model.facts import Status
from tests.ledger.sheets import (
    CASE_HEAD,
    DAY,
    HEAD,
    INCENTIVE_HEAD,
    PUBLICITY_HEAD,
    ROSTER_HEAD,
    TITLES,
    at,
    book,
    errors,
    ledger,
    marks,
    one_statement,
    parse,
    parse_rows,
    roster_line,
    rulebook,
    said,
    severities,
    sheet,
    warnings,
    work_row,
)

from scoring.ledger.parse import parse_workbook  # isort: skip

ROWS = [work_row("1A"), work_row("4A", status="未完成", done_on="", evidence="")]
MEANS = {"1A": "done", "4A": "not_done"}


# ---------------------------------------------------------------------------------------- headers
@pytest.mark.parametrize(
    "head",
    [
        [
            "评 分 项 编 号",
            "任 务 序 号",
            "具体\n目标",
            "评分要求：",
            "完 成 情 况",
            "完成日期（年月日）",
            "数量*",
            "佐证材料：",
            "备注",
        ],
        ["评分项", "序号", "目标", "考核要求", "是否完成", "完成时间", "次数", "佐证", "说明"],
        ["编号", "任务编号", "重点工作", "评分标准", "落实情况（是/否）", "办结日期*", "个数", "证明材料", ""],
        ["条款", "序号", "任务", "工作内容", "完成状态", "落实时间", "部门数", "附件（另附）", ""],
        ["评分项编号*", "", "", "", "进展情况", "完成日期　", "", "台账资料", ""],
        ["评分项编号", "", "", "", "进展", "完成时间:", "", "佐证资料", ""],
        [
            "评分项编号【必填】",
            "",
            "",
            "",
            "完成情况(必填)*",
            "完成日期〔年（含）月日〕：",
            "",
            "佐证材料（含（一）、（二）项的盖章扫描件）*",
            "",
        ],
    ],
)
def test_every_name_of_a_column(head: list[object]) -> None:
    parsed = parse(ledger(*ROWS, head=head))
    assert said(parsed) == MEANS
    assert [s.done_on for s in parsed.facts.statements] == [DAY, None]
    assert not errors(parsed)


@pytest.mark.parametrize("order", [[4, 7, 5, 0], [0, 4, 7, 5], [5, 0, 7, 4]])
def test_columns_stand_in_any_order_with_others_between(order: list[int]) -> None:
    def shuffled(row: list[object]) -> list[object]:
        return [cell for number in order for cell in (row[number], "别的")]

    head = [cell for n, number in enumerate(order) for cell in (HEAD[number], f"其他{n}")]
    parsed = parse(ledger(*map(shuffled, ROWS), head=head))
    assert said(parsed) == MEANS


def test_a_header_of_two_rows() -> None:
    above = ["评分项编号", "任务", "", "", "落实", "", "", "佐证材料", ""]
    below = ["", "任务序号", "具体目标", "评分要求", "完成情况", "完成日期", "数量", "", "备注"]
    merges = ("A4:A5", "B4:D4", "E4:G4", "H4:H5")
    parsed = parse(sheet("工作落实", [*TITLES, above, below, *ROWS], merges=merges))
    assert said(parsed) == MEANS
    assert one_statement(parse(sheet("工作落实", [*TITLES, above, below, ROWS[0]], merges=merges))).source.cell == "E6"


def test_a_header_of_three_rows() -> None:
    rows = [
        ["评分项编号", "考核", "", "", "落实", "", "", "佐证材料", ""],
        ["", "任务序号", "要求", "", "完成", "", "数量", "", ""],
        ["", "", "具体目标", "评分要求", "完成情况", "完成日期", "", "", ""],
    ]
    merges = ("A4:A6", "B4:D4", "B5:B6", "C5:D5", "E4:G4", "E5:F5", "G5:G6", "H4:H6")
    parsed = parse(sheet("工作落实", [*TITLES, *rows, *ROWS], merges=merges))
    assert said(parsed) == MEANS
    assert [s.done_on for s in parsed.facts.statements] == [DAY, None]


def test_a_row_of_hints_below_the_header() -> None:
    hints = ["（编号）", "", "", "", "（是/否）", "（年月日）", "", "（文件名）", ""]
    parsed = parse(ledger(hints, *ROWS))
    assert said(parsed) == MEANS
    assert not errors(parsed)


def test_a_header_repeated_further_down_is_a_header() -> None:
    parsed = parse(ledger(ROWS[0], HEAD, ROWS[1]))
    assert said(parsed) == MEANS
    assert not errors(parsed)


def test_a_repeated_header_of_two_rows() -> None:
    above = ["评分项编号", "任务", "", "", "落实", "", "", "佐证材料", ""]
    below = ["", "任务序号", "具体目标", "评分要求", "完成情况", "完成日期", "数量", "", "备注"]
    merges = ("A4:A5", "B4:D4", "E4:G4", "H4:H5", "A7:A8", "B7:D7", "E7:G7", "H7:H8")
    parsed = parse(sheet("工作落实", [*TITLES, above, below, ROWS[0], above, below, ROWS[1]], merges=merges))
    assert said(parsed) == MEANS
    assert not errors(parsed)


# ---------------------------------------------------------------------------------------- rows
def test_titles_notes_groups_blanks_and_tails_are_no_rows() -> None:
    rows: list[list[object]] = [
        ["附件1："],
        ["昆明市获得用水指标2023年工作台账"],
        *map(list, TITLES),
        ["注：请如实填写"],
        [],
        list(HEAD),
        ["（一）打造便利高效的获得用水环境"],
        ROWS[0],
        [],
        ["", "", "", "", "", "", "", "", ""],
        ["（二）完善促进绿色发展的价格机制"],
        ROWS[1],
        ["合计", "", "", "", "", "", 2.0, "", ""],
        ["小计：2项"],
        ["说明：以上数据截至6月8日"],
        ["备注：无"],
        ["填表人：张三", "", "联系电话：0871-00000000", "", "审核人：李四"],
    ]
    parsed = parse(sheet("工作落实", rows, merges=("A9:I9", "A13:I13")))
    assert said(parsed) == MEANS
    assert not parsed.problems


def test_a_roster_ends_with_its_totals() -> None:
    rows: list[list[object]] = [roster_line("甲公司"), ["合计", "", "1户"], ["备注：新增1户"], ["填表人：张三"]]
    parsed = parse(ledger(*rows, name="企业全量名单", head=ROSTER_HEAD))
    assert [row.enterprise for row in parsed.facts.roster] == ["甲公司"]
    assert not parsed.problems


def test_a_value_is_carried_down_inside_its_merged_range_only() -> None:
    rows = [
        work_row("1A"),
        work_row("2A", status="", done_on="", evidence=""),
        work_row("3A", status="", done_on="", evidence=""),
    ]
    parsed = parse(sheet("工作落实", [*TITLES, HEAD, *rows], merges=("E5:E6", "F5:F6", "H5:H6")))
    assert said(parsed) == {"1A": "done", "2A": "done"}
    assert [(s.done_on, texts_of(s.evidence)) for s in parsed.facts.statements] == [(DAY, "截图.jpg")] * 2
    assert not errors(parsed)


def test_a_merged_unit_is_carried_down() -> None:
    head = ["县区", *HEAD]
    rows = [["五华区", *work_row("1A")], ["", *work_row("2A")], ["盘龙区", *work_row("1A")]]
    parsed = parse(sheet("工作落实", [["第二季度"], head, *rows], merges=("A3:A4",)))
    assert [(s.ledger.unit, s.clause) for s in parsed.facts.statements] == [
        ("五华区", "1A"),
        ("五华区", "2A"),
        ("盘龙区", "1A"),
    ]
    assert not errors(parsed)


def test_a_value_hidden_under_a_merge_states_nothing() -> None:
    rows = [work_row("1A"), work_row("2A", status="")]
    parsed = parse(sheet("工作落实", [*TITLES, HEAD, *rows], merges=("E5:E6",)))
    assert said(parsed) == {"1A": "done", "2A": "done"}


def test_the_lower_row_is_later() -> None:
    parsed = parse_rows(work_row("4A", status="未完成"), work_row("4A"))
    positions = [s.position for s in parsed.facts.statements]
    assert positions == sorted(positions)
    assert parsed.facts.statements[-1].status is Status.DONE


def test_two_sheets_of_one_kind_are_both_read_in_order() -> None:
    parsed = parse(ledger(work_row("4A", status="未完成"), name="工作落实1"), ledger(work_row("4A"), name="工作落实2"))
    assert [s.source.sheet for s in sorted(parsed.facts.statements, key=lambda s: s.position)] == [
        "工作落实1",
        "工作落实2",
    ]


def test_rows_may_be_shorter_than_the_header_and_hold_nothing_but_blanks() -> None:
    parsed = parse(ledger(work_row("1A")[:5], ["　", " "], ["7A", "", "", "", "已完成"]))
    assert said(parsed) == {"1A": "done", "7A": "done"}


# ---------------------------------------------------------------------------------------- sheets
SHEETS = {
    "工作落实": (HEAD, work_row(), "statements"),
    "工作台账": (HEAD, work_row(), "statements"),
    "落实情况": (HEAD, work_row(), "statements"),
    "台账": (HEAD, work_row(), "statements"),
    "1.工作落实（二季度）": (HEAD, work_row(), "statements"),
    "工作案例": (CASE_HEAD, [4.0, "并联审批", DAY, "简介", "照片"], "cases"),
    "案例": (CASE_HEAD, [4.0, "并联审批", DAY, "简介", "照片"], "cases"),
    "工作案例台账": (CASE_HEAD, [4.0, "并联审批", DAY, "简介", "照片"], "cases"),
    "政策宣传": (PUBLICITY_HEAD, ["宣传稿", "昆明日报", "市级", DAY, "http://a.cn"], "publicity"),
    "宣传": (PUBLICITY_HEAD, ["宣传稿", "昆明日报", "市级", DAY, "http://a.cn"], "publicity"),
    "企业全量名单": (ROSTER_HEAD, roster_line(), "roster"),
    "全量名单": (ROSTER_HEAD, roster_line(), "roster"),
    "报装名单": (ROSTER_HEAD, roster_line(), "roster"),
    "企业名单": (ROSTER_HEAD, roster_line(), "roster"),
    "激励加分": (INCENTIVE_HEAD, ["政策宣传", "信息采用", 1.0, 1.0, "文件"], "incentives"),
    "加分": (INCENTIVE_HEAD, ["政策宣传", "信息采用", 1.0, 1.0, "文件"], "incentives"),
}


@pytest.mark.parametrize(("name", "given"), SHEETS.items(), ids=SHEETS)
def test_a_sheet_is_known_by_its_name(name: str, given: tuple[list[object], list[object], str]) -> None:
    head, row, facts = given
    parsed = parse(ledger(row, name=name, head=head))
    assert len(getattr(parsed.facts, facts)) == 1
    assert not parsed.problems
    assert not parsed.left_alone


@pytest.mark.parametrize("name", ["工作落实", "工作案例", "政策宣传", "企业全量名单", "激励加分"])
def test_a_sheet_with_a_strange_name_is_known_by_its_header(name: str) -> None:
    head, row, facts = SHEETS[name]
    parsed = parse(ledger(row, name="Sheet1", head=head))
    assert len(getattr(parsed.facts, facts)) == 1
    assert not parsed.problems


EVERYDAY_NAMES = {
    "statements": (["序号", "重点工作", "工作内容", "进展情况", "完成时间", "佐证资料", "备注"],
                   [4.0, "", "未出台文件", "已完成", DAY, "截图.jpg", ""]),
    "cases": (["任务序号", "标题", "时间", "简介", "佐证材料"], [4.0, "甲案", DAY, "经过", "照片"]),
    "roster": (["序号", "用户名称", "类型", "申请日期", "办结日期"], [1.0, "甲公司", "具备安装条件", DAY, DAY]),
}  # fmt: skip


@pytest.mark.parametrize("facts", EVERYDAY_NAMES)
def test_everyday_column_names_tell_a_kind_together(facts: str) -> None:
    head, row = EVERYDAY_NAMES[facts]
    assert len(getattr(parse(ledger(row, name="Sheet1", head=head)).facts, facts)) == 1


@pytest.mark.parametrize(
    "head", [["编号", "项目", "数量", "单位", "备注"], ["序号", "任务", "说明", "附件"], ["名称", "类型", "办结日期"]]
)
def test_a_few_everyday_column_names_tell_nothing(head: list[object]) -> None:
    assert parse_workbook(book(sheet("Sheet1", [head, ["甲", 1.0, 2.0, "乙", ""]])), rulebook()).refused


def test_a_sheet_that_is_no_part_of_a_ledger_is_left_alone_and_listed() -> None:
    other = sheet("工资表", [["姓名", "工资"], ["张三", 100.0]])
    blank = sheet("Sheet3", [])
    parsed = parse(ledger(work_row()), other, blank)
    assert "工资表" in parsed.left_alone
    assert not parsed.problems


@pytest.mark.parametrize(
    "sheets", [[], [sheet("Sheet1", [])], [sheet("工资表", [["姓名", "工资"], ["张三", 100.0]]), sheet("Sheet2", [])]]
)
def test_a_workbook_without_any_recognisable_sheet_is_refused_whole(sheets: list[object]) -> None:
    parsed = parse_workbook(book(*sheets), rulebook())  # type: ignore[arg-type]
    assert parsed.refused
    (problem,) = parsed.problems
    assert (problem.severity, problem.sheet, problem.cell) == ("error", "", "")
    assert not parsed.facts.ledgers


def test_hidden_sheets_and_rows_are_read_with_a_warning() -> None:
    rows = [*TITLES, HEAD, *ROWS]
    parsed = parse(sheet("工作落实", rows, hidden=True))
    assert said(parsed) == MEANS
    assert severities(parsed) == {"": "warning"}
    parsed = parse(sheet("工作落实", rows, hidden_rows=frozenset({4})))
    assert said(parsed) == MEANS
    (problem,) = parsed.problems
    assert (problem.severity, problem.cell[1:]) == ("warning", "5")


def test_a_hidden_sheet_that_is_no_part_of_a_ledger_is_no_matter() -> None:
    parsed = parse(ledger(work_row()), sheet("深藏", [[1.0]], hidden=True))
    assert not parsed.problems


def test_a_row_that_is_struck_out_as_a_whole_is_said_once() -> None:
    struck = marks(dict.fromkeys(("A5", "E5", "H5"), "删除线"))
    parsed = parse(sheet("工作落实", [*TITLES, HEAD, [""] * 9, work_row("4B")], marked=struck))
    assert said(parsed) == {"4B": "done"}
    assert warnings(parsed) == ["cell-struck A5"]


def test_comments_and_strike_through_on_a_row_that_is_read() -> None:
    marked = marks({"E5": "批注", "A6": "删除线", "A1": "批注", "A9": "删除线"})
    parsed = parse(sheet("工作落实", [*TITLES, HEAD, *ROWS], marked=marked))
    assert said(parsed) == MEANS
    assert severities(parsed) == {"E5": "warning", "A6": "warning"}


@pytest.mark.parametrize("fault", ["#N/A", "#REF!", "="])
def test_a_faulted_cell_is_unreadable(fault: str) -> None:
    def with_fault(cell: str):  # type: ignore[no-untyped-def]
        row = work_row("8A", quantity=2.0)
        row[ord(cell) - 65] = ""
        return parse(sheet("工作落实", [*TITLES, HEAD, row], faults=marks({f"{cell}5": fault})))

    for cell in "EG":
        parsed = with_fault(cell)
        assert severities(parsed)[f"{cell}5"] == "error"
        assert one_statement(parsed).status is Status.UNREADABLE
    parsed = with_fault("F")
    assert severities(parsed)["F5"] == "error"
    assert one_statement(parsed).status is Status.DONE
    assert severities(with_fault("A"))["A5"] == "error"
    assert not with_fault("I").problems


# ---------------------------------------------------------------------------------------- warnings of a row
def test_done_without_a_day() -> None:
    assert severities(parse_rows(work_row(done_on=""))) == {"F5": "warning"}


def test_done_after_the_ledger_was_sent() -> None:
    assert severities(parse_rows(work_row(done_on=date(2023, 6, 9)))) == {"F5": "warning"}
    assert not severities(parse_rows(work_row(done_on=date(2023, 6, 8))))


def test_a_zero_report_needs_no_evidence() -> None:
    parsed = parse_rows(work_row("2B", quantity=0.0, evidence=""))
    assert one_statement(parsed).quantity == 0
    assert not at(parsed, "H5")


def test_the_sources_are_the_cells_that_state() -> None:
    parsed = parse_rows(work_row("4A"), work_row("8A", status="", quantity=3.0))
    assert [str(s.source.cell) for s in parsed.facts.statements] == ["E5", "G6"]
    assert {s.source.workbook for s in parsed.facts.statements} == {"台账.xlsx"}


def test_one_cell_is_reported_once() -> None:
    rows = [work_row("1A", status="差不多"), work_row("2A", status="")]
    parsed = parse(sheet("工作落实", [*TITLES, HEAD, *rows], merges=("E5:E6",)))
    assert len(at(parsed, "E5")) == 1


def test_a_long_value_is_shortened() -> None:
    parsed = parse_rows(work_row(status="唔" * 30_000))
    assert all(len(problem.value) <= 60 and len(problem.message) < 400 for problem in parsed.problems)
    assert all(len(s.said) <= 200 for s in parsed.facts.statements)


def test_an_error_value_written_as_text_in_the_column_of_units_keeps_its_row_out() -> None:
    rows = [["五华区", *work_row("1A")], ["#REF!", *work_row("4A")]]
    parsed = parse(sheet("工作落实", [[TITLES[1][0]], [TITLES[2][0]], ["填报单位", *HEAD], *rows]))
    assert said(parsed) == {"1A": "done"}
    assert [(p.code, p.cell, p.value) for p in parsed.problems] == [("cell-error", "A5", "#REF!")]


def test_a_number_that_states_nothing_is_shown_where_the_status_is_blank() -> None:
    (problem,) = parse_rows(work_row("4A", status="", done_on="", quantity=3.0, evidence="")).problems
    assert (problem.code, problem.value) == ("status-blank", "3")
