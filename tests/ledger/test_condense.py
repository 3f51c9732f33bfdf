"""A problem list for people: a misread column is one problem, the gravest first, a flood is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from scoring.ledger.parse import parse_workbook
from scoring.ledger.rows.condense import condensed
from scoring.ledger.rows.row_reader import Table
from scoring.model.evidence import CellRef
from scoring.model.facts import Statement, Status
from scoring.problems import CATALOGUE, Problem, Severity
from tests.builders import cell, statement
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


# ------------------------------------------------------------------------------------------- made of single problems
def said_at(*places: str, code: str = "date-unreadable", name: str = "工作落实") -> list[Problem]:
    return [
        CATALOGUE[code].at(CellRef("a.xlsx", name, place), f"值{place}", column="完成日期", effect="")
        for place in places
    ]


def table(last: int, *, in_order: Iterable[int] = (), wide: bool = True) -> Table:
    """Make a table with its header in row 4 and rows from 5 on. Columns E and F are read, what is in order stands in F."""
    lines = [["", "", "", "", "", "是" if row in in_order else "  "][: 6 if wide or row in in_order else 5]
             for row in range(1, last + 1)]  # fmt: skip
    return Table("工作落实", lines, range(4, last), {4: 3, 5: 3})


def listed(problems: list[Problem], *tables: Table, statements: Iterable[Statement] = ()) -> list[str]:
    told = condensed(problems, tables, tuple(statements), rulebook())
    return [f"{problem.code} {problem.cell}" for problem in told]


def cells_of(column: str, first: int, last: int) -> list[str]:
    return [f"{column}{row}" for row in range(first, last + 1)]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("bad", "in_order", "folded"),
    [(10, 0, True), (9, 0, False), (10, 1, True), (10, 2, False), (29, 2, True), (29, 3, False)],
)
def test_how_many_cells_make_a_misread_column(bad: int, in_order: int, folded: bool, wide: bool) -> None:
    last = 4 + bad + in_order
    cells = cells_of("F", 5, 4 + bad)
    rows = table(last + 2, in_order=range(5 + bad, last + 1), wide=wide)
    assert listed(said_at(*cells), rows) == [f"date-unreadable {cell}" for cell in (["F4"] if folded else cells)]


def test_a_folded_column_names_its_first_three_cells_and_shows_the_first() -> None:
    cells = said_at(*cells_of("F", 5, 14))
    (folded,) = condensed(cells, [table(14)], (), rulebook())
    assert folded.message == f"这一列有 10 格都是这样（F5、F6、F7 等），以第一格为例：{cells[0].message}"
    assert folded.value == "值F5"


def test_two_columns_are_folded_each_where_its_first_cell_stood_and_others_stay() -> None:
    dates, statuses = said_at(*cells_of("F", 5, 14)), said_at(*cells_of("E", 5, 14), code="evidence-missing")
    others = said_at("F3", "G9"), said_at("F9", name="汇总"), said_at("F9", code="cell-struck")
    told = [*others[0], *dates[:1], *statuses, *others[1], *dates[1:], *others[2]]
    assert listed(told, table(14)) == [
        "date-unreadable F3", "date-unreadable G9", "date-unreadable F4", "evidence-missing E4", "date-unreadable F9",
        "cell-struck F9",
    ]  # fmt: skip


def test_fewer_problems_than_a_column_needs_are_left_as_they_are() -> None:
    assert listed(said_at(*cells_of("F", 5, 13)), table(13)) == [f"date-unreadable F{row}" for row in range(5, 14)]


def test_the_only_error_stands_before_warnings_and_warnings_keep_their_order() -> None:
    warned = said_at("F5", "F6", code="evidence-missing")
    assert listed([*warned, *said_at("F7")]) == ["date-unreadable F7", "evidence-missing F5", "evidence-missing F6"]
    assert listed(warned) == ["evidence-missing F5", "evidence-missing F6"]


def unread(clause: str, place: str, name: str = "工作落实") -> Statement:
    return replace(statement(clause, "unreadable"), source=cell(place, name))


@pytest.mark.parametrize(
    ("problems", "statements", "first"),
    [
        (said_at("E5", "E6"), [unread("1A", "E6")], "E6"),  # the second of two costs points, the first none
        (said_at("", "E6"), [unread("1A", "E6")], "E6"),  # the first is of the whole file
        (said_at("E6", "E5"), [unread("9B", "E5")], "E6"),  # a clause that this unit is not scored for costs nothing
        (said_at("E5", "E6"), [unread("4A", "E5"), unread("1A", "E6"), unread("2A", "E6"), unread("3A", "E6")], "E6"),
        (said_at("E5", "E6"), [replace(statement("1A"), source=cell("E6"))], "E5"),  # what was read costs nothing
    ],
    ids=["points", "the whole file", "another kind of unit", "a row of several", "read"],
)
def test_the_error_that_costs_most_stands_first(
    problems: list[Problem], statements: list[Statement], first: str
) -> None:
    assert listed(problems, statements=statements)[0] == f"date-unreadable {first}"


@pytest.mark.parametrize(("single", "first"), [(["1A", "2A"], "E4"), ([*CODES, "11A"], "E5")])
def test_a_misread_column_costs_what_all_its_rows_cost(single: list[str], first: str) -> None:
    """Told after a row of another sheet with several statements: it stands first where it costs more."""
    rows = [unread(code, f"E{row}") for row, code in enumerate(CODES, 5)]
    one_row = [unread(code, "E5", "其他") for code in single]
    problems = [*said_at("E5", name="其他"), *said_at(*cells_of("E", 5, 16))]
    told = condensed(problems, [table(16)], (*rows, *one_row), rulebook())
    assert [problem.cell for problem in told] == [first, "E5" if first == "E4" else "E4"]


def test_a_thousand_problems_are_all_listed_one_more_is_not() -> None:
    flood = [*said_at("F1", code="evidence-missing"), *said_at(*cells_of("F", 2, 1000))]
    assert len(listed(flood)) == 1000
    told = condensed([*flood, *said_at("F1001")], (), (), rulebook())
    assert [problem.cell for problem in told] == [*cells_of("F", 2, 201), ""]
    assert (told[-1].code, told[-1].value, told[-1].workbook) == ("more-errors", "801", "a.xlsx")
    assert "800" in told[-1].message


def test_of_a_flood_of_warnings_the_rest_are_counted_as_warnings() -> None:
    told = condensed(said_at(*cells_of("F", 1, 1001), code="evidence-missing"), (), (), rulebook())
    assert (len(told), told[-1].code, told[-1].severity) == (201, "more-warnings", Severity.WARNING)
