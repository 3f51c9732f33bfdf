"""Files embedded in a workbook: the file itself where it was packed whole, else the part that holds it."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from hashlib import sha256

import olefile

from scoring.files import limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NATIVE, CONTENTS, PACKAGE = "\x01Ole10Native", "CONTENTS", "Package"
LONGEST_NAME = 260
SIGNATURES = {b"%PDF": ".pdf", b"PK\x03\x04": "", OLE: "", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The file that an object holds. ``name`` is its own, ``""`` where the object does not tell."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the file itself."""
        return sha256(self.data).hexdigest()


def unpack(data: bytes) -> Unpacked | None:
    """Return the file that an embedded object holds whole; None where it holds none, or is damaged.

    Windows packs any file as a ``Package`` (its name, then its bytes), PDF readers put theirs into ``CONTENTS``,
    Office puts newer documents into ``Package``.
    """
    if not data.startswith(OLE):
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as box:
            return _from(box)
    except (OSError, ValueError, IndexError, struct.error, OverflowError, MemoryError, TypeError, AttributeError):
        return None


def _from(box: olefile.OleFileIO) -> Unpacked | None:
    for path in box.listdir():
        if path[-1] == NATIVE and box.get_size(path) <= limits.THING_BYTES:
            return _native(box.openstream(path).read())
    for path in box.listdir():
        if path[-1] in (CONTENTS, PACKAGE) and 0 < box.get_size(path) <= limits.THING_BYTES:
            return _whole(box.openstream(path).read())
    return None


def _whole(data: bytes) -> Unpacked | None:
    """Return a stream that is a file as it is: known by its first bytes."""
    ending = next((ending for start, ending in SIGNATURES.items() if data.startswith(start)), None)
    return None if ending is None else Unpacked(f"附件{ending}" if ending else "", data)


def _native(stream: bytes) -> Unpacked | None:
    """Return the file in a packager's stream: size, mark, label, path, two marks, path, size, bytes."""
    if len(stream) < 10:
        return None
    label, at = _text(stream, 6)
    _, at = _text(stream, at)
    at += 4  # two marks of two bytes
    if at + 4 > len(stream):
        return None
    at += 4 + struct.unpack_from("<I", stream, at)[0]  # the path where it was unpacked for showing
    if at + 4 > len(stream):
        return None
    size = struct.unpack_from("<I", stream, at)[0]
    content = stream[at + 4 : at + 4 + size]
    return Unpacked(_wide_name(stream, at + 4 + size) or label, content) if len(content) == size and size else None


def _text(stream: bytes, at: int) -> tuple[str, int]:
    """Return a text that ends in a zero byte, as Windows in China writes it, and where it ends."""
    end = stream.find(b"\0", at, at + 4 * LONGEST_NAME)
    if end < 0:
        raise ValueError("a text without an end")
    return _name(stream[at:end].decode("gb18030", "replace")), end + 1


def _wide_name(stream: bytes, at: int) -> str:
    """Return the label that newer packagers repeat as Unicode after the bytes; it is the second of three texts."""
    wide_name = ""
    for number in range(2):
        if at + 4 > len(stream):
            return ""
        length = struct.unpack_from("<I", stream, at)[0]
        if length > LONGEST_NAME or at + 4 + 2 * length > len(stream):
            return ""
        wide_name = stream[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace") if number == 1 else ""
        at += 4 + 2 * length
    return _name(wide_name.rstrip("\0"))


def _name(text: str) -> str:
    """Return a file's own name, without the folders of the computer that it came from."""
    base = text.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(ch for ch in base if ch.isprintable())[:LONGEST_NAME]
