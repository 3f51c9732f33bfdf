"""The look of an official Chinese paper (公文): page, type, headings, tables, watermark, page numbers, 版记.

Measures follow GB/T 9704-2012: A4 with margins of 37, 35, 28 and 26 mm, so a type area of 156 by 225 mm, on a grid of 22
lines of 28 characters; body in 仿宋 of size 三号. Where a font is not installed, the word processor takes the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from scoring.board.wording import clean
from scoring.documents.archive import settle

SONG_TITLE, FANGSONG, HEI, KAI, SONG = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
LATIN = "Times New Roman"
ER_HAO, SAN_HAO, SI_HAO, XIAO_WU = 22.0, 16.0, 14.0, 9.0
RED = "C00000"
WIDTH, HEIGHT = 156.0, 225.0  # millimetres of the type area
LEFT = 28.0  # millimetres of the binding edge
LINES, CHARACTERS = 22, 28
LINE = HEIGHT / LINES / 25.4 * 72  # points from line to line
CELL_MARGIN = 55  # twentieths of a point left and right of a cell's text
HELD = 2  # rows of a table that stay on the page of its header
NUMBER_FOOT = (
    25.0  # millimetres from the page's edge to the page number, so that its dashes are 7 mm below the type area
)
NEEDLESS = ("thumbnail", "stylesWithEffects", "customXml")

WATERMARK = """<w:r {ns}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" fillcolor="#d0d0d0" stroked="f"
 o:allowincell="f" style="position:absolute;margin-left:0;margin-top:0;width:340pt;height:170pt;rotation:315;
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string={text}/></v:shape>
</w:pict></w:r>"""
VML = nsdecls("w") + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its width in millimetres, how its cells are aligned."""

    title: str
    width: float
    align: str = "left"  # left, center, right


def new_paper(title: str, issuer: str, day: date) -> Document:
    """Begin a paper with the styles of this module; its dates are the day's, not the clock's."""
    paper = docx.Document()
    for part in (paper.part, paper.part.package):
        for key, rel in list(part.rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in NEEDLESS:
                del part.rels[key]
    core = paper.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, issuer, issuer, ""
    core.language, core.revision = "zh-CN", 1
    core.created = core.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, not a moment
    _styles(paper)
    _font_table(paper)
    paper.settings.odd_and_even_pages_header_footer = True
    portrait(paper.sections[0])
    _grid(paper.sections[0])
    return paper


def portrait(section: Section, top: float = 37, bottom: float = 35, left: float = LEFT, right: float = 26) -> None:
    """Lay a section out on A4, upright; margins in millimetres."""
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(min(15, top / 2)), Mm(min(NUMBER_FOOT, bottom / 2))
    if bottom > NUMBER_FOOT:
        section.footer_distance = Mm(NUMBER_FOOT)


def _grid(section: Section) -> None:
    """Rule a section into ``LINES`` lines; the type itself is as close as ``CHARACTERS`` to a line ask (``_closer``).

    LibreOffice gives each character of a grid of characters two cells where its type is wider than the cell, as 三号 is.
    """
    for old in section._sectPr.findall(f"{{{section._sectPr.nsmap['w']}}}docGrid"):
        section._sectPr.remove(old)
    grid = f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{int(LINE * 20)}"/>'
    section._sectPr.append(parse_xml(grid))


def _fonts(font: str, latin: str = "") -> str:
    """Return the run fonts: Chinese in ``font``, letters and figures in the Latin one."""
    latin = latin or (LATIN if font in {FANGSONG, KAI, SONG} else font)
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{font}"/>'


def _styles(paper: Document) -> None:
    """Give the built-in styles the look of an official paper, so that the outline of the document stays usable."""
    _style(paper, "Normal", FANGSONG, SAN_HAO, indent=True)
    _style(paper, "Title", SONG_TITLE, ER_HAO, 36, align="center")
    _style(paper, "Subtitle", KAI, SAN_HAO, align="center")
    _style(paper, "Heading 1", HEI, SAN_HAO, indent=True)
    _style(paper, "Heading 2", KAI, SAN_HAO, indent=True)
    _style(paper, "Heading 3", HEI, 12, 20)
    _style(paper, "Body Text", FANGSONG, SAN_HAO)


def _closer(size: float) -> str:
    """Set type of 三号 so close that ``CHARACTERS`` fit a line: 28 times 16 points are wider than the type area."""
    closer = ceil((SAN_HAO - WIDTH / CHARACTERS / 25.4 * 72) * 20)
    return f'<w:spacing w:val="{-closer}"/>' if size == SAN_HAO else ""


def _style(
    paper: Document, name: str, font: str, size: float, line: float = 0, align: str = "both", *, indent: bool = False
) -> None:
    """Replace what a style says of type and paragraph. ``line`` is its line spacing in points, 0: that of the grid."""
    element = paper.styles[name].element
    for tag in ("pPr", "rPr"):
        for old in element.findall(f"{{{element.nsmap['w']}}}{tag}"):
            element.remove(old)
    keep = "<w:keepNext/><w:keepLines/>" if name.startswith("Heading") else ""
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else '<w:ind w:firstLine="0"/>'
    snap, rule = (
        ("0", f'w:line="{int(line * 20)}" w:lineRule="exact"') if line else ("1", 'w:line="240" w:lineRule="auto"')
    )
    element.append(
        parse_xml(
            f'<w:pPr {nsdecls("w")}>{keep}<w:snapToGrid w:val="{snap}"/>'
            f'<w:spacing w:before="0" w:after="0" {rule}/>'
            f'{first}<w:jc w:val="{align}"/>{level}</w:pPr>'
        )
    )
    element.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}>{_fonts(font)}<w:color w:val="000000"/>{_closer(size)}'
            f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        )
    )


