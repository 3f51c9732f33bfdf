from datetime import date

from scoring.files.cells import Sheet, Workbook
from scoring.ledger.sent_row import ledger_of, sent_row
from scoring.model.boards import Board
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook
from tests.builders import ledger, statement
from tests.documents.boards import HOSTILE
from tests.ui.reading import Shown
from ui.show import proofs
from ui.show.proofs import SentRow

ROWS = (("台账",), (), ("4A", 4.0, "", "否", date(2023, 6, 1), 96.5))
BOOK = Workbook("台账.xlsx", (Sheet("工作落实", 0, ROWS),))


def test_a_row_is_shown_with_its_letters_and_the_deciding_cell_framed() -> None:
    row = sent_row(BOOK, CellRef("台账.xlsx", "工作落实", "D3"))
    assert row == SentRow(3, ((0, "4A"), (1, "4"), (3, "否"), (4, "2023-06-01"), (5, "96.5")), 3)
    text = proofs.row_table(row)
    assert Shown(text).rows == [["", "A", "B", "D", "E", "F"], ["3", "4A", "4", "否", "2023-06-01", "96.5"]]
    assert '<td class="hit">否</td>' in text


def test_the_sheet_s_own_header_names_the_columns() -> None:
    rows = (
        ("工作落实",),
        ("评分项编号", "任务序号", "评分要求", "完成情况", "佐证材料"),
        ("4A", 4.0, "出台文件", "否", "无"),
    )
    book = Workbook("台账.xlsx", (Sheet("工作落实", 0, rows),))
    row = sent_row(book, CellRef("台账.xlsx", "工作落实", "D3"))
    assert row is not None
    assert row.heads == ("评分项编号", "任务序号", "评分要求", "完成情况", "佐证材料")
    bare = Workbook("台账.xlsx", (Sheet("工作落实", 0, (*rows[:2], rows[2][:4])),))
    without = sent_row(bare, CellRef("台账.xlsx", "工作落实", "D3"))
    assert without is not None
    assert without.cells[-1] == (4, ""), "evidence that is missing is shown as missing"
    above = sent_row(book, CellRef("台账.xlsx", "工作落实", "A1"))
    assert above is not None
    assert above.heads == ()


def test_the_deciding_cell_is_shown_though_it_is_empty() -> None:
    row = sent_row(BOOK, CellRef("台账.xlsx", "工作落实", "C3"))
    assert row is not None
    assert (2, "") in row.cells


def test_a_cell_that_is_not_there_has_no_row() -> None:
    for sheet, cell in (("工作落实", "A99"), ("别的表", "A1"), ("工作落实", "?")):
        assert sent_row(BOOK, CellRef("台账.xlsx", sheet, cell)) is None


def test_of_two_workbooks_of_one_name_the_later_one_is_shown() -> None:
    old, new = ledger(upload=3), ledger(quarter=3, upload=8)
    facts = Facts(statements=(statement("4A", at=old), statement("4A", at=new)))
    source = facts.statements[0].source
    assert ledger_of(facts, "五华区", source) == new
    assert ledger_of(facts, "盘龙区", source) is None


def test_every_deduction_shows_its_sentence_its_reason_and_its_cell(board: Board, rulebook: Rulebook) -> None:
    for card in board.cards:
        for finding in card.findings:
            if finding.points:
                said = Shown(proofs.proof(finding, rulebook, {})).text
                assert all(str(cell).split(" › ")[-1] in said for cell in finding.sources)
                assert proofs.clause_title(finding, rulebook) in said
                assert " ".join(finding.quote.split()) in said


def test_hostile_words_of_a_ledger_stay_words(board: Board, rulebook: Rulebook) -> None:
    rows = {
        source: SentRow(1, ((0, HOSTILE),), 0)
        for card in board.cards for finding in card.findings for source in finding.sources
    }  # fmt: skip
    for card in board.cards:
        read = Shown(proofs.proofs(card.findings, rulebook, rows))
        assert read.links == []
        assert set(read.tags) <= {"section", "div", "span", "p", "q", "table", "tr", "th", "td"}
