from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from scoring.board.wording import clean
from scoring.documents.scores import DETAIL, FIRST_DETAIL, RANKING, scores_xlsx
from scoring.documents.unit_deductions import unit_deductions_xlsx
from scoring.model.boards import Board, ScoreCard
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import HOSTILE, sample_board, silent_board
from tests.office import convert


def opened(data: bytes, *, results: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=results)


def scores_in(book: Workbook) -> dict[str, list[object]]:
    """Return the ranking's rows by unit."""
    rows = book[RANKING].iter_rows(values_only=True)
    return {str(row[0]): list(row) for row in rows if isinstance(row[2], int | float)}


def expected(card: ScoreCard) -> list[Decimal]:
    return [
        Decimal(card.rank), card.score, card.raw, card.base, card.responsibility, card.case_points, card.incentive, card.deductions,
    ]  # fmt: skip


def same_as_board(book: Workbook, board: Board) -> None:
    found = scores_in(book)
    assert set(found) == set(board.card)
    for unit, row in found.items():
        # a spreadsheet's results are binary: the shortest decimal that names the number is what people see
        assert [Decimal(str(value)) for value in row[1:9]] == expected(board.card[unit]), unit
        assert row[9] == ("已报送" if board.card[unit].reported else "未报送")


def without_results(data: bytes) -> bytes:
    """Take the stored results of all formulas away, so that a reader must calculate them."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                assert count or name != "xl/worksheets/sheet1.xml"
            new.writestr(name, part)
    return out.getvalue()


def test_stored_results_equal_the_board(board: Board, rulebook: Rulebook) -> None:
    same_as_board(opened(scores_xlsx(board, rulebook)), board)


def test_scores_are_formulas(board: Board, rulebook: Rulebook) -> None:
    formulas = scores_formulas(opened(scores_xlsx(board, rulebook), results=False))
    assert len(formulas) == len(board.cards)
    for row in formulas:
        heads = ("=RANK(", "=MAX(0,MIN(", "=ROUND(E", "=口径!", None, "=MIN(", "=ROUND(SUMIFS(", "=ROUND(-SUMIFS(")
        assert all(head is None or str(cell).startswith(head) for head, cell in zip(heads, row[1:9], strict=True))


def scores_formulas(book: Workbook) -> list[tuple[object, ...]]:
    return [row for row in book[RANKING].iter_rows(values_only=True) if str(row[1]).startswith("=")]


@pytest.mark.office
@pytest.mark.parametrize("which", ["sample", "silent"])
def test_libreoffice_calculates_the_same_scores(rulebook: Rulebook, tmp_path: Path, which: str) -> None:
    board = sample_board(rulebook) if which == "sample" else silent_board(rulebook)
    bare = without_results(scores_xlsx(board, rulebook))
    assert all(row[2] is None for row in opened(bare)[RANKING].iter_rows(min_row=6, max_row=8, values_only=True))
    same_as_board(opened(convert(bare, "xlsx", "xlsx", tmp_path).read_bytes()), board)


def test_the_details_hold_every_finding(board: Board, rulebook: Rulebook) -> None:
    sheet = opened(scores_xlsx(board, rulebook))[DETAIL]
    rows = list(sheet.iter_rows(min_row=FIRST_DETAIL, values_only=True))
    findings = [finding for card in board.cards for finding in card.findings]
    for row, finding in zip(rows, findings, strict=True):
        assert (row[0], row[1], row[2]) == (finding.unit, finding.clause, str(finding.task))
        assert Decimal(str(row[6])) == finding.points
        assert (row[7].date() if row[7] else None) == finding.deadline
        assert row[8] == clean(finding.quote)
        assert str(row[9]).startswith(clean(finding.reason))
        assert all(str(source) in str(row[10]) for source in finding.sources)


def test_words_of_a_ledger_become_neither_formula_nor_link(board: Board, rulebook: Rulebook) -> None:
    card = board.cards[0]
    findings = tuple(replace(f, reason=HOSTILE, remark="http://example.invalid/x") for f in card.findings)
    spoilt = replace(board, cards=(replace(card, findings=findings), *board.cards[1:]))
    for data in (scores_xlsx(spoilt, rulebook), unit_deductions_xlsx(spoilt, rulebook, card.unit)):
        book = opened(data, results=False)
        formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert not [formula for formula in formulas if "HYPERLINK" in str(formula)]
        hostile = [c for sheet in book for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
        assert hostile
        assert all(c.data_type == "s" and c.hyperlink is None for c in hostile)
        with ZipFile(BytesIO(data)) as parts:
            assert not [name for name in parts.namelist() if "externalLink" in name]
            assert b"hyperlink" not in b"".join(parts.read(n) for n in parts.namelist() if "worksheets" in n)


def test_the_same_board_gives_the_same_bytes(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    assert scores_xlsx(board, rulebook, receipt) == scores_xlsx(board, rulebook, receipt)
    unit = board.cards[0].unit
    assert unit_deductions_xlsx(board, rulebook, unit) == unit_deductions_xlsx(board, rulebook, unit)


def test_draft_and_receipt_are_said(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    draft, final = (opened(scores_xlsx(board, rulebook, given))[RANKING] for given in (None, receipt))
    assert "草稿" in str(draft["A1"].value)
    assert "草稿" not in f"{final['A1'].value}{final['A2'].value}"
    assert receipt.number in str(final["A2"].value)
    assert receipt.number in final.oddFooter.left.text


@pytest.mark.parametrize("kind", ["county", "department"])
def test_a_units_deductions_add_up(board: Board, rulebook: Rulebook, kind: str) -> None:
    for card in board.ranking(kind):
        sheet = opened(unit_deductions_xlsx(board, rulebook, card.unit))["扣分单"]
        rows = list(sheet.iter_rows(min_row=6, values_only=True))
        lost = [finding for finding in card.findings if finding.points < 0]
        assert [(row[0], Decimal(str(row[1]))) for row in rows[:-1]] == [(f.clause, f.points) for f in lost]
        assert rows[-1][0] == "合计"
        assert Decimal(str(rows[-1][1])) == -card.deductions
        assert f"得{card.score:.2f}分" in str(sheet["A3"].value)
