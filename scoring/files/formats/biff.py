"""Vet an Excel 97–2003 workbook (``.xls``, WPS ``.et``) record by record before a library sees it.

A malformed one can kill the reading process, so its sector chains and its records are walked here first; on the way the
things that calamine does not tell are noted: error values, hidden rows and sheets, comments, the date system.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scoring.files import limits
from scoring.files.formats.biff_text import Fonts, RichText, rich_texts
from scoring.files.formats.rich_text import PLAIN, Look, Shown
from scoring.files.naming import name_of_ole, stranger
from scoring.files.refusal import RefusedError

HEAD, MINI_SECTOR, MINI_CUTOFF = 512, 64, 4096
LARGE = 12
SECTORS = {9: 512, LARGE: 4096}  # bytes of a sector, by what the head says
WORKSHEET = 0x0010  # what a part of the workbook can be
ENTRY, STORAGE, STREAM = 128, 1, 2  # an entry of the directory, and what it can be
ROOT_START = 116  # where an entry of the directory tells its first sector
LAST_SECTOR = 0xFFFFFFFA  # numbers above it are marks: free, end of chain, the table's own sectors
STREAM_NAMES = ("Workbook", "Book")
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
BOF, EOF, BOUNDSHEET, FILEPASS, DATE1904 = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
COLUMN_INFO = 0x007D
DIMENSIONS, ROW, NOTE, BOOLERR, FORMULA, EXTERNAL_BOOK = 0x0200, 0x0208, 0x001C, 0x0205, 0x0006, 0x01AE
FONT, XF, CONTINUE, SHARED_TEXT = 0x0031, 0x00E0, 0x003C, 0x00FD
SST, MULRK, BLANKS, COLUMNS = 0x00FC, 0x00BD, frozenset({0x0201, 0x00BE}), 256
TEXT_BYTES = 3  # of the shortest shared text
CELL_RECORDS = frozenset({0x0201, 0x0203, 0x0204, BOOLERR, 0x027E, 0x00FD, 0x00D6, FORMULA, 0x00BD, 0x00BE})


@dataclass(slots=True)
class BiffSheet:
    """What the records of one worksheet say; rows and columns are counted from 0. It is filled while walking."""

    hidden: bool
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: set[tuple[int, int]] = field(default_factory=set)
    seen: dict[tuple[int, int], Shown | Look] = field(default_factory=dict)
    height: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class BiffBook:
    """What the records of the whole workbook say."""

    sheets: tuple[BiffSheet, ...]
    date1904: bool
    has_macros: bool
    has_external_links: bool


def book_stream(data: bytes) -> tuple[bytes, bool]:
    """Return the stream that holds the workbook, and whether there are macros beside it.

    Raises:
        RefusedError: encrypted, broken, or no workbook.
    """
    try:
        streams = dict(_streams(data))
    except (struct.error, IndexError) as error:
        raise RefusedError("file-broken") from error
    names = {name.casefold() for name in streams}
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise RefusedError("file-encrypted")
    start = next((streams[name] for name in STREAM_NAMES if name in streams), None)
    if start is None:
        raise stranger(name_of_ole(names))
    return start, any("vba" in name for name in names)


def read_biff(stream: bytes, *, macros: bool) -> BiffBook:
    """Walk the stream of a workbook.

    Raises:
        RefusedError: encrypted, broken, or larger than any honest ledger.
    """
    walk = _Walk(len(stream))
    for kind, body in records(stream):
        walk.meet(kind, body)
    if not walk.listed or not walk.sheets:
        raise RefusedError("file-no-sheet")
    return BiffBook(tuple(walk.sheets), walk.date1904, macros, walk.external)


def with_small_streams(data: bytes) -> bytes:
    """Return a vetted file so that calamine opens it: of large sectors, it wants to be told of small streams, if none.

    The root then names the directory as their place, and still says that they are 0 bytes long.
    """
    directory = struct.unpack_from("<I", data, 48)[0]
    root = (directory + 1) * SECTORS[LARGE] + ROOT_START
    if struct.unpack_from("<H", data, 30)[0] != LARGE or struct.unpack_from("<I", data, root)[0] <= LAST_SECTOR:
        return data
    return data[:root] + struct.pack("<I", directory) + data[root + 4 :]


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every stream; those that are not needed come without content."""
    sector = SECTORS.get(struct.unpack_from("<H", data, 30)[0], 0) if len(data) >= HEAD else 0
    if not sector:
        raise RefusedError("file-broken")
    table = _sector_table(data, sector)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], size=sector)
    small = _SmallStreams(data, table, directory, sector)
    for at in range(0, len(directory) - 127, ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if not length or kind not in (STORAGE, STREAM):
            continue
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        if name not in STREAM_NAMES or kind != STREAM:
            yield name, b""
        elif size < MINI_CUTOFF:
            yield name, small.read(start)[:size]
        else:
            yield name, _chain(data, table, start, size=sector)[:size]


class _SmallStreams:
    """Streams under 4,096 bytes: they share one stream of the root, cut into pieces of 64 bytes with a table of its own."""

    def __init__(self, data: bytes, table: list[int], directory: bytes, sector: int) -> None:
        self._data, self._table, self._directory, self._sector = data, table, directory, sector

    def read(self, start: int) -> bytes:
        """Return the pieces that follow each other from a start."""
        (first,) = struct.unpack_from("<I", self._data, 60)
        told = _chain(self._data, self._table, first, size=self._sector)
        small_table = list(struct.unpack_from(f"<{len(told) // 4}I", told))
        (root,) = struct.unpack_from("<I", self._directory, 116)
        shared = _chain(self._data, self._table, root, size=self._sector)
        return _chain(shared, small_table, start, size=MINI_SECTOR, first=0)


def _sector_table(data: bytes, size: int) -> list[int]:
    """Return for each sector of ``size`` bytes the one that follows it."""
    entries = size // 4
    count, _, _, _, _, _, more, more_count = struct.unpack_from("<IIIIIIII", data, 44)
    places = [place for place in struct.unpack_from("<109I", data, 76) if place <= LAST_SECTOR]
    for _ in range(min(more_count, len(data) // size)):
        *further, more = struct.unpack_from(f"<{entries}I", data, (more + 1) * size)
        places += [place for place in further if place <= LAST_SECTOR]
    table: list[int] = []
    for place in places[:count]:
        table += struct.unpack_from(f"<{entries}I", data, (place + 1) * size)
    return table


def _chain(data: bytes, table: list[int], sector: int, *, size: int, first: int = 1) -> bytes:
    """Follow a chain of sectors of ``size`` bytes; ``first`` of them (the file's head) are not counted.

    Raises:
        RefusedError: it runs in a circle or out of the file.
    """
    pieces, seen = [], 0
    while sector <= LAST_SECTOR:
        seen += 1
        if sector >= len(table) or seen > len(table):
            raise RefusedError("file-broken")
        pieces.append(data[(sector + first) * size : (sector + first + 1) * size])
        sector = table[sector]
    return b"".join(pieces)


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of each record, from some place on.

    Raises:
        RefusedError: one runs out of the stream.
    """
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise RefusedError("file-broken")
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if not kind and not length:
            return  # the padding after the last record


class _Walk:
    """What was met so far. A class, because the records come one by one: first the workbook's own, then each sheet's."""

    def __init__(self, size: int) -> None:
        self.listed: list[bool] = []
        self.sheets: list[BiffSheet] = []
        self.date1904 = self.external = False
        self._size = size
        self._fonts, self._texts = Fonts(), list[bytes]()
        self._rich: dict[int, RichText] | None = None

    def meet(self, kind: int, body: bytes) -> None:
        """Take in a record.

        Raises:
            RefusedError: the workbook is encrypted, or says what no program writes.
        """
        if kind == FILEPASS:
            raise RefusedError("file-encrypted")
        if kind == BOF and len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] == WORKSHEET:
            self.sheets.append(BiffSheet(hidden=self.listed[len(self.sheets) : len(self.sheets) + 1] == [True]))
        elif kind == EXTERNAL_BOOK:
            self.external = self.external or len(body) > 4
        elif self.sheets:
            _note(self.sheets[-1], kind, body)
            if self._fonts.are_special:
                self._rich = rich_texts(self._texts) if self._rich is None else self._rich
                _note_seen(self.sheets[-1], kind, body, self._fonts, self._rich)
        else:
            self._learn(kind, body)

    def _learn(self, kind: int, body: bytes) -> None:
        """Take in what is said of the whole workbook."""
        if kind == BOUNDSHEET and len(body) >= 6 and body[5] == 0:
            self.listed.append(bool(body[4] & 3))
        elif kind == SST:
            if len(body) < 8 or struct.unpack_from("<I", body, 4)[0] * TEXT_BYTES > self._size:
                raise RefusedError("file-broken")
            self._texts.append(body)
        elif kind == CONTINUE and self._texts:
            self._texts.append(body)
        elif kind == DATE1904:
            self.date1904 = body[:1] == b"\x01"
        elif kind == FONT:
            self._fonts.learn_font(body)
        elif kind == XF:
            self._fonts.learn_format(body)


def _note(sheet: BiffSheet, kind: int, body: bytes) -> None:
    if kind == DIMENSIONS and len(body) >= 10:
        first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)  # 10 bytes: BIFF5
        if (last - min(first, last)) * max(1, right - min(left, right)) > limits.BOX_CELLS:
            raise RefusedError("file-too-wide")
    elif kind in CELL_RECORDS:
        if len(body) < 6:
            raise RefusedError("file-broken")
        row, column = struct.unpack_from("<HH", body)
        if kind not in BLANKS:
            _widen(sheet, row, struct.unpack_from("<H", body, len(body) - 2)[0] if kind == MULRK else column)
        if kind == BOOLERR and len(body) >= 8 and body[7]:
            sheet.faults[row, column] = ERRORS.get(body[6], "#N/A")
        elif kind == FORMULA:
            _note_formula(sheet, row, column, body)
    else:
        _note_aside(sheet, kind, body)


def _note_aside(sheet: BiffSheet, kind: int, body: bytes) -> None:
    """Note what is hidden, and comments."""
    if kind == ROW and len(body) >= 16 and body[12] & 0x20:
        sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == COLUMN_INFO and len(body) >= 10:
        first, last, width, _, options = struct.unpack_from("<HHHHH", body)
        if options & 1 or not width:
            sheet.hidden_columns |= set(range(first, min(last + 1, COLUMNS)))
    elif kind == NOTE and len(body) >= 4:
        sheet.comments.add(struct.unpack_from("<HH", body))


def _widen(sheet: BiffSheet, row: int, column: int) -> None:
    """Let the box that the filled cells span reach a cell: the reader keeps the whole box in memory."""
    if column >= COLUMNS:
        raise RefusedError("file-address-impossible")
    sheet.height, sheet.width = max(sheet.height, row + 1), max(sheet.width, column + 1)
    if sheet.height * sheet.width > limits.BOX_CELLS:
        raise RefusedError("file-too-wide")


def _note_formula(sheet: BiffSheet, row: int, column: int, body: bytes) -> None:
    """Note an error result: eight bytes, of which the last two are FFFF and the first says that it is an error."""
    if len(body) < 20:
        raise RefusedError("file-broken")
    if body[12:14] == b"\xff\xff" and body[6] == 2:
        sheet.faults[row, column] = ERRORS.get(body[8], "#N/A")


def _note_seen(sheet: BiffSheet, kind: int, body: bytes, fonts: Fonts, rich: Mapping[int, RichText]) -> None:
    """Note how the filled cells of a record are seen, where that is not as they are stored."""
    if kind not in CELL_RECORDS or kind in BLANKS or len(body) < 6:
        return
    row, column = struct.unpack_from("<HH", body)
    ends = range(4, len(body) - 5, 6) if kind == MULRK else (4,)
    for number, at in enumerate(ends):
        look = fonts.look(struct.unpack_from("<H", body, at)[0])
        text = rich.get(struct.unpack_from("<I", body, 6)[0]) if kind == SHARED_TEXT and len(body) >= 10 else None
        if text is not None:
            sheet.seen[row, column + number] = text.seen(fonts, look)
        elif look != PLAIN:
            sheet.seen[row, column + number] = look
