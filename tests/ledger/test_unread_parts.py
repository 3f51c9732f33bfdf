"""A part that no value depends on need not be well formed: the workbook is read all the same, in every format."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from tests.ledger import raw_books as raw
from tests.ledger.ledger_files import office_ledger, open_ledger

BROKEN = {
    "no byte": b"",
    "blanks": b" \n",
    "a tag left open": b"<office:document-styles><a>",
    "no XML": b"\x00\x01\xff",
    "half a character": '<a b="长'.encode()[:-1],
    "a prefix never declared": b"<x:a/>",
    "an encoding that nobody knows": b'<?xml version="1.0" encoding="UTFO8"?><a/>',
}
ASIDE = {
    "xlsx": [
        "xl/styles.xml",
        "_rels/.rels",
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/comments1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/drawings/drawing1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ],
    "ods": ["styles.xml", "META-INF/manifest.xml", "settings.xml", "meta.xml", "Configurations2/toolbar/x.xml"],
}
LEDGER = {"xlsx": office_ledger, "ods": open_ledger}
RELATED = {
    "comments": "../comments1.xml",
    "threadedComment": "../threadedComments/threadedComment1.xml",
    "drawing": "../drawings/drawing1.xml",
}


def unpacked(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(data: bytes) -> list[list[object]]:
    """Every cell of every sheet but the struck-through one, which nobody sees so without its format.

    A date that lost its format is the number that is stored.
    """
    book = read_workbook(data, "台账")
    assert isinstance(book, Workbook), book
    rows = [list(row) for sheet in book.sheets for row in sheet.rows]
    rows[9:10] = [row[:5] for row in rows[9:10]]
    return [[as_stored(cell) for cell in row] for row in rows]


def as_stored(value: object) -> object:
    return float((value - date(1899, 12, 30)).days) if isinstance(value, date) else value


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind, parts in ASIDE.items() for part in parts])
def test_a_broken_part_that_no_value_depends_on_is_in_nobodys_way(kind: str, part: str, broken: str) -> None:
    parts = unpacked(LEDGER[kind]())
    sheet = "xl/worksheets/_rels/sheet1.xml.rels"
    if kind == "xlsx":
        links = "".join(f'<Relationship Id="x{k}" Type="{raw.OFFICE}/{k}" Target="{t}"/>' for k, t in RELATED.items())
        parts[sheet] = f'<Relationships xmlns="{raw.PACKAGE}">{links}</Relationships>'
    whole = cells(raw.packed(parts))
    assert cells(raw.packed(parts | {part: BROKEN[broken]})) == whole


@pytest.mark.parametrize(("kind", "part"), [("xlsx", "xl/styles.xml"), ("ods", "styles.xml")])
def test_a_part_whose_check_sum_is_wrong_is_in_nobodys_way(kind: str, part: str) -> None:
    parts = unpacked(LEDGER[kind]()) | {part: b"<a/>" + b" " * 50}
    whole = raw.packed(parts)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        place = archive.getinfo(part)
    at = place.header_offset + 30 + len(part) + 4
    assert cells(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]) == cells(whole)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize(("kind", "part"), [("xlsx", "xl/styles.xml"), ("ods", "styles.xml")])
def test_broken_formats_are_said_because_struck_text_can_no_longer_be_told(kind: str, part: str, broken: str) -> None:
    parts = unpacked(LEDGER[kind]())
    assert "file-styles-unreadable" not in codes(raw.packed(parts))
    assert "file-styles-unreadable" in codes(raw.packed(parts | {part: BROKEN[broken]}))
    assert "file-styles-unreadable" not in codes(
        raw.packed({name: held for name, held in parts.items() if name != part})
    )


def codes(data: bytes) -> set[str]:
    book = read_workbook(data, "台账")
    assert isinstance(book, Workbook), book
    return {problem.code for problem in book.problems}
