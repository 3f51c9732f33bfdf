from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document

from scoring.board.summary import losses
from scoring.board.wording import clean, points, signed
from scoring.documents.bulletin import SHOWN_LOSSES, bulletin_docx
from scoring.documents.bulletin_sentences import SCORE_COLUMNS
from scoring.documents.official_paper import WHOLE
from scoring.documents.unit_sheets import LOST_COLUMNS, WIDTH, WON_COLUMNS
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import HOSTILE, sample_board, silent_board
from tests.office import convert


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def rows_under(paper: Document, heading: str) -> list[list[list[str]]]:
    """Return the rows, without headers, of all tables whose header begins with a word."""
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return [rows[1:] for rows in tables if rows[0][0] == heading]


def text_of(paper: Document) -> str:
    return "\n".join(paragraph.text for paragraph in paper.paragraphs)


def headers_and_feet(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as parts:
        return {n: parts.read(n).decode() for n in parts.namelist() if re.match(r"word/(header|footer)\d*\.xml", n)}


def test_type_has_the_sizes_of_an_official_paper(board: Board, rulebook: Rulebook) -> None:
    """Hold the sizes in points that runs are given; body text has its size from the style."""
    with ZipFile(BytesIO(bulletin_docx(board, rulebook))) as parts:
        body = parts.read("word/document.xml").decode()
    sizes = {int(half) / 2 for half in re.findall(r'<w:sz w:val="(\d+)"/><w:szCs', body)}
    assert sizes == {9.0, 10.0, 10.5, 12.0, 16.0, 40.0}


def test_ranking_tables_equal_the_board(board: Board, rulebook: Rulebook) -> None:
    found = rows_under(opened(bulletin_docx(board, rulebook)), "名次")
    assert len(found) == 2
    for kind, rows in zip(("county", "department"), found, strict=True):
        ranking = board.ranking(kind)
        for card, row in zip(ranking, rows, strict=True):
            shared = sum(other.rank == card.rank for other in ranking) > 1
            assert row[0] == f"{card.rank}{'（并列）' if shared else ''}"
            expected = (card.score, card.raw, card.case_points, card.incentive, card.deductions)
            assert row[1:] == [card.unit, *(f"{value:.2f}" for value in expected)]


def test_every_deduction_stands_in_the_annex_with_its_proof(board: Board, rulebook: Rulebook) -> None:
    found = [row for rows in rows_under(opened(bulletin_docx(board, rulebook)), "评分项") for row in rows]
    cards = [card for kind in ("county", "department") for card in board.ranking(kind)]
    expected = [finding for card in cards for finding in card.findings if finding.points < 0]
    assert len(found) == len(expected) > 50
    for finding, row in zip(expected, found, strict=True):
        assert row[:3] == [finding.clause, signed(finding.points), finding.quote]
        assert row[3].startswith(clean(finding.reason))
        assert all(str(source) in row[4] for source in finding.sources)
        assert row[4]


def test_main_losses_name_their_units_and_points(board: Board, rulebook: Rulebook) -> None:
    found = rows_under(opened(bulletin_docx(board, rulebook)), "失分项（评分标准）")
    for kind, rows in zip(("county", "department"), found, strict=True):
        for loss, row in zip(losses(board, kind, rulebook)[:SHOWN_LOSSES], rows, strict=True):
            assert row[0].startswith(f"{loss.clause} ")
            assert row[2] == points(loss.total)
            named = {finding.unit for finding in loss.findings}
            everybody = f"全部{len(board.ranking(kind))}个单位" in row[1]
            assert everybody or all(unit in row[1] for unit in named)


def test_the_opening_figures_are_the_boards(board: Board, rulebook: Rulebook) -> None:
    text = text_of(opened(bulletin_docx(board, rulebook)))
    ranking = board.ranking("county")
    for words in (
        "14个县（市）区和6个市级责任部门截至2023年7月7日",
        f"最高{ranking[0].score:.2f}分",
        f"最低{ranking[-1].score:.2f}分（{ranking[-1].unit}）",
        f"合计扣{sum(card.deductions for card in ranking):.2f}分",
        "其中6个达到100.00分的上限",
        "20个单位中，19个已报送台账，1个没有报送：东川区。",
        "第三季度台账请于2023年9月10日前（含当日）报送",
    ):
        assert words in text


def test_a_draft_is_marked_on_every_page_until_a_receipt_is_given(
    board: Board, rulebook: Rulebook, receipt: Publication
) -> None:
    draft, final = bulletin_docx(board, rulebook), bulletin_docx(board, rulebook, receipt)
    assert any('string="草稿"' in xml for xml in headers_and_feet(draft).values())
    assert "草稿" not in "".join(headers_and_feet(final).values())
    assert "草稿" not in text_of(opened(final))
    for section in opened(draft).sections[1:]:
        assert section.header.is_linked_to_previous
        assert section.footer.is_linked_to_previous
    feet = "".join(xml for name, xml in headers_and_feet(final).items() if "footer" in name)
    for words in (receipt.number, "截至2023年7月7日", "口径：默认", "数据版本 abababab", board.rules[:8], "PAGE"):
        assert words in feet


def test_the_receipt_is_annexed_with_what_was_passed_over(
    board: Board, rulebook: Rulebook, receipt: Publication
) -> None:
    paper = opened(bulletin_docx(board, rulebook, receipt))
    said = dict(rows_under(paper, "项目")[0])
    assert said["定稿编号"] == receipt.number
    assert said["资料指纹"] == receipt.facts
    assert said["越过的未决事项1"] == "东川区未报送台账；理由：已电话核实，会后补报"
    assert "本通报更正并代替定稿编号KMHS-2023-Q2-00的通报。" in text_of(paper)


def test_a_reading_that_is_not_the_default_is_said_on_every_page(rulebook: Rulebook) -> None:
    strict = sample_board(rulebook, policy=Policy(late="strict"))
    data = bulletin_docx(strict, rulebook)
    assert "口径：逾期完成＝一律扣分" in "".join(headers_and_feet(data).values())
    assert rows_under(opened(data), "口径")[0][0][:2] == ["逾期完成", "一律扣分"]


def test_words_of_a_ledger_stay_words(board: Board, rulebook: Rulebook) -> None:
    card = board.cards[0]
    finding = replace(next(f for f in card.findings if f.points < 0), reason=HOSTILE)
    spoilt = tuple(finding if f.clause == finding.clause else f for f in card.findings)
    cards = (replace(card, findings=spoilt), *board.cards[1:])
    found = [
        row
        for rows in rows_under(opened(bulletin_docx(replace(board, cards=cards), rulebook)), "评分项")
        for row in rows
    ]
    assert any("<w:t>&' @SUM(1)" in row[3] for row in found)


def test_nobody_reporting_and_nothing_lost_are_said(rulebook: Rulebook) -> None:
    silent = text_of(opened(bulletin_docx(silent_board(rulebook), rulebook)))
    assert "20个单位都没有报送台账。" in silent
    early = silent_board(rulebook, date(2023, 3, 1))
    calm = text_of(opened(bulletin_docx(early, rulebook)))
    assert calm.count("没有扣分。") == 2 + len(early.cards)


def test_tables_of_one_page_are_not_torn_and_long_ones_keep_their_first_rows(board: Board, rulebook: Rulebook) -> None:
    for table in opened(bulletin_docx(board, rulebook)).tables:
        stays = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        rows = len(stays) - 1
        held = rows - 1 if rows <= WHOLE else 2
        assert stays == [True] * (held + 1) + [None] * (rows - held)


def test_the_signature_stands_on_a_page_with_text(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    paragraphs = opened(bulletin_docx(board, rulebook, receipt)).paragraphs
    last = next(n for n, p in enumerate(paragraphs) if p.text.startswith("（") and "依规提出异议" in p.text)
    signed_on = next(n for n, p in enumerate(paragraphs) if p.text.strip() == "2023年7月10日")
    between = paragraphs[last:signed_on]
    assert [p.text.strip("　") for p in between][1:] == [
        "附件：1.各单位扣分明细", "2.考评口径", "3.定稿说明", "昆明市水务局",
    ]  # fmt: skip
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in between)


def test_figures_of_six_characters_have_room_in_a_wide_font_too() -> None:
    """Hold that 100.00 does not wrap where Times New Roman is replaced by a font a quarter wider."""
    for column in SCORE_COLUMNS[2:4]:
        assert column.width - 2.5 >= 3.5 * 12 * 0.3528
    for columns in (LOST_COLUMNS, WON_COLUMNS):
        assert columns[1].width - 2.5 >= 3.1 * 10.5 * 0.3528
        assert sum(column.width for column in columns) == WIDTH


def test_the_same_board_gives_the_same_bytes(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    assert bulletin_docx(board, rulebook, receipt) == bulletin_docx(board, rulebook, receipt)
    assert opened(bulletin_docx(board, rulebook)).core_properties.modified.date() == board.as_of  # type: ignore[union-attr]


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from scoring.rulebook.read import load_rulebook; from tests.documents.boards import sample_board\n"
        "from scoring.documents.bulletin import bulletin_docx; from scoring.documents.scores import scores_xlsx\n"
        "r = load_rulebook(); b = sample_board(r)\n"
        "print(hashlib.sha256(bulletin_docx(b, r) + scores_xlsx(b, r)).hexdigest())"
    )
    root = Path(__file__).parents[2]
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(printed) == 1


@pytest.mark.office
def test_libreoffice_opens_it(board: Board, rulebook: Rulebook, tmp_path: Path) -> None:
    text = convert(bulletin_docx(board, rulebook), "docx", "txt", tmp_path).read_text("utf-8-sig")
    assert all(card.unit in text and points(card.score) in text for card in board.cards)
