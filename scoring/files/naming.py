"""What a file is that is no workbook, in words that its sender knows: 网页, Word 文档, 压缩包 …"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scoring.files.refusal import RefusedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEB_PAGE, PDF = "网页", "PDF 文件"
PDF_WITHIN = 1_024  # bytes that may stand before its mark
ARCHIVES = {
    b"Rar!\x1a\x07": ".rar 压缩包",
    b"7z\xbc\xaf\x27\x1c": ".7z 压缩包",
    b"\x1f\x8b": ".gz 压缩包",
    b"BZh": ".bz2 压缩包",
    b"\xfd7zXZ\x00": ".xz 压缩包",
    b"\x28\xb5\x2f\xfd": ".zst 压缩包",
    b"MSCF": ".cab 压缩包",
    b"PK\x07\x08": "分卷压缩包",
    b"PK\x05\x06": "空的 .zip 压缩包",
}
DOCUMENTS = ("Word", "PowerPoint", "PDF", "OFD", "CAJ", "图片", "视频", "Visio", "文本文档", "演示文稿", "Outlook")
PICTURES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
BEGINNINGS = {
    b"%PDF": PDF,
    b"{\\rtf": "Word 文档（RTF）",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"\xd7\xcd\xc6\x9a": "图片",
    b"SQLite format 3": "数据库文件",
    b"MZ": "程序文件",
    b"L\x00\x00\x00\x01\x14\x02\x00": "快捷方式（不是文件本身）",
    b"CAJ\x00": "CAJ 文献",
    b"\x09\x00\x04\x00": "很旧的 Excel 2 工作表",
    b"\x09\x02\x06\x00": "很旧的 Excel 3 工作表",
    b"\x09\x04\x06\x00": "很旧的 Excel 4 工作表",
}
OLE_STREAMS = {
    "worddocument": "Word 文档",
    "powerpoint document": "PowerPoint 演示文稿",
    "visiodocument": "Visio 图",
    "__properties_version1.0": "Outlook 邮件",
}
ZIP_PARTS = {
    "word/": "Word 文档",
    "ppt/": "PowerPoint 演示文稿",
    "visio/": "Visio 图",
    "ofd.xml": "OFD 版式文件",
    "index/": "苹果 Numbers 表格或 Pages 文稿",
    "androidmanifest.xml": "手机程序",
}
# <html, <!doctype html, <meta, <table …: how a table exported by a web system begins, comments before it left out
PAGE = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)?<(?:html|!doctype html|head|meta|table|body|style|script|div|center|tr|td)\b", re.DOTALL
)
# how a mail begins: MIME-Version: 1.0, Subject: …
MAIL = re.compile(
    rb"(?:mime-version:|content-type:\s*multipart/related|from:\s|x-document-type:|return-path:|received:|date:\s|subject:\s)"
)
# a mail that is a whole page: Content-Type: multipart/related, Content-Type: text/html
PAGE_MAIL = re.compile(rb"multipart/related|snapshot-content-location:|x-document-type:|text/html")
XML_PAGE = re.compile(rb"<(?:html|!doctype html)\b")  # XHTML, behind its declaration: <?xml version="1.0"?><html
SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
HEAD = 4_000


def name_of_bytes(data: bytes) -> str:
    """Say what a file seems to be that is neither a zip nor an OLE file.

    >>> name_of_bytes(b"<meta charset=utf-8><table>"), name_of_bytes(b"%PDF-1.7"), name_of_bytes(b"a,b")
    ('网页', 'PDF 文件', '文本文件')
    """
    for start, name in (ARCHIVES | BEGINNINGS).items():
        if data.startswith(start):
            return name
    if b"%PDF-" in data[:PDF_WITHIN]:
        return PDF
    text = _text_head(data)
    return _name_within(data[:HEAD]) or "其他类型的文件" if text is None else _name_of_text(text)


def _name_of_text(text: bytes) -> str:
    if PAGE.match(text) or (text.startswith(b"<?xml") and XML_PAGE.search(text)):
        return WEB_PAGE
    if MAIL.match(text) and b"mime-version:" in text:
        return "网页（单个文件 MHT）" if PAGE_MAIL.search(text) else "邮件"
    if text.startswith(b"<?xml"):
        return _name_of_xml(text)
    return "文本（CSV）文件" if text.count(b",") + text.count(b"\t") > text.count(b"\n") + 1 else "文本文件"


def _name_within(head: bytes) -> str:
    """Say what a file is whose mark does not stand at its beginning; ``""``: none of them."""
    if head[4:8] == b"ftyp":
        return "图片" if head[8:12] in PICTURES else "视频"
    if head[:4] == b"RIFF":
        return "图片" if head[8:12] == b"WEBP" else "视频"
    return ".tar 压缩包" if head[257:262] == b"ustar" else ""


def _name_of_xml(text: bytes) -> str:
    if b"wordml" in text or b"office:word" in text:
        return "Word 文档（XML）"
    return "XML 表格" if SPREADSHEET_XML in text or b"excel.sheet" in text else "XML 文件"


def stranger(what: str) -> RefusedError:
    """Return the refusal of a file that is no workbook; what its sender can do depends on what it is."""
    if what == "压缩包":
        return RefusedError("package-misnamed")
    if what.endswith("压缩包"):
        return RefusedError("file-packed", what)
    return RefusedError("file-is-document" if what.startswith(DOCUMENTS) else "file-not-workbook", what)


def is_archive(data: bytes) -> bool:
    """Tell whether a file is packed in a way that is not opened here."""
    return data.startswith(tuple(ARCHIVES))


def _text_head(data: bytes) -> bytes | None:
    """Return the beginning of a text, folded to small letters in UTF-8; None where the bytes are no text."""
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t").lower()
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return None if control else head


def name_of_ole(streams: Iterable[str]) -> str:
    """Say what an OLE file without a workbook in it is, by the names of its streams."""
    names = {stream.casefold() for stream in streams}
    return next((name for stream, name in OLE_STREAMS.items() if stream in names), "其他类型的文件")


def name_of_zip(parts: Iterable[str], mimetype: bytes = b"") -> str:
    """Say what a zip without a workbook in it is, by the names of its parts or an OpenDocument's own word."""
    if b"opendocument.text" in mimetype:
        return "文本文档（ODT）"
    if b"opendocument.presentation" in mimetype:
        return "演示文稿（ODP）"
    names = [part.casefold() for part in parts]
    return next((name for start, name in ZIP_PARTS.items() if any(part.startswith(start) for part in names)), "压缩包")
