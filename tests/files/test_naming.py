"""What is no workbook is named for what it is, with what to do."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from scoring.files.reading import read_workbook
from scoring.problems import Problem
from tests.ledger import raw_books as raw


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return target.getvalue()


MHT = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n<html>"
NAMED = {
    "html": (b"<html><table></table></html>", "网页"),
    "html behind spaces and a mark": (b"\xef\xbb\xbf\r\n  <!DOCTYPE html><p>", "网页"),
    "html with meta first": (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><table>', "网页"),
    "html with a comment first": (b"<!-- exported --><table border=1>", "网页"),
    "html in UTF-16": ("<html><body>".encode("utf-16"), "网页"),
    "xhtml": (b'<?xml version="1.0"?><html xmlns="x">', "网页"),
    "mht": (MHT, "网页"),
    "spreadsheet as xml": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "XML 表格",
    ),
    "csv": ("单位,完成情况\n五华区,是\n".encode(), "文本"),
    "text": ("五华区第二季度台账".encode("gbk"), "文本"),
    "rtf": (b"{\\rtf1 hello}", "Word"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
    "png": (b"\x89PNG\r\n\x1a\n", "图片"),
    "docx": (zipped("word/document.xml", "[Content_Types].xml"), "Word"),
    "pptx": (zipped("ppt/presentation.xml"), "PowerPoint"),
    "doc": (raw.xls(b"", stream="WordDocument"), "Word"),
    "ppt": (raw.xls(b"", stream="PowerPoint Document"), "PowerPoint"),
    "other bytes": (b"\x00\x01\x02\x03", "其他类型"),
}


def document() -> bytes:
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


NAMED["a real docx"] = (document(), "Word")


@pytest.mark.parametrize("name", NAMED)
def test_a_file_is_named_for_what_it_is(name: str) -> None:
    data, word = NAMED[name]
    refused = read_workbook(data, "a.xlsx")
    assert isinstance(refused, Problem)
    assert refused.code in ("file-not-workbook", "file-is-document")
    assert word in refused.message
    assert "另存为" in refused.message or "打成一个 .zip 包" in refused.message


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c\x00\x04", b"\x1f\x8b\x08"])
def test_an_archive_is_asked_to_be_unpacked(data: bytes) -> None:
    refused = read_workbook(data, "a.xlsx")
    assert isinstance(refused, Problem)
    assert refused.code == "file-packed"
    assert "解压" in refused.message
