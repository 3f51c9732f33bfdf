"""Small workbooks written part by part: a ledger of 五华区 whose 佐证材料 column is E, and whatever lies on it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from xml.sax.saxutils import escape

from scoring.files.reading import read_workbook
from scoring.ledger.parse import parse_workbook
from scoring.model.facts import Statement
from scoring.model.parsed import ParsedWorkbook
from scoring.problems import Problem
from scoring.rulebook.read import load_rulebook

NAME = "五华区2023年第二季度台账.xlsx"
SHEET = "工作落实"
HEAD = ["评分项编号", "具体目标", "完成情况", "完成日期", "佐证材料", "备注"]
FIRST = 4  # the row of the first statement, from 1
CLAUSES = ("1A", "2A", "4A", "5B", "7A", "10A")
DRAWING_NAMESPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ROW, COLUMN = 40 * 12_700, 84 * 9_525  # EMU: rows of 40 points, columns of 12 characters


def png(seed: int = 1, width: int = 8, height: int = 6) -> bytes:
    """A small picture; another seed is another picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(b"\0" + bytes((seed * 7 + x * y) % 256 for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


@dataclass
class Book:
    """A workbook to be packed: rows of the sheet, further XML of it, relations and parts."""

    rows: dict[int, dict[str, str]] = field(default_factory=dict)  # row -> column's letter -> the cell's XML or text
    sheet_before: str = (
        '<sheetFormatPr defaultRowHeight="40"/><cols><col min="1" max="20" width="12" customWidth="1"/></cols>'
    )
    sheet_after: str = ""
    relations: dict[str, tuple[str, str, bool]] = field(default_factory=dict)  # id -> kind, target, outside
    parts: dict[str, bytes] = field(default_factory=dict)
    name: str = SHEET
    row_attributes: dict[int, str] = field(default_factory=dict)

    def packed(self) -> bytes:
        rows = "".join(self._row(number) for number in sorted(self.rows))
        sheet = f"<worksheet {MAIN}>{self.sheet_before}<sheetData>{rows}</sheetData>{self.sheet_after}</worksheet>"
        held = {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": relations_xml({"rId1": ("officeDocument", "xl/workbook.xml", False)}),
            "xl/workbook.xml": f'<workbook {MAIN}><sheets><sheet name="{self.name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations_xml({"rId1": ("worksheet", "worksheets/sheet1.xml", False)}),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/worksheets/_rels/sheet1.xml.rels": relations_xml(self.relations),
        }
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in {**held, **self.parts}.items():
                archive.writestr(name, part)
        return target.getvalue()

    def _row(self, number: int) -> str:
        cells = "".join(
            value if value.startswith("<c ") else text_cell(f"{letter}{number}", value)
            for letter, value in sorted(self.rows[number].items())
        )
        return f'<row r="{number}" {self.row_attributes.get(number, "")}>{cells}</row>'


CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def relations_xml(relations: Mapping[str, tuple[str, str, bool]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{KINDS}{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for key, (kind, target, outside) in relations.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def ledger(clauses: Sequence[str] = CLAUSES, proof: str = "", **proofs: str) -> Book:
    """A ledger in which every clause is done; ``proofs`` are texts of 佐证材料 by clause (``c4A="公示截图"``)."""
    book = Book()
    book.rows[1] = {"A": "填报单位：五华区水务局"}
    book.rows[2] = {"A": "2023年第二季度", "C": "报送日期：2023年6月8日"}
    book.rows[3] = dict(zip("ABCDEF", HEAD, strict=True))
    for number, clause in enumerate(clauses, FIRST):
        book.rows[number] = {"A": clause, "C": "已完成", "D": "2023-05-10", "E": proofs.get(f"c{clause}", proof)}
    return book


def with_drawing(
    book: Book, anchors: str, pictures: Sequence[bytes] = (), links: Mapping[str, str] | None = None
) -> Book:
    """Put a drawing on the sheet; ``rId1`` … are its pictures."""
    book.relations["rIdD"] = ("drawing", "../drawings/drawing1.xml", False)
    book.sheet_after += '<drawing r:id="rIdD"/>'
    book.parts["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {DRAWING_NAMESPACES}>{anchors}</xdr:wsDr>".encode()
    relations = {f"rId{n}": ("image", f"../media/image{n}.png", False) for n in range(1, len(pictures) + 1)}
    relations |= {key: ("image", target, True) for key, target in (links or {}).items()}
    book.parts["xl/drawings/_rels/drawing1.xml.rels"] = relations_xml(relations).encode()
    for number, picture in enumerate(pictures, 1):
        book.parts[f"xl/media/image{number}.png"] = picture
    return book


def pic(
    relation: str = "rId1", frame: tuple[int, int, int, int] | None = None, more: str = "", how: str = "embed"
) -> str:
    place = ""
    if frame:
        x, y, wide, high = frame
        place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    return (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片" {more}/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:{how}="{relation}"/></xdr:blipFill><xdr:spPr>{place}</xdr:spPr></xdr:pic>'
    )


def corner(name: str, column: int, row: int, right: int = 0, down: int = 0) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{name}>"
    )


def one_cell(shape: str, column: int, row: int, wide: int, high: int, right: int = 0, down: int = 0) -> str:
    """An anchor to one cell, counted from 0."""
    begin = corner("from", column, row, right, down)
    return f'<xdr:oneCellAnchor>{begin}<xdr:ext cx="{wide}" cy="{high}"/>{shape}<xdr:clientData/></xdr:oneCellAnchor>'


def two_cell(shape: str, begin: tuple[int, int, int, int], end: tuple[int, int, int, int]) -> str:
    """An anchor to two cells; corners are column, row, right, down."""
    return (
        f"<xdr:twoCellAnchor>{corner('from', *begin)}{corner('to', *end)}{shape}<xdr:clientData/></xdr:twoCellAnchor>"
    )


def absolute(shape: str, left: int, top: int, wide: int, high: int) -> str:
    return (
        f'<xdr:absoluteAnchor><xdr:pos x="{left}" y="{top}"/><xdr:ext cx="{wide}" cy="{high}"/>{shape}'
        "<xdr:clientData/></xdr:absoluteAnchor>"
    )


def parsed(data: bytes, name: str = NAME) -> ParsedWorkbook:
    """Read a workbook in the sealed room, as the command line does."""
    workbook = read_workbook(data, name)
    assert not isinstance(workbook, Problem), workbook
    return parse_workbook(workbook, load_rulebook())


def stated(found: ParsedWorkbook, clause: str) -> Statement:
    return next(s for s in found.facts.statements if s.clause == clause)


def shown(found: ParsedWorkbook, clause: str) -> list[tuple[str, str, str | None]]:
    """What a clause brings: kind, name, cell."""
    return [(item.kind, item.name, item.cell) for item in stated(found, clause).evidence]


def brought(found: ParsedWorkbook) -> dict[str, list[str | None]]:
    """Clause -> the hashes of the things it brings, for those that bring some."""
    return {
        s.clause: [item.sha256 for item in s.evidence if item.sha256]
        for s in found.facts.statements
        if any(item.sha256 for item in s.evidence)
    }


def codes(found: ParsedWorkbook) -> set[tuple[str, str]]:
    """Every problem's code and cell."""
    return {(problem.code, problem.cell) for problem in found.problems}
