"""Vet an OpenDocument spreadsheet: how far its repeated cells would grow, and what calamine does not tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from scoring.files import limits
from scoring.files.cells import Merge
from scoring.files.formats.document_styles import look_of, named_looks
from scoring.files.formats.plain_spelling import plain_document
from scoring.files.formats.rich_text import PLAIN, Look, Shown
from scoring.files.formats.seen_text import SeenText
from scoring.files.formats.spelling import OPEN_DOCUMENT, rewritten
from scoring.files.gate import Package
from scoring.files.refusal import RefusedError, unless_broken

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
FIRST_DAY_1904 = "1904-01-01"
MOST_HIDDEN = 100_000  # rows that one element hides; a filtered roster hides each by itself
MOST_ALIKE = 100  # cells side by side that hold the same text
CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(slots=True)
class OdsSheet:
    """One table of the document; rows and columns are counted from 0. It is filled while walking."""

    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0  # declared so far
    comments: set[tuple[int, int]] = field(default_factory=set)
    seen: dict[tuple[int, int], Shown] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0


@dataclass(frozen=True, slots=True)
class OdsBook:
    """What the document says of itself."""

    sheets: tuple[OdsSheet, ...]
    date1904: bool


def is_spreadsheet(package: Package) -> bool:
    """Tell by the package's own type, wherever it stands in the zip, whether it is an OpenDocument spreadsheet."""
    return b"opendocument.spreadsheet" in unless_broken(lambda: package.raw("mimetype") or b"", b"")


def document_content(package: Package) -> bytes:
    """Return ``content.xml`` in our spelling.

    Raises:
        RefusedError: there is none, it is too large, broken, or the document has a password.
    """
    manifest = unless_broken(lambda: _spelt(package.raw(MANIFEST) or b""), b"")
    if b"<manifest:encryption-data" in manifest:
        raise RefusedError("file-encrypted")
    content = package.raw(CONTENT, large=True)
    if content is None:
        raise RefusedError("file-broken")
    if len(content) > limits.ODS_BYTES:
        raise RefusedError("file-too-large-inside", f"{limits.ODS_BYTES // 1_000_000} MB")
    return _spelt(content)


def document_looks(package: Package) -> dict[str, Look] | None:
    """Return how the named styles of ``styles.xml`` show their text; None where that part is empty or broken.

    Raises:
        RefusedError: it is too large.
    """
    if not package.holds(STYLES):
        return {}
    return unless_broken(lambda: named_looks(_styles(package.raw(STYLES, large=True) or b"")), None)


def _styles(part: bytes) -> bytes:
    """Return the part with the named styles in our spelling.

    Raises:
        RefusedError: it is something else.
    """
    spelt = _spelt(part)
    if b"<office:document-styles" not in spelt:
        raise RefusedError("file-broken")
    return spelt


def _spelt(part: bytes) -> bytes:
    return part if plain_document(part) else rewritten(part, OPEN_DOCUMENT)


def read_open_document(content: bytes, looks: Mapping[str, Look]) -> OdsBook:
    """Walk ``content.xml``, in our spelling; ``looks`` are those of the document's named styles.

    Raises:
        RefusedError: broken, or its repeated cells would fill more than an honest ledger.
    """
    walk = _Walk(looks)
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError("file-broken") from error
    if not walk.sheets:
        raise RefusedError("file-no-sheet")
    return OdsBook(tuple(walk.sheets), walk.date1904)


class _Walk:
    """The position in the document: it changes with every element, as expat hands them over one by one."""

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self.sheets: list[OdsSheet] = []
        self.date1904 = False
        self.style = ""  # the one whose definition we are in
        self.looks = dict(looks)  # styles that strike through or show letters as symbols
        self.seen = SeenText(self.looks)
        self.row = self.column = 0
        self.row_times = 1
        self.cell: dict[str, str] = {}
        self.inside = False  # between a cell's start and end
        self.filled = False
        self.row_filled = False
        self.length = self.weight = 0  # characters of this cell; of all cells so far

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheets.append(OdsSheet())
            self.row = 0
        elif name == "table:table-row":
            self.row_times, self.column = _times(attributes, "table:number-rows-repeated"), 0
            self.row_filled = False
            if attributes.get("table:visibility") in ("collapse", "filter") and self.sheets:
                self.sheets[-1].hidden_rows |= set(range(self.row, self.row + min(self.row_times, MOST_HIDDEN)))
        elif name == "table:table-column" and self.sheets:
            self._column(self.sheets[-1], attributes)
        elif name in CELLS and self.sheets:
            self.cell, self.inside, self.length = attributes, True, 0
            self.seen.begin(attributes.get("table:style-name", ""))
            self.filled = "office:value-type" in attributes
        elif self.inside:
            self._start_inside(name, attributes)
        else:
            self._start_outside(name, attributes)

    def _column(self, sheet: OdsSheet, attributes: dict[str, str]) -> None:
        """Take in the next columns."""
        end = min(sheet.columns + _times(attributes, "table:number-columns-repeated"), limits.COLUMNS)
        if attributes.get("table:visibility") in ("collapse", "filter"):
            sheet.hidden_columns |= set(range(sheet.columns, end))
        sheet.columns = end

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        """Look at what a cell holds beside its value."""
        self.seen.start(name, attributes)
        if name == "office:annotation":
            self.sheets[-1].comments.add((self.row, self.column))
        elif name == "text:s":
            spaces = _times(attributes, "text:c")
            if spaces > limits.ODS_SPACES:
                raise RefusedError("file-too-large-inside", "一格里的空格")
            self.length += spaces

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        """Look at formats, and at the date system."""
        if name == "style:style":
            self.style = attributes.get("style:name", "")
            if (parent := self.looks.get(attributes.get("style:parent-style-name", ""))) is not None:
                self.looks[self.style] = parent
        elif name == "style:text-properties":
            self._learn(attributes)
        elif name == "table:null-date":
            self.date1904 = attributes.get("table:date-value") == FIRST_DAY_1904

    def _learn(self, attributes: dict[str, str]) -> None:
        """Take in how a style shows its text."""
        look = look_of(self.looks.pop(self.style, PLAIN), attributes)
        if look != PLAIN:
            self.looks[self.style] = look

    def text(self, data: str) -> None:
        if self.inside:
            self.seen.text(data)
        if self.inside and data.strip():
            self.filled = True
            self.length += len(data)
            if self.cell.get("calcext:value-type") == "error" or data.startswith(("#N/A", "#REF!", "#DIV/0!", "Err:5")):
                self.sheets[-1].faults[self.row, self.column] = data[:10]

    def end(self, name: str) -> None:
        if self.inside:
            self.seen.end(name)
        if name in CELLS and self.inside:
            self._end_cell()
        elif name == "table:table-row" and self.sheets:
            sheet = self.sheets[-1]
            if self.row_filled:
                sheet.last_row = max(sheet.last_row, self.row + self.row_times)
                if sheet.last_row * sheet.last_column > limits.BOX_CELLS:
                    raise RefusedError("file-too-wide")
            self.row += self.row_times

    def _end_cell(self) -> None:
        sheet, times = self.sheets[-1], _times(self.cell, "table:number-columns-repeated")
        if "table:formula" in self.cell and not self.filled:
            sheet.faults[self.row, self.column] = "="
        rows, columns = (
            _times(self.cell, "table:number-rows-spanned"),
            _times(self.cell, "table:number-columns-spanned"),
        )
        if rows * columns > limits.MERGED_CELLS:
            raise RefusedError("file-merged-too-large")
        if rows * columns > 1:
            sheet.merges.append(Merge(self.row, self.column, self.row + rows - 1, self.column + columns - 1))
        if self.filled and (seen := self.seen.finish()) is not None:
            sheet.seen.update({(self.row, self.column + n): seen for n in range(min(times, MOST_ALIKE))})
        self.column += times
        self.weight += self.length * times * self.row_times
        if self.weight > limits.TEXT_BYTES:
            raise RefusedError("file-too-large-inside", "文字过长")
        if self.filled:
            self.row_filled = True
            sheet.last_column = max(sheet.last_column, self.column)
        self.inside = False


def _times(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    if not (text.isascii() and text.isdigit()) or len(text) > 10:
        raise RefusedError("file-broken")
    return max(1, int(text))