def _font_table(paper: Document) -> None:
    """Name the fonts with their other names, so that a word processor without one of them finds its like."""
    other = {SONG_TITLE: "方正小标宋_GBK", FANGSONG: "仿宋_GB2312", HEI: "SimHei", KAI: "楷体_GB2312", SONG: "SimSun"}
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{like}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, like in other.items()
    )
    part = paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    part._blob = xml.encode()


def watermark(section: Section, text: str) -> None:
    """Put a slanting text behind every page of a section and those that follow it."""
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0]._p.append(parse_xml(WATERMARK.format(ns=VML, font=SONG, text=quoteattr(text))))


def page_numbers(section: Section, line: str = "") -> None:
    """Put the page number at the outer edge of every page, ``— 1 —``, one character in; ``line``: small below it."""
    for footer, align, side in ((section.footer, "right", "right"), (section.even_page_footer, "left", "left")):
        footer.is_linked_to_previous = False
        number = footer.paragraphs[0]._p
        _plain(number, align, f'w:{side}="{int(SI_HAO * 20)}"', 'w:line="320" w:lineRule="exact"')
        size = (
            f'<w:rPr>{_fonts(SONG, SONG)}<w:sz w:val="{int(SI_HAO * 2)}"/><w:szCs w:val="{int(SI_HAO * 2)}"/></w:rPr>'
        )
        dashes = [f"<w:r>{size}<w:t xml:space='preserve'>{dash}</w:t></w:r>" for dash in ("— ", " —")]
        field = f'<w:fldSimple w:instr=" PAGE "><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>'
        for piece in parse_xml(f"<w:p {nsdecls('w')}>{dashes[0]}{field}{dashes[1]}</w:p>"):
            number.append(piece)
        if line:
            small = footer.add_paragraph()._p
            _plain(small, "center")
            small.append(parse_xml(_run(line, XIAO_WU, font=SONG, color="5B6B7A", ns=nsdecls("w"))))


def _plain(paragraph: object, align: str, indent: str = "", line: str = 'w:line="240" w:lineRule="auto"') -> None:
    """Free a paragraph element of first-line indent and of the grid."""
    properties = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
    for child in list(properties):
        properties.remove(child)
    spec = (
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" {line}/>'
        f'<w:ind {indent} w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{align}"/>'
    )
    for child in parse_xml(f"<w:pPr {nsdecls('w')}>{spec}</w:pPr>"):
        properties.append(child)


def _run(text: str, size: float, *, font: str = FANGSONG, color: str = "000000", ns: str = "") -> str:
    """Return one run of text as XML, with the characters that XML cannot hold left out."""
    return (
        f'<w:r {ns}><w:rPr>{_fonts(font)}<w:color w:val="{color}"/><w:sz w:val="{int(size * 2)}"/>'
        f'<w:szCs w:val="{int(size * 2)}"/></w:rPr><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'
    )


def say(paper: Document, text: str, style: str = "Normal") -> Paragraph:
    """Add a paragraph of text that may come from a ledger."""
    return paper.add_paragraph(clean(text), style=style)


def line_of(
    paper: Document, text: str, size: float, *, font: str = FANGSONG, align: str = "left", color: str = "000000"
) -> Paragraph:
    """Add one paragraph in a type of its own, without indent."""
    paragraph = paper.add_paragraph()
    _plain(paragraph._p, align)
    paragraph._p.append(parse_xml(_run(text, size, font=font, color=color, ns=nsdecls("w"))))
    return paragraph


