"""What a unit's ledgers say over time: 前后矛盾, 补填日期, no 报送日期, a 完成日期 years off. It costs nothing by itself."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.ledger.parse import parse_workbook, problems_over_time
from scoring.model.facts import Facts, Status
from scoring.model.parsed import ParsedWorkbook
from tests.ledger.sheets import book, ledger, one_statement, parse, rulebook, warnings, work_row


def sent(quarter: str, day: str, *rows: list[object], unit: str = "五华区", name: str = "台账.xlsx") -> ParsedWorkbook:
    return parse(ledger(*rows, titles=[[f"填报单位：{unit}"], [quarter], [f"报送日期：{day}"]]), name=name)


DENIED = work_row(status="未完成", done_on="", evidence="")


@pytest.mark.parametrize(
    ("done_on", "contradicts"),
    [
        (date(2023, 2, 20), True),
        (date(2023, 3, 7), True),
        (date(2023, 3, 8), False),
        (date(2023, 5, 10), False),
        ("", False),
    ],
)
def test_a_claim_of_an_earlier_day_than_a_denial(done_on: object, contradicts: bool) -> None:
    before, after = (
        sent("一季度", "2023-03-08", DENIED, name="甲.xlsx"),
        sent("二季度", "2023-06-08", work_row(done_on=done_on)),
    )
    found = problems_over_time(Facts.joined([before.facts, after.facts]))
    assert [(p.code, p.workbook, p.cell) for p in found] == [("done-contradicted", "台账.xlsx", "F5")] * contradicts
    assert all("甲.xlsx" in p.message for p in found)


def test_other_units_other_clauses_and_later_denials_contradict_nothing() -> None:
    claim = sent("一季度", "2023-03-08", work_row(done_on=date(2023, 2, 20)))
    others = [sent("二季度", "2023-06-08", DENIED), sent("一季度", "2023-03-05", DENIED, unit="盘龙区")]
    assert not problems_over_time(Facts.joined([claim.facts, *(other.facts for other in others)]))


@pytest.mark.parametrize(
    ("sent_on", "contradicts"), [("2023-07-03", True), ("2023-06-08", False), ("2023-03-08", False)]
)
def test_a_correction_of_an_earlier_quarter_may_come_after_a_denial(sent_on: str, contradicts: bool) -> None:
    denial = sent("二季度", "2023-06-08", DENIED, name="乙.xlsx")
    claim = sent("一季度", sent_on, work_row(done_on=date(2023, 2, 20)))
    found = problems_over_time(Facts.joined([claim.facts, denial.facts]))
    assert [(p.code, p.workbook) for p in found] == [("done-contradicted", "台账.xlsx")] * contradicts


def test_a_denial_in_the_same_workbook_for_an_earlier_quarter_counts_too() -> None:
    head = ["季度", "报送日期", "评分项编号", "完成情况", "完成日期", "佐证材料"]
    rows = [
        ["一季度", "2023-03-08", "4A", "未完成", "", ""],
        ["二季度", "2023-06-08", "4A", "已完成", date(2023, 2, 1), "截图"],
    ]
    parsed = parse(ledger(*rows, titles=[["填报单位：五华区"]], head=head))
    assert [(p.code, p.cell) for p in problems_over_time(parsed.facts)] == [("done-contradicted", "E4")]


@pytest.mark.parametrize(
    ("day", "is_old"), [(date(2003, 5, 26), True), (date(2021, 12, 31), True), (date(2022, 1, 1), False)]
)
def test_a_day_more_than_a_year_before_the_assessments(day: date, is_old: bool) -> None:
    parsed = parse(ledger(work_row(done_on=day)))
    assert one_statement(parsed).status is Status.DONE
    assert warnings(parsed) == ["date-old F5"] * is_old


@pytest.mark.parametrize(
    ("received", "told"), [(date(2023, 6, 8), False), (date(2023, 6, 15), False), (date(2023, 6, 16), True)]
)
def test_a_day_of_submission_long_before_the_receipt(received: date, told: bool) -> None:
    parsed = parse_workbook(book(ledger(work_row(), work_row("4B"))), rulebook(), received=received)
    assert warnings(parsed) == ["submitted-backdated A3"] * told


def test_the_command_line_knows_no_day_of_receipt() -> None:
    assert not parse(ledger(work_row())).problems


def test_no_day_of_submission_anywhere_is_told_once() -> None:
    parsed = parse(ledger(work_row(), work_row("4B"), titles=[["填报单位：五华区"], ["二季度"]]))
    assert warnings(parsed) == ["submitted-missing "]
    assert {one.submitted for one in parsed.facts.ledgers} == {date(2023, 6, 10)}


def test_a_blank_form_and_an_unreadable_day_are_no_missing_one() -> None:
    blank = parse(ledger(work_row(status="", done_on="", evidence=""), titles=[["填报单位：五华区"], ["二季度"]]))
    unread = parse(ledger(work_row(), titles=[["填报单位：五华区"], ["二季度"], ["报送日期：六月吧"]]))
    assert not blank.problems
    assert [p.code for p in unread.problems] == ["submitted-unreadable"]
