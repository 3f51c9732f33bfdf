"""Where on a sheet a picture lies: sizes of rows and columns, and the cell that a rectangle belongs to.

Lengths are EMU (914,400 an inch), as the office formats write them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from scoring.files.cells import Merge

PIXEL, POINT = 9_525, 12_700
TALL = 1.5  # a picture taller than so many of its row belongs to the row in which it begins
LOWEST_QUARTER = 0.75


class Ruler:
    """Where rows (or columns) begin, counted from 0. Those that are not listed have the default size."""

    def __init__(self, default: int, sizes: Mapping[int, int], count: int) -> None:
        self.default, self.sizes, self.count = default, sizes, count
        self._listed = sorted(sizes)
        self._more = [0, *accumulate(sizes[number] - default for number in self._listed)]

    def size(self, number: int) -> int:
        """Return the size of one row or column; 0 where it is hidden."""
        return self.sizes.get(number, self.default)

    def start(self, number: int) -> int:
        """Return where a row or column begins."""
        return number * self.default + self._more[bisect_left(self._listed, number)]

    def at(self, place: float) -> int:
        """Return the row or column that covers a place; a hidden one covers none."""
        low, high = 0, self.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.start(middle) <= place:
                low = middle
            else:
                high = middle - 1
        return low


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of an anchor: a cell, and how far into it."""

    column: int
    row: int
    right: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet. ``begins`` is the cell of its anchor, None where it has none."""

    left: float
    top: float
    width: float
    height: float
    begins: Corner | None = None

    def part(self, left: float, top: float, width: float, height: float) -> Box:
        """Return a rectangle inside this one, given in shares of its width and height."""
        return Box(
            self.left + left * self.width, self.top + top * self.height, width * self.width, height * self.height,
            self.begins,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """The cell that a picture belongs to (of a merged range: its first), and whether it is taller than its row."""

    row: int
    column: int
    tall: bool = False


class Plan:
    """A sheet's rows, columns and merged ranges: it tells which cell a rectangle belongs to."""

    def __init__(self, columns: Ruler, rows: Ruler, merges: Iterable[Merge]) -> None:
        self.columns, self.rows, self.merges = columns, rows, tuple(merges)

    def corner(self, corner: Corner) -> tuple[int, int]:
        """Return where a corner lies; it never leaves its cell."""
        right = min(max(corner.right, 0), self.columns.size(corner.column))
        down = min(max(corner.down, 0), self.rows.size(corner.row))
        return self.columns.start(corner.column) + right, self.rows.start(corner.row) + down

    def between(self, begin: Corner, end: Corner) -> Box:
        """Return the rectangle of an anchor to two cells."""
        (left, top), (right, bottom) = self.corner(begin), self.corner(end)
        return Box(left, top, max(0, right - left), max(0, bottom - top), begin)

    def sized(self, begin: Corner, width: int, height: int) -> Box:
        """Return the rectangle of an anchor to one cell."""
        left, top = self.corner(begin)
        return Box(left, top, max(0, width), max(0, height), begin)

    def spot(self, box: Box) -> Spot:
        """Return the cell under the middle of a rectangle; of one too tall for its row, the row in which it begins."""
        column = self.columns.at(box.left + box.width / 2)
        row = self.rows.at(box.top + box.height / 2)
        if box.begins is not None and not box.width:
            column = box.begins.column
        if box.begins is not None and not box.height:
            row = box.begins.row
        merge = self._merge(row, column)
        first, last = (merge.top, merge.bottom) if merge else (row, row)
        tall = box.height > TALL * (self.rows.start(last + 1) - self.rows.start(first)) > 0
        if tall:
            row = self._first_row(box.top)
            merge = self._merge(row, column)
        return Spot(merge.top, merge.left, tall) if merge else Spot(row, column, tall)

    def cell(self, row: int, column: int) -> Spot:
        """Return a cell, the first one of its merged range where it lies in one."""
        merge = self._merge(row, column)
        return Spot(merge.top, merge.left) if merge else Spot(row, column)

    def _first_row(self, top: float) -> int:
        """Return the row in which a tall picture begins; the next one, where it only begins in its lowest quarter."""
        row = self.rows.at(top)
        size = self.rows.size(row)
        if size and top - self.rows.start(row) >= LOWEST_QUARTER * size:
            return self.rows.at(self.rows.start(row + 1))
        return row

    def _merge(self, row: int, column: int) -> Merge | None:
        around = (m for m in self.merges if m.top <= row <= m.bottom and m.left <= column <= m.right)
        return next(around, None)
