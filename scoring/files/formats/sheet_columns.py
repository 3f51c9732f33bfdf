"""Read large worksheets by columns: whole arrays of cells at once, each distinct value understood once.

What a value means (numbers, days by their format, truth values) is still for calamine to say: it gets a small sheet that
holds every distinct cell once. Sheets that hold more than usual (texts in cells, formulas, columns beyond Z, cells out of
order) are none of ours: ``columns_of`` returns None, and the whole workbook goes to calamine.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.files.cells import ColumnRows
from scoring.files.formats.xlsx_strings import plain_texts
from scoring.files.refusal import RefusedError

CHUNK = 2_000_000  # bytes of a sheet that are taken at once: they stay in the processor's cache
WORDS = 3  # of eight bytes, that an attribute or a value may have
SUFFIXES = 64  # kinds of attributes that the cells of a workbook may have beside the address
ROW_TEXT, CELL_LETTER, CELL_NUMBER = len('<row r="'), len('<c r="'), len('<c r="A')
OPEN, CLOSE, QUOTE, SLASH, V, C, R = b'<>"/vcr'
MASK = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)
ZEROS = np.uint64(0x3030303030303030)
DIGITS = 8  # of a number that is read as an array
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
TYPE, SHARED_TYPE, PICTURE = b" t=", b' t="s"', b" vm="
OTHER, SHARED, NUMBER = range(3)  # what the number of a value counts: distinct cells, shared texts; or is the value
Array = npt.NDArray[Any]
Meanings = Callable[[Sequence[tuple[bytes, bytes]], Sequence[bytes]], tuple[list[object], list[object]]]


class UnusualError(Exception):
    """A sheet that is not to be read by columns."""


class Distinct:
    """Every distinct cell of a workbook that refers to no shared text: its attributes and its stored value.

    Cells whose format shows plain numbers are not among them: what they hold is the number as it is written.
    """

    def __init__(self, meanings: Meanings) -> None:
        self.number: dict[tuple[bytes, bytes], int] = {}
        self.suffixes: dict[bytes, int] = {}
        self.kinds: dict[int, int] = {}
        self._meanings = meanings

    def of(self, suffix: bytes, text: bytes) -> int:
        """Return the number of a cell's look and value."""
        return self.number.setdefault((suffix, text), len(self.number))

    def suffix(self, text: bytes) -> int:
        """Return the number of a cell's attributes."""
        number = self.suffixes.setdefault(text, len(self.suffixes))
        if number not in self.kinds:
            _require(number < SUFFIXES and PICTURE not in text)
            self.kinds[number] = SHARED if SHARED_TYPE in text else NUMBER if self._is_number(text) else OTHER
        return number

    def _is_number(self, suffix: bytes) -> bool:
        if TYPE in suffix.replace(b' t="n"', b""):
            return False
        values, _ = self._meanings([(suffix, b"1"), (suffix, b"45000")], [])
        return values == [1.0, 45000.0] and all(value.__class__ is float for value in values)


def columns_of(parts: Sequence[bytes], strings: bytes, meanings: Meanings) -> list[ColumnRows] | None:
    """Return the rows of each sheet, which stand in our spelling; None where one of them is unusual.

    ``meanings`` tells what distinct cells mean, and what shared texts say that are written in an unusual way.
    """
    distinct = Distinct(meanings)
    try:
        scanned = [_scanned(part, distinct) for part in parts]
        told = plain_texts(strings)
        values, odd = meanings(list(distinct.number), list(told.odd.values()))
        if any(value == "" or (isinstance(value, float) and not isfinite(value)) for value in values):
            return None
        texts: list[object] = [*told.texts]
        for place, text in zip(told.odd, odd, strict=True):
            texts[place] = text
        return _columns(scanned, texts, values)
    except (UnusualError, RefusedError):
        return None


class Scan:
    """The cells of a sheet that hold a value, in order: where each stands, and the number of its value.

    ``kinds`` tells of what that is the number; ``written`` counts all cells, ``around`` is the XML without the rows.
    """

    def __init__(self, pieces: Sequence[tuple[Array, Array, Array, Array]], written: int, around: bytes) -> None:
        none = np.zeros(0, np.int64)
        self.rows, self.columns, self.codes, self.kinds = (
            np.concatenate([none, *column]) for column in zip(*pieces, strict=True)
        )
        self.written, self.around = written, around


