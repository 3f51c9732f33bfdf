"""The 通报 measured as LibreOffice prints it: margins, lines, characters, page numbers, page fill, and what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument

from scoring.documents.bulletin import bulletin_docx
from scoring.documents.official_paper import FANGSONG, HEI, KAI, SONG_TITLE
from scoring.model.boards import Board
from scoring.model.notices import Letterhead, Notice, QuarterNews
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from tests.documents.boards import silent_board
from tests.office import convert

LETTERHEAD = Letterhead(
    "昆明市水务局文件", "昆水通〔2023〕8号", "王某某", "内部", "各县（市、区）人民政府，市级各责任部门",
    "市委督查室，市政府督查室，市人民政府办公室，市发展和改革委员会，市财政局，市营商环境建设局",
    "昆明市水务局办公室", "2023年7月10日",
)  # fmt: skip
MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # millimetres of the type area's edges
NEAR = 0.7  # millimetres
BODY_EM = 156 / 28
HANGING = "，。、；：）"  # may stand out at the end of a line
PITCH = 225 / 22


@dataclass(frozen=True)
class Glyph:
    """One character on a page, millimetres from the upper left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Paper:
    """A paper as a document and as printed."""

    document: Document
    pages: list[list[Glyph]]

    def text(self, page: int) -> str:
        return "".join(glyph.char for glyph in self.pages[page])


def glyphs(pdf: PdfDocument) -> Iterator[list[Glyph]]:
    for page in pdf:
        text, height, found = page.get_textpage(), page.get_height(), []
        for place in range(text.count_chars()):
            char = text.get_text_range(place, 1)
            if char.strip():
                left, bottom, right, top = (edge / MM for edge in text.get_charbox(place, loose=True))
                found.append(Glyph(char, left, height / MM - top, right, height / MM - bottom))
        yield found


def printed(data: bytes, folder: Path) -> Paper:
    pdf = PdfDocument(convert(data, "docx", "pdf", folder).read_bytes())
    return Paper(docx.Document(BytesIO(data)), list(glyphs(pdf)))


@pytest.fixture(scope="module")
def paper(board: Board, rulebook: Rulebook, receipt: Publication, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    news = (QuarterNews(1, 18, ("五华区",), ("东川区",)), QuarterNews(2, 19, (), ("东川区",)))
    told = replace(receipt, notice=Notice(LETTERHEAD, news))
    return printed(bulletin_docx(board, rulebook, told), tmp_path_factory.mktemp("bulletin"))


def body(page: list[Glyph]) -> list[Glyph]:
    return [glyph for glyph in page if glyph.bottom < BOTTOM + NEAR]


pytestmark = pytest.mark.office


def test_the_type_area_is_156_by_225_millimetres(paper: Paper) -> None:
    for section in paper.document.sections:
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]
        assert [round(edge.mm) for edge in (section.page_width, section.page_height)] == [210, 297]
    inside = [glyph for page in paper.pages for glyph in body(page)]
    assert min(glyph.left for glyph in inside) == pytest.approx(LEFT, abs=NEAR)
    assert max(glyph.right for glyph in inside if glyph.char not in HANGING) <= RIGHT + NEAR
    assert min(glyph.top for glyph in inside) >= TOP


def test_a_page_has_22_lines_of_28_characters(paper: Paper) -> None:
    grid = paper.document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(grid.get(qn("w:linePitch"))) / 20 / MM == pytest.approx(PITCH, abs=0.02)
    page = next(p for p in range(len(paper.pages)) if "补齐佐证材料" in paper.text(p))
    lines = sorted({round(glyph.top, 1) for glyph in body(paper.pages[page]) if glyph.char == "人"})
    steps = [below - above for above, below in pairwise(lines) if below - above > 1]
    assert steps
    assert all(step / PITCH == pytest.approx(round(step / PITCH), abs=0.05) for step in steps)
    first = [glyph for glyph in paper.pages[0] if glyph.top > 200]
    widths = [b.left - a.left for a, b in pairwise(first) if a.char + b.char in ("考评", "指标", "用水")]
    assert widths
    assert all(width == pytest.approx(BODY_EM, abs=0.15) for width in widths)


