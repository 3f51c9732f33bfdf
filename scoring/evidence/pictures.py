"""What a thing's first and last bytes tell: its kind, its size in pixels, whether it can be shown. Nothing is decoded."""

from __future__ import annotations

import struct

from scoring.evidence.parts import Blob
from scoring.files import limits
from scoring.model.evidence import Trouble

STARTS = {
    b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif", b"BM": "bmp",
    b"II*\0": "tiff", b"MM\0*": "tiff", b"\xd7\xcd\xc6\x9a": "wmf", b"\x01\0\x09\0": "wmf", b"\x02\0\x09\0": "wmf",
}  # fmt: skip
EMF_MARK = b" EMF"
PNG_END, JPEG_END = b"IEND", b"\xff\xd9"
FRAME_HEADERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
NOT_SHOWN = "evidence-picture-unshown"


def troubles_of(blob: Blob) -> tuple[Trouble, ...]:
    """Say why a picture cannot be shown; empty where nothing speaks against it."""
    detail = _fault(blob)
    return (Trouble(NOT_SHOWN, detail),) if detail else ()


def kind_of_picture(head: bytes) -> str:
    """Name the kind of a picture by its first bytes; ``""`` where it is none that we know."""
    known = next((kind for start, kind in STARTS.items() if head.startswith(start)), "")
    if known:
        return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[40:44] == EMF_MARK:
        return "emf"
    return "svg" if b"<svg" in head[:2000].lower() else ""


def _fault(blob: Blob) -> str:
    kind = kind_of_picture(blob.head)
    if not kind:
        return "不是图片，或已损坏"
    if kind in ("emf", "wmf", "svg"):
        return f"{kind.upper()} 格式"
    if (kind == "png" and PNG_END not in blob.tail) or (kind == "jpeg" and JPEG_END not in blob.tail):
        return "不完整"
    width, height = pixels(kind, blob.head)
    if width * height > limits.PICTURE_PIXELS:
        return f"超过 {limits.PICTURE_PIXELS // 1_000_000} 百万像素"
    return "" if width and height else "不是图片，或已损坏"


def pixels(kind: str, head: bytes) -> tuple[int, int]:
    """Return a picture's width and height in pixels; (0, 0) where its head does not tell, (1, 1) for kinds not looked at."""
    try:
        if kind == "png":
            return struct.unpack_from(">II", head, 16)
        if kind == "gif":
            return struct.unpack_from("<HH", head, 6)
        if kind == "bmp":
            return _bitmap(head)
        return _jpeg(head) if kind == "jpeg" else (1, 1)
    except struct.error:
        return 0, 0


def _bitmap(head: bytes) -> tuple[int, int]:
    """Return the size of a bitmap; its oldest header has numbers of two bytes, and a height may be negative."""
    if struct.unpack_from("<I", head, 14)[0] == 12:
        return struct.unpack_from("<HH", head, 18)
    width, height = struct.unpack_from("<ii", head, 18)
    return abs(width), abs(height)


def _jpeg(head: bytes) -> tuple[int, int]:
    """Walk the segments of a JPEG to the one that has the size; (1, 1) where it lies beyond the head."""
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return 0, 0
        marker = head[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in FRAME_HEADERS:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", head, at + 2)[0]
    return 1, 1
