"""A ledger's own year decides by which rules it is read."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.ledger.every_year import parse_every_year, parse_first_year
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from tests.ledger.sheets import HEAD, UNIT, book, errors, ledger, warnings, work_row
from tests.years.books import FIRST, NEXT, rulebook_of, rules_text

BOTH = rulebook_of(FIRST), rulebook_of(NEXT)
DAY = date(2023, 5, 10)


def asked(
    *titles: str, year: int = FIRST, name: str = "台账.xlsx", rows: tuple[list[object], ...] = ()
) -> ParsedWorkbook:
    """Read a workbook for one of the two years."""
    workbook = book(ledger(*(rows or (work_row(),)), titles=[[UNIT], *([title] for title in titles)]), name=name)
    other = NEXT if year == FIRST else FIRST
    return parse_first_year(workbook, (rulebook_of(year), rulebook_of(other)))


@pytest.mark.parametrize(
    ("titles", "year", "quarter"),
    [
        (("2024年第二季度", "报送日期：2024年6月8日"), NEXT, 2),
        (("第四季度", "报送日期：2024年1月12日"), FIRST, 4),
        (("第四季度", "报送日期：2024年12月8日"), NEXT, 4),
        (("第一季度", "报送日期：2024年1月12日"), NEXT, 1),
        (("2023年第四季度", "报送日期：2024年1月12日"), FIRST, 4),
        (("第二季度", "报送日期：2024年6月1日"), NEXT, 2),
        (("报送日期：2024年3月8日",), NEXT, 1),
        (("报送日期：2023年12月11日",), FIRST, 4),
        (("第二季度",), FIRST, 2),
        (("第二季度", "报送日期：6月8日"), FIRST, 2),
    ],
    ids=str,
)
def test_the_year_follows_from_the_words_and_the_day(titles: tuple[str, ...], year: int, quarter: int) -> None:
    parsed = asked(*titles)
    if year == FIRST:
        assert [(one.year, one.quarter) for one in parsed.facts.ledgers] == [(FIRST, quarter)]
        assert not errors(parsed)
    else:
        assert [p.code for p in parsed.problems] == ["other-year"]
        assert (parsed.facts.ledgers, parsed.rows_kept_out, parsed.other_years) == ((), 0, (NEXT,))
    every = parse_every_year(book(ledger(work_row(), titles=[[UNIT], *([t] for t in titles)])), BOTH)
    assert [(one.year, one.quarter) for one in every.facts.ledgers] == [(year, quarter)]
    assert "other-year" not in [p.code for p in every.problems]


def test_a_quarter_without_year_and_day_is_of_the_year_that_is_asked_for() -> None:
    assert {one.year for one in asked("第二季度", year=NEXT).facts.ledgers} == {NEXT}
    assert {one.submitted for one in asked("第二季度", year=NEXT).facts.ledgers} == {date(2024, 6, 10)}


@pytest.mark.parametrize("words", ["2022年第二季度", "2025年第一季度"])
def test_a_year_without_rules_is_an_error_at_the_cell(words: str) -> None:
    assert errors(asked(words)) == ["year-wrong A2"]
    (problem,) = asked(words).problems
    assert "2023、2024" in problem.message


def test_a_day_may_lie_in_the_year_after_but_not_before() -> None:
    assert warnings(asked("2023年第四季度", "报送日期：2024-03-12")) == ["ledger-late A3"]
    assert errors(asked("2024年第一季度", "报送日期：2023-12-28", year=NEXT)) == ["year-wrong A3"]


def test_one_workbook_may_hold_both_years() -> None:
    head = ["季度", "报送日期", *HEAD]
    rows = [
        ["2023年第四季度", "2023-12-08", *work_row("4A")],
        ["2024年第一季度", "2024-03-08", *work_row("5A")],
        ["2024年第一季度", "2024-03-08", *work_row("4Z")],
    ]
    sheet = ledger(*rows, head=head, titles=[[UNIT]])
    parsed = parse_every_year(book(sheet), BOTH)
    assert [(s.clause, s.ledger.year, s.ledger.quarter) for s in parsed.facts.statements] == [
        ("4A", FIRST, 4),
        ("5A", NEXT, 1),
    ]
    assert errors(parsed) == ["code-unknown C5"]
    assert (parsed.rows_read, parsed.rows_kept_out) == (3, 1)
    only = parse_first_year(book(sheet), BOTH)
    assert [(s.clause, s.ledger.year) for s in only.facts.statements] == [("4A", FIRST)]
    assert [(p.code, p.cell) for p in only.problems] == [("other-year", "A4")]
    assert (only.rows_read, only.rows_kept_out) == (1, 0)


def test_one_warning_a_ledger_however_many_sheets_it_has() -> None:
    titles = [[UNIT], ["2024年第二季度"], ["报送日期：2024年6月8日"]]
    sheets = [ledger(work_row(), titles=titles, name=name) for name in ("工作落实", "落实情况")]
    broken = ledger(["4A", "是"], titles=titles, head=["评分项编号", "备注"], name="台账")
    parsed = parse_first_year(book(*sheets, broken), BOTH)
    assert [p.code for p in parsed.problems] == ["other-year"]


def test_each_year_knows_its_own_clauses_and_units() -> None:
    later = rulebook_of(
        NEXT,
        ('name = "东川区"\n', 'name = "东川区"\nleft_out = true\n'),
        ('code = "22B"\n', 'code = "22C"\n'),
    )
    titles = [[UNIT], ["2024年第二季度"], ["报送日期：2024年6月8日"]]
    parsed = parse_every_year(book(ledger(work_row("22C"), titles=titles)), (rulebook_of(FIRST), later))
    assert [s.clause for s in parsed.facts.statements] == ["22C"]
    titles[0] = ["填报单位：东川区"]
    assert warnings(parse_every_year(book(ledger(work_row(), titles=titles)), (rulebook_of(FIRST), later))) == [
        "unit-not-assessed A1"
    ]


def test_the_order_of_ledgers_begins_with_the_year() -> None:
    last, first = Ledger("甲", FIRST, 4, date(2024, 1, 12), True, 9), Ledger("甲", NEXT, 1, date(2024, 1, 5), True, 0)
    assert last.order < first.order


def test_the_rules_of_another_year_are_a_rule_file_like_any() -> None:
    assert rulebook_of(NEXT).assessment.year == NEXT
    assert "2023" not in rules_text()
