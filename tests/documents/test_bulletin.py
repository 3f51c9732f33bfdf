from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from scoring.board.summary import losses
from scoring.board.wording import clean, points, signed
from scoring.documents.bulletin import SHOWN_LOSSES, bulletin_docx
from scoring.documents.bulletin_sentences import score_columns
from scoring.documents.official_paper import CELL_MARGIN, HELD
from scoring.documents.official_paper import WIDTH as TYPE_AREA
from scoring.documents.unit_sheets import LOST_COLUMNS, POINT, WIDTH, WON_COLUMNS
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.notices import FIELD_NAMES, LEFT_OUT, Letterhead, Notice, QuarterNews
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
    assert sizes == {1.0, 9.0, 10.0, 10.5, 14.0, 16.0, 40.0}


def test_ranking_tables_equal_the_board(board: Board, rulebook: Rulebook) -> None:
    found = rows_under(opened(bulletin_docx(board, rulebook)), "名次")
    assert len(found) == 2
    for kind, rows in zip(("county", "department"), found, strict=True):
        ranking = board.ranking(kind)
        for card, row in zip(ranking, rows, strict=True):
            shared = sum(other.rank == card.rank for other in ranking) > 1
            assert row[0] == f"{'并列' if shared else ''}{card.rank}"
            own = card.case_points if kind == "county" else card.responsibility
            expected = (card.score, card.raw, card.base, own, card.incentive, card.deductions)
            assert row[1:] == [card.unit, *(f"{value:.2f}" for value in expected)]
            score, raw, *won, lost = map(Decimal, row[2:])
            assert score == min(raw, rulebook.assessment.score_cap)
            assert raw == sum(won) - lost, "every line adds up"


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
        "（一）按时报送台账。东川区人民政府没有报送台账",
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
    assert sum('string="草稿"' in xml for xml in headers_and_feet(draft).values()) == 2, "odd and even pages"


def test_system_words_stand_on_the_check_page_and_in_the_properties_only(
    board: Board, rulebook: Rulebook, receipt: Publication
) -> None:
    paper = opened(bulletin_docx(board, rulebook, receipt))
    words = (receipt.number, board.rules, receipt.facts, receipt.policy, receipt.version)
    page = [row for rows in rows_under(paper, "项目") for row in rows]
    assert all(any(word == row[1] for row in page) for word in words)
    rest = text_of(paper) + str([rows_under(paper, head) for head in ("名次", "评分项", "口径", "失分项（评分标准）")])
    rest += "".join(headers_and_feet(bulletin_docx(board, rulebook, receipt)).values())
    assert not [word for word in words if word in rest]
    core = paper.core_properties
    assert core.identifier == receipt.number
    for word in ("截至2023年7月7日", "口径：默认", "数据版本 abababab", board.rules[:8]):
        assert word in core.comments
    assert core.keywords.split() == [board.rules, receipt.facts, receipt.policy]


def test_page_numbers_stand_at_the_outer_edge(board: Board, rulebook: Rulebook) -> None:
    paper = opened(bulletin_docx(board, rulebook))
    assert paper.settings.odd_and_even_pages_header_footer
    section = paper.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        number = footer.paragraphs[0]
        assert number._p.pPr.jc.get(qn("w:val")) == align
        assert "".join(t.text for t in number._p.iter(qn("w:t"))) == "— 1 —"
        assert {size.get(qn("w:val")) for size in number._p.iter(qn("w:sz"))} == {"28"}


FIELDS = {
    "organ": "昆明市水务局文件", "number": "昆水通〔2023〕8号", "signer": "王某某", "secrecy": "内部",
    "addressees": "各县（市、区）人民政府", "copies": "市政府督查室", "printer": "昆明市水务局办公室", "printed_on": "2023年7月10日",
}  # fmt: skip


def all_text(data: bytes) -> str:
    paper = opened(data)
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return f"{text_of(paper)}\n{cells}"


def test_what_only_the_office_knows_is_a_marked_blank_until_it_is_given(
    board: Board, rulebook: Rulebook, receipt: Publication
) -> None:
    bare, full = (
        all_text(bulletin_docx(board, rulebook, replace(receipt, notice=Notice(letterhead))))
        for letterhead in (Letterhead(), Letterhead(**FIELDS))
    )
    for name, given in FIELDS.items():
        assert f"〔待填：{FIELD_NAMES[name]}〕" in bare
        assert given in full
    assert "〔待填" not in full
    left_out = Letterhead(**FIELDS | {"secrecy": LEFT_OUT, "signer": LEFT_OUT})
    without = all_text(bulletin_docx(board, rulebook, replace(receipt, notice=Notice(left_out))))
    assert "签发人" not in without
    assert "内部" not in without
    assert not [line for line in without.splitlines() if line.strip() == LEFT_OUT]


