"""A problem list for people: a misread column is one problem, the gravest first, a flood is counted."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.ledger.parse import parse_workbook
from scoring.model.facts import Status
from scoring.problems import Severity
from tests.ledger.sheets import (
    DAY,
    ROSTER_HEAD,
    at,
    book,
    errors,
    ledger,
    parse,
    roster_line,
    rulebook,
    sheet,
    warnings,
    work_row,
)

CODES = ["1A", "2A", "3A", "4A", "4B", "5A", "5B", "6A", "6B", "7A", "10A", "10B"]


def test_a_misread_column_is_one_problem_at_its_header() -> None:
    parsed = parse(ledger(*(work_row(code, done_on=f"见附件{n}") for n, code in enumerate(CODES))))
    assert errors(parsed) == ["date-unreadable F4"]
    assert "12 格" in parsed.problems[0].message
    assert {s.done_on for s in parsed.facts.statements} == {None}


def test_a_column_that_is_blank_throughout_is_one_problem() -> None:
    assert warnings(parse(ledger(*(work_row(code, evidence="") for code in CODES)))) == ["evidence-missing H4"]


def test_a_few_cells_among_others_in_order_are_each_told() -> None:
    rows = [work_row(code, evidence="" if n < 3 else "截图") for n, code in enumerate(CODES)]
    assert warnings(parse(ledger(*rows))) == ["evidence-missing H5", "evidence-missing H6", "evidence-missing H7"]


def test_rows_of_a_misread_column_stay_unreadable() -> None:
    parsed = parse(ledger(*(work_row(code, status=f"第{n}批") for n, code in enumerate(CODES))))
    assert errors(parsed) == ["status-unreadable E4"]
    assert {s.status for s in parsed.facts.statements} == {Status.UNREADABLE}
    assert parsed.rows_kept_out == len(CODES)


def test_what_costs_most_stands_first() -> None:
    rows = [work_row("22A", status="差不多"), work_row("27A", status="差不多"), work_row("4A", status="差不多")]
    assert errors(parse(ledger(*rows)))[0] == "status-unreadable E6"


def test_a_sheet_that_was_kept_out_stands_before_single_rows() -> None:
    other = ledger(work_row(), name="Sheet2", titles=[["填报单位：火星区"], ["二季度"], ["报送日期：2023-06-08"]])
    assert errors(parse(ledger(work_row(status="差不多")), other))[0] == "unit-unknown A1"


@pytest.mark.parametrize("kind", ["work", "roster"])
def test_of_thousands_of_errors_the_first_200_are_listed_and_the_others_counted(kind: str) -> None:
    if kind == "work":
        rows = [
            work_row(status=f"吧{n}" if n % 2 else "已完成", done_on=DAY if n % 3 else f"日{n}") for n in range(3_000)
        ]
        written = book(ledger(*rows))
    else:
        lines = [roster_line(f"甲{n}", accepted=date(2023, 5, 8) if n % 2 else f"日{n}") for n in range(3_000)]
        written = book(ledger(*lines, name="企业全量名单", head=ROSTER_HEAD))
    parsed = parse_workbook(written, rulebook())
    assert len(parsed.problems) == 201
    last = parsed.problems[-1]
    assert (last.severity, last.code, last.sheet, last.cell) == (Severity.ERROR, "more-errors", "", "")
    assert int(last.value) > 1_000


def test_a_list_that_people_can_read_is_never_cut() -> None:
    rows = [work_row(CODES[n % 12], evidence="" if n % 2 else "截图") for n in range(600)]
    assert len(warnings(parse(ledger(*rows)))) == 300


def test_cells_of_another_sheet_are_not_folded_in() -> None:
    few = [work_row(code, done_on="见附件") for code in CODES[:6]]
    titles: list[list[object]] = [["填报单位：盘龙区"], ["二季度"], ["报送日期：2023-06-08"]]
    parsed = parse(ledger(*few), ledger(*few, name="盘龙区", titles=titles))
    assert len(errors(parsed)) == 12
    assert at(parsed, "F5", "盘龙区")
    assert not parse(sheet("通讯录", [["姓名"]]), ledger(work_row())).problems
