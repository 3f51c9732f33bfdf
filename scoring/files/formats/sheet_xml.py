"""A second look at a worksheet's XML, for what a fast reader hides: errors, formulas without result, hidden rows, marks.

Only rare things are looked for, each by one scan of the bytes at the speed of C, so that a large roster costs little.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from scoring.files import limits
from scoring.files.cells import Merge, address, column_letters
from scoring.files.refusal import RefusedError

TAG = rb"(?:[A-Za-z]+:)?"  # a namespace prefix, which is legal and rare
CELL_ADDRESS = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
ROW_NUMBER = re.compile(rb' r="(\d{1,7})"')
IMPOSSIBLE = re.compile(rb' r="(?!(?:[A-Z]{1,3})?\d{1,7}")')
ODDLY_SPELT = re.compile(rb"<(?:c|row)\s[^>]*?(?:\s=|=\s|=')")
ATTRIBUTE = re.compile(rb"""\s+([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
DIMENSION, DIMENSION_BYTES = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z])\d+"'), 4_000
FOREIGN = re.compile(rb":(?:row|c)[\s/>]")  # rows and cells with a prefix
BARE = re.compile(rb'<(?:row|c)(?![^>]*? r=")[\s/>]')
ROW_OR_CELL = re.compile(rb"<((?:[A-Za-z]\w*:)?)(row|c)(?=[\s/>])([^>]*?)(/?)>")
ANY_CELL_OR_ROW = re.compile(rb' r="([A-Z]{0,3})(\d{1,7})"')
FILLED = re.compile(rb'<(?:\w+:)?c(?=[\s>/])[^>]*? r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</)')
FORMULA = b"<f"
EMPTY = re.compile(rb"<c [^>]*/>")
HIDDEN_ROW = re.compile(rb"<" + TAG + rb'row\b[^>]*?\shidden="(?:1|true)"[^>]*>')
CELL = re.compile(rb"<" + TAG + rb"c(?=[\s>/])([^>]*?)(?:/>|>(.*?)</" + TAG + rb"c>)", re.DOTALL)
VALUE = re.compile(rb"<" + TAG + rb"v(?:\s[^>]*)?>([^<]*)</")
MERGE = re.compile(rb"<" + TAG + rb'mergeCell\b[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What calamine does not tell of a sheet; rows and columns are counted from 0."""

    faults: dict[tuple[int, int], str]
    hidden_rows: frozenset[int]
    merges: tuple[Merge, ...]
    doubled: tuple[str, ...]
    struck: frozenset[tuple[int, int]]


def column_number(letters: bytes) -> int:
    """Return the number of a column, counted from 0.

    >>> column_number(b"A"), column_number(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def vetted(part: bytes) -> bytes:
    """Return a sheet whose cells all say their address, after proving that the box they span can be held in memory.

    Nearly every sheet is returned as it came, after one scan. One whose rows or cells come without addresses, which is
    legal, gets them written in, counted as the reader counts them.

    Raises:
        RefusedError: too many cells, an address outside the sheet, or too large a box.
    """
    if _fits_quickly(part):
        return part
    cells = sum(map(part.count, (b"<c ", b"<c>", b"<c/>", b":c ", b":c>", b":c/>")))
    if cells > limits.CELLS:
        raise _too_many(limits.CELLS)
    if _is_foreign(part) or BARE.search(part) or ODDLY_SPELT.search(part):
        if cells > limits.BARE_CELLS:
            raise _too_many(limits.BARE_CELLS)
        part = _numbered(part)
    _check_extent(part)
    return part


def _too_many(limit: int) -> RefusedError:
    return RefusedError("file-too-many-cells", f"{limit // 10_000} 万")


def _fits_quickly(part: bytes) -> bool:
    """Tell by one scan that all cells say their address first, inside the box that the sheet declares.

    The box is rounded up to a number that a short expression can hold; where it lies, the slow way decides.
    """
    last = re.compile(rb"(\d{1,7})").match(part, part.rfind(b'<row r="') + 8)
    declared = DIMENSION.search(part, 0, DIMENSION_BYTES)
    column = declared[1].decode() if declared else "Z"
    digits = last[1].decode() if last else "0"
    first, more = int(digits[0]), len(digits) - 1
    if not first or (first + 1) * 10**more * (ord(column) - 64) > limits.BOX_CELLS:
        return False
    row = rf'[1-{first}]?\d{{1,{more}}}"' if more else rf'[1-{first}]"'
    if re.search(rf'<c(?! r="[A-{column}]{row})[\s/>]'.encode(), part) or _is_single_quoted(part):
        return False
    if b"hidden=" in part and re.search(rf'<row(?! r="{row})[\s/>]'.encode(), part):
        return False  # which rows are hidden is told by their numbers
    return not _is_foreign(part)


def _is_single_quoted(part: bytes) -> bool:
    """Tell whether an attribute may stand in single quotes; looking for one character is far quicker than for two."""
    start = part.find(b"?>", 0, 200) + 1
    first = part.find(b"'", start)
    return first >= 0 and part.find(b"='", max(start, first - 1)) >= 0


def _is_foreign(part: bytes) -> bool:
    """Tell whether rows or cells may have a prefix."""
    return FOREIGN.search(part) is not None


def _numbered(part: bytes) -> bytes:
    """Write the address into every row and cell that has none, and all their attributes in the usual spelling."""
    if b"<!--" in part or b"<![CDATA[" in part:
        raise RefusedError("file-broken")
    row = column = 0

    def number(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        start, kind, attributes, end = match.groups()
        attributes = ATTRIBUTE.sub(_usual, attributes) if attributes else b""
        told = ANY_CELL_OR_ROW.search(attributes) if attributes else None
        if kind == b"row":
            row, column = (int(told[2]) if told else row + 1), 0
            name = b"%d" % row
        else:
            row, column = (int(told[2]), column_number(told[1]) + 1) if told else (row, column + 1)
            name = b"%s%d" % (_letters(column), row)
        if not 0 < row <= limits.ROWS or column > limits.COLUMNS:
            raise RefusedError("file-address-impossible")
        return b"<%s%s%s%s>" % (start, kind, attributes if told else b'%s r="%s"' % (attributes, name), end)

    return ROW_OR_CELL.sub(number, part)


@cache
def _letters(column: int) -> bytes:
    """Name a column, counted from 1, for writing it many times."""
    return column_letters(column - 1).encode() if column else b""


def _usual(attribute: re.Match[bytes]) -> bytes:
    value = attribute[2] if attribute[2] is not None else attribute[3].replace(b'"', b"&quot;")
    return b' %s="%s"' % (attribute[1], value)


def _check_extent(part: bytes) -> None:
    """Refuse a sheet whose filled cells span a box that no honest ledger has: readers keep the whole box in memory."""
    if IMPOSSIBLE.search(part):
        raise RefusedError("file-address-impossible")
    places = CELL_ADDRESS.findall(part)
    if len(places) > limits.CELLS:
        raise _too_many(limits.CELLS)
    if _box(places) > limits.BOX_CELLS and _box(FILLED.findall(part)) > limits.BOX_CELLS:
        raise RefusedError("file-too-wide")


def _box(places: list[tuple[bytes, bytes]]) -> int:
    """Count the cells of the box that spans all places."""
    rows = max((int(row) for _, row in places), default=0)
    columns = max(map(column_number, {letters for letters, _ in places}), default=-1) + 1
    if rows > limits.ROWS or columns > limits.COLUMNS:
        raise RefusedError("file-address-impossible")
    return rows * columns


def look(part: bytes, filled: int, struck_styles: Iterable[int], struck_strings: Iterable[int]) -> SecondLook:
    """Look at one worksheet's XML for everything that is rare and matters.

    ``filled`` is the number of values that came out of reading. Where as many cells were written, each of them has a
    value and stands alone, so that there is neither a fault nor a cell given twice.
    """
    faults: dict[tuple[int, int], str] = {}
    doubled: tuple[str, ...] = ()
    written = part.count(b"<c ")
    if filled != written:
        foreign = _is_foreign(part)
        if b't="e"' in part or FORMULA in part or foreign:
            faults = _faults(part)
        if filled < written - len(EMPTY.findall(part)) or foreign:
            doubled = _doubled(part)
    styles, strings = frozenset(struck_styles), frozenset(struck_strings)
    struck = _struck(part, styles, strings) if styles or strings else frozenset()
    return SecondLook(faults, _hidden_rows(part), _merges(part), doubled, struck)


def _cells(part: bytes, wanted: tuple[bytes, ...]) -> Iterable[tuple[int, int, bytes, bytes]]:
    """Walk the cells that hold one of the wanted pieces; only a sheet whose cells have addresses can be walked."""
    for match in CELL.finditer(part):
        attributes, inner = match[1], match[2] or b""
        if any(piece in attributes or piece in inner for piece in wanted) and (
            where := CELL_ADDRESS.search(attributes)
        ):
            yield int(where[2]) - 1, column_number(where[1]), attributes, inner


def _faults(part: bytes) -> dict[tuple[int, int], str]:
    faults = {}
    for row, column, attributes, inner in _cells(part, (b't="e"', b"<f", b":f")):
        value = VALUE.search(inner)
        if b't="e"' in attributes:
            faults[row, column] = html.unescape(value[1].decode("utf-8", "replace")) if value else "#N/A"
        elif (b"<f" in inner or b":f" in inner) and (value is None or (not value[1] and b't="str"' not in attributes)):
            faults[row, column] = "="
    return faults


def _hidden_rows(part: bytes) -> frozenset[int]:
    if b"hidden=" not in part:
        return frozenset()
    hidden = (ROW_NUMBER.search(match[0]) for match in HIDDEN_ROW.finditer(part))
    return frozenset(int(number[1]) - 1 for number in hidden if number)


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


def _struck(part: bytes, styles: frozenset[int], strings: frozenset[int]) -> frozenset[tuple[int, int]]:
    found = set()
    for row, column, attributes, inner in _cells(part, (b' s="', b't="s"')):
        style = re.search(rb'\ss="(\d+)"', attributes)
        value = VALUE.search(inner) if b't="s"' in attributes else None
        if (style and int(style[1]) in styles) or (value and value[1].isdigit() and int(value[1]) in strings):
            found.add((row, column))
    return frozenset(found)
