"""The files of a package, as they come out of it, and which of them are no files at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
JUNK_FOLDER = "__macosx"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package. ``path`` is its name with ``/`` between folders; ``data`` is None where it is refused.

    ``refused`` is the code of the problem for which it is not read, ``""`` where it is.
    """

    path: str
    data: bytes | None
    refused: str = ""
    detail: str = ""


def is_junk(name: str) -> bool:
    """Tell whether a file is what systems and office programs leave behind, hidden files included.

    >>> is_junk("__MACOSX/._五华区.xlsx"), is_junk("台账/~$五华区.xlsx"), is_junk("4A/文件.pdf")
    (True, True, False)
    """
    parts = [part.casefold() for part in PurePosixPath(name).parts]
    return not parts or JUNK_FOLDER in parts or parts[-1] in JUNK or any(part.startswith((".", "~$")) for part in parts)