def _scanned(part: bytes, distinct: Distinct) -> Scan:
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if start < 0 or end < start:
        raise UnusualError
    pieces, written, at = [], 0, start + len(b"<sheetData>")
    while at < end:
        until = part.find(b"<row ", at + CHUNK, end)
        until = until if until >= 0 else end
        piece, cells = _piece(part, at, until, distinct)
        pieces.append(piece)
        written += cells
        at = until
    scan = Scan(pieces, written, part[:start] + part[end:]) if pieces else None
    if scan is None or not len(scan.rows) or (np.diff(scan.rows * 26 + scan.columns) <= 0).any():
        raise UnusualError
    return scan


def _require(found: object) -> None:
    if not found:
        raise UnusualError


def _piece(part: bytes, at: int, until: int, distinct: Distinct) -> tuple[tuple[Array, Array, Array, Array], int]:
    """Read some whole rows: (rows, columns, numbers of values, of what they are), and count their cells."""
    piece, size = np.frombuffer(part, np.uint8, -1, at), until - at
    opens, closes = np.flatnonzero(piece[:size] == OPEN), np.flatnonzero(piece[:size] == CLOSE)
    _require(len(opens) == len(closes) and (closes > opens).all() and (opens[1:] > closes[:-1]).all())
    kind = piece[opens + 1]
    values, rows, cells = np.flatnonzero(kind == V), np.flatnonzero(kind == R), np.flatnonzero(kind == C)
    _require(len(values) + len(rows) + len(cells) + np.count_nonzero(kind == SLASH) == len(kind))
    _require(np.array_equal(cells[piece[closes[cells] - 1] != SLASH], values - 1))
    _require((closes[values] - opens[values] == len("<v")).all() and (kind[values + 1] == SLASH).all())
    words = np.ndarray((len(part) - 8 * WORDS,), "<u8", part, 0, (1,))
    numbers, row_words, lengths = _row_numbers(piece, opens[rows] + ROW_TEXT, words[at:])
    within = np.searchsorted(rows, values) - 1
    starts, length = opens[values - 1], lengths[within]
    letters, ends = piece[starts + CELL_LETTER], starts + CELL_NUMBER + length
    _require(((letters >= ord("A")) & (letters <= ord("Z")) & (piece[ends] == QUOTE)).all())
    _require(((words[at:][starts + CELL_NUMBER] & MASK[length]) == row_words[within]).all())
    suffixes, names = _suffixes(part, words[at:], at, ends + 1, closes[values - 1], distinct)
    codes, kinds = _codes(part, words[at:], at, closes[values] + 1, opens[values + 1], (suffixes, names), distinct)
    return (numbers[within], letters.astype(np.int64) - ord("A"), codes, kinds), len(cells)


def _row_numbers(piece: Array, starts: Array, words: Array) -> tuple[Array, Array, Array]:
    """Return the numbers of rows, from 0; as they are written; and how many digits they have."""
    lengths = (piece[starts[:, None] + np.arange(DIGITS)] == QUOTE).argmax(axis=1)
    written = words[starts] & MASK[lengths]
    numbers, known = _numbers(written, lengths)
    _require(known.all())
    return numbers - 1, written, lengths