def test_who_was_late_or_missing_is_said_by_quarter(board: Board, rulebook: Rulebook) -> None:
    told = Notice(quarters=(QuarterNews(1, 18, ("五华区",), ("东川区",)), QuarterNews(2, 20, (), ())))
    text = text_of(opened(bulletin_docx(board, rulebook, None, told)))
    assert "第一季度台账按时报送18个，迟报1个（五华区），未报1个（东川区）。" in text
    assert "第二季度台账，20个单位都按时报送。" in text
    assert "请按附件1所列评分项逐条书面提出" in text
    for days in (3, 10):
        limited = text_of(opened(bulletin_docx(board, rulebook, None, Notice(objection_days=days))))
        assert f"请在本通报印发后{days}个工作日内，按附件1" in limited


CLOSED_TO = ("补齐佐证", "立即补报", "重新填报", "如实填报", "即将到期")


@pytest.mark.parametrize(("late_ledger", "closed"), [("accepted", date(2024, 1, 31)), ("rejected", date(2023, 12, 10))])
def test_nothing_is_asked_that_cannot_count_any_more(rulebook: Rulebook, late_ledger: str, closed: date) -> None:
    reading = Policy(late_ledger=late_ledger)
    last, before = (text_of(opened(bulletin_docx(sample_board(rulebook, day, reading), rulebook)))
                    for day in (closed, date(2023, 9, 1)))  # fmt: skip
    nobody = text_of(opened(bulletin_docx(make_board(Facts(), rulebook, closed, reading), rulebook)))
    assert "立即补报" not in nobody
    assert not [words for words in CLOSED_TO if words in last]
    assert all(words in before for words in CLOSED_TO)
    assert "举一反三" in last


def test_the_receipt_is_annexed_with_what_was_passed_over(
    board: Board, rulebook: Rulebook, receipt: Publication
) -> None:
    paper = opened(bulletin_docx(board, rulebook, receipt))
    said = dict(rows_under(paper, "项目")[0])
    assert said["定稿编号"] == receipt.number
    assert said["资料指纹"] == receipt.facts
    assert said["越过的未决事项1"] == "东川区未报送台账；理由：已电话核实，会后补报"
    assert said["代替的定稿"] == "KMHS-2023-Q2-00"
    assert "本通报更正并代替此前印发的同一范围的通报。" in text_of(paper)


def test_a_reading_that_is_not_the_default_is_said_in_the_annex(rulebook: Rulebook) -> None:
    strict = sample_board(rulebook, policy=Policy(late="strict"))
    data = bulletin_docx(strict, rulebook)
    assert "口径：逾期完成＝一律扣分" in str(opened(data).core_properties.comments)
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


def test_nobody_reporting_and_nothing_lost_are_said(board: Board, rulebook: Rulebook) -> None:
    silent = text_of(opened(bulletin_docx(silent_board(rulebook), rulebook)))
    assert "截至2024年1月31日，20个单位都没有报送台账。" in silent
    assert "14个县（市）区都得87.90分；6个市级责任部门得97.40至100.00分。" in silent
    assert "附件" not in silent
    spared = [card.unit for card in board.ranking("department") if not card.deductions]
    assert f"没有扣分的单位：{'、'.join(spared)}。" in text_of(opened(bulletin_docx(board, rulebook)))


def test_only_the_header_stays_with_the_first_rows_of_a_table(board: Board, rulebook: Rulebook) -> None:
    tables = [t for t in opened(bulletin_docx(board, rulebook)).tables if len(t.columns) > 2]
    for table in tables:
        stays = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        held = min(HELD, len(stays) - 1)
        assert stays == [True] * held + [None] * (len(stays) - held)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_signature_stands_on_a_page_with_text(board: Board, rulebook: Rulebook, receipt: Publication) -> None:
    paragraphs = opened(bulletin_docx(board, rulebook, receipt)).paragraphs
    last = next(n for n, p in enumerate(paragraphs) if p.text.startswith("（") and "依规提出异议" in p.text)
    signed_on = next(n for n, p in enumerate(paragraphs) if p.text.strip() == "2023年7月10日")
    between = paragraphs[last:signed_on]
    assert [p.text.strip("　") for p in between][1:] == ["附件：1.各单位扣分明细", "2.考评口径", "昆明市水务局"]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in between)


def test_figures_of_six_characters_have_room_in_a_wide_font_too(rulebook: Rulebook) -> None:
    """Hold that 100.00 does not wrap where Times New Roman is replaced by a font a quarter wider."""
    margins = CELL_MARGIN / 10 * POINT
    for kind in rulebook.kinds.values():
        columns = score_columns(kind)
        assert sum(column.width for column in columns) == TYPE_AREA
        assert all(column.width - margins >= 3.5 * 10.5 * POINT for column in columns[2:])
        assert all(column.width - margins >= len(column.title) * 10.5 * POINT for column in columns)
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
