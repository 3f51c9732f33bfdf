"""A workbook as cells with addresses: what the reader hands to the parser, whatever file it came from."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import overload

from scoring.model.evidence import CellRef, Thing
from scoring.problems import Problem

COMMENT, STRUCK = "批注", "删除线"  # what a person left on a cell


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)  # no slots: the rows are made once, when they are asked for
class ColumnRows(Sequence[Sequence[object]]):
    """Rows that are held as columns: the values of each, or its distinct values and for each row the place of its own.

    ``filled`` counts the cells that are not empty, ``written`` the cells that the file holds, empty ones included.
    ``around`` is the sheet's XML without its rows, in our spelling; in the rows there is nothing but values.
    """

    height: int
    columns: tuple[tuple[Sequence[object], array[int] | None], ...]
    filled: int
    written: int
    around: bytes = b""

    @cached_property
    def _rows(self) -> list[list[object]]:
        columns = [v if codes is None else map(v.__getitem__, codes) for v, codes in self.columns]
        return list(map(list, zip(*columns, strict=True)))

    def __len__(self) -> int:
        return self.height

    @overload
    def __getitem__(self, place: int) -> list[object]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[object]]: ...
    def __getitem__(self, place: int | slice) -> list[object] | list[list[object]]:
        return self._rows[place]

    def as_lists(self) -> list[list[object]]:
        """Return the rows themselves, to be changed."""
        return self._rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. ``rows[r][c]`` is the stored value of row r, column c, both from 0; ``""`` is an empty cell.

    Values are str, float, int, bool, date, datetime, time or timedelta. Rows may differ in length. ``faults`` maps
    (row, column) to an error value (``#N/A``) or to ``=`` for a formula without a stored result. ``marked`` maps
    (row, column) to what a person left on the cell ("批注", "删除线"). ``hidden_rows`` and ``hidden_columns`` are numbers from 0.
    ``things`` maps (row, column) to the pictures, embedded files and links on the cell (of a merged range: its first).
    """

    name: str
    number: int
    rows: Sequence[Sequence[object]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    marked: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    things: Mapping[tuple[int, int], tuple[Thing, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be read. ``problems`` are those of the file as a file (macros, external links …)."""

    name: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    date1904: bool = False


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str | bytes) -> int:
    """Return the number of a column, counted from 0.

    >>> column_number("A"), column_number(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        number = number * 26 + letter - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Name a cell, row and column counted from 0.

    >>> address(6, 4)
    'E7'
    """
    return f"{column_letters(column)}{row + 1}"


def place(workbook: str, sheet: Sheet, row: int, column: int) -> CellRef:
    """Return the reference of a sheet's cell, row and column counted from 0."""
    return CellRef(workbook, sheet.name, address(row, column))
