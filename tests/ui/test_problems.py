from scoring.model.facts import Facts, MatchedBy
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import Problem, Severity
from tests.builders import ledger, statement
from tests.ui.reading import Shown
from ui.show import problems

EVIL = "<img src=http://example.invalid/x>"


def problem(severity: Severity, sheet: str, cell: str, value: str = EVIL) -> Problem:
    return Problem(severity, "date-unreadable", "台账.xlsx", sheet, cell, value, f"看不懂的完成日期“{value}”")


def test_problems_stand_by_sheet_with_errors_first() -> None:
    held = [
        problem(Severity.WARNING, "工作落实", "F9"),
        problem(Severity.ERROR, "工作落实", "F7"),
        problem(Severity.ERROR, "", ""),
    ]
    read = Shown(problems.problem_tables(held))
    assert "整个文件：1个错误，0个提醒" in read.text
    assert "工作表“工作落实”：1个错误，1个提醒" in read.text
    assert [row[1] for row in read.rows if row[0] != "程度"] == ["–", "F7", "F9"]
    assert read.links == []
    assert EVIL in read.text


def test_each_row_says_by_what_it_was_known(rulebook: Rulebook) -> None:
    rows = tuple(
        statement("4A", at=ledger(), row=7 + place, matched_by=by, text=EVIL, said="否")
        for place, by in enumerate(MatchedBy)
    )
    read = Shown(problems.matched_table(Facts(statements=rows), rulebook))
    assert [row[4] for row in read.rows[1:]] == ["按评分项编号", "按任务序号", "按文字内容", "人工指定"]
    assert read.links == []


def test_a_workbook_says_whose_it_is_and_what_it_left_alone(rulebook: Rulebook) -> None:
    book = ParsedWorkbook("台账.xlsx", Facts(ledgers=(ledger(),)), left_alone=("目录",))
    said = problems.whose(book, rulebook)
    assert said.startswith("五华区第二季度")
    assert "没有读的工作表：目录" in said