def _numbers(written: Array, lengths: Array) -> tuple[Array, Array]:
    """Read up to eight digits each; what is anything else is told by False."""
    lengths = np.clip(lengths, 0, DIGITS)
    empty = DIGITS - lengths
    digits = (written << (8 * np.minimum(empty, DIGITS - 1)).astype(np.uint64)) | (ZEROS & MASK[empty])
    high, carried = np.uint64(0xF0F0F0F0F0F0F0F0), digits + np.uint64(0x0606060606060606)
    known = (lengths > 0) & ((digits & high) == ZEROS) & ((carried & high) == ZEROS)
    digits = ((digits & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561)) >> np.uint64(8)
    digits = ((digits & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    digits = ((digits & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return digits.astype(np.int64), known


def _suffixes(
    part: bytes, words: Array, at: int, starts: Array, ends: Array, distinct: Distinct
) -> tuple[Array, dict[int, bytes]]:
    """Return which attributes each cell has beside its address, by number, and those that occur."""
    lengths = ends - starts
    _require(((lengths >= 0) & (lengths <= 8 * WORDS)).all())
    taken = [words[starts + 8 * n] & MASK[np.clip(lengths - 8 * n, 0, 8)] for n in range(WORDS)]
    mixed = taken[0] * MIX[0] ^ taken[1] * MIX[1] ^ taken[2] * MIX[2]
    suffixes, names = np.full(len(starts), -1, np.int64), dict[int, bytes]()
    left = np.arange(len(starts))
    while len(left):
        one = left[0]
        same = left[mixed[left] == mixed[one]]
        _require(all((word[same] == word[one]).all() for word in taken))
        text = part[at + starts[one] : at + ends[one]]
        number = distinct.suffix(text)
        names[number] = text
        suffixes[same] = number
        left = left[mixed[left] != mixed[one]]
    return suffixes, names


def _codes(
    part: bytes,
    words: Array,
    at: int,
    starts: Array,
    ends: Array,
    suffixed: tuple[Array, dict[int, bytes]],
    distinct: Distinct,
) -> tuple[Array, Array]:
    """Return each cell's value by its number, and of what it is the number."""
    suffixes, names = suffixed
    lengths = ends - starts
    numbers, known = _numbers(words[starts] & MASK[np.clip(lengths, 0, 8)], lengths)
    known &= lengths <= DIGITS
    kind_of = np.zeros(len(distinct.suffixes), np.int64)
    for number in names:
        kind_of[number] = distinct.kinds[number]
    kinds = kind_of[suffixes]
    _require(known[kinds == SHARED].all())
    kinds[~known] = OTHER
    codes = numbers.copy()
    few = np.flatnonzero(known & (kinds == OTHER))
    keys, which = np.unique((suffixes[few] * 16 + lengths[few]) * 10**DIGITS + numbers[few], return_inverse=True)
    told = [
        distinct.of(names[rest // 16], b"%0*d" % (rest % 16, number))
        for rest, number in (divmod(key, 10**DIGITS) for key in keys.tolist())
    ]
    codes[few] = np.array(told, np.int64)[which] if told else 0
    for n in np.flatnonzero(~known).tolist():
        codes[n] = distinct.of(names[int(suffixes[n])], part[at + starts[n] : at + ends[n]])
    return codes, kinds


def _columns(scans: Sequence[Scan], texts: Sequence[object], values: Sequence[object]) -> list[ColumnRows]:
    """Put values to the cells of all sheets, out of one table: a workbook of many sheets has its texts only once."""
    of_numbers = [scan.kinds == NUMBER for scan in scans]
    written = [scan.codes[number] for scan, number in zip(scans, of_numbers, strict=True)]
    numbers, which = np.unique(np.concatenate(written), return_inverse=True)
    table: list[object] = ["", *texts, *values, *numbers.astype(float).tolist()]
    empty = [place for place, value in enumerate(table) if value == ""]
    places = np.split(which + 1 + len(texts) + len(values), np.cumsum([len(one) for one in written])[:-1])
    columns = []
    for scan, number, at in zip(scans, of_numbers, places, strict=True):
        shared = scan.kinds == SHARED
        _require((scan.codes[shared] < len(texts)).all())
        codes = scan.codes + 1 + np.where(shared, 0, len(texts))
        codes[number] = at
        columns.append(_sheet_columns(scan, codes, table, empty))
    return columns


def _sheet_columns(scan: Scan, codes: Array, table: Sequence[object], empty: Sequence[int]) -> ColumnRows:
    """Return a sheet's whole columns, each with its distinct values once where they repeat."""
    height, width = int(scan.rows[-1]) + 1, int(scan.columns.max()) + 1
    grid = np.zeros((width, height), np.int64)
    grid[scan.columns, scan.rows] = codes
    counts = np.bincount(codes, minlength=len(table))
    filled = int(counts.sum() - counts[empty].sum())
    return ColumnRows(height, tuple(_column(column, table) for column in grid), filled, scan.written, scan.around)


def _column(column: Array, table: Sequence[object]) -> tuple[Sequence[object], array[int] | None]:
    used = np.zeros(len(table), bool)
    used[column] = True
    places = np.flatnonzero(used)
    if 2 * len(places) > len(column):
        return list(map(table.__getitem__, column.tolist())), None
    again = np.zeros(len(table), np.uint32)
    again[places] = np.arange(len(places), dtype=np.uint32)
    return list(map(table.__getitem__, places.tolist())), array("I", again[column].tobytes())
