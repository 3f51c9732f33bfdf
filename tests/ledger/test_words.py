"""What the words, dates and numbers of a cell mean, read through a whole sheet."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from scoring.files.cells import Sheet
from scoring.model.facts import Status
from scoring.model.parsed import ParsedWorkbook
from scoring.problems import Severity
from tests.ledger.sheets import (
    CASE_HEAD,
    DAY,
    HEAD,
    INCENTIVE_HEAD,
    ROSTER_HEAD,
    TITLES,
    at,
    errors,
    ledger,
    marks,
    one_statement,
    parse,
    parse_rows,
    roster_line,
    severities,
    work_row,
)

DONE = [
    "是",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    "■",
    "Y",
    "y",
    "yes",
    "YES",
    "完成",
    "已完成",
    "已实现",
    "已落实",
    "已公示",
    "已公布",
    "已出台",
    "已开展",
    "按时完成",
    "100%",
    "1",
    "已 完 成",
    "已完成。",
    "已于5月10日公布",
    "办事指南公布工作完成",
    "已在门户网站公示",
    "已实现不动产与水表联办过户",
    "已实现零材料无感报装",
    "■ 已完成 □ 未完成",
    "□未完成 ■已完成",
    "☑是 □否",
    "√已完成\u3000□未完成",
    "已完成☑ 未完成□",
    "ＹＥＳ",
    "１００％",
    "已按计划完成",
    "按要求完成",
    "提前完成",
    "目前已完成",
    "供水服务需求调查完成",
    "准备工作完成",
    "方案已拟定完成",
    "已公示是否收费的目录",
    "已于6月底前完成",
    "5月20日完成",
]
NOT_DONE = [
    "否",
    "无",
    "×",
    "✗",
    "✘",
    "□",
    "N",
    "no",
    "NO",
    "未完成",
    "未公布",
    "未出台文件",
    "尚未出台",
    "没有出台",
    "暂未开展",
    "进行中",
    "推进中",
    "正在推进",
    "正在办理，6月公布",
    "拟于7月完成",
    "计划12月完成",
    "部分完成",
    "0",
    "正在办理，预计年底前完成",
    "预计6月完成",
    "力争年底完成",
    "即将完成",
    "将于7月完成",
    "基本完成",
    "已基本完成",
    "□ 已完成 ■ 未完成",
    "□是 ☑否",
    "已完成□ 未完成☑",
    "已制定方案，计划12月完成",
    "已拟于12月完成",
]
UNREADABLE = [
    "差不多",
    "见附件",
    "待补",
    "50%",
    "同上",
    "一般",
    "#VALUE!",
    "已发文，未公示",
    "已出台文件，尚未公布",
    "2",
    "完成80%",
    "■ 已完成 ■ 未完成",
    "□ 已完成 □ 未完成",
    "如上",
    "已完成一半",
    "已完成大部分",
    "已出台文件，预计7月公示",
    "已计划7月公示",
    "待完成",
    "应尽快完成",
    "12月底前完成",
]
UNDECIDED = ["不涉及", "—", "待定", "－", "——", "不涉及。", "/"]


@pytest.mark.parametrize("words", DONE)
def test_done(words: str) -> None:
    parsed = parse_rows(work_row(status=words))
    assert one_statement(parsed).status is Status.DONE
    assert not parsed.problems


@pytest.mark.parametrize("number", [1.0, 1])
def test_one_is_done(number: float) -> None:
    assert one_statement(parse_rows(work_row(status=number))).status is Status.DONE


@pytest.mark.parametrize("words", [*NOT_DONE, 0.0, 0])
def test_not_done(words: object) -> None:
    parsed = parse_rows(work_row(status=words, done_on="", evidence=""))
    assert one_statement(parsed).status is Status.NOT_DONE
    assert not parsed.problems


@pytest.mark.parametrize("words", [*UNREADABLE, 0.5, 7.0, DAY])
def test_unreadable_states_nothing_and_says_where(words: object) -> None:
    parsed = parse_rows(work_row(status=words))
    assert one_statement(parsed).status is Status.UNREADABLE
    assert severities(parsed)["E5"] == "error"
    assert parsed.rows_kept_out == 1


@pytest.mark.parametrize("words", UNDECIDED)
def test_undecided_states_nothing_with_a_warning(words: str) -> None:
    parsed = parse_rows(work_row(status=words, done_on="", evidence=""))
    assert one_statement(parsed).status is Status.UNDECIDED
    assert severities(parsed) == {"E5": "warning"}


@pytest.mark.parametrize("words", ["", " ", "　", "\n"])
def test_a_blank_status_states_nothing(words: str) -> None:
    parsed = parse_rows(work_row(status=words, done_on="", evidence=""), work_row("4B"))
    assert [s.clause for s in parsed.facts.statements] == ["4B"]
    assert not errors(parsed)


DATES = {
    "2023-06-30": date(2023, 6, 30), "2023/6/30": date(2023, 6, 30), "2023.6.30": date(2023, 6, 30),
    "20230630": date(2023, 6, 30), "2023年6月30日": date(2023, 6, 30), "6月30日": date(2023, 6, 30),
    "２０２３年６月３０日": date(2023, 6, 30), "2023-06-30 14:20": date(2023, 6, 30),
    "2023-06-30 14:20:05": date(2023, 6, 30), "2023年6月30日 9时30分": date(2023, 6, 30),
    " 2023年 6月 30日 ": date(2023, 6, 30), "2023-6-5T08:00:00": date(2023, 6, 5), "45107": date(2023, 6, 30),
}  # fmt: skip
DATE_VALUES = [
    (date(2023, 6, 30), date(2023, 6, 30)),
    (datetime(2023, 6, 30, 15, 30), date(2023, 6, 30)),  # noqa: DTZ001 - spreadsheets know no zones
    (45107.0, date(2023, 6, 30)),
    (45107.75, date(2023, 6, 30)),
    (20230630.0, date(2023, 6, 30)),
    *DATES.items(),
]
BAD_DATES = [
    "六月吧", "2023-02-30", "2023-13-01", "30/6/2023", "待定", "2023年6月30日前", "近期", "2023", 2023.0, -5.0, 1e12, True,
    "20231301", 20231301.0, "6月31日", "13月底", "6月中旬", "2023-06-30、2023-07-01", float("inf"), "99999999999",
]  # fmt: skip


def sent_in_july(value: object, **other: bool) -> ParsedWorkbook:
    """A row done on that day, in a ledger sent in July: June's days are not after it."""
    titles = [["填报单位：五华区"], ["第三季度"], ["报送日期：2023-07-08"]]
    return parse(ledger(work_row(done_on=value), titles=titles), **other)


