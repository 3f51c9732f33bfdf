"""What a worksheet's XML says that the search for evidence needs: sizes, links, formulas that show things, objects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from scoring.evidence.geometry import PIXEL, POINT, Corner
from scoring.evidence.parts import whole
from scoring.files import limits
from scoring.files.formats.spelling import decoded
from scoring.files.refusal import RefusedError

# the address of a cell: B4, $B$4
ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# the functions that show a thing in a cell: =DISPIMG("ID_1",1)
SHOWS = re.compile(r"DISPIMG|HYPERLINK", re.IGNORECASE)
DEFAULT_ROW, DEFAULT_WIDTH, PADDING, EIGHT = 15.0, 8, 5, 8
CORNER = frozenset({"col", "row", "colOff", "rowOff"})


@dataclass(slots=True)
class HyperLink:
    """A hyperlink over a range of cells: a relation id, or the address itself."""

    cells: str
    relation: str
    location: str


@dataclass(slots=True)
class EmbeddedObject:
    """An embedded (or linked) object. ``begin`` and ``end`` are None where its place stands in the old drawing only."""

    shape: str
    relation: str
    program: str
    linked: bool = False
    picture: str = ""
    begin: Corner | None = None
    end: Corner | None = None


@dataclass(slots=True)
class SheetMarks:
    """What was found. Widths are in characters, heights in points, 0 where hidden; cells are counted from 0."""

    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    default_width: float | None = None
    base_width: int = DEFAULT_WIDTH
    default_height: float = DEFAULT_ROW
    rich: dict[tuple[int, int], int] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    links: list[HyperLink] = field(default_factory=list)
    objects: dict[str, EmbeddedObject] = field(default_factory=dict)


def cell_of(text: str) -> tuple[int, int] | None:
    """Return the row and column, from 0, of an address such as ``E7``; None where it is none."""
    match = ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if 0 < row <= limits.ROWS and column <= limits.COLUMNS else None


def pixels_of(width: float, digit: int) -> int:
    """Return a column's width in pixels, given in characters of so many pixels, as Excel rounds it."""
    return int(((256 * width + int(128 / digit)) / 256) * digit)


def column_sizes(marks: SheetMarks, digit: int) -> tuple[int, dict[int, int]]:
    """Return the default width of a sheet's columns, and that of those that differ, in EMU."""
    if marks.default_width is not None:
        default = pixels_of(marks.default_width, digit)
    else:
        default = -(-(marks.base_width * digit + PADDING) // EIGHT) * EIGHT
    return default * PIXEL, {column: pixels_of(width, digit) * PIXEL for column, width in marks.widths.items()}


def row_sizes(marks: SheetMarks) -> tuple[int, dict[int, int]]:
    """Return the default height of a sheet's rows, and that of those that differ, in EMU."""
    return round(marks.default_height * POINT), {row: round(high * POINT) for row, high in marks.heights.items()}


def read_marks(part: bytes) -> SheetMarks:
    """Walk a worksheet. A part that is no sound XML gives what was found up to its fault."""
    walk = _Walk()
    try:
        walk.parser.Parse(decoded(part), True)
    except (expat.ExpatError, RefusedError, LookupError, ValueError):
        return walk.marks
    return walk.marks


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and 0 <= value < limits.ROWS else None


def _is_set(text: str | None) -> bool:
    return text in ("1", "true")


class _Walk:
    """A walk over the elements of a worksheet. A class, because the parser calls back."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self.row = self.column = -1
        self.text: list[str] | None = None
        self.object: EmbeddedObject | None = None
        self.corner: dict[str, int] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.shared: dict[str, str] = {}
        self.formula: dict[str, str] = {}
        self.handlers = {
            "c": self._cell, "row": self._row, "f": self._formula, "col": self._col, "sheetFormatPr": self._format,
            "hyperlink": self._link, "oleObject": self._object, "objectPr": self._picture,
        }  # fmt: skip

    def _doctype(self, *_: object) -> None:
        raise ValueError("a DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self.object is not None and local in CORNER:
            self.text = []
        elif handler := self.handlers.get(local):
            handler({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _cell(self, given: dict[str, str]) -> None:
        at = cell_of(given.get("r", ""))
        self.row, self.column = at or (self.row, self.column + 1)
        if "vm" in given:
            self.marks.rich[self.row, self.column] = whole(given["vm"])

    def _row(self, given: dict[str, str]) -> None:
        number = whole(given.get("r"))
        self.row, self.column = (number - 1 if 0 < number <= limits.ROWS else self.row + 1), -1
        height = _number(given.get("ht"))
        if _is_set(given.get("hidden")):
            self.marks.heights[self.row] = 0
        elif height is not None:
            self.marks.heights[self.row] = height

    def _formula(self, given: dict[str, str]) -> None:
        self.text, self.formula = [], given

    def _col(self, given: dict[str, str]) -> None:
        width = 0 if _is_set(given.get("hidden")) else _number(given.get("width"))
        first, last = whole(given.get("min")), min(whole(given.get("max")), limits.COLUMNS)
        if width is not None:
            self.marks.widths.update(dict.fromkeys(range(max(1, first) - 1, last), width))

    def _format(self, given: dict[str, str]) -> None:
        marks = self.marks
        marks.default_width = _number(given.get("defaultColWidth"))
        marks.base_width = whole(given.get("baseColWidth")) or DEFAULT_WIDTH
        height = _number(given.get("defaultRowHeight"))
        marks.default_height = 0 if _is_set(given.get("zeroHeight")) else height or DEFAULT_ROW

    def _link(self, given: dict[str, str]) -> None:
        if len(self.marks.links) <= limits.THINGS:
            self.marks.links.append(HyperLink(given.get("ref", ""), given.get("id", ""), given.get("location", "")))

    def _object(self, given: dict[str, str]) -> None:
        shape, relation = given.get("shapeId", ""), given.get("id", "")
        self.object = EmbeddedObject(shape, relation, given.get("progId", ""), linked=bool(given.get("link")))

    def _picture(self, given: dict[str, str]) -> None:
        if self.object is not None:
            self.object.picture = given.get("id", "")

    def _data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "f":
            self._end_formula("".join(self.text or ()))
        elif self.object is not None:
            self._end_inside(local, self.object)

    def _end_formula(self, text: str) -> None:
        self.text = None
        if self.formula.get("t") == "shared":
            text = self.shared.setdefault(self.formula.get("si", ""), text) if text else self.shared.get(
                self.formula.get("si", ""), ""
            )  # fmt: skip
        if SHOWS.search(text):
            self.marks.formulas[self.row, self.column] = text

    def _end_inside(self, local: str, held: EmbeddedObject) -> None:
        if local in CORNER and self.text is not None:
            self.corner[local] = whole("".join(self.text))
            self.text = None
        elif local in ("from", "to"):
            corner = _corner(self.corner)
            held.begin, held.end = (corner, held.end) if local == "from" else (held.begin, corner)
            self.corner = {}
        elif local == "oleObject":
            known = self.marks.objects.get(held.shape)
            if known is None or known.begin is None:
                self.marks.objects[held.shape] = held
            self.object = None


def _corner(held: dict[str, int]) -> Corner:
    column = min(max(held.get("col", 0), 0), limits.COLUMNS - 1)
    row = min(max(held.get("row", 0), 0), limits.ROWS - 1)
    return Corner(column, row, held.get("colOff", 0), held.get("rowOff", 0))
