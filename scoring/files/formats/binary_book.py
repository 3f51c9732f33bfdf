"""Read what calamine does not tell of a binary workbook (``.xlsb``): its sheets, error values, what is hidden, merges."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from scoring.files import limits
from scoring.files.cells import Merge
from scoring.files.formats.biff import ERRORS
from scoring.files.refusal import RefusedError

BOOK = "xl/workbook.bin"
BOOK_PROPERTIES, SHEET = 153, 156
ROW, ERROR, FORMULA_ERROR, COLUMN, MERGED = 0, 3, 11, 60, 176
CELLS = frozenset(range(1, 12))
BLANK, SHARED_TEXT = 1, 7
FORM_NUMBER = 0xFFFFFF  # a cell's format takes three bytes
HIDDEN_ROW = 0x10


@dataclass(frozen=True, slots=True)
class BinaryBook:
    """What the workbook says of itself. ``sheets`` are name, relation and whether it is hidden, in order."""

    sheets: tuple[tuple[str, str, bool], ...]
    date1904: bool


@dataclass(slots=True)
class BinarySheet:
    """What the records of one worksheet say; rows and columns are counted from 0. It is filled while walking."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    forms: dict[tuple[int, int], tuple[int, int | None]] = field(
        default_factory=dict
    )  # format, number of a shared text
    row: int = 0
    height: int = 0
    width: int = 0
    merged: int = 0  # cells in merged ranges


def read_binary_book(part: bytes) -> BinaryBook:
    """Read the list of sheets.

    Raises:
        RefusedError: it is broken, or lists no sheet.
    """
    sheets, date1904 = [], False
    for kind, body in records(part):
        if kind == BOOK_PROPERTIES:
            date1904 = bool(body[:1] and body[0] & 1)
        elif kind == SHEET:
            (state,) = numbers("<I", body, 0)
            relation, at = text(body, 8)
            sheets.append((text(body, at)[0], relation, state != 0))
    if not sheets:
        raise RefusedError("file-no-sheet")
    return BinaryBook(tuple(sheets), date1904)


def read_binary_sheet(part: bytes) -> BinarySheet:
    """Walk a worksheet.

    Raises:
        RefusedError: it is broken, or larger than any honest ledger.
    """
    sheet = BinarySheet()
    for kind, body in records(part):
        _note(sheet, kind, body)
    return sheet


def _note(sheet: BinarySheet, kind: int, body: bytes) -> None:
    if kind == ROW:
        (sheet.row,) = numbers("<I", body, 0)
        if len(body) > 11 and body[11] & HIDDEN_ROW:
            sheet.hidden_rows.add(sheet.row)
    elif kind in CELLS:
        _note_cell(sheet, kind, body)
    elif kind == COLUMN:
        first, last = numbers("<II", body, 0)
        if len(body) > 16 and body[16] & 1:
            sheet.hidden_columns |= set(range(first, min(last + 1, limits.COLUMNS)))
    elif kind == MERGED:
        top, bottom, left, right = numbers("<IIII", body, 0)
        sheet.merges.append(Merge(top, left, bottom, right))
        sheet.merged += (bottom - top + 1) * (right - left + 1)
        if sheet.merged > limits.MERGED_CELLS:
            raise RefusedError("file-merged-too-large")


def _note_cell(sheet: BinarySheet, kind: int, body: bytes) -> None:
    column, form = numbers("<II", body, 0)
    if sheet.row >= limits.ROWS or column >= limits.COLUMNS:
        raise RefusedError("file-address-impossible")
    if kind != BLANK:
        sheet.height, sheet.width = max(sheet.height, sheet.row + 1), max(sheet.width, column + 1)
    if sheet.height * sheet.width > limits.BOX_CELLS:
        raise RefusedError("file-too-wide")
    if kind != BLANK:
        shared = numbers("<I", body, 8)[0] if kind == SHARED_TEXT else None
        sheet.forms[sheet.row, column] = form & FORM_NUMBER, shared
    if kind in (ERROR, FORMULA_ERROR):
        sheet.faults[sheet.row, column] = ERRORS.get(numbers("<B", body, 8)[0], "#N/A")


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record.

    Raises:
        RefusedError: one runs out of the part.
    """
    at = 0
    while at < len(part):
        kind, at = _varying(part, at, 2)
        length, at = _varying(part, at, 4)
        if at + length > len(part):
            raise RefusedError("file-broken")
        yield kind, part[at : at + length]
        at += length


def _varying(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, as long as the eighth is set."""
    number = 0
    for place in range(most):
        if at >= len(part):
            raise RefusedError("file-broken")
        number |= (part[at] & 0x7F) << 7 * place
        at += 1
        if not part[at - 1] & 0x80:
            break
    return number, at


def numbers(layout: str, body: bytes, at: int) -> tuple[int, ...]:
    """Return numbers of a record.

    Raises:
        RefusedError: the record is too short.
    """
    try:
        return struct.unpack_from(layout, body, at)
    except struct.error as error:
        raise RefusedError("file-broken") from error


def text(body: bytes, at: int) -> tuple[str, int]:
    """Return a text of a record, and where it ends.

    Raises:
        RefusedError: the record is too short.
    """
    (length,) = numbers("<I", body, at)
    end = at + 4 + 2 * length
    if end > len(body):
        raise RefusedError("file-broken")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