@pytest.mark.parametrize(("value", "day"), DATE_VALUES, ids=str)
def test_a_date_in_any_spelling(value: object, day: date) -> None:
    parsed = sent_in_july(value)
    assert one_statement(parsed).done_on == day
    assert not parsed.problems


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023年6月", date(2023, 6, 30)),
        ("6月底", date(2023, 6, 30)),
        ("2023年2月底", date(2023, 2, 28)),
        ("2月底", date(2023, 2, 28)),
    ],
)
def test_a_month_is_its_last_day_with_a_warning(value: str, day: date) -> None:
    parsed = sent_in_july(value)
    assert one_statement(parsed).done_on == day
    assert severities(parsed) == {"F5": "warning"}


@pytest.mark.parametrize("value", BAD_DATES, ids=str)
def test_a_bad_date_is_an_error_that_does_not_unsay_done(value: object) -> None:
    parsed = sent_in_july(value)
    statement = one_statement(parsed)
    assert (statement.status, statement.done_on) == (Status.DONE, None)
    assert [(p.severity, p.code) for p in at(parsed, "F5")] == [(Severity.ERROR, "date-unreadable")]


def test_a_bare_serial_number_counts_from_1904_where_the_workbook_does() -> None:
    parsed = sent_in_july(45107.0 - 1462, date1904=True)
    assert one_statement(parsed).done_on == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("value", "count"),
    [(3.0, 3), (0.0, 0), (2, 2), ("3", 3), ("３个", 3), ("2次", 2), ("0", 0), (" 2 个 ", 2), ("3.0", 3)],
)
def test_a_quantity(value: object, count: int) -> None:
    parsed = parse_rows(work_row("8A", quantity=value))
    assert one_statement(parsed).quantity == count
    assert not parsed.problems


