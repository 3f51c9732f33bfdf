from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pypdfium2 import PdfDocument

from scoring.documents.unit_sheets import SIZES, fitting_size, sheet_parts, unit_sheets_docx
from scoring.model.boards import Board
from scoring.model.findings import Outcome
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import receipt_for, sample_board, silent_board
from tests.office import convert


def tables_of(data: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def test_figures_equal_the_board(board: Board, rulebook: Rulebook) -> None:
    figures = [table[1] for table in tables_of(unit_sheets_docx(board, rulebook)) if table[0][0] == "得分"]
    for card, row in zip(board.cards, figures, strict=True):
        own = card.case_points if card.kind == "county" else card.responsibility
        expected = [card.score, card.raw, card.base, own, card.incentive, card.deductions]
        assert [row[0], *row[2:]] == [f"{value:.2f}" for value in expected]
        assert re.match(rf"{card.rank}(（并列）)?$", row[1])


def test_a_page_holds_what_was_lost_won_and_is_still_to_come(rulebook: Rulebook) -> None:
    board = sample_board(rulebook, date(2023, 6, 20))
    seen = set()
    for card in board.cards:
        lost, won, waiting, unclear = (rows for _, _, rows, _ in sheet_parts(board, rulebook, card))
        assert [row[:2] for row in lost] == [[f.clause, f"{f.points:+.2f}"] for f in card.findings if f.points < 0]
        assert [row[:2] for row in won] == [[f.clause, f"{f.points:+.2f}"] for f in card.findings if f.points > 0]
        pending = [f for f in card.findings if f.outcome is Outcome.PENDING]
        assert sum(row[2].count("、") + 1 for row in waiting) >= len({f.clause for f in pending})
        assert all(any(f"{f.clause} " in row[2] for row in waiting) for f in pending)
        assert {f.clause for f in card.findings if f.outcome is Outcome.UNREADABLE} <= {row[0] for row in unclear}
        seen |= {name for name, rows in zip("lwpu", (lost, won, waiting, unclear), strict=True) if rows}
    assert {"w", "p", "u"} <= seen


def test_days_left_are_counted_from_the_scoring_day(rulebook: Rulebook) -> None:
    board = silent_board(rulebook, date(2023, 6, 20))
    waiting = sheet_parts(board, rulebook, board.cards[0])[2][2]
    assert waiting[0][:2] == ["2023年6月30日", "10天"]
    assert "27A 制定方案（-2.00）" in waiting[0][2]
    assert any("8A 共享的部门不缺（每缺一个-0.20）" in row[2] for row in waiting)


def test_only_the_units_asked_for(board: Board, rulebook: Rulebook) -> None:
    chosen = [board.cards[3].unit, board.cards[1].unit]
    text = "\n".join(p.text for p in docx.Document(BytesIO(unit_sheets_docx(board, rulebook, chosen))).paragraphs)
    assert list(re.findall(r"(.*)得分与扣分单", text)) == chosen
    with pytest.raises(KeyError):
        unit_sheets_docx(board, rulebook, ["月球区"])


def test_the_same_board_gives_the_same_bytes(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    assert unit_sheets_docx(board, rulebook, receipt=receipt) == unit_sheets_docx(board, rulebook, receipt=receipt)


def test_type_shrinks_as_the_page_fills(rulebook: Rulebook) -> None:
    board = silent_board(rulebook)
    full = fitting_size(sheet_parts(board, rulebook, board.cards[0]))
    empty = fitting_size([])
    assert empty == SIZES[0] > full == min(SIZES) == 9


@pytest.mark.office
@pytest.mark.parametrize("which", ["sample", "silent"])
def test_a_unit_has_one_page_or_two_where_it_lost_everything(rulebook: Rulebook, tmp_path: Path, which: str) -> None:
    board = sample_board(rulebook) if which == "sample" else silent_board(rulebook)
    data = unit_sheets_docx(board, rulebook, receipt=receipt_for(board))
    pdf = PdfDocument(convert(data, "docx", "pdf", tmp_path).read_bytes())
    silent = sum(not card.reported for card in board.cards)
    assert len(board.cards) <= len(pdf) <= len(board.cards) + silent
    sizes = re.findall(r'<w:sz w:val="(\d+)"', ZipFile(BytesIO(data)).read("word/document.xml").decode())
    assert min(map(int, sizes)) >= 18, "half-points: never under 9 points"
