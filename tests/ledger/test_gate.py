"""What is no workbook, or more than one can take, is refused whole with its reason, before any library sees it."""

from __future__ import annotations

import struct
from collections.abc import Callable

import openpyxl
import pytest

from scoring.files import limits
from scoring.files.reading import read_workbook
from scoring.files.refusal import RefusedError
from scoring.files.workbook import workbook_of
from scoring.problems import CATALOGUE, Problem, Severity
from tests.ledger import raw_books as raw

PARTS = raw.xlsx_parts
SHEET, BOOK, STRINGS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>'


def with_part(name: str, content: str | bytes) -> bytes:
    return raw.packed(PARTS() | {name: content})


def without_part(name: str) -> bytes:
    return raw.packed({part: content for part, content in PARTS().items() if part != name})


def with_dtd(name: str) -> bytes:
    return with_part(name, str(PARTS()[name]).replace(raw.HEAD, raw.HEAD + DTD))


def marked_encrypted() -> bytes:
    data = bytearray(raw.book())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def flipped() -> bytes:
    data = bytearray(raw.book())
    data[data.find(SHEET.encode()) + len(SHEET) + 40] ^= 0x40
    return bytes(data)


def lying_size() -> bytes:
    """A directory that says 10 bytes of a sheet that has more."""
    data = bytearray(raw.book())
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def long_text_often() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3000))
    return raw.book(rows, strings=f'<sst xmlns="{raw.MAIN}"><si><t>{"长" * 30_000}</t></si></sst>')


