"""Decide from a file's bytes whether it may be opened at all: cheap checks before any library sees it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum

from scoring.files import limits
from scoring.files.naming import OLE, name_of_bytes, stranger
from scoring.files.refusal import RefusedError

ZIP = b"PK\x03\x04"
ENCRYPTED = 0x1


class FileKind(Enum):
    """The kinds of workbook that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


class Package:
    """A zip that may be opened. A class, because its parts are unpacked one by one, and counted together.

    Only what is asked for is unpacked: embedded objects and pictures never are, and need not be well formed.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._room = limits.XML_BYTES
        self._entries = {part_name(entry.filename): entry for entry in archive.infolist()}
        self._any_case = {name.casefold(): entry for name, entry in self._entries.items()}
        self.names = frozenset(self._entries)

    def holds(self, name: str) -> bool:
        """Tell whether a part is there; names are the same in any case."""
        return name.casefold() in self._any_case

    def raw(self, name: str, *, large: bool = False) -> bytes | None:
        """Return one XML part as it was sent, None where there is none; bytes are counted while streaming.

        ``large`` are the parts that hold the cells: sheets and their texts.

        Raises:
            RefusedError: it is broken, or too large.
        """
        entry = self._any_case.get(name.casefold())
        if entry is None:
            return None
        limit = limits.XML_BYTES if large else limits.PART_BYTES
        left, pieces = min(self._room, limit), []
        with _translated(), self._archive.open(entry) as part:
            while piece := part.read(limits.PIECE_BYTES):
                self._room, left = self._room - len(piece), left - len(piece)
                if left < 0:
                    raise RefusedError("file-too-large-inside", f"{limit // 1_000_000} MB")
                pieces.append(piece)
        return b"".join(pieces)


def part_name(name: str) -> str:
    r"""Return a part's name as the format writes it; some programs write backslashes, or begin with ``./``.

    >>> part_name("xl\\worksheets\\sheet1.xml"), part_name("./xl/workbook.xml")
    ('xl/worksheets/sheet1.xml', 'xl/workbook.xml')
    """
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise RefusedError("file-broken") from error


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
        raise stranger(name_of_bytes(data))
    mimetype = data[30:120]
    return FileKind.ODS if b"opendocument.spreadsheet" in mimetype else FileKind.XLSX


def open_package(data: bytes) -> Package:
    """Open a zip whose directory is in order.

    Raises:
        RefusedError: broken, encrypted, ambiguous names, or too many parts.
    """
    with _translated():
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_names(archive)
        return Package(archive)


def _check_names(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > limits.PARTS:
        raise RefusedError("file-too-complex", f"内含 {len(entries)} 个部件")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise RefusedError("file-encrypted")
    names = [part_name(entry.filename) for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise RefusedError("file-broken", "内部有重名的部件")


def stored(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a zip without compression: what was looked at is then what is read, byte for byte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return target.getvalue()
