"""A roster read a column at a time gives exactly what it gives row by row: facts, problems, counts, and their order."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Merge, Sheet, Workbook
from scoring.ledger.parse import parse_workbook
from scoring.ledger.rows.block_columns import as_texts, filled
from scoring.ledger.rows.roster_columns import UsualRows
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rosters import RosterRow
from scoring.rulebook.read import load_rulebook

RULES = load_rulebook()
DAYS = [datetime(2023, 5, 4), datetime(2023, 5, 9), 45057.0, "2023-05-08", "5月10日"]  # noqa: DTZ001 - as cells have them
ODD_DAYS = ["", "六月吧", "2023年5月", True, 1.0, "#N/A", datetime(1800, 1, 1)]  # noqa: DTZ001
USUAL: dict[str, list[object]] = {
    "企业名称": ["甲公司", " 乙公司 ", "丙 公司"],
    "统一社会信用代码": ["91530100MA6K", ""],
    "项目类型": ["社会投资低风险项目", "具备安装条件"],
    "是否有外线": ["否", "是"],
    "受理日期": DAYS[:2],
    "通水日期": DAYS,
    "扣除工作日": [0.0, "", "—", 1.0],
    "办理工作日": ["", 3.0, 4.0, 2.5, "3天", "-"],
    "环节数": [1.0, 2.0],
    "材料数": [0.0, "无"],
    "费用": [0.0, ""],
}
ODD: dict[str, list[object]] = {
    "企业名称": ["", "  ", 12.0, "无", "#REF!", True],
    "统一社会信用代码": [5.0, True, 1.0],
    "项目类型": ["", "不知道", 1.0, True, "#N/A"],
    "是否有外线": ["", "也许", 1.0, True],
    "受理日期": ODD_DAYS,
    "通水日期": ODD_DAYS,
    "扣除工作日": ["三天", -1.0, True, "#VALUE!"],
    "办理工作日": ["很久", True, "#N/A", -3.0],
    "环节数": [True, "", 1.5],
    "材料数": [False, datetime(2023, 1, 1)],  # noqa: DTZ001
    "费用": [True, "免费"],
}
SENDERS: dict[str, list[object]] = {
    "填报单位": ["五华区", "盘龙区", "磨憨镇", "不认识的单位", "", "#REF!"],
    "季度": ["第二季度", 2.0, "第九季度", True],
    "报送日期": [datetime(2023, 6, 8), "2023-06-08", "2023年6月", "早上"],  # noqa: DTZ001
}
TITLES = list(USUAL)
FIELDS = RosterRow.__slots__


@st.composite
def rosters(draw: st.DrawFn) -> Workbook:
    """Draw a roster: some columns, mostly usual cells, faults, merged and short rows, groups between."""
    kept = draw(st.lists(st.sampled_from(TITLES), unique=True, min_size=3)) if draw(st.booleans()) else TITLES
    titles = [t for t in TITLES if t in kept or t in ("企业名称", "受理日期", "通水日期")]
    named = draw(st.lists(st.sampled_from(list(SENDERS)), unique=True))
    rows: list[list[object]] = [["填报单位：五华区", "2023年第二季度"], [*named, *titles]]
    for _ in range(draw(st.integers(0, 14))):
        row: list[object] = [draw(st.sampled_from(SENDERS[t][: draw(st.sampled_from([1, 1, 9]))])) for t in named]
        odd = draw(st.sampled_from([None, None, None, *titles]))
        row += [draw(st.sampled_from(ODD[t] if t == odd else USUAL[t])) for t in titles]
        rows.append(row[: draw(st.sampled_from([99, 99, 99, 99, 4]))])
        if draw(st.integers(0, 19)) == 0:
            rows.append(draw(st.sampled_from([["盘龙区"], ["合计", 3.0], ["填报单位：盘龙区水务局"], []])))
    width, last = len(named) + len(titles), len(rows) - 1
    cells = st.tuples(st.integers(2, max(2, last)), st.integers(0, width - 1))
    faults = draw(st.dictionaries(cells, st.sampled_from(["#N/A", "="]), max_size=2)) if draw(st.booleans()) else {}
    for row_number, column in faults:
        if row_number <= last and column < len(rows[row_number]):
            rows[row_number][column] = ""
    corners = draw(st.lists(cells, max_size=1)) if last > 3 else []
    merges = tuple(Merge(min(top, last - 1), left, last, left) for top, left in corners)
    hidden = frozenset({last}) if draw(st.booleans()) else frozenset()
    return Workbook("台账.xlsx", (Sheet("企业全量名单", 0, rows, merges, False, hidden, faults),))


TELL_APART = UsualRows._tell_apart


def none_usual(rows: UsualRows) -> list[bool]:
    return [False for _ in TELL_APART(rows)]


def row_by_row(workbook: Workbook) -> ParsedWorkbook:
    """Read with every row taken for unusual."""
    with mock.patch.object(UsualRows, "_tell_apart", none_usual):
        return parse_workbook(workbook, RULES)


def in_words(parsed: ParsedWorkbook) -> str:
    """Write everything down, types included: 1 and 1.0 and True are equal but not the same."""
    return repr(parsed)


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_columns_give_what_rows_give(workbook: Workbook) -> None:
    assert in_words(parse_workbook(workbook, RULES)) == in_words(row_by_row(workbook))


def roster_of(rows: list[list[object]]) -> Workbook:
    head: list[list[object]] = [["填报单位：五华区", "2023年第二季度", "报送日期：2023-06-08"], list(TITLES)]
    return Workbook("台账.xlsx", (Sheet("企业全量名单", 0, [*head, *rows]),))


USUAL_ROW = ["甲公司", "91", "具备安装条件", "否", DAYS[0], DAYS[1], 0.0, 4.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("odd_at", [0, 1, 17, 39])
def test_rows_stay_in_order_where_one_is_unusual(odd_at: int) -> None:
    rows = [[f"企业{number}", *USUAL_ROW[1:]] for number in range(40)]
    rows[odd_at][5] = ""  # 通水日期 is blank: a warning, the row stays
    parsed = parse_workbook(roster_of(rows), RULES)
    assert [row.enterprise for row in parsed.facts.roster] == [f"企业{number}" for number in range(40)]
    assert [(p.code, p.cell) for p in parsed.problems] == [("connected-missing", f"F{odd_at + 3}")]
    assert (parsed.rows_read, parsed.rows_kept_out) == (40, 0)


def test_one_merged_cell_is_told_of_in_the_order_of_its_rows() -> None:
    rows: list[list[object]] = [[*USUAL_ROW[:4], DAYS[0], day, 0.0, 3.0] for day in (DAYS[0], DAYS[1], DAYS[1])]
    head: list[list[object]] = [["填报单位：五华区", "2023年第二季度", "报送日期：2023-06-08"], TITLES[:8]]
    merged = Sheet("企业全量名单", 0, [*head, USUAL_ROW[:8], *rows], (Merge(3, 7, 5, 7),))
    workbook = Workbook("台账.xlsx", (merged,))
    told = parse_workbook(workbook, RULES).problems
    assert [(p.cell, p.message) for p in told] == [(p.cell, p.message) for p in row_by_row(workbook).problems]
    assert [(p.cell, "计算是 0" in p.message) for p in told] == [("H4", True), ("H4", False)]


def test_a_blank_first_row_does_not_change_the_order_of_ledgers() -> None:
    days = (datetime(2023, 6, 8), datetime(2023, 6, 9))  # noqa: DTZ001 - as cells have them
    rows = [[day, name, *USUAL_ROW[1:6]] for day in days for name in ("", "甲公司")]
    rows[0][5] = rows[0][3] = rows[0][2] = rows[0][6] = rows[2][5] = ""
    head: list[list[object]] = [["填报单位：五华区", "2023年第二季度"], ["报送日期", *TITLES[:6]]]
    workbook = Workbook("台账.xlsx", (Sheet("企业全量名单", 0, [*head, *rows]),))
    assert in_words(parse_workbook(workbook, RULES)) == in_words(row_by_row(workbook))


def test_only_unusual_rows_are_read_one_by_one() -> None:
    rows = [[f"企业{number}", *USUAL_ROW[1:]] for number in range(50)]
    rows[20][4] = "六月吧"
    rows[30][7] = 9.0  # stated days that differ are told without leaving the columns
    seen: list[int] = []
    whole = UsualRows.build

    def watched(self: UsualRows, *rest: object) -> object:
        seen.extend(self.unusual)
        return whole(self, *rest)  # type: ignore[arg-type]

    with mock.patch.object(UsualRows, "build", watched):
        parsed = parse_workbook(roster_of(rows), RULES)
    assert seen == [22]
    assert [(p.code, p.cell) for p in parsed.problems] == [("date-unreadable", "E23"), ("stated-days-differ", "H33")]


def test_of_two_days_that_contradict_neither_is_read() -> None:
    days = [(DAYS[1], DAYS[1]), (DAYS[1], datetime(2023, 5, 10))]  # noqa: DTZ001 - as cells have them
    rows = [[f"企业{n}", *USUAL_ROW[1:5], one, other] for n, (one, other) in enumerate(days)]
    head: list[list[object]] = [["填报单位：五华区", "2023年第二季度"], [*TITLES[:6], "通水日期"]]
    parsed = parse_workbook(Workbook("台账.xlsx", (Sheet("企业全量名单", 0, [*head, *rows]),)), RULES)
    assert [row.connected for row in parsed.facts.roster] == [date(2023, 5, 9), None]
    assert [p.cell for p in parsed.problems if p.code == "columns-contradict"] == ["F4", "G4"]


def test_filled_makes_what_the_class_makes() -> None:
    ledger, place = Ledger("五华区", 2023, 2, date(2023, 6, 8), True, 0), CellRef("台账.xlsx", "名单", "B3")
    one = (ledger, "甲", None, date(2023, 5, 4), None, Decimal(0), place, place, (0, 3), "9", "乙", None, "1", "", "0")
    made = filled(RosterRow, 2, [repeat(value) for value in one])
    assert made == [RosterRow(*one)] * 2
    assert hash(made[0]) == hash(RosterRow(*one))
    assert all(hasattr(made[1], name) for name in FIELDS)
    with pytest.raises(ValueError, match="shorter"):
        filled(RosterRow, 2, [repeat(value) for value in one[:-1]])


def test_texts_keep_truth_values_apart_from_numbers() -> None:
    assert as_texts([1.0, True, " a ", 0.0]) == ["1", "是", " a ", "0"]


def test_days_written_as_text_cost_no_more_the_longer_the_roster() -> None:
    row = ["甲公司", "91", "具备安装条件", "否", "2023-05-04", "2023-05-09", 0.0, 4.0, 1.0, 0.0, 0.0]
    taken = []
    for count in (2_000, 20_000):
        workbook = roster_of([list(row) for _ in range(count)])
        start = time.process_time()
        assert len(parse_workbook(workbook, RULES).facts.roster) == count
        taken.append(time.process_time() - start)
    assert taken[1] < 30 * taken[0]
