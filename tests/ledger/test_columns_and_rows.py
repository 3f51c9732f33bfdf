"""工作落实 and 工作案例 read a column at a time give exactly what they give row by row, problems and their order too."""

from __future__ import annotations

from datetime import datetime
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Sheet, Workbook
from scoring.ledger.parse import parse_workbook
from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.rows.work_rows import WorkReader
from scoring.rulebook.read import load_rulebook

RULES = load_rulebook()
MAY, OLD, LATE = datetime(2023, 5, 4), datetime(2020, 1, 1), datetime(2023, 7, 1)  # noqa: DTZ001 - as cells have them
USUAL: dict[str, list[object]] = {
    "填报单位": ["五华区", "盘龙区"],
    "季度": ["第二季度"],
    "报送日期": ["2023-06-08"],
    "评分项编号": ["4A", "4B", "５Ａ"],
    "任务序号": [4.0, "", 7.0],
    "具体目标": ["", " 规范 "],
    "评分要求": ["公布指南", ""],
    "完成情况": ["已完成", "未完成", " √ "],
    "完成日期": [MAY, "2023-05-06", ""],
    "数量": [""],
    "佐证材料": ["截图.jpg", "https://www.km.gov.cn/a", ""],
    "案例名称": ["案例一", " 案例二 "],
    "日期": [MAY, ""],
    "简介": ["", "节水", 3.0],
}
ODD: dict[str, list[object]] = {
    "填报单位": ["不认识的单位", "", "#REF!"],
    "季度": ["第九季度", True, ""],
    "报送日期": ["早上", "2023年6月", ""],
    "评分项编号": ["4Z", True, 1.0, ""],
    "任务序号": [True, 1.0, 99.0, "4C"],
    "具体目标": ["   ", 5.0],
    "评分要求": ["#N/A", "天上的云"],
    "完成情况": ["差不多", "□已完成", 1.0, True, "—", "", "#N/A"],
    "完成日期": [OLD, LATE, "六月吧", "2023年5月", True, "#N/A"],
    "数量": [2.0, "三", 0.0],
    "佐证材料": ["无", "待补", "#N/A", "照片(1).jpg", 7.0, "javascript:x"],
    "案例名称": ["", "无", "#REF!", 8.0],
    "日期": ["六月吧", "2023年5月", True],
    "简介": [True, "#N/A"],
}
WORK = ["评分项编号", "任务序号", "具体目标", "评分要求", "完成情况", "完成日期", "数量", "佐证材料"]
CASES = ["任务序号", "案例名称", "日期", "简介", "佐证材料"]


@st.composite
def sheets(draw: st.DrawFn, name: str, titles: list[str]) -> Sheet:
    """Draw a sheet: mostly rows in good order, some with odd cells, some short, some blank."""
    named = draw(st.sampled_from([[], ["填报单位"], ["填报单位", "季度", "报送日期"]]))
    columns = [*named, *titles]
    rows: list[list[object]] = [["填报单位：五华区", "2023年第二季度", "报送日期：2023-06-08"], list(columns)]
    for _ in range(draw(st.integers(1, 12))):
        odd = draw(st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(columns), max_size=3)))
        row = [draw(st.sampled_from(ODD[title] if title in odd else USUAL[title])) for title in columns]
        rows.append(row[: draw(st.sampled_from([99, 99, 99, 4]))])
        if draw(st.integers(0, 9)) == 0:
            rows.append(draw(st.sampled_from([["盘龙区"], ["合计", 3.0], [], list(columns)])))
    faults = draw(st.sampled_from([{}, {}, {(3, len(named)): "#N/A"}]))
    return Sheet(name, 0, rows, faults=faults)


def read_row_by_row(workbook: Workbook) -> str:
    with mock.patch.object(Reading, "is_plain", new=False):
        return repr(parse_workbook(workbook, RULES))


@settings(max_examples=25, deadline=None)
@given(st.one_of(sheets("工作落实", WORK), sheets("工作案例", CASES)))
def test_columns_give_what_rows_give(sheet: Sheet) -> None:
    workbook = Workbook("台账.xlsx", (sheet,))
    assert repr(parse_workbook(workbook, RULES)) == read_row_by_row(workbook)


def test_only_rows_with_something_to_say_are_read_one_by_one() -> None:
    rows: list[list[object]] = [["4A", 4.0, "", "", "已完成", MAY, "", f"截图{n}.jpg"] for n in range(30)]
    rows[7][4], rows[11][7] = "差不多", ""
    head: list[list[object]] = [["填报单位：五华区", "2023年第二季度", "报送日期：2023-06-08"], list(WORK)]
    workbook, one_by_one = Workbook("台账.xlsx", (Sheet("工作落实", 0, [*head, *rows]),)), []
    by_itself = WorkReader._row

    def watched(self: WorkReader, number: int, *rest: object) -> bool:
        one_by_one.append(number)
        return by_itself(self, number, *rest)  # type: ignore[arg-type]

    with mock.patch.object(WorkReader, "_row", watched):
        parsed = parse_workbook(workbook, RULES)
    assert one_by_one == [9, 13]
    assert [one.position[1] for one in parsed.facts.statements] == list(range(3, 33))
    assert [one.code for one in parsed.problems] == ["status-unreadable", "evidence-missing"]