@pytest.mark.parametrize(
    "value", [-1.0, "-1", 2.5, "2.5", 1e308, 12345678901234567.0, "100001", "三四个", "很多", float("nan"), "0x10", True, "9" * 5000]
)  # fmt: skip
def test_a_quantity_that_is_none_keeps_the_row_out(value: object) -> None:
    parsed = parse_rows(work_row("9C", quantity=value))
    statement = one_statement(parsed)
    assert (statement.status, statement.quantity) == (Status.UNREADABLE, None)
    assert severities(parsed) == {"G5": "error"}
    assert parsed.rows_kept_out == 1


def test_a_quantity_over_what_there_is_keeps_the_row_out() -> None:
    parsed = parse_rows(work_row("8A", quantity=4.0))
    assert one_statement(parsed).status is Status.UNREADABLE
    assert severities(parsed) == {"G5": "error"}


def test_the_number_of_an_unreadable_row_states_nothing() -> None:
    statement = one_statement(parse_rows(work_row("8A", status="差不多", quantity=3.0)))
    assert statement.status is Status.UNREADABLE


@pytest.mark.parametrize("words", ["无", "—", "暂无", "待补", "", " ", "－"])
def test_no_evidence(words: str) -> None:
    parsed = parse_rows(work_row(evidence=words))
    assert one_statement(parsed).evidence == ()
    assert severities(parsed) == {"H5": "warning"}


@pytest.mark.parametrize("words", ["公示截图.jpg", "见附件1", "http://a.cn", 1.0])
def test_evidence(words: object) -> None:
    assert one_statement(parse_rows(work_row(evidence=words))).evidence


def roster(*lines: list[object]) -> Sheet:
    return ledger(*lines, name="企业全量名单", head=ROSTER_HEAD)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("否", "一般项目（无外线）"), ("无", "一般项目（无外线）"), ("×", "一般项目（无外线）"), ("无外线", "一般项目（无外线）"),
        ("是", "一般项目（有外线）"), ("有", "一般项目（有外线）"), ("√", "一般项目（有外线）"), ("有外线", "一般项目（有外线）"),
    ],
)  # fmt: skip
def test_an_external_line(words: str, name: str) -> None:
    parsed = parse(roster(roster_line(line=words)))
    assert [row.project_class for row in parsed.facts.roster] == [name]
    assert not parsed.problems


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (0.5, "0.50"),
        ("0.5", "0.50"),
        ("０.５", "0.50"),
        ("0.5分", "0.50"),
        (1.0, "1.00"),
        (0.1 + 0.2, "0.30"),
        ("0.25", "0.25"),
    ],
)
def test_points(value: object, points: str) -> None:
    parsed = parse(ledger(["工作案例", "获省级通报表扬", value, value, "文件"], name="激励加分", head=INCENTIVE_HEAD))
    (item,) = parsed.facts.incentives
    assert (item.awarded, item.claimed) == (Decimal(points), Decimal(points))
    assert not parsed.problems


@pytest.mark.parametrize("value", [0.125, "0.125", "-1", -1.0, "半分", 1e9, True, float("nan"), "#N/A"])
def test_points_that_are_none_keep_the_row_out(value: object) -> None:
    parsed = parse(ledger(["工作案例", "获省级通报表扬", 1.0, value, "文件"], name="激励加分", head=INCENTIVE_HEAD))
    assert not parsed.facts.incentives
    assert severities(parsed) == {"D5": "error"}


def test_a_case_with_an_unreadable_date_counts_as_without_one() -> None:
    parsed = parse(ledger([4.0, "并联审批案例", "五月吧", "简介", "照片.jpg"], name="工作案例", head=CASE_HEAD))
    (case,) = parsed.facts.cases
    assert case.day is None
    assert severities(parsed) == {"C5": "error"}


@pytest.mark.parametrize("row", [["4A", 3.0, ""], ["4A", "", "截图.jpg"]])
def test_a_row_without_a_column_for_its_status_is_not_dropped_in_silence(row: list[object]) -> None:
    parsed = parse(ledger(row, ["8A", 3.0, "照片"], head=["评分项编号", "数量", "佐证材料"]))
    assert [s.clause for s in parsed.facts.statements] == ["8A"]
    assert "status-blank" in [problem.code for problem in at(parsed, "B5")]


