"""Files beside the workbooks as they are: hashed, and said to be unreadable where their first and last bytes say so."""

from __future__ import annotations

from hashlib import sha256

from scoring.evidence.match import LooseFile
from scoring.evidence.parts import HEAD_BYTES, TAIL_BYTES, Blob
from scoring.evidence.pictures import troubles_of

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
SHOWN = (*PICTURES, ".pdf")  # endings of what shows a matter by itself
STARTS = {".pdf": b"%PDF", ".docx": b"PK", ".pptx": b"PK", ".xlsx": b"PK", ".doc": b"\xd0\xcf\x11\xe0"}
PDF_END = b"%%EOF"


def loose_file(path: str, data: bytes, root: str) -> LooseFile:
    """Return a file beside the workbooks; ``root`` names the package or folder that it came in."""
    return LooseFile(path, sha256(data).hexdigest(), root)


def why_unreadable(path: str, data: bytes) -> str:
    """Say why a file cannot be shown; ``""`` where nothing speaks against it."""
    name = path.casefold()
    if name.endswith(PICTURES):
        troubles = troubles_of(Blob("", len(data), data[:HEAD_BYTES], data[-TAIL_BYTES:]))
        return troubles[0].detail if troubles else ""
    ending = next((ending for ending in STARTS if name.endswith(ending)), "")
    if ending and not data[:1024].lstrip().startswith(STARTS[ending]):
        return f"内容不是 {ending[1:].upper()} 文件，或已损坏"
    return "不完整" if ending == ".pdf" and PDF_END not in data[-TAIL_BYTES:] else ""
