"""Which files are read as workbooks, whatever way their programs packed them, and what the others are called."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from scoring.evidence.find import workbook_with_things
from scoring.files.cells import Workbook
from scoring.files.formats.biff import book_stream, read_biff
from scoring.files.reading import read_workbook
from scoring.files.refusal import RefusedError
from scoring.files.workbook import workbook_of
from tests.ledger import raw_books as raw

SHEET = "xl/worksheets/sheet1.xml"
WEB = "<html><table><tr><td>1A</td></tr></table></html>"
NAMED = {
    "网页": [
        WEB.encode(),
        f'<meta http-equiv="Content-Type" content="text/html; charset=gbk">{WEB}'.encode("gb18030"),
        f"<!-- 由系统导出 -->\r\n{WEB}".encode(),
        f'<?xml version="1.0"?><html xmlns="x">{WEB}</html>'.encode(),
        f"\ufeff{WEB}".encode("utf-16"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n------=_Next\r\nContent-Location: a.htm\r\n",
    ],
    "文本": [
        "编号,状态\r\n1A,已完成\r\n".encode("gb18030"),
        "编号\t状态\n1A\t已完成".encode("utf-16"),
        "已完成，请查收。".encode(),
    ],
    "XML 表格": [b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'],
    "Word 文档": [
        raw.packed({"word/document.xml": "<w/>"}),
        raw.xls(b"", stream="WordDocument"),
        b"{\\rtf1\\ansi}",
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
    ],
    "PowerPoint": [raw.packed({"ppt/presentation.xml": "<p/>"}), raw.xls(b"", stream="PowerPoint Document")],
    "PDF": [b"%PDF-1.7\n", b"\r\n\r\n%PDF-1.4\n\xe2\xe3", b"\0\0\0%PDF-1.4"],
    "快捷方式": [b"L\0\0\0\x01\x14\x02\0" + bytes(60)],
    "邮件": [b"Return-Path: <a@b.cn>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx"],
    "CAJ": [b"CAJ\0" + bytes(60)],
    "文本文档": [raw.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"})],
    "OFD": [raw.packed({"OFD.xml": "<o/>"})],
    "图片": [
        b"\xff\xd8\xff\xe0" + bytes(50), b"\x89PNG\r\n\x1a\n" + bytes(50), b"GIF89a" + bytes(50),
        b"BM" + b"\x46\0\0\0" + bytes(50), b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic" + bytes(20),
    ],
    "视频": [b"\0\0\0\x18ftypmp42" + bytes(20)],
    "解压": [b"Rar!\x1a\x07\x00" + bytes(30), b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c" + bytes(30), b"MSCF" + bytes(30), b"\x1f\x8b\x08" + bytes(9)],
    "很旧": [b"\x09\x04\x06\0\0\0\x10\0"],
    "其他类型": [bytes(range(256))],
}  # fmt: skip


@pytest.mark.parametrize(("word", "number"), [(word, n) for word, all_of in NAMED.items() for n in range(len(all_of))])
def test_what_is_no_workbook_is_called_what_it_is(word: str, number: int) -> None:
    found = read_workbook(NAMED[word][number], "五华区.xls")
    assert not isinstance(found, Workbook)
    assert word in found.message


def read(data: bytes) -> list[list[object]]:
    return [list(row) for row in workbook_of(data, "台账.xlsx").sheets[0].rows]


GOOD = read(raw.book())


@pytest.mark.parametrize("change", [
    lambda name: name.replace("/", "\\"),
    lambda name: f"./{name}",
    lambda name: f"/{name}",
    lambda name: name.upper() if name.startswith("xl/w") and "rels" not in name else name,
])  # fmt: skip
def test_parts_are_found_however_their_names_are_spelt(change) -> None:  # type: ignore[no-untyped-def]
    assert read(raw.packed({change(name): part for name, part in raw.xlsx_parts().items()})) == GOOD


@pytest.mark.parametrize("target", ["./worksheets/sheet1.xml", "worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"])  # fmt: skip
def test_a_sheet_is_found_however_it_is_pointed_at(target: str) -> None:
    parts = raw.xlsx_parts()
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = str(parts[rels]).replace('Target="worksheets/sheet1.xml"', f'Target="{target}"')
    assert target in str(parts[rels])
    assert read(raw.packed(parts)) == GOOD


def test_a_workbook_at_the_root_of_its_package_is_read() -> None:
    parts = {name.removeprefix("xl/"): part for name, part in raw.xlsx_parts().items()}
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook.xml", "workbook.xml")
    parts["_rels/workbook.xml.rels"] = parts.pop("_rels/workbook.xml.rels")
    assert read(raw.packed(parts)) == GOOD


@pytest.mark.parametrize("name", ["xl/printerSettings/p.xml", "docProps/app.xml", "customXml/item1.xml"])
def test_a_part_that_is_not_read_need_not_be_well_formed(name: str) -> None:
    assert read(raw.packed(raw.xlsx_parts() | {name: "<broken"})) == GOOD
    assert read(raw.packed(raw.xlsx_parts() | {name: ""})) == GOOD


def test_an_open_document_is_known_by_its_type_wherever_that_stands() -> None:
    with zipfile.ZipFile(io.BytesIO(raw.ods('<table:table-row><table:table-cell office:value-type="string"><text:p>1A</text:p></table:table-cell></table:table-row>'))) as archive:  # fmt: skip
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = parts.pop("mimetype")
    data = raw.packed(parts | {"mimetype": kind, "Configurations2/accelerator/current.xml": b""})
    assert read(data) == [["1A"]]


@pytest.mark.parametrize(
    "columns",
    [
        '<col min="2" max="3" width="9" hidden="1"/>',
        '<col width="0" customWidth="1" min="2" max="3"/>',
        '<col hidden="true" min="2" max="16384"/>',
    ],
)
def test_hidden_columns_of_a_workbook_are_told(columns: str) -> None:
    data = raw.book(before=f'<cols><col min="1" max="1" width="9"/>{columns}</cols>')
    assert workbook_of(data, "台账.xlsx").sheets[0].hidden_columns == {1, 2}


def test_hidden_columns_of_an_old_workbook_are_told() -> None:
    cells = raw.record(0x007D, struct.pack("<HHHHHH", 1, 2, 2304, 15, 1, 0)) + raw.xls_text(0, 3, "1A")
    assert workbook_of(raw.xls(cells), "台账.xls").sheets[0].hidden_columns == {1, 2}


def test_hidden_columns_and_rows_of_an_open_document_are_told() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>1A</text:p></table:table-cell>'
    rows = f"""<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
        <table:table-column table:number-columns-repeated="1000"/>
        <table:table-row>{cell * 4}</table:table-row>
        <table:table-row table:visibility="filter" table:number-rows-repeated="2">{cell * 4}</table:table-row>"""
    found = workbook_of(raw.ods(rows), "台账.ods").sheets[0]
    assert (found.hidden_columns, found.hidden_rows) == ({1, 2}, {1, 2})


def locked(data: bytes, key: str) -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(key, target)
    return target.getvalue()


def plain_book() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["编号", "状态"])
    book.save(target)
    return target.getvalue()


def test_a_workbook_under_excels_own_key_is_read() -> None:
    found = workbook_with_things(locked(plain_book(), "VelvetSweatshop"), "台账.xlsx")
    assert [list(row) for row in found.sheets[0].rows] == [["编号", "状态"]]


def test_an_old_workbook_under_excels_own_key_is_read() -> None:
    data = (Path(__file__).parent / "real" / "open_key.xls").read_bytes()
    with pytest.raises(RefusedError, match="file-encrypted"):
        read_biff(book_stream(data)[0], macros=False)
    found = workbook_with_things(data, "台账.xls")
    assert [sheet.name for sheet in found.sheets] == ["工作落实", "工作案例"]
    assert list(found.sheets[0].rows[5]) == ["2A", 2, "未完成", "", "", ""]
    assert dict(found.sheets[0].marked) == {(9, 5): "删除线", (11, 2): "删除线", (9, 2): "批注"}


def test_a_workbook_under_a_real_password_is_refused_and_called_so() -> None:
    with pytest.raises(RefusedError) as refused:
        workbook_with_things(locked(plain_book(), "kunming2023"), "台账.xlsx")
    assert refused.value.reason == "file-encrypted"
    found = read_workbook(locked(plain_book(), "kunming2023"), "台账.xlsx")
    assert not isinstance(found, Workbook)
    assert "密码保护" in found.message
