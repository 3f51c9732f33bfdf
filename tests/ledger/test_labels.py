"""Whose ledger it is: unit, quarter and submission date, wherever people write them."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.files.cells import Sheet
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from tests.ledger.sheets import (
    CASE_HEAD,
    HEAD,
    INCENTIVE_HEAD,
    QUARTER,
    ROSTER_HEAD,
    SUBMITTED,
    TITLES,
    UNIT,
    errors,
    ledger,
    parse,
    roster_line,
    severities,
    sheet,
    work_row,
)

Titles = list[list[object]]


def whose(*titles: list[object], name: str = "台账.xlsx", others: tuple[Sheet, ...] = ()) -> ParsedWorkbook:
    return parse(ledger(work_row(), titles=titles), *others, name=name)


def the_ledger(parsed: ParsedWorkbook) -> Ledger:
    assert not errors(parsed), parsed.problems
    (found,) = parsed.facts.ledgers
    return found


FORMS: dict[str, Titles] = {
    "canonical": [[UNIT], [QUARTER], [SUBMITTED]],
    "one cell": [["填报单位：五华区水务局   2023年第二季度   报送日期：2023年6月8日"]],
    "one cell, no spaces": [["填报单位：五华区水务局报送日期：2023年6月8日季度：第二季度"]],
    "one row": [["填报单位：五华区", "", "季度：二季度", "", "填报日期：2023/6/8"]],
    "neighbouring cells": [["填报单位", "五华区水务局", "", "季度", "Q2"], ["报送日期", date(2023, 6, 8)]],
    "neighbours with a gap": [
        ["填报单位：", "", "", "五华区"],
        ["所属季度：", "", "2季度", "上报时间：", "", "2023.6.8"],
    ],
    "seal": [["填报单位（盖章）：五华区水务局"], ["填报日期：2023年6月8日", "报送季度：2"]],
    "seal after": [["填报单位：五华区水务局（盖章）", "", "填报时间：2023-06-08"], ["2季度"]],
    "seal and neighbour": [["填报单位（盖章）：", "五华区水务局"], ["季度", "第二季度"], ["报送日期：", "20230608"]],
    "letter-spaced": [["填 报 单 位：五 华 区 水 务 局"], ["季　度：第 二 季 度", "报 送 日 期：2023年6月8日"]],
    "full width": [["填报单位：五华区", "２０２３年第２季度", "报送日期：２０２３－０６－０８"]],
    "title": [["五华区2023年第二季度获得用水工作台账"], ["报送日期：2023年6月8日"]],
    "title and label": [["附件1："], ["获得用水2023年4—6月工作台账"], ["县（市）区：五华区", "报送日期：2023-06-08"]],
    "county label": [["县区：昆明市五华区"], ["2023年二季度"], ["填报时间：2023年6月8日"]],
    "notes between": [
        ["附件1："],
        [UNIT, "", "单位：元"],
        ["说明：请于每季度末月10日前报送市水务局"],
        [QUARTER],
        [SUBMITTED],
    ],
    "quarter by date": [[UNIT], [SUBMITTED]],
    "serial": [[UNIT], ["报送日期", 45085.0]],
    "number": [[UNIT], ["季度", 2.0], [SUBMITTED]],
    "time of day": [[UNIT], [QUARTER], ["报送日期：2023-06-08 10:20"]],
}


@pytest.mark.parametrize("titles", FORMS.values(), ids=FORMS)
def test_every_form_of_the_labels(titles: Titles) -> None:
    assert the_ledger(whose(*titles)) == Ledger("五华区", 2023, 2, date(2023, 6, 8), True, 0)


@pytest.mark.parametrize("label", ["填报单位", "单位", "县区", "县（市）区", "责任部门", "报送单位"])
@pytest.mark.parametrize("form", ["{}：五华区", "{}:五华区水务局（盖章）", "{}"])
def test_every_name_of_the_unit(label: str, form: str) -> None:
    cells: list[object] = [form.format(label)] if "五华" in form else [label, "五华区"]
    assert the_ledger(whose(cells, [QUARTER], [SUBMITTED])).unit == "五华区"


@pytest.mark.parametrize("label", ["报送日期", "填报日期", "填报时间", "上报时间"])
def test_every_name_of_the_day(label: str) -> None:
    assert the_ledger(whose([UNIT], [QUARTER], [f"{label}：6月8日"])).submitted == date(2023, 6, 8)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["报送日期：2023年6月8日", "填报日期：2023-06-08"], []),
        (["报送日期：2023年6月8日", "填报日期："], []),
        (["报送日期：2023年6月8日", "填报日期：2023年6月7日"], ["submitted-twice"]),
        (["报送日期：2023年6月8日", "报送日期：2023年6月12日", "填报日期：2023年6月7日"], ["submitted-twice"]),
    ],
)
def test_two_days_of_sending_are_told(days: list[str], told: list[str]) -> None:
    found = whose([UNIT], [QUARTER], *([day] for day in days))
    assert the_ledger(found).submitted == date(2023, 6, 8)
    assert [problem.code for problem in found.problems if problem.code.startswith("submitted")] == told


QUARTERS = [
    "2023年第二季度",
    "第二季度",
    "二季度",
    "2季度",
    "Q2",
    "2023Q2",
    "4—6月",
    "4-6月",
    "2023年4月至6月",
    "4～6月",
    "2023年2季度",
    "q2",
]


@pytest.mark.parametrize("words", QUARTERS)
def test_every_spelling_of_a_quarter(words: str) -> None:
    for titles in ([[UNIT], [words]], [[UNIT], [f"季度：{words}"]], [[UNIT], ["所属季度", words]]):
        assert the_ledger(whose(*titles)).quarter == 2


NAMES = {
    "五华": "五华区", "五华区": "五华区", "昆明市五华区": "五华区", "五华区水务局": "五华区", "石林县": "石林彝族自治县",
    "石林": "石林彝族自治县", "禄劝县": "禄劝彝族苗族自治县", "寻甸县": "寻甸回族彝族自治县", "自规局": "市自然资源规划局",
    "市自然资源和规划局": "市自然资源规划局", "住建局": "市住房城乡建设局", "市住建局": "市住房城乡建设局",
    "市公安局交警支队": "市交警支队", "安宁市水务局": "安宁市", "市水务局": "市水务局", "昆明市水务局": "市水务局",
}  # fmt: skip


@pytest.mark.parametrize(("name", "unit"), NAMES.items())
def test_every_usual_name_of_a_unit(name: str, unit: str) -> None:
    parsed = parse(ledger(work_row("", task=15.0), titles=[[f"填报单位：{name}"], [QUARTER], [SUBMITTED]]))
    assert the_ledger(parsed).unit == unit


@pytest.mark.parametrize("name", ["火星区", "五华山庄", "财务科", "昆明市", "五华区、盘龙区"])
def test_an_unknown_unit_is_an_error_and_nothing_is_taken(name: str) -> None:
    parsed = whose([f"填报单位：{name}"], [QUARTER], [SUBMITTED], name="五华区2023年第二季度台账.xlsx")
    assert severities(parsed) == {"A1": "error"}
    assert not parsed.facts.statements
    assert not parsed.facts.ledgers
    assert parsed.rows_kept_out == 1


def test_an_unknown_unit_in_a_neighbouring_cell_is_named_there() -> None:
    assert severities(whose(["填报单位：", "", "火星区"], [QUARTER], [SUBMITTED])) == {"C1": "error"}


@pytest.mark.parametrize(
    "label", ["编制单位：昆明市水务局", "单位：元", "单位：万元", "金额单位：元", "单位：人民币元"]
)
def test_some_units_are_no_units(label: str) -> None:
    parsed = whose([label], [QUARTER], [SUBMITTED])
    assert not parsed.facts.ledgers
    assert severities(parsed) == {"": "error"}


def test_a_unit_that_is_known_but_not_assessed_is_kept_out_with_a_warning() -> None:
    parsed = whose(["填报单位：高新区"], [QUARTER], [SUBMITTED])
    assert severities(parsed) == {"A1": "warning"}
    assert not parsed.facts.ledgers


def test_another_sheet_tells_what_this_one_does_not() -> None:
    cover = sheet(
        "封面", [["昆明市获得用水台账"], ["填报单位：五华区水务局"], ["2023年第二季度"], ["报送日期：2023年6月8日"]]
    )
    assert the_ledger(whose(others=(cover,))) == Ledger("五华区", 2023, 2, date(2023, 6, 8), True, 0)
    case = ledger([4.0, "案例", "", "", "照片"], name="工作案例", head=CASE_HEAD)
    assert the_ledger(whose(others=(case,))).unit == "五华区"


def test_two_other_sheets_that_disagree_tell_nothing() -> None:
    cases = [
        ledger(
            [4.0, "案例", "", "", "照片"],
            name=f"工作案例{unit}",
            head=CASE_HEAD,
            titles=[[f"填报单位：{unit}"], [QUARTER]],
        )
        for unit in ("五华区", "盘龙区")
    ]
    parsed = whose([QUARTER], others=tuple(cases))
    assert not parsed.facts.statements
    assert errors(parsed)


@pytest.mark.parametrize(
    "name",
    [
        "五华区2023年第二季度台账.xlsx",
        "2023Q2五华区水务局.xls",
        "上报/五华二季度.xlsx",
        "五华区 2023Q2（最终版）(2) 副本.XLSX",
    ],
)
def test_the_files_name_tells_unit_and_quarter(name: str) -> None:
    found = the_ledger(whose(name=name))
    assert (found.unit, found.quarter, found.submitted, found.dated) == ("五华区", 2, date(2023, 6, 10), False)


def test_labels_below_the_table_serve_where_none_stands_above() -> None:
    tail = [[UNIT, "", SUBMITTED], ["（2023年第二季度）"]]
    assert the_ledger(parse(ledger(work_row(), *tail, titles=[]))) == Ledger(
        "五华区", 2023, 2, date(2023, 6, 8), True, 0
    )


def test_a_quarter_alone_in_a_row_holds_for_the_rows_below_it() -> None:
    parsed = parse(ledger(["二季度"], work_row("1A"), ["三季度"], work_row("4A"), titles=[[UNIT]]))
    assert [(s.clause, s.ledger.quarter) for s in parsed.facts.statements] == [("1A", 2), ("4A", 3)]
    assert not errors(parsed)


def test_each_may_come_from_somewhere_else() -> None:
    cover = sheet("封面", [["报送日期：2023年6月8日"]])
    parsed = whose(["填报单位：五华区"], name="二季度台账.xlsx", others=(cover,))
    assert the_ledger(parsed) == Ledger("五华区", 2023, 2, date(2023, 6, 8), True, 0)


def test_no_unit_anywhere_is_an_error_on_the_sheet() -> None:
    parsed = whose([QUARTER], [SUBMITTED])
    assert severities(parsed) == {"": "error"}
    assert parsed.problems[0].sheet == "工作落实"
    assert parsed.rows_kept_out == 1


def test_neither_quarter_nor_day_is_an_error_on_the_sheet() -> None:
    parsed = whose([UNIT])
    assert severities(parsed) == {"": "error"}
    assert not parsed.facts.statements


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2023-01-05", 1), ("2023-03-10", 1), ("2023-03-11", 2), ("2023-06-10", 2), ("2023-06-11", 3), ("2023-09-10", 3),
        ("2023-12-10", 4), ("2023-12-11", 4), ("2024-01-15", 4),
    ],
)  # fmt: skip
def test_the_quarter_follows_from_the_day(day: str, quarter: int) -> None:
    found = the_ledger(whose([UNIT], [f"报送日期：{day}"]))
    assert (found.quarter, found.submitted, found.dated) == (quarter, date.fromisoformat(day), True)


@pytest.mark.parametrize("words", ["2022年第二季度", "季度：2024年第一季度", "2022Q2"])
def test_another_year_is_an_error_at_its_cell(words: str) -> None:
    parsed = whose([UNIT], [words], [SUBMITTED])
    assert severities(parsed) == {"A2": "error"}
    assert not parsed.facts.statements


@pytest.mark.parametrize("day", ["2022-06-08", "2025-06-08"])
def test_a_day_in_another_year_is_an_error_at_its_cell(day: str) -> None:
    parsed = whose([UNIT], [QUARTER], [f"报送日期：{day}"])
    assert severities(parsed) == {"A3": "error"}
    assert not parsed.facts.statements


def test_january_of_the_next_year_is_no_wrong_year() -> None:
    parsed = whose([UNIT], ["第四季度"], ["报送日期：2024年1月12日"])
    assert the_ledger(parsed).submitted == date(2024, 1, 12)


def test_an_unreadable_day_is_an_error_and_the_cut_off_stands_in() -> None:
    parsed = whose([UNIT], [QUARTER], ["报送日期：六月吧"])
    assert severities(parsed) == {"A3": "error"}
    (found,) = parsed.facts.ledgers
    assert (found.submitted, found.dated) == (date(2023, 6, 10), False)
    assert parsed.facts.statements


def test_a_ledger_after_its_cut_off_is_marked_at_the_day() -> None:
    parsed = whose([UNIT], [QUARTER], ["报送日期：2023年6月11日"])
    assert severities(parsed) == {"A3": "warning"}
    assert not severities(whose([UNIT], [QUARTER], ["报送日期：2023年6月10日"]))


# ---------------------------------------------------------------------------------------- as columns
COLUMN_HEAD = ["县（市）区", "季度", "报送日期", *HEAD]


def by_columns(
    *rows: tuple[list[object], list[object]], titles: Titles | None = None, **other: object
) -> ParsedWorkbook:
    lines = [[*whose_row, *row] for whose_row, row in rows]
    return parse(ledger(*lines, titles=titles or [], head=COLUMN_HEAD), **other)  # type: ignore[arg-type]


def test_each_row_carries_its_own() -> None:
    parsed = by_columns(
        (["五华区", "二季度", date(2023, 6, 8)], work_row()),
        (["盘龙", "Q3", "2023-09-01"], work_row()),
        (["市住建局", 3.0, "2023年9月2日"], work_row("4B")),
    )
    assert [(s.ledger.unit, s.ledger.quarter, s.ledger.submitted) for s in parsed.facts.statements] == [
        ("五华区", 2, date(2023, 6, 8)),
        ("盘龙区", 3, date(2023, 9, 1)),
        ("市住房城乡建设局", 3, date(2023, 9, 2)),
    ]
    assert not parsed.problems
    assert len(parsed.facts.ledgers) == 3


def test_a_blank_cell_takes_the_sheets_label() -> None:
    parsed = by_columns(
        (["", "", ""], work_row()), (["盘龙区", "", ""], work_row()), titles=[list(row) for row in TITLES]
    )
    assert [(s.ledger.unit, s.ledger.quarter) for s in parsed.facts.statements] == [("五华区", 2), ("盘龙区", 2)]
    assert not parsed.problems


def test_a_blank_unit_without_a_label_is_an_error_on_the_cell() -> None:
    parsed = by_columns((["", "二季度", ""], work_row()), (["盘龙区", "二季度", "2023-06-08"], work_row()))
    assert severities(parsed) == {"A2": "error"}
    assert [s.ledger.unit for s in parsed.facts.statements] == ["盘龙区"]
    assert parsed.rows_kept_out == 1


def test_a_blank_quarter_without_a_label_is_an_error_on_the_cell() -> None:
    parsed = by_columns((["五华区", "", ""], work_row()), (["盘龙区", "二季度", "2023-06-08"], work_row()))
    assert severities(parsed) == {"B2": "error"}


def test_a_bad_cell_keeps_only_its_row_out() -> None:
    parsed = by_columns(
        (["火星区", "二季度", ""], work_row()),
        (["五华区", "五季度", ""], work_row()),
        (["五华区", "2022年二季度", ""], work_row()),
        (["高新区", "二季度", ""], work_row()),
        (["盘龙区", "二季度", "2023-06-08"], work_row()),
    )
    assert severities(parsed) == {"A2": "error", "B3": "error", "B4": "error", "A5": "warning"}
    assert [s.ledger.unit for s in parsed.facts.statements] == ["盘龙区"]
    assert parsed.rows_kept_out >= 3


def test_in_a_roster_a_unit_column_is_told_from_the_enterprise() -> None:
    line = ["五华区", "二季度", *roster_line("昆明某某公司")]
    parsed = parse(ledger(line, name="企业全量名单", titles=[], head=["县区", "季度", *ROSTER_HEAD]))
    (row,) = parsed.facts.roster
    assert (row.ledger.unit, row.enterprise) == ("五华区", "昆明某某公司")


# ---------------------------------------------------------------------------------------- sent at all
def test_incentives_alone_are_no_report() -> None:
    parsed = parse(ledger(["工作案例", "通报表扬", 1.0, 1.0, "文件"], name="激励加分", head=INCENTIVE_HEAD))
    assert parsed.facts.incentives
    assert not parsed.facts.ledgers


@pytest.mark.parametrize("rows", [[work_row(status="差不多")], [work_row("4Z")], []])
def test_a_labelled_sheet_was_sent_whatever_its_rows_say(rows: list[list[object]]) -> None:
    parsed = parse(ledger(*rows))
    assert [found.unit for found in parsed.facts.ledgers] == ["五华区"]


def test_two_sheets_of_one_ledger_are_one_ledger() -> None:
    case = ledger([4.0, "案例", "", "", "照片"], name="工作案例", head=CASE_HEAD)
    parsed = parse(ledger(work_row()), case)
    assert len(parsed.facts.ledgers) == 1
