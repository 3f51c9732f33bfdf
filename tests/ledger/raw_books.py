"""Workbooks written by hand, part by part, so that a test can make them as wrong as it likes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
Parts = dict[str, str | bytes]


def text_cell(address: str, text: str, style: int = 0) -> str:
    """A cell with its text in place."""
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet of given rows, which come as XML."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


GOOD_ROWS = f'<row r="2">{text_cell("B2", "编号")}{text_cell("C2", "状态")}</row><row r="3"><c r="B3"><v>1</v></c>{text_cell("C3", "已完成")}</row>'


def xlsx_parts(
    rows: str = GOOD_ROWS,
    *,
    before: str = "",
    after: str = "",
    strings: str | None = None,
    fonts: str = "<font/>",
    formats: str = '<xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/>',
    book: str = "",
    state: str = "visible",
) -> Parts:
    """All parts of a workbook with one sheet 台账."""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        )
    )
    parts: Parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets><sheet name="台账" sheetId="1" state="{state}" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml(rows, before=before, after=after),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1">{fonts}</fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": strings or f'{HEAD}<sst xmlns="{MAIN}"><si><t>共享</t></si></sst>',
    }
    return parts


def packed(parts: Mapping[str, str | bytes], *, twice: str = "") -> bytes:
    """A zip of parts; ``twice`` is a further name whose content repeats the sheet's."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if twice:
            archive.writestr(twice, parts["xl/worksheets/sheet1.xml"])
    return target.getvalue()


def book(rows: str = GOOD_ROWS, **other: str) -> bytes:
    """A workbook with one sheet of given rows."""
    return packed(xlsx_parts(rows, **other))


# ------------------------------------------------------------------------------------------ OpenDocument
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style", "manifest")
)


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell of text in an OpenDocument."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods(
    rows: str, manifest: str = "", prolog: str = "", styles: str = "", settings: str = "", named: str | None = None
) -> bytes:
    """An OpenDocument with one sheet 台账."""
    content = (
        f'{HEAD}{prolog}<office:document-content {ODS_SPACES} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{settings}"
        f'<table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    listed = f'{HEAD}<manifest:manifest {ODS_SPACES}><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content)
        if named is not None:
            archive.writestr("styles.xml", named)
        archive.writestr("META-INF/manifest.xml", listed)
    return target.getvalue()


# ------------------------------------------------------------------------------------------ Excel 97–2003
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an Excel 97–2003 stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls_text(row: int, column: int, text: str) -> bytes:
    """A cell of text, row and column from 0."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 15, len(text), 1) + text.encode("utf-16-le"))


def xls(
    cells: bytes,
    *,
    about: bytes = b"",
    hidden: int = 0,
    stream: str = "Workbook",
    loop: bool = False,
    sector: int = SECTOR,
) -> bytes:
    """A compound file that holds one stream: the workbook with one sheet 台账."""
    name = "台账".encode("utf-16-le")
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)) + about
    start += (
        record(0x0042, struct.pack("<H", 1200))
        + record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 1, 32, 0, 0, 0, 0, 0, 0x20C0)) * 16
    )
    position = len(start) + 4 + 8 + len(name) + 4
    start += record(0x0085, struct.pack("<IBBBB", position, hidden, 0, 2, 1) + name) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6)) + cells + record(0x000A)
    return compound(stream, start + sheet, loop=loop, sector=sector)


def compound(name: str, content: bytes, *, loop: bool = False, sector: int = SECTOR) -> bytes:
    """A compound file of one stream."""
    content = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0")
    sectors, entries = len(content) // sector, sector // 4
    version, shift = (3, 9) if sector == SECTOR else (4, 12)
    chain = [TABLE, END, *(n + 3 for n in range(sectors - 1)), 2 if loop else END]
    chain += [FREE] * (entries - len(chain))
    assert len(chain) == entries, "the stream is too long for one table of sectors"
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, version, 0xFFFE, shift, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", int(version == 4), 1, 1, 0, 4096, END, 0, END, 0) + struct.pack(
        "<109I", 0, *[FREE] * 108
    )
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(name, 2, 2, len(content), child=FREE)
    return head.ljust(sector, b"\0") + struct.pack(f"<{entries}I", *chain) + folder.ljust(sector, b"\0") + content


def _entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    told = label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1) + struct.pack("<III", FREE, FREE, child)
    return told + bytes(36) + struct.pack("<IQ", start, size)