@pytest.mark.parametrize(("column", "counted"), [("F", True), ("E", False), ("A", False)])
def test_an_error_value_says_what_follows_from_it(column: str, counted: bool) -> None:
    """An error value in 完成日期 alone does not unsay done; anywhere else the row is kept out, and each says so."""
    row = work_row()
    row[ord(column) - 65] = ""
    parsed = parse(Sheet("工作落实", 0, [*TITLES, HEAD, row], faults=marks({f"{column}5": "#N/A"})))
    (problem,) = parsed.problems
    assert (problem.code, problem.cell) == ("cell-error", f"{column}5")
    assert ("没有计入" in problem.message) is not counted
    assert [s.status for s in parsed.facts.statements if s.status is Status.DONE] == [Status.DONE] * counted


def test_an_error_value_in_the_evidence_voids_nothing() -> None:
    row = work_row(evidence="")
    parsed = parse(Sheet("工作落实", 0, [*TITLES, HEAD, row], faults=marks({"H5": "#N/A"})))
    assert [(s.status, s.evidence) for s in parsed.facts.statements] == [(Status.DONE, ())]
    assert severities(parsed) == {"H5": "warning"}
    assert {problem.code for problem in parsed.problems} == {"evidence-error-value", "evidence-missing"}


def test_a_row_of_error_values_is_no_blank_row() -> None:
    rows = [[4.0, "", "", "", ""]]
    parsed = parse(Sheet("工作案例", 0, [*TITLES, CASE_HEAD, *rows], faults=marks({"B5": "=", "C5": "="})))
    assert {problem.cell for problem in parsed.problems if problem.severity is Severity.ERROR} >= {"B5", "C5"}
    line = ["", "", "", "", "", "", "", "", "", "", ""]
    parsed = parse(Sheet("企业全量名单", 0, [*TITLES, ROSTER_HEAD, line], faults=marks({"A5": "#REF!", "E5": "#REF!"})))
    assert {problem.cell for problem in parsed.problems} >= {"A5", "E5"}
    assert parsed.rows_kept_out == 1


def test_stated_days_that_are_an_error_value_are_told_and_the_row_stands() -> None:
    line = roster_line()
    parsed = parse(Sheet("企业全量名单", 0, [*TITLES, ROSTER_HEAD, line], faults=marks({"H5": "#N/A"})))
    assert [(problem.code, problem.cell) for problem in parsed.problems] == [("cell-error", "H5")]
    assert len(parsed.facts.roster) == 1


@pytest.mark.parametrize("fault", ["#N/A", "="])
def test_an_error_value_for_the_day_of_submission_counts_as_an_unreadable_day(fault: str) -> None:
    rows = [["五华区", "二季度", "", *work_row()]]
    head = ["填报单位", "季度", "报送日期", *HEAD]
    parsed = parse(Sheet("工作落实", 0, [head, *rows], faults=marks({"C2": fault})))
    assert [(problem.code, problem.cell) for problem in parsed.problems] == [("submitted-unreadable", "C2")]
    assert not one_statement(parsed).ledger.dated


def test_a_row_whose_status_is_an_error_value_is_no_group_row() -> None:
    row = work_row("", goal="深化推进非禁免批、并联审批。", status="", done_on="", evidence="")
    parsed = parse(Sheet("工作落实", 0, [*TITLES, HEAD, row], faults=marks({"E5": "="})))
    assert [(problem.code, problem.cell) for problem in parsed.problems] == [("formula-without-result", "E5")]
    assert {s.status for s in parsed.facts.statements} == {Status.UNREADABLE}


def test_a_label_whose_value_is_an_error_value_is_unreadable() -> None:
    titles: list[list[object]] = [["填报单位：五华区", "报送日期：", ""], ["二季度"]]
    parsed = parse(Sheet("工作落实", 0, [*titles, HEAD, work_row()], faults=marks({"C1": "="})))
    assert [(problem.code, problem.cell) for problem in parsed.problems] == [("submitted-unreadable", "C1")]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    parsed = parse_rows(work_row("4Z", status="差不多", done_on="六月吧", quantity="三个半"))
    assert {problem.cell for problem in parsed.problems} == {"A5", "E5", "F5", "G5"}
    line = roster_line(accepted="五月吧", connected="六月吧", kind="不知道", deducted="三天半")
    parsed = parse(ledger(line, name="企业全量名单", head=ROSTER_HEAD))
    assert {problem.cell for problem in parsed.problems} == {"C5", "E5", "F5", "G5"}
