"""The workbook that calamine reads: written by us from parts in our spelling, with nothing of the sender's beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from scoring.files.formats.spelling import MAIN, PACKAGE, RELATED
from scoring.files.gate import stored

SHEET_NAME = "s{}"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
RELATION = '<Relationship Id="{0}" Type="' + RELATED + '/{1}" Target="{2}"/>'
KINDS = {"sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}


def office_package(sheets: Sequence[bytes], strings: bytes, styles: bytes, *, date1904: bool) -> bytes:
    """Return a workbook whose sheets are named ``s0``, ``s1`` …, in order."""
    numbers = range(len(sheets))
    listed = "".join(f'<sheet name="{SHEET_NAME.format(n)}" sheetId="{n + 1}" r:id="r{n}"/>' for n in numbers)
    related = "".join(RELATION.format(f"r{n}", "worksheet", f"worksheets/{n}.xml") for n in numbers)
    related += "".join(RELATION.format(kind, kind, target) for kind, target in KINDS.items())
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><workbookPr date1904="{int(date1904)}"/><sheets>{listed}</sheets></workbook>'
    parts: dict[str, bytes] = {
        "_rels/.rels": _relations(RELATION.format("r0", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/workbook.xml": book.encode(),
        "xl/sharedStrings.xml": strings,
        "xl/styles.xml": styles,
    }
    return stored(parts | {f"xl/worksheets/{n}.xml": sheets[n] for n in numbers})


def small_sheet(cells: Iterable[tuple[bytes, bytes]], texts: int) -> bytes:
    """Write a sheet of one column: distinct cells, then so many shared texts."""
    shared = ((b' t="s"', b"%d" % number) for number in range(texts))
    rows = (
        b'<row r="%d"><c r="A%d"%b><v>%b</v></c></row>' % (number, number, suffix, text)
        for number, (suffix, text) in enumerate(chain(cells, shared), 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + b"".join(rows) + b"</sheetData></worksheet>"


def small_strings(items: Iterable[bytes]) -> bytes:
    """Write shared texts, each in its ``<si>``."""
    return f'<sst xmlns="{MAIN}">'.encode() + b"".join(items) + b"</sst>"


def open_document_package(content: bytes) -> bytes:
    """Return an OpenDocument that holds one part."""
    return stored({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": MANIFEST})


def _relations(inner: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'.encode()
