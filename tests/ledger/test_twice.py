"""A ledger that says two things at once: never the first, never the last, never in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scoring.files.cells import Sheet
from scoring.ledger.parse import parse_workbook
from scoring.model.evidence import texts_of
from scoring.model.facts import Status
from scoring.model.parsed import ParsedWorkbook
from tests.ledger.sheets import (
    CASE_HEAD,
    DAY,
    HEAD,
    INCENTIVE_HEAD,
    ROSTER_HEAD,
    TITLES,
    at,
    book,
    errors,
    ledger,
    one_statement,
    parse,
    roster_line,
    rulebook,
    said,
    sheet,
    warnings,
    work_row,
)

QUARTERS = ["评分项编号", "完成情况", "完成日期", "佐证材料", "完成情况", "完成日期", "佐证材料"]


def with_columns(head: list[object], *rows: list[object], **other: object) -> ParsedWorkbook:
    return parse(sheet("工作落实", [*TITLES, head, *rows], **other))


# ------------------------------------------------------------------------------------------- columns
@pytest.mark.parametrize("second", ["完成情况", "是否完成", "进展情况", "本季度完成情况"])
def test_two_columns_that_disagree_are_an_error_on_both_cells_and_the_row_states_nothing(second: str) -> None:
    parsed = with_columns([*HEAD, second], [*work_row(status="已完成"), "未完成"])
    assert one_statement(parsed).status is Status.UNREADABLE
    assert errors(parsed) == ["columns-contradict E5", "columns-contradict J5"]
    assert parsed.rows_kept_out == 1
    (problem,) = at(parsed, "E5")
    assert "未完成" in problem.message
    assert "J5" in problem.message


@pytest.mark.parametrize(("one", "other"), [("已完成", "已完成"), ("已完成", ""), ("", "已完成"), ("已完成", "见说明")])
def test_two_columns_that_agree_or_of_which_one_speaks_are_read_with_a_warning_on_the_header(
    one: str, other: str
) -> None:
    parsed = with_columns([*HEAD, "是否完成"], [*work_row(status=one), other])
    assert one_statement(parsed).status is Status.DONE
    assert not errors(parsed)
    assert warnings(parsed) == ["column-twice J4"]


def test_two_days_that_disagree_are_not_read_and_the_row_stands() -> None:
    parsed = with_columns([*HEAD, "完成时间"], [*work_row(), date(2023, 5, 20)])
    statement = one_statement(parsed)
    assert (statement.status, statement.done_on) == (Status.DONE, None)
    assert errors(parsed) == ["columns-contradict F5", "columns-contradict J5"]


def test_of_two_columns_of_evidence_whatever_says_something_counts() -> None:
    parsed = with_columns([*HEAD, "附件"], [*work_row(evidence="待补"), "公示截图.jpg"], [*work_row("4B"), "无"])
    assert [texts_of(s.evidence) for s in parsed.facts.statements] == ["公示截图.jpg", "截图.jpg"]
    assert warnings(parsed) == ["column-twice J4"]


def test_a_running_number_beside_the_tasks_number_is_no_contradiction() -> None:
    parsed = with_columns(["序号", *HEAD[1:]], [1.0, *work_row(task=7.0)[1:]], [2.0, *work_row(task=14.0)[1:]])
    assert [s.clause for s in parsed.facts.statements] == ["7A", "14A"]
    assert not parsed.problems


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("quarter", "expected"), [("第一季度", "not_done"), ("第二季度", "done")])
def test_columns_grouped_by_quarter_give_each_ledger_its_own(merged: bool, quarter: str, expected: str) -> None:
    above = ["", "第一季度", "", "", "第二季度", "", ""]
    row = ["4A", "未完成", "", "", "已完成", DAY, "截图.jpg"]
    titles = [["填报单位：五华区"], [f"季度：{quarter}"]]
    merges = ["B3:D3", "E3:G3"] if merged else []
    parsed = parse(sheet("工作落实", [*titles, above, QUARTERS, row], merges=merges))
    assert said(parsed) == {"4A": expected}
    assert not errors(parsed)


def test_quarters_in_the_columns_names_group_them_too() -> None:
    head = ["评分项编号", "第一季度完成情况", "第二季度完成情况", "佐证材料"]
    parsed = with_columns(head, ["4A", "未完成", "已完成", "截图"])
    assert said(parsed) == {"4A": "done"}
    assert not errors(parsed)


def test_a_workbook_of_several_quarters_takes_each_group_into_its_quarter() -> None:
    above = ["", "", "第一季度", "", "", "第二季度", "", ""]
    rows = [
        ["二季度", "4A", "未完成", "", "", "已完成", DAY, "截图"],
        ["一季度", "4B", "未完成", "", "", "已完成", DAY, "截图"],
    ]
    parsed = parse(
        sheet("工作落实", [["填报单位：五华区"], above, ["季度", *QUARTERS], *rows], merges=["C2:E2", "F2:H2"])
    )
    assert {(s.ledger.quarter, s.clause, s.status.value) for s in parsed.facts.statements} == {
        (2, "4A", "done"),
        (1, "4B", "not_done"),
    }
    assert not errors(parsed)


def test_a_sheet_that_names_no_quarter_takes_each_group_into_its_quarter() -> None:
    above = ["", "第一季度", "", "", "第二季度", "", ""]
    row = ["4A", "未完成", "", "", "已完成", DAY, "截图.jpg"]
    parsed = parse(sheet("工作落实", [["填报单位：五华区"], above, QUARTERS, row]))
    assert [(s.ledger.quarter, s.status.value) for s in parsed.facts.statements] == [(1, "not_done"), (2, "done")]
    assert not errors(parsed)


def test_of_a_hidden_and_a_visible_column_the_visible_one_is_read_with_a_warning() -> None:
    parsed = with_columns([*HEAD, "完成情况"], [*work_row(status="未完成"), "已完成"], hidden_columns=frozenset({4}))
    assert one_statement(parsed).status is Status.DONE
    assert warnings(parsed) == ["column-hidden E4"]
    assert not errors(parsed)


def test_two_columns_of_a_roster_that_disagree_keep_the_row_out() -> None:
    rows = [[*roster_line(), date(2023, 5, 8)], [*roster_line("乙公司"), date(2023, 5, 1)]]
    parsed = parse(ledger(*rows, name="企业全量名单", head=[*ROSTER_HEAD, "受理时间"]))
    assert [row.enterprise for row in parsed.facts.roster] == ["云南某某公司"]
    assert errors(parsed) == ["columns-contradict E6", "columns-contradict L6"]


def test_a_reviewer_says_which_column_stands() -> None:
    written = book(sheet("工作落实", [*TITLES, [*HEAD, "是否完成"], [*work_row(status="已完成"), "未完成"]]))
    (torn,) = parse_workbook(written, rulebook()).contradictions
    assert [side.name for side in torn.sides] == ["E4", "J4"]
    assert (torn.title, torn.stands) == ("工作落实：两列都是“完成情况”", "")
    assert torn.rows == (("第5行", "已完成", "未完成"),)
    for side, status in (("E4", "done"), ("J4", "not_done")):
        parsed = parse_workbook(written, rulebook(), choices={torn.key: side})
        assert said(parsed) == {"4A": status}
        assert not errors(parsed)
        assert [one.stands for one in parsed.contradictions] == [side]


# ------------------------------------------------------------------------------------------- headers
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("本季度完成情况", 4),
        ("工作完成情况（是/否）", 4),
        ("佐证材料名称", 7),
        ("相关佐证", 7),
        ("佐证资料清单及编号", 7),
        ("佐证材料说明", 7),
        ("附件名称", 7),
        ("相关证明材料", 7),
        ("实际完成日期", 5),
        ("实际完成时间", 5),
    ],
)
def test_a_needed_column_is_known_by_a_part_of_its_name(name: str, place: int) -> None:
    head: list[object] = list(HEAD)
    head[place] = name
    parsed = with_columns(head, work_row())
    statement = one_statement(parsed)
    assert (statement.status, statement.done_on, texts_of(statement.evidence)) == (Status.DONE, DAY, "截图.jpg")
    assert not parsed.problems


@pytest.mark.parametrize(
    "name", ["计划完成情况", "应完成情况", "要求完成情况", "目标完成情况", "上季度完成情况", "办理情况"]
)
def test_another_column_is_not_taken_for_a_needed_one(name: str) -> None:
    head: list[object] = list(HEAD)
    head[4] = name
    parsed = with_columns(head, work_row())
    assert not parsed.facts.statements
    assert errors(parsed) == ["column-missing A4"]
    (problem,) = at(parsed, "A4")
    assert name in problem.message
    assert "完成情况" in problem.message


@pytest.mark.parametrize("name", ["佐证材料份数", "是否有佐证材料", "未附佐证原因", "现场照片", "网页链接", "佐证要求"])
def test_a_column_that_may_be_the_missing_evidence_is_one_error_on_the_header(name: str) -> None:
    head: list[object] = list(HEAD)
    head[7] = name
    parsed = with_columns(head, work_row(), work_row("4B"))
    assert [texts_of(s.evidence) for s in parsed.facts.statements] == ["", ""]
    assert errors(parsed) == ["column-missing A4"]
    (problem,) = at(parsed, "A4")
    assert name in problem.message
    assert "佐证材料" in problem.message


def test_a_sheet_without_a_column_for_evidence_is_no_error() -> None:
    parsed = with_columns([*HEAD[:7], "责任人"], [*work_row()[:7], "张三"])
    assert not errors(parsed)


@pytest.mark.parametrize("name", ["计划完成日期", "完成时限", "要求完成时间", "完成日期（计划）"])
def test_a_planned_day_is_no_day_of_completion(name: str) -> None:
    parsed = with_columns([*HEAD, name], [*work_row(), date(2023, 12, 31)])
    assert one_statement(parsed).done_on == DAY
    assert not parsed.problems


def test_a_missing_status_beside_a_day_is_an_error_whatever_else_is_there() -> None:
    parsed = with_columns(["评分项编号", "数量", "佐证材料"], ["8A", 3.0, "照片"], ["4A", "", "截图"])
    assert errors(parsed) == ["column-missing A4"]
    assert [s.clause for s in parsed.facts.statements] == ["8A"]


# ------------------------------------------------------------------------------------------- sheets and blocks
def two_sheets(one: list[object], other: list[object], name: str = "工作落实 (2)", **more: object) -> ParsedWorkbook:
    return parse(ledger(one, work_row("7A")), ledger(other, name=name), **more)


@pytest.mark.parametrize("name", ["工作落实 (2)", "Sheet2", "旧表"])
def test_two_sheets_that_state_different_things_are_an_error_at_both_cells_and_neither_is_taken(name: str) -> None:
    parsed = two_sheets(work_row(), work_row(status="未完成", done_on="", evidence=""), name)
    assert errors(parsed) == ["sheets-contradict E5", "sheets-contradict E5"]
    assert {problem.sheet for problem in at(parsed, "E5")} == {"工作落实", name}
    assert {s.status for s in parsed.facts.statements if s.clause == "4A"} == {Status.UNREADABLE}
    assert [s.status for s in parsed.facts.statements if s.clause == "7A"] == [Status.DONE]


def test_the_same_said_twice_and_other_evidence_are_no_contradiction() -> None:
    parsed = two_sheets(work_row(), work_row(evidence="另一张截图.jpg"))
    assert not errors(parsed)
    assert {s.status for s in parsed.facts.statements} == {Status.DONE}


@pytest.mark.parametrize(
    "other", [work_row("8A", quantity=2.0), work_row("8A", quantity=3.0, done_on=date(2023, 5, 1))]
)
def test_numbers_and_days_contradict_too(other: list[object]) -> None:
    assert errors(two_sheets(work_row("8A", quantity=3.0), other)) == ["sheets-contradict E5"] * 2


@pytest.mark.parametrize(
    ("awarded", "expected", "taken"),
    [
        ("0.8", ["sheets-contradict B5"] * 2, [None, None]),
        ("0.5", [], [Decimal("0.50")] * 2),
        ("待认定", [], [Decimal("0.50"), None]),
    ],
)
def test_an_item_to_which_two_sheets_give_different_points_waits(
    awarded: str, expected: list[str], taken: list[Decimal | None]
) -> None:
    rows = [
        [*TITLES, INCENTIVE_HEAD, ["工作案例", "省级简报", "0.5", said, "昆政办〔2023〕1号"]]
        for said in ("0.5", awarded)
    ]
    parsed = parse(sheet("激励加分", rows[0]), sheet("激励加分 (2)", rows[1], number=1))
    assert errors(parsed) == expected
    assert [item.awarded for item in parsed.facts.incentives] == taken


def test_a_quarter_in_brackets_behind_the_name_groups_columns() -> None:
    head: list[object] = ["评分项编号", "完成情况（一季度）", "完成情况（第二季度）", "完成日期", "佐证材料"]
    parsed = with_columns(head, ["4A", "未完成", "已完成", DAY, "截图"])
    assert not errors(parsed)
    assert [s.status for s in parsed.facts.statements] == [Status.DONE]


def test_two_blocks_on_one_sheet_contradict_as_two_sheets_do() -> None:
    rows = [*TITLES, HEAD, work_row(), ["填报单位：五华区", "", "季度：第二季度"], work_row(status="未完成")]
    parsed = parse(sheet("工作落实", rows))
    assert errors(parsed) == ["sheets-contradict E5", "sheets-contradict E7"]


def test_a_repeated_header_begins_no_block_and_the_lower_row_decides_with_a_warning() -> None:
    parsed = parse(
        sheet("工作落实", [*TITLES, HEAD, work_row(), HEAD, work_row(status="未完成", evidence="", done_on="")])
    )
    assert [s.status for s in parsed.facts.statements] == [Status.DONE, Status.NOT_DONE]
    assert (errors(parsed), warnings(parsed)) == ([], ["row-contradicts E7"])
    (problem,) = at(parsed, "E7")
    assert "E5" in problem.message


def test_other_quarters_and_units_contradict_nothing() -> None:
    titles: list[list[object]] = [["填报单位：盘龙区"], ["2023年第二季度"]]
    parsed = parse(ledger(work_row()), ledger(work_row(status="未完成"), name="盘龙区", titles=titles))
    assert not errors(parsed)


def test_a_reviewer_says_which_sheet_stands() -> None:
    written = book(ledger(work_row()), ledger(work_row(status="未完成", done_on="", evidence=""), name="Sheet2"))
    (torn,) = parse_workbook(written, rulebook()).contradictions
    assert torn.rows[0][0] == "4A"
    for side, status in zip(torn.sides, ("done", "not_done"), strict=True):
        parsed = parse_workbook(written, rulebook(), choices={torn.key: side.name})
        assert [s.status.value for s in parsed.facts.statements] == [status]
        assert not errors(parsed)


# ------------------------------------------------------------------------------------------- labels
DISAGREE: dict[str, tuple[list[list[object]], str, str, str]] = {
    "label and title": ([["盘龙区2023年第二季度工作台账"], ["填报单位：五华区"]], "工作落实", "台账.xlsx", "A2"),
    "label and sheet name": ([["填报单位：五华区"], ["第二季度"]], "盘龙区", "台账.xlsx", "A1"),
    "label and file name": ([["填报单位：五华区"], ["第二季度"]], "工作落实", "盘龙区2023年第二季度台账.xlsx", "A1"),
    "title and file name": ([["五华区2023年第二季度工作台账"]], "工作落实", "盘龙区台账.xlsx", "A1"),
    "label and title of two years": (
        [["五华区2024年第二季度工作台账"], ["填报单位：五华区", "季度：2023年第二季度"]],
        "工作落实",
        "台账.xlsx",
        "B2",
    ),
    "title and file name of two years": (
        [["五华区2023年第二季度工作台账"]],
        "工作落实",
        "五华区2024年第二季度台账.xlsx",
        "A1",
    ),
    "label and title of a year alone": (
        [["五华区2022年获得用水工作台账"], ["填报单位：五华区", "季度：2023年第二季度"]],
        "工作落实",
        "台账.xlsx",
        "B2",
    ),
    "label and file name of a year alone": (
        [["填报单位：五华区"], ["季度：2023年第二季度"]],
        "工作落实",
        "2022年台账.xlsx",
        "A2",
    ),
    "title and sheet name of a year alone": (
        [["五华区2023年获得用水工作台账"], ["季度：第二季度"]],
        "2022年",
        "台账.xlsx",
        "A1",
    ),
    "two labels": ([["填报单位：五华区", "责任部门：盘龙区"], ["第二季度"]], "工作落实", "台账.xlsx", "A1"),
    "quarters": ([["填报单位：五华区"], ["季度：第二季度"]], "三季度", "台账.xlsx", "A2"),
    "quarter and file name": ([["填报单位：五华区"], ["季度：第二季度"]], "工作落实", "2023年第一季度.xlsx", "A2"),
}


@pytest.mark.parametrize(("titles", "name", "file", "cell"), DISAGREE.values(), ids=DISAGREE)
def test_places_that_name_different_units_or_quarters(
    titles: list[list[object]], name: str, file: str, cell: str
) -> None:
    parsed = parse(ledger(work_row(), titles=titles, name=name), name=file)
    assert not parsed.facts.ledgers
    assert not parsed.facts.statements
    assert [problem.cell for problem in parsed.problems] == [cell]
    assert parsed.rows_kept_out == 1


@pytest.mark.parametrize(
    "titles",
    [
        [["盘龙区、五华区2023年第二季度工作台账"], ["填报单位：五华区"]],
        [["五华区报送盘龙区的台账"], ["填报单位：五华区水务局"], ["第二季度"]],
        [["填报单位：五华区", "责任部门：五华区水务局"], ["二季度"], ["2023年4—6月"]],
        [["填报单位：五华区"], ["第二季度"], ["说明：第一季度台账请于3月10日前报送。"]],
        [["五华区2022—2025年优化营商环境台账"], ["2023年第二季度"]],
        [["获得用水工作台账（2022年修订版）"], ["五华区2023年第二季度"]],
        [["落实2019年实施方案工作台账"], ["五华区2023年第二季度"]],
    ],
)
def test_a_text_that_names_two_or_only_explains_names_none(titles: list[list[object]]) -> None:
    parsed = parse(ledger(work_row(), titles=titles))
    assert not errors(parsed)
    assert [(one.unit, one.quarter) for one in parsed.facts.ledgers] == [("五华区", 2)]


def test_a_reviewer_says_which_unit_it_is() -> None:
    titles: list[list[object]] = [["盘龙区2023年第二季度工作台账"], ["填报单位：五华区"]]
    written = book(ledger(work_row(), titles=titles))
    (torn,) = parse_workbook(written, rulebook()).contradictions
    assert {side.name for side in torn.sides} == {"五华区", "盘龙区"}
    parsed = parse_workbook(written, rulebook(), choices={torn.key: "盘龙区"})
    assert [one.unit for one in parsed.facts.ledgers] == ["盘龙区"]
    assert not errors(parsed)


@pytest.mark.parametrize(("side", "years"), [("2022年", []), ("2023年第二季度", [2023])])
def test_a_reviewer_says_which_year_it_is(side: str, years: list[int]) -> None:
    titles: list[list[object]] = [["五华区2022年获得用水工作台账"], ["填报单位：五华区", "季度：2023年第二季度"]]
    written = book(ledger(work_row(), titles=titles))
    (torn,) = parse_workbook(written, rulebook()).contradictions
    assert {one.name for one in torn.sides} == {"2022年", "2023年第二季度"}
    parsed = parse_workbook(written, rulebook(), choices={torn.key: side})
    assert [one.year for one in parsed.facts.ledgers] == years
    assert errors(parsed) == ([] if years else ["year-wrong A1"])


# ------------------------------------------------------------------------------------------- side by side
def test_tables_side_by_side_are_each_read() -> None:
    left, right = work_row("4A"), work_row("5A", status="未完成", done_on="", evidence="")
    rows = [*TITLES, [*HEAD, "", *HEAD], [*left, "", *right], [*[""] * 10, *work_row("4B")]]
    parsed = parse(sheet("工作落实", rows))
    assert said(parsed) == {"4A": "done", "5A": "not_done", "4B": "done"}
    assert [s.source.cell for s in parsed.facts.statements] == ["E5", "O5", "O6"]
    assert not errors(parsed)


def test_tables_of_two_units_side_by_side_have_each_its_own_label() -> None:
    titles = [["填报单位：五华区", *[""] * 9, "填报单位：盘龙区"], ["2023年第二季度"]]
    parsed = parse(sheet("工作落实", [*titles, [*HEAD, "", *HEAD], [*work_row(), "", *work_row(status="未完成")]]))
    assert {(s.ledger.unit, s.status.value) for s in parsed.facts.statements} == {
        ("五华区", "done"),
        ("盘龙区", "not_done"),
    }
    assert not errors(parsed)


def test_tables_side_by_side_that_contradict_each_other() -> None:
    parsed = parse(sheet("工作落实", [*TITLES, [*HEAD, "", *HEAD], [*work_row(), "", *work_row(status="未完成")]]))
    assert errors(parsed) == ["sheets-contradict E5", "sheets-contradict O5"]


def test_of_three_columns_each_error_names_one_that_differs() -> None:
    parsed = with_columns([*HEAD, "完成情况", "完成情况"], [*work_row(), "已完成", "未完成"])
    assert errors(parsed) == [f"columns-contradict {cell}" for cell in ("E5", "J5", "K5")]
    assert all("K5" in problem.message for problem in parsed.problems)


@pytest.mark.parametrize("lower", [0, 2])
def test_a_table_of_another_kind_beside_is_read(lower: int) -> None:
    case = [4.0, "并联审批案例", date(2023, 5, 10), "简介", "照片.jpg"]
    left = [HEAD, work_row(), work_row("4B"), work_row("5A")]
    right: list[list[object]] = [[] for _ in range(lower)] + [CASE_HEAD, case]
    both = [
        [*(left[n] if n < len(left) else [""] * 9), "", *(right[n] if n < len(right) else [])]
        for n in range(max(len(left), len(right)))
    ]
    parsed = parse(sheet("工作落实", [*TITLES, *both]))
    assert [s.clause for s in parsed.facts.statements] == ["4A", "4B", "5A"]
    assert [one.title for one in parsed.facts.cases] == ["并联审批案例"]
    assert not errors(parsed)


# ------------------------------------------------------------------------------------------- examples
@pytest.mark.parametrize(
    "words",
    [
        "示例",
        "填写示例",
        "样例",
        "例：",
        "（示例）",
        "例：4A填已完成",
        "填表示例：",
        "示例1",
        "【样例】",
        "本行为示例",
        "示例行，请勿删除",
        "（示例，请删除）",
        "参考示例",
        "模板示例",
        "示例（报送前请删去）",
        "此行为填写示例。",
    ],
)
@pytest.mark.parametrize("column", [1, 8])
def test_a_row_that_says_it_is_an_example_is_no_statement(words: str, column: int) -> None:
    row = work_row("4A")
    row[column] = words
    parsed = parse(ledger(row, work_row("4A", status="未完成", done_on="", evidence="")))
    assert [s.status for s in parsed.facts.statements] == [Status.NOT_DONE]
    assert [problem.code for problem in parsed.problems] == ["row-example"]
    assert parsed.problems[0].cell.endswith("5")


@pytest.mark.parametrize(
    "words", ["示范区截图.jpg", "案例照片", "例行检查记录", "示例文件.pdf", "示范，带动全区", "参考示例文件"]
)
def test_a_row_that_only_holds_such_a_word_is_read(words: str) -> None:
    assert texts_of(one_statement(parse(ledger(work_row(evidence=words)))).evidence) == words


def test_an_example_on_any_kind_of_sheet() -> None:
    titles: list[list[object]] = [["填报单位：五华区"], ["第二季度"]]
    case = ["示例", "某某案例", date(2023, 5, 10), "简介", "照片.jpg"]
    sheets: list[Sheet] = [
        ledger(
            ["例：", *roster_line()[1:]], roster_line("乙公司"), name="企业全量名单", head=ROSTER_HEAD, titles=titles
        ),
        ledger(case, [4.0, *case[1:]], name="工作案例", head=CASE_HEAD, titles=titles),
    ]
    parsed = parse(*sheets)
    assert [row.enterprise for row in parsed.facts.roster] == ["乙公司"]
    assert [one.task for one in parsed.facts.cases] == [4]
    assert not errors(parsed)


@pytest.mark.parametrize(
    ("other", "expected"), [("4a", []), ("4B", ["columns-contradict A5", "columns-contradict J5"])]
)
def test_two_columns_of_codes_are_compared_as_codes(other: str, expected: list[str]) -> None:
    assert errors(with_columns([*HEAD, "条款编号"], [*work_row("4A"), other])) == expected


@pytest.mark.parametrize(("other", "expected"), [("—", []), (2.0, ["columns-contradict G5", "columns-contradict L5"])])
def test_a_dash_beside_a_number_is_no_second_number(other: object, expected: list[str]) -> None:
    head = [*ROSTER_HEAD, "扣除工作日"]
    parsed = parse(ledger([*roster_line(deducted=1.0), other], name="企业全量名单", head=head))
    assert errors(parsed) == expected


@pytest.mark.parametrize(("other", "agrees"), [("五华区水务局", True), ("盘龙区", False)])
def test_two_columns_of_units_are_compared_as_units(other: str, agrees: bool) -> None:
    head = ["填报单位", *HEAD, "报送单位"]
    parsed = parse(sheet("工作落实", [*TITLES[1:], head, ["五华区", *work_row(), other]]))
    assert [code for code in errors(parsed) if code.startswith("columns-contradict")] == (
        [] if agrees else ["columns-contradict A4", "columns-contradict K4"]
    )
