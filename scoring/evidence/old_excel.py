"""Things in an Excel 97–2003 workbook: pictures on its sheets, and hyperlinks; each on the cell it lies on.

Pictures come in two ways: shapes of a drawing with the pictures themselves kept once for the whole workbook, and, from
small programs, an object followed by its bitmap.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import olefile

from scoring.evidence.geometry import PIXEL, POINT, Box, Corner, Plan, Ruler
from scoring.evidence.links import address_thing
from scoring.evidence.parts import HEAD_BYTES, TAIL_BYTES, Blob
from scoring.evidence.pictures import troubles_of
from scoring.evidence.troubles import MISSING, TALL, marked
from scoring.files import limits
from scoring.files.cells import Sheet
from scoring.model.evidence import EvidenceKind, Thing

BOF, EOF, CONTINUE, IMDATA, OBJ = 0x0809, 0x000A, 0x003C, 0x007F, 0x005D
DRAWING_GROUP, DRAWING, HYPERLINK = 0x00EB, 0x00EC, 0x01B8
DEFAULT_HEIGHT, ROW, COLUMN_INFO, DEFAULT_WIDTH = 0x0225, 0x0208, 0x007D, 0x0055
WORKSHEET, GLOBALS = 0x0010, 0x0005
BLIP_STORE_ENTRY, PROPERTIES, CLIENT_ANCHOR, SHAPE = 0xF007, 0xF00B, 0xF010, 0xF004
BLIPS = {
    0xF01A: "emf",
    0xF01B: "wmf",
    0xF01C: "pict",
    0xF01D: "jpg",
    0xF01E: "png",
    0xF01F: "bmp",
    0xF029: "tif",
    0xF02A: "jpg",
}
BITMAP_BLIPS = frozenset({0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A})
PICTURE_NUMBER, CONTAINER = 0x0104, 0xF
URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
TWIP, COLUMN_SHARE, ROW_SHARE = POINT // 20, 1024, 256
DEFAULT_COLUMN, STANDARD_ROW, CHARACTER, OLD_OBJECT = 64 * PIXEL, 255 * TWIP, 7 * PIXEL, 34
DEPTH = 12
OLD_BITMAP_HEADER = b"BM"
STREAM = "Workbook"  # the part that holds all pictures


@dataclass(slots=True)
class _Found:
    """What the records of one sheet say; it is filled while walking."""

    heights: dict[int, int] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    default_height: int = STANDARD_ROW
    default_width: int = DEFAULT_COLUMN
    drawing: bytearray = field(default_factory=bytearray)
    objects: list[tuple[Corner, Corner]] = field(default_factory=list)
    bitmaps: list[bytes] = field(default_factory=list)
    links: list[tuple[tuple[int, int, int, int], str]] = field(default_factory=list)


def old_things(data: bytes, sheets: Sequence[Sheet]) -> Iterator[tuple[int, Thing]]:
    """Yield (sheet's number, thing) for pictures and links of a workbook; what is damaged is passed over."""
    store, by_sheet = _walk(_stream(data))
    pictures = list(_stored_pictures(bytes(store)))
    for sheet, on_sheet in zip(sheets, by_sheet, strict=False):
        for thing in _things(on_sheet, sheet, pictures):
            yield sheet.number, thing


def old_picture(data: bytes, sha: str) -> bytes | None:
    """Return the picture of a workbook that has a hash; None where there is none."""
    store, by_sheet = _walk(_stream(data))
    pictures = [picture for _, picture in _stored_pictures(bytes(store))]
    pictures += [_with_header(bitmap) for sheet in by_sheet for bitmap in sheet.bitmaps]
    return next((picture for picture in pictures if sha256(picture).hexdigest() == sha), None)


def _stream(data: bytes) -> bytes:
    """Return the stream that holds the records, empty where it cannot be read."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as box:
            name = next((n for n in ("Workbook", "Book") if box.exists(n)), "")
            return box.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError):
        return b""


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _walk(stream: bytes) -> tuple[bytearray, list[_Found]]:
    """Return the workbook's picture store and what each worksheet's records say."""
    store, blobs = bytearray(), list[_Found]()
    here: _Found | None = None
    last = 0
    for kind, body in _records(stream):
        if kind == BOF and len(body) >= 4:
            of = struct.unpack_from("<H", body, 2)[0]
            here = _Found() if of == WORKSHEET else None if of == GLOBALS else here
            if of == WORKSHEET and here is not None:
                blobs.append(here)
        elif kind == DRAWING_GROUP or (kind == CONTINUE and last == DRAWING_GROUP):
            store += body
        elif here is not None:
            _note(here, kind, body, last)
        last = last if kind == CONTINUE else kind
    return store, blobs


def _note(here: _Found, kind: int, body: bytes, last: int) -> None:
    """Take in one record of a worksheet; a short one says nothing."""
    try:
        if kind == DRAWING or (kind == CONTINUE and last == DRAWING):
            here.drawing += body
        elif kind == IMDATA:
            here.bitmaps.append(body[8:])
        elif kind == CONTINUE and last == IMDATA and here.bitmaps:
            here.bitmaps[-1] += body
        elif kind == OBJ:
            _note_object(here, body)
        elif kind == HYPERLINK:
            _note_link(here, body)
        else:
            _note_size(here, kind, body)
    except struct.error:
        return


def _note_size(here: _Found, kind: int, body: bytes) -> None:
    if kind == ROW:
        number, _, _, height = struct.unpack_from("<HHHH", body)
        here.heights[number] = 0 if body[12] & 0x20 else (height & 0x7FFF) * TWIP
    elif kind == DEFAULT_HEIGHT:
        here.default_height = struct.unpack_from("<H", body, 2)[0] * TWIP
    elif kind == DEFAULT_WIDTH:
        here.default_width = (struct.unpack_from("<H", body)[0] * 7 + 12) // 8 * 8 * PIXEL
    elif kind == COLUMN_INFO:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
        size = 0 if flags & 1 else width * CHARACTER // 256
        here.widths.update(dict.fromkeys(range(first, min(last, 255) + 1), size))


def _note_object(here: _Found, body: bytes) -> None:
    """Note the anchor of an object in the oldest way: it holds the corners itself, and no sub-record begins it."""
    if len(body) < OLD_OBJECT or struct.unpack_from("<HH", body) == (0x15, 0x12):
        return
    left, right, top, down, to_left, to_right, to_top, to_down = struct.unpack_from("<8H", body, 10)
    here.objects.append((_corner(here, left, right, top, down), _corner(here, to_left, to_right, to_top, to_down)))


def _corner(here: _Found, column: int, right: int, row: int, down: int) -> Corner:
    """Return a corner whose offsets are shares of its cell: 1024ths of the width, 256ths of the height."""
    width, height = here.widths.get(column, here.default_width), here.heights.get(row, here.default_height)
    return Corner(
        min(column, 255), min(row, limits.ROWS - 1), right * width // COLUMN_SHARE, down * height // ROW_SHARE
    )


def _note_link(here: _Found, body: bytes) -> None:
    """Note a hyperlink to an address; one to a place in the workbook has none."""
    cells = struct.unpack_from("<4H", body)
    at = body.find(URL_MONIKER)
    if at >= 0:
        length = struct.unpack_from("<I", body, at + 16)[0]
        text = body[at + 20 : at + 20 + min(length, 4_000)].decode("utf-16-le", "replace")
        here.links.append((cells, text.split("\0")[0]))


# --- drawings
def _elements(data: bytes, depth: int = DEPTH) -> Iterator[tuple[int, int, bytes]]:
    """Yield (kind, instance, body) of the elements of a drawing, containers before what they hold."""
    at = 0
    while at + 8 <= len(data):
        version, kind, length = struct.unpack_from("<HHI", data, at)
        body = data[at + 8 : at + 8 + length]
        yield kind, version >> 4, body
        if version & 0xF == CONTAINER and depth:
            yield from _elements(body, depth - 1)
        at += 8 + length


def _stored_pictures(store: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (ending, bytes) of the workbook's pictures in their order; an empty one stands for what is not kept."""
    for kind, _, body in _elements(store):
        if kind == BLIP_STORE_ENTRY:
            yield next(iter(_blips(body[36:])), ("", b""))


def _blips(data: bytes) -> Iterator[tuple[str, bytes]]:
    for kind, instance, body in _elements(data, 0):
        if kind in BLIPS:
            head = 17 if kind in BITMAP_BLIPS else 50
            yield BLIPS[kind], body[head + (16 if instance & 1 else 0) :]


def _shapes(drawing: bytes) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield (the eight numbers of its anchor, number of its picture from 1) of each shape that shows a picture."""
    for kind, _, body in _elements(drawing):
        if kind != SHAPE:
            continue
        anchor, picture = (), 0
        for inner, count, content in _elements(body, 0):
            if inner == CLIENT_ANCHOR and len(content) >= 18:
                anchor = struct.unpack_from("<8H", content, 2)
            elif inner == PROPERTIES:
                picture = _picture_number(content, count) or picture
        if anchor and picture:
            yield anchor, picture


def _picture_number(properties: bytes, count: int) -> int:
    for number in range(min(count, len(properties) // 6)):
        name, value = struct.unpack_from("<HI", properties, 6 * number)
        if name & 0x3FFF == PICTURE_NUMBER:
            return int(value)
    return 0


# --- things
def _things(here: _Found, sheet: Sheet, pictures: Sequence[tuple[str, bytes]]) -> Iterator[Thing]:
    rows = Ruler(here.default_height, here.heights, limits.ROWS)
    plan = Plan(Ruler(here.default_width, here.widths, limits.COLUMNS), rows, sheet.merges)
    for anchor, number in _shapes(bytes(here.drawing)):
        left, right, top, down, to_left, to_right, to_top, to_down = anchor
        begin, end = _corner(here, left, right, top, down), _corner(here, to_left, to_right, to_top, to_down)
        ending, content = pictures[number - 1] if 0 < number <= len(pictures) else ("", b"")
        yield _picture(plan, plan.between(begin, end), f"图片{number}.{ending or 'png'}", content)
    for number, ((begin, end), content) in enumerate(zip(here.objects, here.bitmaps, strict=False), 1):
        yield _picture(plan, plan.between(begin, end), f"图片{number}.bmp", _with_header(content))
    for (first, last, left, right), address in here.links:
        for row in range(first, min(last, first + limits.THINGS, len(sheet.rows) - 1) + 1):
            for column in range(left, min(right, left + limits.LINKED_COLUMNS) + 1):
                spot = plan.cell(row, column)
                yield from address_thing(address, spot.row, spot.column)


def _with_header(bitmap: bytes) -> bytes:
    """Return a bitmap as a file: the workbook keeps it without the file's own header."""
    if len(bitmap) < 16:
        return bitmap
    size = struct.unpack_from("<I", bitmap)[0]
    return OLD_BITMAP_HEADER + struct.pack("<IHHI", 14 + len(bitmap), 0, 0, 14 + min(size, 200)) + bitmap


def _picture(plan: Plan, box: Box, name: str, data: bytes) -> Thing:
    spot = plan.spot(box)
    thing = Thing(EvidenceKind.PICTURE, name, spot.row, spot.column)
    if not data:
        return marked(thing, MISSING, counts=False)
    blob = Blob(sha256(data).hexdigest(), len(data), data[:HEAD_BYTES], data[-TAIL_BYTES:])
    picture = Thing(thing.kind, name, thing.row, thing.column, blob.sha256, STREAM, troubles_of(blob))
    return marked(picture, TALL) if spot.tall else picture
