"""Decide from a file's bytes whether it may be opened at all: cheap checks before any library sees it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from xml.parsers import expat

from scoring.files import limits
from scoring.files.refusal import RefusedError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WELL_FORMED_CHECK_BYTES, HEAD_BYTES = 100_000, 2_048
MIMETYPE, ODS_MIMETYPE = "mimetype", "application/vnd.oasis.opendocument.spreadsheet"
ENCRYPTED = 0x1
LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml", "content.xml")
MANIFEST = "META-INF/manifest.xml"  # of an OpenDocument; it tells of a password


class FileKind(Enum):
    """The kinds of workbook that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Package:
    """A zip that passed the gate: its members' names, and its XML parts unpacked."""

    names: frozenset[str]
    parts: Mapping[str, bytes]


def kind_of(data: bytes) -> FileKind:
    """Judge a file by its first bytes, never by its name.

    Raises:
        RefusedError: it is empty, too large, or something else than a workbook.
    """
    if not data:
        raise RefusedError("file-empty")
    if len(data) > limits.FILE_BYTES:
        raise RefusedError("file-too-large", f"{limits.FILE_BYTES // 1_000_000} MB")
    if data.startswith(OLE):
        return FileKind.XLS
    if not data.startswith(ZIP):
        raise RefusedError("file-not-workbook", _guess(data))
    mimetype = data[30:120]
    return FileKind.ODS if b"opendocument.spreadsheet" in mimetype else FileKind.XLSX


def _guess(data: bytes) -> str:
    """Say what the file seems to be, so that its sender can mend it."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return "网页表格"
    if head.startswith(b"<?xml"):
        return "XML 表格"
    if head.startswith(b"%pdf"):
        return "PDF 文件"
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"gif8")):
        return "图片"
    text = b"\0" not in head and head.count(b",") + head.count(b"\t") > head.count(b"\n")
    return "文本（CSV）文件" if text else "其他类型的文件"


def open_package(data: bytes) -> Package:
    """Unpack the XML parts of a zip, counting bytes while streaming; embedded objects are never opened.

    Raises:
        RefusedError: broken, encrypted, ambiguous names, too many parts, too much XML, a DTD, or XML that is none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _names(archive)
            if MANIFEST in names and b"encryption-data" in archive.open(MANIFEST).read(limits.PIECE_BYTES):
                raise RefusedError("file-encrypted")
            return Package(names, _unpack(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise RefusedError("file-broken") from error


def _names(archive: zipfile.ZipFile) -> frozenset[str]:
    entries = archive.infolist()
    if len(entries) > limits.PARTS:
        raise RefusedError("file-too-complex", f"内含 {len(entries)} 个部件")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise RefusedError("file-encrypted")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise RefusedError("file-broken", "内部有重名的部件")
    return frozenset(names)


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    room, parts = limits.XML_BYTES, {}
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        pieces = []
        large = entry.filename.startswith(LARGE_PARTS)
        limit = limits.XML_BYTES if large else limits.PART_BYTES
        left = min(room, limit)
        with archive.open(entry) as part:
            while piece := part.read(limits.PIECE_BYTES):
                room, left = room - len(piece), left - len(piece)
                if left < 0:
                    raise RefusedError("file-too-large-inside", f"{limit // 1_000_000} MB")
                pieces.append(piece)
        parts[entry.filename] = b"".join(pieces)
        check_xml(parts[entry.filename])
    return parts


def check_xml(part: bytes) -> None:
    """Refuse XML with a DTD, in an unusual encoding, or that is not well formed.

    A large part is only looked at up to its root element, before which a DTD must stand: the reader that comes
    after parses it whole anyway, and says so when it is broken.

    Raises:
        RefusedError: as said.
    """
    parser = expat.ParserCreate()
    seen: list[str] = []

    def refuse_dtd(*_: object) -> None:
        raise RefusedError("file-dtd")

    parser.StartDoctypeDeclHandler = refuse_dtd
    try:
        if len(part) <= WELL_FORMED_CHECK_BYTES:
            parser.Parse(part, True)
            return
        parser.StartElementHandler = lambda name, _: seen.append(name)
        for at in range(0, len(part), HEAD_BYTES):
            parser.Parse(part[at : at + HEAD_BYTES], False)
            if seen:
                return
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise RefusedError("file-broken") from error


def repack(package: Package) -> bytes:
    """Return the vetted XML parts as a zip without compression.

    What was vetted is then what is read, byte for byte, whatever two zip readers may think of the sender's file, and
    nothing is unpacked twice.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        if MIMETYPE in package.names:
            archive.writestr(MIMETYPE, ODS_MIMETYPE)
        for name, part in package.parts.items():
            archive.writestr(name, part)
    return target.getvalue()
