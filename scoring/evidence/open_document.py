"""Things in an ``.ods``: pictures and embedded files on its cells or its pages, and links; each on the cell it lies on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from scoring.evidence.cell_pictures import Held
from scoring.evidence.embedded import unpack
from scoring.evidence.geometry import Box, Corner, Plan, Ruler, Spot
from scoring.evidence.links import address_thing, formula_address
from scoring.evidence.parts import Parts, attribute, child, descendants, may_say, resolve, tag, tree_of, whole
from scoring.evidence.troubles import LINKED, OBJECT_MISSING, marked, picture_thing
from scoring.files import limits
from scoring.files.cells import Sheet
from scoring.model.evidence import EvidenceKind, Thing

CONTENT = "content.xml"
# a length with its unit: 2.54cm, -1in
LENGTH = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
UNITS = {"cm": 360_000, "mm": 36_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "px": 9_525}
DEFAULT_COLUMN, DEFAULT_ROW = 812_880, 162_560  # 0.889 in and 12.8 pt, LibreOffice's own
HIDDEN = frozenset({"collapse", "filter"})
CELLS = frozenset({"table-cell", "covered-table-cell"})
SHAPES = frozenset({"frame", "g", "custom-shape", "rect"})
BEARING = (b":frame", b":a ", b":a\t", b":a\n", b":a\r", b"HYPERLINK", b":image", b"hyperlink", b"xmlns=")
MOST_REPEATED = 10_000  # rows alike whose sizes are noted; longer runs are the empty end of a sheet


def document_things(parts: Parts, sheets: Sequence[Sheet]) -> Iterator[tuple[int, Thing]]:
    """Yield (sheet's number, thing) for everything that lies on the sheets of a document."""
    content = parts.read(CONTENT, limits.ODS_BYTES) or b""
    if not may_say(content, BEARING):
        return
    root = tree_of(content)
    tables = descendants(root, "spreadsheet") if root is not None else iter(())
    sizes = _style_sizes(root) if root is not None else {}
    by_name = {sheet.name: sheet for sheet in sheets}
    for table in (t for spreadsheet in tables for t in spreadsheet if tag(t) == "table"):
        sheet = by_name.get(attribute(table, "name"))
        if sheet is not None:
            for thing in _Table(parts, table, sheet, sizes).things():
                yield sheet.number, thing


def length(text: str) -> int:
    """Return a length in EMU; 0 where it is none.

    >>> length("2.54cm"), length("1in")
    (914400, 914400)
    """
    match = LENGTH.fullmatch(text.strip())
    return round(float(match[1]) * UNITS[match[2]]) if match else 0


def _style_sizes(root: Element) -> dict[str, int]:
    """Return a style's name -> the width of its column or the height of its row."""
    sizes = {}
    for style in descendants(root, "style"):
        for part in style:
            size = attribute(part, "column-width") or attribute(part, "row-height")
            if size:
                sizes[attribute(style, "name")] = length(size)
    return sizes


def _repeated(element: Element, name: str, most: int) -> int:
    return min(max(1, whole(attribute(element, name) or "1")), most)


class _Table:
    """The search of one table. A class, because its rows are walked once for sizes and once for things."""

    def __init__(self, parts: Parts, table: Element, sheet: Sheet, sizes: dict[str, int]) -> None:
        self.parts, self.table, self.sheet, self.sizes = parts, table, sheet, sizes
        self.rows = list(self._rows())
        self.plan = Plan(
            Ruler(DEFAULT_COLUMN, self._column_sizes(), limits.COLUMNS),
            Ruler(DEFAULT_ROW, self._row_sizes(), limits.ROWS),
            sheet.merges,
        )

    def _rows(self) -> Iterator[tuple[int, Element]]:
        """Yield each row element with the number of its first row."""
        number = 0
        for row in (e for e in self.table.iter() if tag(e) == "table-row"):
            yield number, row
            number += _repeated(row, "number-rows-repeated", limits.ROWS)

    def _column_sizes(self) -> dict[int, int]:
        sizes, number = {}, 0
        for column in (e for e in self.table.iter() if tag(e) == "table-column"):
            repeated = _repeated(column, "number-columns-repeated", limits.COLUMNS)
            size = self._size(column, DEFAULT_COLUMN)
            sizes.update(dict.fromkeys(range(number, min(number + repeated, limits.COLUMNS)), size))
            number += repeated
        return sizes

    def _row_sizes(self) -> dict[int, int]:
        sizes: dict[int, int] = {}
        for number, row in self.rows:
            repeated = _repeated(row, "number-rows-repeated", limits.ROWS)
            if repeated <= MOST_REPEATED and number < limits.ROWS:
                sizes.update(dict.fromkeys(range(number, number + repeated), self._size(row, DEFAULT_ROW)))
        return sizes

    def _size(self, element: Element, default: int) -> int:
        if attribute(element, "visibility") in HIDDEN:
            return 0
        return self.sizes.get(attribute(element, "style-name"), default)

    def things(self) -> Iterator[Thing]:
        """Yield what lies on the table: shapes of its page, then cell by cell."""
        page = child(self.table, "shapes")
        yield from self._shapes(page, None) if page is not None else ()
        for number, row in self.rows:
            column = 0
            for cell in (e for e in row if tag(e) in CELLS):
                yield from self._cell(cell, number, column)
                column += _repeated(cell, "number-columns-repeated", limits.COLUMNS)

    def _cell(self, cell: Element, row: int, column: int) -> Iterator[Thing]:
        yield from self._shapes(cell, Corner(column, row))
        spot = self.plan.cell(row, column)
        addresses = [attribute(link, "href") for link in descendants(cell, "a")]
        formula = formula_address(attribute(cell, "formula"))
        for address in dict.fromkeys(filter(None, (*addresses, formula))):
            yield from address_thing(_own_address(address), spot.row, spot.column)

    def _shapes(self, holder: Element, begins: Corner | None, depth: int = limits.GROUP_DEPTH) -> Iterator[Thing]:
        for shape in (e for e in holder if tag(e) in SHAPES):
            if tag(shape) == "g":
                yield from self._shapes(shape, begins, depth - 1) if depth else ()
            elif tag(shape) == "frame":
                yield from self._frame(shape, self.plan.spot(self._box(shape, begins)))

    def _box(self, shape: Element, begins: Corner | None) -> Box:
        """Return a shape's rectangle; on a cell it is told from the cell's corner."""
        left, top, width, high = (length(attribute(shape, name)) for name in ("x", "y", "width", "height"))
        at = self.plan.corner(begins) if begins else (0, 0)
        return Box(at[0] + left, at[1] + top, max(0, width), max(0, high), begins)

    def _frame(self, frame: Element, spot: Spot) -> Iterator[Thing]:
        """Yield what a frame shows: an embedded file, else its picture (of several ways to show it, the first kept)."""
        objects = [attribute(e, "href") for e in frame if tag(e) in ("object-ole", "object")]
        for address in objects:
            thing = self._object(address, spot)
            if thing is not None:
                yield thing
        if not objects:
            images = [self._held(attribute(e, "href")) for e in frame if tag(e) == "image"]
            kept = next((image for image in images if image.part and self.parts.holds(image.part)), None)
            if images:
                yield picture_thing(self.parts, kept or images[0], spot)

    def _held(self, address: str) -> Held:
        # an address outside the package: https://a.cn, /root, ../公示.png
        if re.match(r"[a-zA-Z][\w+.-]+:|/|\.\./", address):
            return Held("", address)
        return Held(resolve("", unquote(address)))

    def _object(self, address: str, spot: Spot) -> Thing | None:
        """Return an embedded file; None for what LibreOffice keeps as a folder of its own (a chart, a formula)."""
        content = self._held(address)
        name = content.part.rpartition("/")[2] or address
        thing = Thing(EvidenceKind.ATTACHMENT, name, spot.row, spot.column, part=content.part)
        if not content.part:
            return marked(thing, LINKED, address, counts=False)
        if not self.parts.holds(content.part):
            inside = any(part.startswith(f"{content.part}/".casefold()) for part in self.parts.names)
            return None if inside else marked(thing, OBJECT_MISSING, counts=False)
        blob = self.parts.blob(content.part)
        if blob is None:
            return marked(thing, OBJECT_MISSING, counts=False)
        inner = unpack(self.parts.read(content.part, limits.EMBEDDED_BYTES) or b"")
        return replace(thing, name=(inner.name if inner else "") or name, sha256=inner.sha256 if inner else blob.sha256)


def _own_address(address: str) -> str:
    """Return an address as it was meant: LibreOffice writes files beside the document as seen from inside it."""
    return unquote(address.removeprefix("../")) if address.startswith("../") else address
