"""Open a ``.zip`` package of ledgers and evidence files. A job of the sealed room; call ``package_reading.open_package``.

Nothing is written anywhere: names that lead out of the package are only names. A package inside a package is not opened.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from scoring.files import limits
from scoring.files.members import Member, is_junk
from scoring.files.refusal import RefusedError

ENCRYPTED, UTF8 = 0x1, 0x800  # flags of a member
UNICODE_PATH = 0x7075  # the extra field in which some programs keep the name in UTF-8
READ_IN = 1 << 20


def members_of(data: bytes) -> tuple[Member, ...]:
    """Return the files of a package in the order of their names; what programs leave behind is no file.

    Raises:
        RefusedError: it is broken, holds too many files, or is too large unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [(name_of(entry), entry) for entry in archive.infolist() if not _is_left_out(entry)]
            entries = [(name, entry) for name, entry in entries if not is_junk(name)]
            if len(entries) > limits.PACKAGE_FILES:
                raise RefusedError("package-too-many-files", f"{len(entries)}")
            return tuple(sorted(_read_all(archive, entries), key=lambda member: member.path))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise RefusedError("file-broken") from error


def _read_all(archive: zipfile.ZipFile, entries: list[tuple[str, zipfile.ZipInfo]]) -> list[Member]:
    room, members, seen = limits.PACKAGE_BYTES, [], set[str]()
    for name, entry in entries:
        if name in seen:
            members.append(Member(name, None, "package-name-twice"))
            continue
        seen.add(name)
        member = _read(archive, name, entry, room)
        room -= len(member.data or b"")
        members.append(member)
    return members


def _read(archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo, room: int) -> Member:
    """Unpack one file, counting its bytes while they come."""
    if entry.flag_bits & ENCRYPTED:
        return Member(name, None, "file-encrypted")
    pieces, size = list[bytes](), 0
    try:
        with archive.open(entry) as part:
            while piece := part.read(READ_IN):
                size += len(piece)
                if size > room:
                    raise RefusedError("package-too-large", f"{limits.PACKAGE_BYTES // 1_000_000} MB")
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        return Member(name, None, "file-broken")
    return Member(name, b"".join(pieces))


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where it says so or can be, else GBK, as Chinese Windows packs; ``/`` between folders.

    Steps out of the package, drive letters and a leading ``/`` are left out of the name.
    """
    parts = PurePosixPath(_decoded(entry).replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("/", ".", "..") and not (len(part) == 2 and part[1] == ":")]
    return "/".join(kept)


def _decoded(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & UTF8:
        return entry.filename
    if (told := _unicode_path(entry.extra)) is not None:
        return told
    try:
        raw = entry.filename.encode("cp437")  # what zipfile made of the bytes
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unicode_path(extra: bytes) -> str | None:
    """Return the name that an extra field keeps in UTF-8 (kind, length, one byte, four of a checksum, the name)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == UNICODE_PATH:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace") or None
        at += 4 + length
    return None


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is no file: a folder, or a link, which points at something outside."""
    return entry.is_dir() or entry.filename.endswith("\\") or stat.S_ISLNK(entry.external_attr >> 16)
