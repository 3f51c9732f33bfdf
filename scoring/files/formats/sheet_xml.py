"""A second look at a worksheet's XML, for what a fast reader hides: errors, formulas without result, hidden rows, marks.

Only rare things are looked for, each by one scan of the bytes at the speed of C, so that a large roster costs little.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.files import limits
from scoring.files.cells import Merge, address, column_number
from scoring.files.formats.plain_spelling import plain_sheet
from scoring.files.formats.sheet_spelling import SheetWriter
from scoring.files.formats.spelling import SPREADSHEET
from scoring.files.refusal import RefusedError

# the address in a tag: r="AB12"
CELL_ADDRESS = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
# a row with its other attributes: <row r="12" hidden="1">
ROW_START = re.compile(rb'<row r="(\d{1,7})"([^>]*+)>')
# a cell that holds something: <c r="A1" t="s">
FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*+(?<!/)>')
# a cell that holds nothing: <c r="A1" s="3"/>
EMPTY = re.compile(rb"<c [^>]*+(?<=/)>")
# a cell, empty or with what it holds: <c r="A1"><v>1</v></c>
CELL = re.compile(rb"<c ([^>]*+)(?:(?<=/)>|>(.*?)</c>)", re.DOTALL)
# the style of a cell: s="3"
STYLE = re.compile(rb' s="(\d{1,9})"')
# what a cell holds: <v>12</v>
VALUE = re.compile(rb"<v(?: [^>]*+)?>([^<]*+)</")
# the attributes of some columns: <col hidden="1" max="3" min="2"/>
COLUMNS = re.compile(rb"<col ([^>]*+)>")
# what hides a column: hidden="1", width="0"
UNSEEN = re.compile(rb' (?:hidden="(?:1|true)"|width="0(?:\.0*)?")')
# the last and the first of some columns, attributes in the order of their names: max="3" min="2"
SPAN = re.compile(rb' max="(\d{1,5})" min="(\d{1,5})"')
# the corners of merged cells: <mergeCell ref="A1:C2"/>
MERGE = re.compile(rb'<mergeCell [^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What calamine does not tell of a sheet; rows and columns are counted from 0."""

    faults: dict[tuple[int, int], str]
    hidden_rows: frozenset[int]
    merges: tuple[Merge, ...]
    doubled: tuple[str, ...]
    hidden_columns: frozenset[int]


def vetted(part: bytes) -> bytes:
    """Return a worksheet in our spelling, its rows and cells with their addresses, the cells in a box that fits in memory.

    Raises:
        RefusedError: not well formed, too many cells, an address outside the sheet, or too large a box.
    """
    plain = plain_sheet(part)
    if plain is None:
        written = SheetWriter(SPREADSHEET).written(part)
        _check_extent(written)
        return written
    written, fits = plain
    if not fits:
        _check_extent(written)
    return written


def _check_extent(part: bytes) -> None:
    """Refuse a sheet whose filled cells span a box that no honest ledger has: readers keep the whole box in memory."""
    if part.count(b"<c ") > limits.CELLS:
        raise RefusedError("file-too-many-cells", f"{limits.CELLS // 10_000} 万")
    places = CELL_ADDRESS.findall(part)
    if _box(places) > limits.BOX_CELLS and _box(FILLED.findall(part)) > limits.BOX_CELLS:
        raise RefusedError("file-too-wide")


def _box(places: list[tuple[bytes, bytes]]) -> int:
    """Count the cells of the box that spans all places."""
    rows = max((int(row) for _, row in places), default=0)
    columns = max(map(column_number, {letters for letters, _ in places}), default=-1) + 1
    if rows > limits.ROWS or columns > limits.COLUMNS:
        raise RefusedError("file-address-impossible")
    return rows * columns


def look(part: bytes, filled: int, written: int | None = None) -> SecondLook:
    """Look at one worksheet's XML for everything that is rare and matters.

    ``filled`` is the number of values that came out of reading, ``written`` that of the cells in the file where it is
    known. Where they are equal, each cell has a value and stands alone, so that there is neither a fault nor a cell
    given twice.
    """
    faults: dict[tuple[int, int], str] = {}
    doubled: tuple[str, ...] = ()
    written = part.count(b"<c ") if written is None else written
    if filled != written:
        if b't="e"' in part or b"<f" in part:
            faults = _faults(part)
        if filled < written - len(EMPTY.findall(part)):
            doubled = _doubled(part)
    return SecondLook(faults, _hidden_rows(part), _merges(part), doubled, _hidden_columns(part))


def _cells(part: bytes, wanted: tuple[bytes, ...]) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Walk the cells that hold one of the wanted pieces."""
    for match in CELL.finditer(part):
        attributes, inner = match[1], match[2] or b""
        if any(piece in attributes or piece in inner for piece in wanted) and (
            where := CELL_ADDRESS.match(b" " + attributes)
        ):
            yield int(where[2]) - 1, column_number(where[1]), attributes, inner


def _faults(part: bytes) -> dict[tuple[int, int], str]:
    faults = {}
    for row, column, attributes, inner in _cells(part, (b't="e"', b"<f")):
        value = VALUE.search(inner)
        if b't="e"' in attributes:
            faults[row, column] = html.unescape(value[1].decode("utf-8", "replace")) if value else "#N/A"
        elif b"<f" in inner and (value is None or (not value[1] and b't="str"' not in attributes)):
            faults[row, column] = "="
    return faults


def _hidden_rows(part: bytes) -> frozenset[int]:
    if b" hidden=" not in part:
        return frozenset()
    rows = ROW_START.finditer(part)
    return frozenset(int(row[1]) - 1 for row in rows if b' hidden="1"' in row[2] or b' hidden="true"' in row[2])


def _hidden_columns(part: bytes) -> frozenset[int]:
    """Return the columns that nobody sees: hidden ones, and those of no width."""
    hidden = set()
    for column in COLUMNS.findall(part[: max(0, part.find(b"<sheetData"))]):
        span = SPAN.search(b" " + column) if UNSEEN.search(b" " + column) else None
        if span:
            hidden |= set(range(int(span[2]) - 1, min(int(span[1]), limits.COLUMNS)))
    return frozenset(hidden)


def _merges(part: bytes) -> tuple[Merge, ...]:
    part = part[part.rfind(b"sheetData>") :]
    merges, area = [], 0
    for left, top, right, bottom in MERGE.findall(part):
        merge = Merge(int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
        area += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area > limits.MERGED_CELLS:
            raise RefusedError("file-merged-too-large")
        merges.append(merge)
    return tuple(merges)


def _doubled(part: bytes) -> tuple[str, ...]:
    """Name the addresses that are given twice: readers disagree on which value counts."""
    seen: set[tuple[bytes, bytes]] = set()
    doubled = []
    for where in CELL_ADDRESS.findall(part):
        if where in seen:
            doubled.append(address(int(where[1]) - 1, column_number(where[0])))
        seen.add(where)
    return tuple(doubled)
