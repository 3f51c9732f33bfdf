"""Where a value was found, and what shows that a claim is true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """Name one cell of one sent workbook.

    ``workbook`` is the file's name as given (the path below the folder, where a folder was given), ``sheet`` the
    sheet's own name, ``cell`` its address (``E7``).
    """

    workbook: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.workbook} › {self.sheet} › {self.cell}"


class EvidenceKind(StrEnum):
    """What a piece of evidence is. The names are the command line's."""

    TEXT = "text"
    PICTURE = "picture"  # on the sheet or in the cell
    ATTACHMENT = "attachment"  # embedded in the workbook
    LINK = "link"  # an http or https address
    FILE = "file"  # came beside the workbook


class FoundBy(StrEnum):
    """How a piece of evidence was connected with its row."""

    CELL = "cell"  # it lies on the row's 佐证材料 cell
    ROW = "row"  # it lies elsewhere on the row
    NAMED = "named"  # the row names the file
    FILE_NAME = "file_name"  # the file's name says unit and clause
    FOLDER = "folder"  # its folders say unit or clause
    REVIEWER = "reviewer"  # put there by hand


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows a matter.

    ``name`` is the text, the address, or the file's name. ``sha256`` is that of the very bytes (None for texts and
    links). ``workbook``, ``sheet`` and ``cell`` say where it lies (None for a file beside the workbook; the cell of a
    text that an older version stored is not known). ``part`` names the part of the workbook that holds the bytes.
    """

    kind: EvidenceKind
    name: str
    sha256: str | None = None
    workbook: str | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str = ""
    found_by: FoundBy = FoundBy.CELL


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a thing that its sender should know: a problem's code, and the detail that its message names."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that was found on a cell of a sheet; rows and columns are counted from 0.

    ``counts`` False: it is only pointed at (a picture that is linked, or missing), and shows nothing.
    """

    kind: EvidenceKind
    name: str
    row: int
    column: int
    sha256: str | None = None
    part: str = ""
    troubles: tuple[Trouble, ...] = ()
    counts: bool = True


MEASURES = {
    EvidenceKind.PICTURE: "截图 {} 张",
    EvidenceKind.ATTACHMENT: "附件 {} 个",
    EvidenceKind.FILE: "随附文件 {} 个",
    EvidenceKind.LINK: "链接 {} 个",
}


def texts_of(evidence: Iterable[Evidence]) -> str:
    """Return what the evidence says in words, ``""`` where it holds things only."""
    return "；".join(item.name for item in evidence if item.kind is EvidenceKind.TEXT)


def say_evidence(evidence: Iterable[Evidence]) -> str:
    """Say what a finding rests on beside words; ``""`` where there are words only, or nothing.

    >>> say_evidence([Evidence(EvidenceKind.PICTURE, "a.png"), Evidence(EvidenceKind.TEXT, "见附件")])
    '佐证：截图 1 张'
    """
    kinds = [item.kind for item in evidence]
    parts = [form.format(kinds.count(kind)) for kind, form in MEASURES.items() if kind in kinds]
    return f"佐证：{'、'.join(parts)}" if parts else ""


def as_words(evidence: Iterable[Evidence]) -> str:
    """Say in one line all that a row brings, its words first."""
    held = tuple(evidence)
    return "；".join(part for part in (texts_of(held), say_evidence(held).removeprefix("佐证：")) if part)
