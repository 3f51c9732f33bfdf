"""Rows in which there is nothing to report are read at sight: with the same result as with care."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Sheet, Workbook
from scoring.ledger.parse import parse_workbook
from scoring.ledger.rows.work_rows import WorkReader
from scoring.rulebook.read import load_rulebook

RULES = load_rulebook()
HEADER = (
    "填报单位",
    "季度",
    "报送日期",
    "评分项编号",
    "任务序号",
    "具体目标",
    "完成情况",
    "完成日期",
    "数量",
    "佐证材料",
)
ROWS = st.tuples(
    st.sampled_from(["五华区", "盘龙区", "市住建局", "", "火星"]),
    st.sampled_from(["2023年第二季度", "Q3", ""]),
    st.sampled_from([date(2023, 6, 8), "2023-09-08", "", "六月"]),
    st.sampled_from(["1A", "4A", "8A", "4Z", ""]),
    st.sampled_from([4.0, "8", "", 31.0]),
    st.sampled_from(["", "推行一站式服务"]),
    st.sampled_from(["已完成", "未完成", " 是 ", "差不多", "", "不涉及", 1.0, "12月底完成", "□已完成", "#N/A"]),
    st.sampled_from([date(2023, 5, 10), "2023-12-01", "2023年5月", "", "五月吧", date(2020, 1, 1), 45056.0]),
    st.sampled_from(["", "", 2.0, "三个", 9.0]),
    st.sampled_from(
        ["截图.jpg", "", "无", "待补", "https://example.invalid/a", "#REF!", '=DISPIMG("ID_1",1)', " ", 5.0]
    ),
)


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=8), st.booleans())
def test_at_sight_and_with_care_say_the_same(rows: list[tuple[object, ...]], wide: bool) -> None:
    lines = [HEADER, *((*row, "备注") if wide else row for row in rows)]
    book = Workbook("台账.xlsx", (Sheet("工作落实", 0, lines),))
    at_sight = parse_workbook(book, RULES)
    with patch.object(WorkReader, "_at_sight", return_value=False):
        assert at_sight == parse_workbook(book, RULES)


def test_an_ordinary_row_is_read_at_sight() -> None:
    ordinary = ("五华区", "2023年第二季度", date(2023, 6, 8), "1A", "", "", "已完成", date(2023, 5, 10), "", "截图.jpg")
    with patch.object(WorkReader, "_row", side_effect=AssertionError):
        read = parse_workbook(Workbook("台账.xlsx", (Sheet("工作落实", 0, [HEADER, ordinary]),)), RULES)
    assert [said.status.name for said in read.facts.statements] == ["DONE"]
