"""The look of an official Chinese paper (公文): page, type, headings, tables, watermark, foot.

Measures follow GB/T 9704: A4 with margins of 37, 35, 28 and 26 mm, body in 仿宋 of size 三号, 28.8 pt a line. Where a
font is not installed, the word processor takes the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
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
ER_HAO, SAN_HAO, SI_HAO, LIU_HAO = 22.0, 16.0, 14.0, 7.5
RED = "C00000"
WHOLE = 16  # rows of a table that fit one page beside its heading
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
    portrait(paper.sections[0])
    return paper


def portrait(section: Section, top: float = 37, bottom: float = 35, left: float = 28, right: float = 26) -> None:
    """Lay a section out on A4, upright; margins in millimetres."""
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(min(15, top / 2)), Mm(min(22, bottom / 2))


def landscape(paper: Document) -> None:
    """Begin a section of lying pages; header and foot go on."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(26), Mm(26)
    section.left_margin, section.right_margin = Mm(25), Mm(25)


def _fonts(font: str) -> str:
    """Return the run fonts: Chinese in ``font``, letters and figures in the Latin one."""
    latin = LATIN if font in {FANGSONG, KAI, SONG} else font
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{font}"/>'


def _styles(paper: Document) -> None:
    """Give the built-in styles the look of an official paper, so that the outline of the document stays usable."""
    _style(paper, "Normal", FANGSONG, SAN_HAO, 28.8, indent=True)
    _style(paper, "Title", SONG_TITLE, ER_HAO, 36, align="center")
    _style(paper, "Subtitle", KAI, SAN_HAO, 30, align="center")
    _style(paper, "Heading 1", HEI, SAN_HAO, 28.8, indent=True)
    _style(paper, "Heading 2", KAI, SAN_HAO, 28.8, indent=True)
    _style(paper, "Heading 3", HEI, 12, 18)
    _style(paper, "Body Text", FANGSONG, SAN_HAO, 28.8)


def _style(
    paper: Document, name: str, font: str, size: float, line: float, align: str = "both", *, indent: bool = False
) -> None:
    """Replace what a style says of type and paragraph. ``line`` is its line spacing in points."""
    element = paper.styles[name].element
    for tag in ("pPr", "rPr"):
        for old in element.findall(f"{{{element.nsmap['w']}}}{tag}"):
            element.remove(old)
    keep = "<w:keepNext/><w:keepLines/>" if name.startswith("Heading") else ""
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("Heading") else ""
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else '<w:ind w:firstLine="0"/>'
    element.append(
        parse_xml(
            f'<w:pPr {nsdecls("w")}>{keep}<w:spacing w:before="0" w:after="0" w:line="{int(line * 20)}" '
            f'w:lineRule="exact"/>{first}<w:jc w:val="{align}"/>{level}</w:pPr>'
        )
    )
    element.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}>{_fonts(font)}<w:color w:val="000000"/><w:sz w:val="{int(size * 2)}"/>'
            f'<w:szCs w:val="{int(size * 2)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
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
    header = section.header
    header.is_linked_to_previous = False
    header.paragraphs[0]._p.append(parse_xml(WATERMARK.format(ns=VML, font=SONG, text=quoteattr(text))))


def foot(section: Section, line: str) -> None:
    """Put the page number and one small line at the foot of every page."""
    footer = section.footer
    footer.is_linked_to_previous = False
    number = footer.paragraphs[0]._p
    size = f'<w:rPr>{_fonts(SONG)}<w:sz w:val="{int(SI_HAO * 2)}"/></w:rPr>'
    _plain(number, "center")
    for piece in ("<w:t xml:space='preserve'>— </w:t>", "PAGE", "<w:t xml:space='preserve'> —</w:t>"):
        inner = f"<w:r>{size}{piece}</w:r>"
        if piece == "PAGE":
            inner = f'<w:fldSimple w:instr=" PAGE "><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>'
        number.append(parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")[0])
    small = footer.add_paragraph()._p
    _plain(small, "center")
    small.append(parse_xml(_run(line, LIU_HAO, font=SONG, color="5B6B7A", ns=nsdecls("w"))))


def _plain(paragraph: object, align: str) -> None:
    """Free a paragraph element of indent and fixed line height."""
    properties = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
    for child in list(properties):
        properties.remove(child)
    spec = f'<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{align}"/>'
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


def rule_below(paragraph: Paragraph, color: str = RED, width: int = 18) -> None:
    """Draw a line under a paragraph; ``width`` in eighths of a point."""
    border = f'<w:bottom w:val="single" w:sz="{width}" w:space="4" w:color="{color}"/>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(0, parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"))


def table(
    paper: Document, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 12, gap: float = 4
) -> None:
    """Add a ruled table whose header is repeated on every page and whose rows are not torn apart.

    ``size`` is that of the type in points, ``gap`` the room above and below a cell's text in twentieths of ``size``.
    A table of up to ``WHOLE`` rows stays on one page; of a longer one the header stays with its first rows. Written as
    XML at once: a table of 500 rows is a matter of milliseconds so.
    """
    grid = "".join(f'<w:gridCol w:w="{_twips(column.width)}"/>' for column in columns)
    width = sum(_twips(column.width) for column in columns)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="404040"/>' for side in sides)
    head = _row(columns, [column.title for column in columns], size, gap, header=True)
    held = len(rows) - 1 if len(rows) <= WHOLE else 2  # rows that stay with the one below
    body = "".join(_row(columns, row, size, gap, stays=number < held) for number, row in enumerate(rows))
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
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
    spacing = f'<w:spacing w:before="{int(size * gap)}" w:after="{int(size * gap)}" w:line="{int(size * 25)}" w:lineRule="exact"/>'
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(column.width)}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{"<w:keepNext/>" if header or stays else ""}{spacing}<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{"center" if header else column.align}"/></w:pPr>{_run(text, size, font=font)}</w:p></w:tc>'
        for column, text in zip(columns, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{made}</w:tr>"


def _twips(millimetres: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return int(Mm(millimetres).pt * 20)


def finish(paper: Document) -> bytes:
    """Return the paper's bytes, the same for the same paper."""
    out = BytesIO()
    paper.save(out)
    return settle(out.getvalue())


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