def test_page_numbers_stand_outside_below_the_type_area(paper: Paper) -> None:
    for number, page in enumerate(paper.pages, 1):
        foot = [glyph for glyph in page if glyph.top > BOTTOM]
        assert "".join(glyph.char for glyph in foot) == f"—{number}—"
        dash = foot[0]
        assert (dash.top + dash.bottom) / 2 - BOTTOM == pytest.approx(7, abs=1)
        one = 14 / MM
        if number % 2:
            assert RIGHT - foot[-1].right == pytest.approx(one, abs=NEAR)
        else:
            assert foot[0].left - LEFT == pytest.approx(one, abs=NEAR)


STYLES = {
    "Normal": (FANGSONG, 16), "Title": (SONG_TITLE, 22), "Heading 1": (HEI, 16), "Heading 2": (KAI, 16),
    "Body Text": (FANGSONG, 16),
}  # fmt: skip


def test_each_style_has_its_font_and_size(paper: Paper) -> None:
    for name, (font, size) in STYLES.items():
        style = paper.document.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert int(style.element.rPr.find(qn("w:sz")).get(qn("w:val"))) == size * 2
    used = {p.style.name for p in paper.document.paragraphs if p.style and p.text.startswith(("一、", "（一）"))}
    assert used == {"Heading 1", "Heading 2", "Normal"}


def test_no_page_is_half_empty(paper: Paper) -> None:
    """The last page of the text, of an annex and the check page end where they end; every other is filled."""
    starts = {p for p in range(len(paper.pages)) if paper.text(p).startswith(("附件1", "附件2", "核验页"))}
    for number, page in enumerate(paper.pages):
        if number + 1 in starts or number == len(paper.pages) - 1:
            continue
        filled = (max(glyph.bottom for glyph in body(page)) - TOP) / (BOTTOM - TOP)
        assert filled > 0.6, f"page {number + 1} is filled to {filled:.0%}"


def test_annexes_begin_a_page_with_number_and_title_on_lines_of_their_own(paper: Paper) -> None:
    for number, title in (("附件1", "各单位扣分明细"), ("附件2", "考评口径")):
        page = next(p for p in paper.pages if "".join(g.char for g in p[: len(number)]) == number)
        head, name = page[: len(number)], page[len(number) : len(number) + len(title)]
        assert "".join(glyph.char for glyph in name) == title
        assert head[0].left == pytest.approx(LEFT, abs=NEAR)
        assert name[0].top - head[0].bottom > PITCH / 2
        assert (name[0].left + name[-1].right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_heads_of_tables_that_break_stand_on_the_next_page_too(paper: Paper) -> None:
    assert [p for p in range(len(paper.pages)) if paper.text(p).startswith("评分项扣分评分标准")]


def test_the_imprint_closes_the_last_page_before_the_check_page(paper: Paper) -> None:
    *_, last, check = range(len(paper.pages))
    assert paper.text(check).startswith("核验页")
    said = paper.text(last)
    assert "抄送：市委督查室" in said
    assert f"{LETTERHEAD.printer}{LETTERHEAD.printed_on}印发" in said
    assert max(glyph.bottom for glyph in body(paper.pages[last])) == pytest.approx(BOTTOM, abs=4)


def test_where_nobody_sent_a_ledger_the_paper_is_one_page(rulebook: Rulebook, tmp_path: Path) -> None:
    silent = printed(bulletin_docx(silent_board(rulebook), rulebook, None, Notice(LETTERHEAD)), tmp_path)
    assert len(silent.pages) == 1
    assert "20个单位都没有报送台账" in silent.text(0)
    assert "印发" in silent.text(0)
