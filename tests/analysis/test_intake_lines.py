"""What each line says of what was dropped: cases as a table, read from workbooks as counties send them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring.analysis.intake_lines import Came, Fate, Intake, IntakeLine, SentFile, brings, lines
from scoring.analysis.intake_lines_sentences import summary
from scoring.judging.rank import make_board
from scoring.ledger.parse import problems_over_time, read_ledger
from scoring.ledger.template.blank import template_workbook
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.browser.ledgers import ROWS, UNREADABLE_ROW, write_ledger, write_nonsense

RULES = load_rulebook()
CAME, AS_OF = date(2023, 6, 12), date(2023, 7, 1)
UNIT = "五华区"
CORRECTED = (ROWS[0], (*ROWS[1][:3], "是", "2023-05-20", None, "截图.jpg", None), *ROWS[2:])


def read(path: Path, came: date = CAME) -> ParsedWorkbook:
    return read_ledger(path.read_bytes(), path.name, RULES, 0, received=came)


def told(
    *books: ParsedWorkbook,
    came: date = CAME,
    as_of: date = AS_OF,
    finals: Sequence[tuple[str, date]] = (),
    versions: Mapping[tuple[str, int, int], int] | None = None,
    **known: bool,
) -> tuple[IntakeLine, ...]:
    facts = Facts.joined(
        Facts.joined([book.facts for book in books]).of_units({unit}) for unit in sorted(u.name for u in RULES.units)
    )
    before, after = (make_board(one, RULES, as_of, Policy()) for one in (Facts(), facts))
    intake = Intake(RULES, before, after, came, versions or {}, finals, problems_over_time(facts))
    return lines([SentFile(book, str(number), **known) for number, book in enumerate(books)], intake)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx")


@pytest.mark.parametrize(
    ("sent", "received", "as_of", "came"),
    [
        ("2023年6月8日", "2023-06-12", "2023-07-01", {Came.IN_TIME}),
        ("2023年6月10日", "2023-06-12", "2023-07-01", {Came.IN_TIME}),
        ("2023年6月11日", "2023-06-12", "2023-07-01", {Came.LATE}),
        ("2023年6月8日", "2023-06-15", "2023-07-01", {Came.IN_TIME}),
        ("2023年6月8日", "2023-06-16", "2023-07-01", {Came.IN_TIME, Came.BACKDATED}),
        ("2023年6月20日", "2023-06-12", "2023-06-15", {Came.LATE, Came.NOT_YET}),
        ("", "2023-06-12", "2023-07-01", {Came.UNDATED}),
    ],
)
def test_a_line_says_how_its_ledger_came(tmp_path: Path, sent: str, received: str, as_of: str, came: set[Came]) -> None:
    day = date.fromisoformat(received)
    book = read(write_ledger(tmp_path / "五华区.xlsx", sent=sent), day)
    (line,) = told(book, came=day, as_of=date.fromisoformat(as_of))
    assert [set(one.came) for one in line.arrivals] == [came]
    assert (line.arrivals[0].ledger.unit, line.arrivals[0].ledger.quarter) == (UNIT, 2)


def test_errors_warnings_and_scores_are_those_of_reading_and_judging(tmp_path: Path) -> None:
    book = read(write_ledger(tmp_path / "a.xlsx", rows=(*ROWS, UNREADABLE_ROW)))
    (line,) = told(book)
    assert line.errors == sum(problem.severity == "error" for problem in book.problems) > 0
    assert line.errors + line.warnings + line.contradictions == len(book.problems)
    boards = [make_board(facts, RULES, AS_OF, Policy()).card[UNIT].score for facts in (Facts(), book.facts)]
    assert [(one.unit, one.before, one.after) for one in line.scores] == [(UNIT, *boards)]
    assert boards[0] != boards[1]


def test_a_blank_form_a_refused_file_a_wrong_year_and_a_stored_one_are_told_apart(tmp_path: Path, ledger: Path) -> None:
    blank = tmp_path / "盘龙区2023年第二季度台账.xlsx"
    blank.write_bytes(template_workbook(RULES, "盘龙区", 2))
    other_year = write_ledger(tmp_path / "b.xlsx", unit="官渡区")
    book = load_workbook(other_year)
    book["工作落实"]["A3"], book["工作落实"]["D3"] = "2021年第二季度", "报送日期：2021年6月8日"
    book.save(other_year)
    nonsense = write_nonsense(tmp_path / "说明.xlsx")
    found = told(*(read(path) for path in (ledger, blank, other_year, nonsense)))
    assert [line.fate for line in found] == [Fate.REFUSED, Fate.NOTHING, Fate.BLANK, Fate.STORED]
    assert "2021" in found[1].reason
    assert all(not line.scores for line in found[:3])
    assert (
        summary(found) == f"4份文件：{found[0].errors + found[1].errors}处错误，1份可以入库，2份没有可用内容，1份不能读"
    )


@pytest.mark.parametrize(
    ("known", "kept", "blank", "fate"),
    [
        (True, False, False, Fate.KNOWN),
        (False, True, False, Fate.STORED),
        (False, True, True, Fate.KEPT),
        (False, False, True, Fate.BLANK),
    ],
)
def test_what_is_stored_or_kept_already(ledger: Path, known: bool, kept: bool, blank: bool, fate: Fate) -> None:
    if blank:
        ledger.write_bytes(template_workbook(RULES, UNIT, 2))
    (line,) = told(read(ledger), known=known, kept=kept)
    assert line.fate is fate
    assert ("处错误" in summary([line])) == (line.errors > 0 and not known), "what is stored already needs nobody"


def test_a_closed_year_and_a_final_board_are_said(ledger: Path) -> None:
    finals = [
        ("2023-一季度-01", date(2023, 3, 31)),
        ("2023-半年-01", date(2023, 6, 30)),
        ("2023-半年-02", date(2023, 6, 30)),
    ]
    closes = RULES.assessment.closes
    (line,) = told(read(ledger), finals=finals, came=closes)
    assert [(one.final, one.closed) for one in line.arrivals] == [("2023-半年-02", False)]
    late = date(closes.year, closes.month + 1, 1)
    (line,) = told(read(ledger), finals=finals[:1], came=late)
    assert [(one.final, one.closed) for one in line.arrivals] == [("", True)]


def test_versions_count_on_from_what_is_stored_and_within_what_was_dropped(tmp_path: Path, ledger: Path) -> None:
    other = write_ledger(tmp_path / "更正.xlsx", rows=CORRECTED, sent="2023年6月9日")
    found = {line.name: line for line in told(read(ledger), read(other), versions={(UNIT, 2023, 2): 3})}
    assert found[ledger.name].arrivals[0].version == 4
    assert found["更正.xlsx"].arrivals[0].version == 5
    assert found["更正.xlsx"].contradictions == 1, "the earlier one says 否 of the day on which this one says done"


@pytest.mark.parametrize(
    ("sent", "deciding"),
    [("2023年6月9日", "更正.xlsx"), ("2023年6月8日", "更正.xlsx"), ("2023年6月7日", "五华区2023年第二季度台账.xlsx")],
)
def test_of_two_files_of_one_quarter_it_is_said_which_decides(
    tmp_path: Path, ledger: Path, sent: str, deciding: str
) -> None:
    """The later 报送日期, and of two of one day the one that is stored last; the board after 入库 agrees."""
    other = write_ledger(tmp_path / "更正.xlsx", rows=CORRECTED, sent=sent)
    books = read(ledger), read(other)
    found = {line.name: line for line in told(*books)}
    behind = {name: line.arrivals[0].behind for name, line in found.items()}
    assert behind == {name: "" if name == deciding else deciding for name in found}
    alone = {book.workbook: told(book)[0].scores[0].after for book in books}
    assert found[deciding].scores[0].after == alone[deciding]
    (kept,) = told(read(ledger))
    assert kept.arrivals[0].behind == ""


def test_what_needs_a_person_comes_first(tmp_path: Path) -> None:
    nothing = read(write_nonsense(tmp_path / "说明.xlsx"))
    errors = read(write_ledger(tmp_path / "错误.xlsx", unit="西山区", rows=(*ROWS, UNREADABLE_ROW)))
    clean = read(write_ledger(tmp_path / "甲.xlsx", unit="盘龙区", rows=(ROWS[0],)))
    undated = read(write_ledger(tmp_path / "乙.xlsx", unit="官渡区", rows=(ROWS[0],), sent=""))
    for order in ((clean, undated, errors, nothing), (nothing, errors, undated, clean)):
        assert [line.name for line in told(*order)] == ["说明.xlsx", "错误.xlsx", "乙.xlsx", "甲.xlsx"]


def test_a_row_left_as_it_stood_in_the_form_brings_nothing(ledger: Path) -> None:
    facts = read(ledger).facts
    assert brings(facts)
    assert not brings(replace(facts, statements=()))
    assert not brings(Facts(ledgers=facts.ledgers))