def deep_cell(cell: str) -> bytes:
    return raw.book(f'{raw.GOOD_ROWS}<row r="9"><c r="{cell}"><v>1</v></c></row>')


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no byte at all": (lambda: b"", "file-empty"),
    "a web page": (lambda: "<html><table><tr><td>1A</td></tr></table></html>".encode("gb18030"), "file-not-workbook"),
    "a CSV": ("编号,状态\r\n1A,已完成\r\n".encode, "file-not-workbook"),
    "an XML table of 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "file-not-workbook"),
    "a PDF": (lambda: b"%PDF-1.4 ...", "file-is-document"),
    "a picture": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "file-is-document"),
    "an ordinary zip": (lambda: raw.packed({"readme.txt": "x"}), "package-misnamed"),
    "a Word document": (lambda: raw.packed({"word/document.xml": "<w/>"}), "file-is-document"),
    "another compound file": (lambda: raw.xls(b"", stream="WordDocument"), "file-is-document"),
    "half a file": (lambda: raw.book()[:700], "file-broken"),
    "one bit flipped": (flipped, "file-broken"),
    "a size that lies": (lying_size, "file-broken"),
    "two parts of one name": (lambda: raw.packed(PARTS(), twice=SHEET), "file-broken"),
    "two parts of one name but for case": (lambda: raw.packed(PARTS(), twice=SHEET.upper()), "file-broken"),
    "a listed sheet that is not there": (lambda: without_part(SHEET), "file-broken"),
    "a sheet cut off": (lambda: with_part(SHEET, str(PARTS()[SHEET])[:-30]), "file-broken"),
    "a prefix that is never declared": (
        lambda: with_part(BOOK, str(PARTS()[BOOK]).replace("<sheets>", "<sheets><x:y/>")),
        "file-broken",
    ),
    "an encoding that nobody knows": (
        lambda: with_part(STRINGS, str(PARTS()[STRINGS]).replace("UTF-8", "UTFO8")),
        "file-broken",
    ),
    "a text number that does not exist": (
        lambda: raw.book('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
        "file-broken",
    ),
    "parts marked as encrypted": (marked_encrypted, "file-encrypted"),
    "an archive": (lambda: b"Rar!\x1a\x07\x00", "file-packed"),
    "an encrypted package": (lambda: raw.xls(b"", stream="EncryptedPackage"), "file-encrypted"),
    "an old workbook with a password": (lambda: raw.xls(b"", about=raw.record(0x2F, bytes(54))), "file-encrypted"),
    "an OpenDocument with a password": (lambda: raw.ods("", manifest="<manifest:encryption-data/>"), "file-encrypted"),
    "a DTD in the sheet": (lambda: with_dtd(SHEET), "file-dtd"),
    "a DTD in the workbook": (lambda: with_dtd(BOOK), "file-dtd"),
    "a DTD in the texts": (lambda: with_dtd(STRINGS), "file-dtd"),
    "a DTD in UTF-16": (
        lambda: with_part(STRINGS, str(PARTS()[STRINGS]).replace(raw.HEAD, DTD).encode("utf-16")),
        "file-dtd",
    ),
    "a DTD in an OpenDocument": (lambda: raw.ods("", prolog=DTD), "file-dtd"),
    "too many parts": (lambda: raw.packed(PARTS() | {f"a/{n}": "" for n in range(limits.PARTS)}), "file-too-complex"),
    "formats without end": (
        lambda: with_part("xl/styles.xml", "<a>" + " " * limits.PART_BYTES + "</a>"),
        "file-too-large-inside",
    ),
    "one long text in many cells": (long_text_often, "file-too-large-inside"),
    "a cell at the far end": (lambda: deep_cell("XFD1048576"), "file-too-wide"),
    "a cell far down": (lambda: deep_cell("Z1048576"), "file-too-wide"),
    "a cell beyond the last column": (lambda: deep_cell("XFE9"), "file-address-impossible"),
    "a cell that is none": (lambda: deep_cell("ZZZZZ99999999999"), "file-address-impossible"),
    "a row beyond the last": (lambda: raw.book('<row r="4294967295"><c><v>1</v></c></row>'), "file-address-impossible"),
    "bare cells without end": (
        lambda: raw.book("<row>" + "<c><v>1</v></c>" * (limits.COLUMNS + 1) + "</row>"),
        "file-address-impossible",
    ),
    "a prefix hides the far end": (
        lambda: raw.book(f'<x:row xmlns:x="{raw.MAIN}" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "file-too-wide",
    ),
    "all cells merged": (
        lambda: raw.book(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "file-merged-too-large",
    ),
    "an old workbook whose sectors run in a circle": (lambda: raw.xls(b"", loop=True), "file-broken"),
    "an old workbook that claims too many rows": (
        lambda: raw.xls(raw.record(0x0200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 0xFFFF, 0))),
        "file-too-wide",
    ),
    "an old workbook that starts below its end, which kills the process that reads it": (
        lambda: raw.xls(raw.record(0x0200, struct.pack("<IIHHH", 39, 29, 0, 7, 0)) + raw.xls_text(0, 0, "x")),
        "file-unreadable-safely",
    ),
    "an old workbook with a cell beyond the last column": (
        lambda: raw.xls(raw.xls_text(0, 300, "x")),
        "file-address-impossible",
    ),
    "an old workbook with a far cell": (lambda: raw.xls(raw.xls_text(65_535, 255, "x")), "file-too-wide"),
    "an old workbook with a cut record": (lambda: raw.xls(raw.record(0x0006, b"12")), "file-broken"),
    "an old workbook that claims too many texts": (
        lambda: raw.xls(b"", about=raw.record(0x00FC, struct.pack("<II", 1, 0xFFFFFFFF))),
        "file-broken",
    ),
    "a repeated cell without end": (
        lambda: raw.ods(
            '<table:table-row table:number-rows-repeated="1048576">'
            + raw.ods_cell("x", 'table:number-columns-repeated="16384"')
            + "</table:table-row>"
        ),
        "file-too-large-inside",
    ),
    "a repeated number without end": (
        lambda: raw.ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
            'office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "file-too-wide",
    ),
    "blanks without end": (
        lambda: raw.ods("<table:table-row>" + raw.ods_cell('<text:s text:c="2000000000"/>') + "</table:table-row>"),
        "file-too-large-inside",
    ),
    "a long text repeated": (
        lambda: raw.ods(
            '<table:table-row table:number-rows-repeated="2000">' + raw.ods_cell("长" * 100_000) + "</table:table-row>"
        ),
        "file-too-large-inside",
    ),
    "a repeat that is no number": (
        lambda: raw.ods(
            "<table:table-row>" + raw.ods_cell("x", 'table:number-columns-repeated="-5"') + "</table:table-row>"
        ),
        "file-broken",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_whole_with_its_reason(case: str) -> None:
    make, code = REFUSED[case]
    found = read_workbook(make(), "台账.xlsx")
    assert isinstance(found, Problem)
    assert (found.code, found.workbook, found.sheet, found.cell) == (code, "台账.xlsx", "", "")
    assert found.severity is Severity.ERROR
    assert any("一" <= letter <= "鿿" for letter in found.message)
    assert "{" not in found.message


def test_every_reason_to_refuse_a_file_is_provoked() -> None:
    reasons = {code for code, kind in CATALOGUE.items() if code.startswith("file-") and kind.severity is Severity.ERROR}
    hard_to_make = {"file-too-large", "file-too-many-cells", "file-no-sheet"}
    assert reasons - {code for _, code in REFUSED.values()} <= hard_to_make


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    found = read_workbook(raw.book(), "x.xlsx")
    assert isinstance(found, Problem)
    assert found.code == "file-too-large"


def test_a_sheet_with_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 2)
    with pytest.raises(RefusedError, match="file-too-many-cells"):
        workbook_of(raw.book("<row>" + "<c><v>1</v></c>" * 3 + "</row>"), "x.xlsx")


def test_a_workbook_of_charts_only_is_refused() -> None:
    parts = {name: str(content).replace('/worksheet"', '/chartsheet"') for name, content in PARTS().items()}
    found = read_workbook(raw.packed(parts), "x.xlsx")
    assert isinstance(found, Problem)
    assert found.code == "file-no-sheet"


def test_openpyxl_parses_with_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML


def test_a_panic_of_the_library_is_a_refusal_and_leaves_no_trace(capfd: pytest.CaptureFixture[str]) -> None:
    name = raw.record(0x0018, struct.pack("<HBBHH", 0, 0, 5, 0xFFFF, 0) + bytes(19))  # longer than its record
    found = read_workbook(raw.xls(raw.xls_text(0, 0, "x"), about=name), "台账.xls")
    assert isinstance(found, Problem)
    assert found.code == "file-broken"
    assert capfd.readouterr().err == ""