def right_in(paragraph: Paragraph, characters: float) -> None:
    """Set a paragraph to the right, so many characters of 三号 from the edge."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(SAN_HAO * characters)


def right_end(paragraph: Paragraph, texts: Iterable[tuple[str, str]]) -> None:
    """Put texts, each with its font, at the right of a line of 三号; both ends stand one character in."""
    paragraph.paragraph_format.left_indent = Pt(SAN_HAO)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(SAN_HAO), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("\t")
    for text, font in texts:
        paragraph._p.append(parse_xml(_run(text, SAN_HAO, font=font, ns=nsdecls("w"))))


def red_line(paper: Document) -> None:
    """Draw a red line of the whole width, 4 mm below what stands above it."""
    line = line_of(paper, "", 1)
    line.paragraph_format.line_spacing = Mm(4)
    rule_below(line, gap=0)


def rule_below(paragraph: Paragraph, color: str = RED, width: int = 12, gap: int = 4) -> None:
    """Draw a line under a paragraph; ``width`` in eighths of a point, ``gap`` in points."""
    border = f'<w:bottom w:val="single" w:sz="{width}" w:space="{gap}" w:color="{color}"/>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(0, parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))


def table(
    paper: Document, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 12, gap: float = 4
) -> None:
    """Add a ruled table whose header is repeated on every page and whose rows are not torn apart.

    ``size`` is that of the type in points, ``gap`` the room above and below a cell's text in twentieths of ``size``.
    The header stays with the first rows, the others break where the page ends. Written as XML at once: a table of 500
    rows is a matter of milliseconds so.
    """
    grid = "".join(f'<w:gridCol w:w="{_twips(column.width)}"/>' for column in columns)
    width = sum(_twips(column.width) for column in columns)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="404040"/>' for side in sides)
    head = _row(columns, [column.title for column in columns], size, gap, header=True)
    kept_together = min(HELD, len(rows)) - 1  # rows that stay with the one below
    body = "".join(_row(columns, row, size, gap, stays=number < kept_together) for number, row in enumerate(rows))
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    paper.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(
    columns: Sequence[Column],
    cells: Sequence[str],
    size: float,
    gap: float,
    *,
    header: bool = False,
    stays: bool = False,
) -> str:
    """Return one row of a table as XML; ``stays``: on the page of the row below."""
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
    font = HEI if header else FANGSONG
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if header else ""
    keep = "<w:keepNext/>" if header or stays else ""
    spacing = f'<w:spacing w:before="{int(size * gap)}" w:after="{int(size * gap)}" w:line="{int(size * 25)}" w:lineRule="exact"/>'
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(column.width)}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:snapToGrid w:val="0"/>{spacing}<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{"center" if header else column.align}"/></w:pPr>{_run(text, size, font=font)}</w:p></w:tc>'
        for column, text in zip(columns, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{written}</w:tr>"


def _twips(millimetres: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return int(Mm(millimetres).pt * 20)


def imprint(paper: Document, copies: str, printer: str, printed: str) -> None:
    """Put the 版记 at the lower edge of the page that the text ends on: 抄送, then 印发机关 and 印发日期, between lines.

    Without ``copies`` it has no line for them.
    """
    thick, thin = (f'w:val="single" w:sz="{size}" w:space="0" w:color="000000"' for size in (8, 6))
    line, half = int(SI_HAO * 20), _twips(WIDTH) // 2
    rows = []
    if copies:
        indent = f'w:left="{line * 4}" w:right="{line}" w:hangingChars="0" w:hanging="{line * 3}"'
        rows.append(_imprint_cell(f"抄送：{copies}", half * 2, "both", indent, 2))
    rows.append(
        _imprint_cell(printer, half, "left", f'w:left="{line}" w:firstLine="0"')
        + _imprint_cell(printed, half, "right", f'w:right="{line}" w:firstLine="0"')
    )
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{_twips(LEFT)}" '
        f'w:tblpYSpec="bottom"/><w:tblW w:w="{half * 2}" w:type="dxa"/><w:tblBorders><w:top {thick}/><w:bottom {thick}/>'
        f'<w:insideH {thin}/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        f'<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{half}"/>'
        f'<w:gridCol w:w="{half}"/></w:tblGrid>{"".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)}</w:tbl>'
    )
    paper.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    anchor = line_of(paper, "", 1)  # what the table belongs to; without it the table would go to the next page
    anchor.paragraph_format.line_spacing = Pt(1)


def _imprint_cell(text: str, width: int, align: str, indent: str, span: int = 1) -> str:
    """Return one cell of the 版记 as XML."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:pPr>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="400" w:lineRule="exact"/>'
        f'<w:ind {indent} w:firstLineChars="0"/><w:jc w:val="{align}"/></w:pPr>{_run(text, SI_HAO)}</w:p></w:tc>'
    )


def finish(paper: Document) -> bytes:
    """Return the paper's bytes, the same for the same paper."""
    out = BytesIO()
    paper.save(out)
    return settle(out.getvalue())


def annex_head(paper: Document, number: str, title: str) -> None:
    """Begin an annex on a page of its own: 附件 with its number at the left, its title centred two lines below."""
    page_break(line_of(paper, number, SAN_HAO, font=HEI))
    spaced(say(paper, title, "Title"), LINE, LINE / 2)


def page_break(paragraph: Paragraph) -> None:
    """Begin a new page with a paragraph."""
    paragraph.paragraph_format.page_break_before = True


def together(paragraphs: Iterable[Paragraph]) -> None:
    """Keep each paragraph on the page of the one that follows it."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def spaced(paragraph: Paragraph, before: float = 0, after: float = 0) -> Paragraph:
    """Leave room above and below a paragraph, in points."""
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph
