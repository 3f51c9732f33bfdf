"""Write an Excel 5.0/95 workbook (BIFF5) again as an ``.xlsx`` of our own, which is then read like any other.

Its texts are bytes of a code page and its records differ from those of Excel 97 in many small ways, which the reader of
old workbooks does not all know: names of sheets would come out wrong, and texts in runs would be lost.
"""

from __future__ import annotations

import codecs
import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from scoring.files import limits
from scoring.files.cells import address
from scoring.files.formats import biff
from scoring.files.formats.biff_text import NO_FONT, STRUCK_OUT
from scoring.files.formats.spelling import MAIN, PACKAGE, RELATED
from scoring.files.formats.symbols import is_symbol_font
from scoring.files.gate import stored
from scoring.files.refusal import RefusedError

VERSIONS = frozenset({0x0500, 0x0700})
CODE_PAGE, FORMAT, EXTERNAL_SHEET, MERGED = 0x0042, 0x041E, 0x0017, 0x00E5
NUMBER, LABEL, RICH_LABEL, RK, RESULT_TEXT = 0x0203, 0x0204, 0x00D6, 0x027E, 0x0207
TEXT_RESULT, TRUTH_RESULT, ERROR_RESULT = 0, 1, 2  # kinds of a formula's result that is no number
CHINESE, WESTERN = "gb18030", "cp1252"
CODE_PAGES = {936: CHINESE, 10_008: CHINESE, 10_000: "mac_roman", 32_768: "mac_roman", 32_769: WESTERN}
FIRST_FORMAT = 1_000  # our numbers of formats that the file describes begin here: none is built in
ANOTHER = 1  # of a sheet's place: it stands in another workbook
# what XML cannot hold: U+0000, U+FFFF
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;"})
Where = tuple[int, int]  # row and column, from 0


@dataclass(slots=True)
class _Sheet:
    """A worksheet, written as it is walked. ``pending`` is a formula whose text stands in a later record."""

    name: str
    hidden: bool
    cells: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    hidden_rows: set[int] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    pending: tuple[Where, int] | None = None
    count: int = 0

    def put(self, where: Where, form: int, kind: str, inner: str) -> None:
        """Write a cell."""
        row, column = where
        self.count += 1
        if self.count > limits.CELLS:
            raise RefusedError("file-too-many-cells", f"{limits.CELLS // 10_000} 万")
        if column >= biff.COLUMNS:
            raise RefusedError("file-address-impossible")
        told = f' t="{kind}"' if kind else ""
        self.cells[row].append(f'<c r="{address(row, column)}" s="{form}"{told}>{inner}</c>')


@dataclass(slots=True)
class _Book:
    """What is said of the whole workbook. It is filled while walking."""

    codec: str = CHINESE
    date1904: bool = False
    external: bool = False
    fonts: list[tuple[bool, str]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    forms: list[tuple[int, int]] = field(default_factory=list)  # font and format of each
    listed: list[tuple[int, bool, str]] = field(default_factory=list)  # where each sheet stands

    def text(self, raw: bytes, form: int | None = None) -> str:
        """Return a text, perhaps in a cell's format; what XML cannot say is left out.

        A symbol font shows each byte as one sign, whatever the code page.
        """
        font = self.forms[form][0] if form is not None and form < len(self.forms) else len(self.fonts)
        codec = "latin-1" if font < len(self.fonts) and is_symbol_font(self.fonts[font][1]) else self.codec
        return NO_XML.sub("", raw.decode(codec, "replace")).translate(ESCAPES)


def is_biff5(stream: bytes) -> bool:
    """Tell by its first record whether the stream of a workbook is of Excel 5.0 or 95.

    >>> is_biff5(bytes.fromhex("0908080000050500")), is_biff5(bytes.fromhex("0908080000060500"))
    (True, False)
    """
    return len(stream) >= 6 and struct.unpack_from("<HxxH", stream) in {(biff.BOF, version) for version in VERSIONS}


def office_of(stream: bytes, *, macros: bool) -> bytes:
    """Return the workbook as an ``.xlsx``.

    Raises:
        RefusedError: it is encrypted, broken, or larger than any honest ledger.
    """
    try:
        book = _book(stream)
        sheets = [_sheet(stream, book, *listed) for listed in book.listed]
    except (struct.error, IndexError) as error:
        raise RefusedError("file-broken") from error
    parts = {"xl/vbaProject.bin": b""} if macros else {}
    if book.external:
        parts["xl/externalLinks/externalLink1.xml"] = b""
    return stored(parts | {name: text.encode() for name, text in _parts(book, sheets).items()})


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, body in biff.records(stream):
        if kind == biff.EOF:
            break
        _learn(book, kind, body)
    return book


def _learn(book: _Book, kind: int, body: bytes) -> None:
    """Take in what is said of the whole workbook."""
    if kind == biff.FILEPASS:
        raise RefusedError("file-encrypted")
    if kind == CODE_PAGE:
        book.codec = _codec(*struct.unpack_from("<H", body))
    elif kind == biff.DATE1904:
        book.date1904 = body[:1] == b"\x01"
    elif kind == EXTERNAL_SHEET:
        book.external = book.external or (len(body) > 2 and body[1] == ANOTHER)
    elif kind == biff.FONT:
        if len(book.fonts) == NO_FONT:
            book.fonts.append((False, ""))
        struck = bool(struct.unpack_from("<H", body, 2)[0] & STRUCK_OUT)
        book.fonts.append((struck, book.text(body[15 : 15 + body[14]])))
    elif kind == FORMAT:
        book.formats[struct.unpack_from("<H", body)[0]] = book.text(body[3 : 3 + body[2]])
    elif kind == biff.XF:
        font, form = struct.unpack_from("<HH", body)
        book.forms.append((font, form))
    elif kind == biff.BOUNDSHEET and body[5] == 0:
        (place,) = struct.unpack_from("<I", body)
        book.listed.append((place, bool(body[4] & 3), book.text(body[7 : 7 + body[6]])))


def _codec(page: int) -> str:
    try:
        return codecs.lookup(CODE_PAGES.get(page, f"cp{page}")).name
    except LookupError as error:
        raise RefusedError("file-broken") from error


def _sheet(stream: bytes, book: _Book, place: int, hidden: bool, name: str) -> _Sheet:
    sheet, depth = _Sheet(name, hidden), 0
    for kind, body in biff.records(stream, place):
        depth += (kind == biff.BOF) - (kind == biff.EOF)
        if depth == 1:
            _note(sheet, book, kind, body)
        elif depth < 1:
            break
    _give_up(sheet)
    return sheet


def _note(sheet: _Sheet, book: _Book, kind: int, body: bytes) -> None:
    if kind == RESULT_TEXT and sheet.pending is not None:
        where, form = sheet.pending
        sheet.put(where, form, "str", f"<v>{_counted(book, body, 0, form)[0]}</v>")
        sheet.pending = None
    elif kind in biff.CELL_RECORDS and kind not in biff.BLANKS:
        _give_up(sheet)
        row, column, form = struct.unpack_from("<HHH", body)
        _note_cell(sheet, book, kind, body, (row, column), form)
    elif kind == biff.ROW and body[12] & 0x20:
        sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == biff.COLUMN_INFO:
        first, last, width, _, options = struct.unpack_from("<HHHHH", body)
        if options & 1 or not width:
            sheet.columns.append(f'<col min="{first + 1}" max="{last + 1}" hidden="1"/>')
    elif kind == biff.NOTE:
        row, column = struct.unpack_from("<HH", body)
        if row < limits.ROWS >> 4:  # the rest of a long comment names no cell
            sheet.comments.append(f'<comment ref="{address(row, column)}"/>')
    elif kind == MERGED:
        for top, bottom, left, right in struct.iter_unpack("<HHHH", body[2 : 2 + 8 * (len(body) // 8)]):
            sheet.merges.append(f'<mergeCell ref="{address(top, left)}:{address(bottom, right)}"/>')


def _give_up(sheet: _Sheet) -> None:
    """Write a formula whose text never came as one without a result."""
    if sheet.pending is not None:
        sheet.put(*sheet.pending, "", "<f>0</f>")
        sheet.pending = None


def _note_cell(sheet: _Sheet, book: _Book, kind: int, body: bytes, where: Where, form: int) -> None:
    if kind == NUMBER:
        sheet.put(where, form, "", f"<v>{struct.unpack_from('<d', body, 6)[0]!r}</v>")
    elif kind == RK:
        sheet.put(where, form, "", f"<v>{_short_number(body, 6)!r}</v>")
    elif kind == biff.MULRK:
        for number, at in enumerate(range(4, len(body) - 5, 6)):
            (each,) = struct.unpack_from("<H", body, at)
            sheet.put((where[0], where[1] + number), each, "", f"<v>{_short_number(body, at + 2)!r}</v>")
    elif kind in (LABEL, RICH_LABEL):
        text, end = _counted(book, body, 6, form)
        runs = list(_runs(book, body, 6, end)) if kind == RICH_LABEL else []
        inner = "".join(runs) or f'<t xml:space="preserve">{text}</t>'
        sheet.put(where, form, "inlineStr", f"<is>{inner}</is>")
    elif kind == biff.BOOLERR:
        _put_truth(sheet, where, form, is_error=bool(body[7]), value=body[6])
    elif kind == biff.FORMULA:
        _note_formula(sheet, body, where, form)


def _note_formula(sheet: _Sheet, body: bytes, where: Where, form: int) -> None:
    """Write a formula's stored result: a number, or a kind and a value before two bytes FFFF."""
    if body[12:14] != b"\xff\xff":
        sheet.put(where, form, "", f"<v>{struct.unpack_from('<d', body, 6)[0]!r}</v>")
    elif body[6] == TEXT_RESULT:
        sheet.pending = where, form
    elif body[6] in (TRUTH_RESULT, ERROR_RESULT):
        _put_truth(sheet, where, form, is_error=body[6] == ERROR_RESULT, value=body[8])


def _put_truth(sheet: _Sheet, where: Where, form: int, *, is_error: bool, value: int) -> None:
    told = biff.ERRORS.get(value, "#N/A") if is_error else str(int(bool(value)))
    sheet.put(where, form, "e" if is_error else "b", f"<v>{told}</v>")


def _short_number(body: bytes, at: int) -> float:
    """Return a number kept in 30 bits: a whole one or the first half of a float, either of them perhaps in hundredths."""
    (told,) = struct.unpack_from("<i", body, at)
    value = float(told >> 2) if told & 2 else struct.unpack("<d", struct.pack("<Ii", 0, told & ~3))[0]
    return float(value / 100 if told & 1 else value)


def _counted(book: _Book, body: bytes, at: int, form: int) -> tuple[str, int]:
    """Return a text after its number of bytes, and where it ends."""
    (length,) = struct.unpack_from("<H", body, at)
    end = at + 2 + length
    return book.text(body[at + 2 : end], form), end


def _runs(book: _Book, body: bytes, at: int, end: int) -> Iterator[str]:
    """Yield the runs of a text that change its font, as today's workbooks write them; they count letters, not bytes."""
    letters = body[at + 2 : end].decode(book.codec, "replace")
    told = [tuple(body[place : place + 2]) for place in range(end + 1, end + 1 + 2 * body[end], 2)]
    starts = [(0, -1), *((run[0], run[1]) for run in told if len(run) > 1), (len(letters), -1)]
    for (start, font), (stop, _) in pairwise(starts):
        text = NO_XML.sub("", letters[start:stop]).translate(ESCAPES)
        struck, name = book.fonts[font] if 0 <= font < len(book.fonts) else (False, "")
        looks = f'<rPr><strike val="{int(struck)}"/><rFont val="{name}"/></rPr>' if font >= 0 else ""
        if text:
            yield f'<r>{looks}<t xml:space="preserve">{text}</t></r>'


def _parts(book: _Book, sheets: list[_Sheet]) -> dict[str, str]:
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{n}" state="{"hidden" if sheet.hidden else "visible"}" r:id="r{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    related = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers] + [("s", "styles", "styles.xml")]
    date1904 = f'<workbookPr date1904="{int(book.date1904)}"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{date1904}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _related(related),
        "xl/styles.xml": _styles(book),
    }
    for n, sheet in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = _written(sheet)
        if sheet.comments:
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = _related([("c", "comments", f"../comments{n}.xml")])
            parts[f"xl/comments{n}.xml"] = f'<comments xmlns="{MAIN}">{"".join(sheet.comments)}</comments>'
    return parts


def _related(relations: list[tuple[str, str, str]]) -> str:
    told = "".join(f'<Relationship Id="{n}" Type="{RELATED}/{kind}" Target="{to}"/>' for n, kind, to in relations)
    return f'<Relationships xmlns="{PACKAGE}">{told}</Relationships>'


def _styles(book: _Book) -> str:
    numbers = {form: FIRST_FORMAT + form for form in book.formats}
    formats = "".join(f'<numFmt numFmtId="{numbers[f]}" formatCode="{code}"/>' for f, code in book.formats.items())
    fonts = "".join(f'<font><strike val="{int(struck)}"/><name val="{name}"/></font>' for struck, name in book.fonts)
    forms = "".join(f'<xf numFmtId="{numbers.get(form, form)}" fontId="{font}"/>' for font, form in book.forms)
    inner = f"<numFmts>{formats}</numFmts><fonts>{fonts}</fonts><cellXfs>{forms}</cellXfs>"
    return f'<styleSheet xmlns="{MAIN}">{inner}</styleSheet>'


def _written(sheet: _Sheet) -> str:
    numbers = sorted(set(sheet.cells) | sheet.hidden_rows)
    rows = "".join(
        f'<row r="{n + 1}" hidden="{int(n in sheet.hidden_rows)}">{"".join(sheet.cells.get(n, ()))}</row>'
        for n in numbers
    )
    columns = f"<cols>{''.join(sheet.columns)}</cols>" if sheet.columns else ""
    merges = f"<mergeCells>{''.join(sheet.merges)}</mergeCells>" if sheet.merges else ""
    return f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData>{merges}</worksheet>'
