"""The only reader of Excel: bytes -> cells with addresses. A job of the sealed room; call ``reading.read_workbook``."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from math import isfinite
from operator import methodcaller
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from scoring.files import limits
from scoring.files.cells import COMMENT, STRUCK, ColumnRows, Merge, Sheet, Workbook
from scoring.files.formats import symbols
from scoring.files.formats.biff import book_stream, read_biff, with_small_streams
from scoring.files.formats.biff5 import is_biff5, office_of
from scoring.files.formats.biff_text import Fonts
from scoring.files.formats.binary_book import BOOK, read_binary_book, read_binary_sheet
from scoring.files.formats.binary_looks import binary_comments, binary_fonts, binary_rich_texts, binary_shown
from scoring.files.formats.office_xml import OfficeBook, read_office_book, relations
from scoring.files.formats.open_document import document_content, document_looks, is_spreadsheet, read_open_document
from scoring.files.formats.open_key import unlocked
from scoring.files.formats.own_package import (
    SHEET_NAME,
    office_package,
    open_document_package,
    small_sheet,
    small_strings,
)
from scoring.files.formats.rich_text import Look, Shown, shown_cells
from scoring.files.formats.sheet_xml import SecondLook, look, vetted
from scoring.files.formats.xlsx_strings import check_texts
from scoring.files.gate import FileKind, Package, kind_of, open_package, stored
from scoring.files.refusal import RefusedError, unless_broken
from scoring.model.evidence import CellRef
from scoring.problems import CATALOGUE, Problem

TYPES = "[Content_Types].xml"
MANY_BYTES = 400_000  # of sheets that are read by columns: smaller ones are read before numpy is there
FEW_STYLES = 200_000  # bytes of formats, which are read once for each that occurs on a sheet
IMPOSSIBLE_NUMBER = "#NUM!"
Rows = list[list[object]]
Cells = set[tuple[int, int]]
Faults = dict[tuple[int, int], str]


def workbook_of(data: bytes, name: str) -> Workbook:
    """Read a workbook of any of the known kinds, judged by its bytes; ``name`` is only for messages.

    Raises:
        RefusedError: the file is refused whole.
    """
    return opened(data, name)[1]


def opened(data: bytes, name: str) -> tuple[bytes, Workbook]:
    """Return a workbook with the bytes that it was read from: where Excel's own key locks it, those behind the lock.

    Raises:
        RefusedError: the file is refused whole.
    """
    try:
        return data, _read(data, name)
    except RefusedError as refusal:
        if refusal.reason != "file-encrypted":
            raise
        plain = unlocked(data)
        return plain, _read(plain, name)


def _read(data: bytes, name: str) -> Workbook:
    kind = kind_of(data)
    if kind is FileKind.XLS:
        return _read_biff(data, name)
    package = open_package(data)
    if package.holds(BOOK):
        return _read_binary(name, package)
    is_document = kind is FileKind.ODS or is_spreadsheet(package)
    return _read_ods(name, package) if is_document else _read_office(name, package)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn every way in which the library fails into a refusal; a panic of its own is no ``Exception``."""
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise RefusedError("file-broken") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise RefusedError("file-broken") from error


def _calamine(data: bytes) -> CalamineWorkbook:
    with _translated():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _rows(book: CalamineWorkbook, sheet: str) -> Rows:
    """Return all cells from A1 on; addresses never shift, however empty the sheet's corner is."""
    with _translated():
        return cast("Rows", book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def _read_office(name: str, package: Package) -> Workbook:
    about = read_office_book(package)
    parts = [vetted(package.raw(listed.part, large=True) or b"") for listed in about.sheets]
    check_texts(about.strings, parts)
    sheets, problems = (
        [],
        _about_file(name, macros=about.has_macros, links=about.has_external_links, styles=about.styles_broken),
    )
    for number, (listed, read) in enumerate(zip(about.sheets, _office_rows(about, parts), strict=True)):
        extras, rows, struck, faults = _looked_at(about, parts[number], read)
        marked = _marks(struck, listed.comments)
        columns = _in_sight(extras.hidden_columns, rows)
        sheet = Sheet(
            listed.name, number, rows, extras.merges, listed.hidden, extras.hidden_rows, faults, marked, columns
        )
        sheets.append(sheet)
        problems += [CATALOGUE["cell-given-twice"].at(CellRef(name, listed.name, cell)) for cell in extras.doubled]
    return Workbook(name, tuple(sheets), tuple(problems), about.date1904)


def _looked_at(
    about: OfficeBook, part: bytes, read: Rows | ColumnRows
) -> tuple[SecondLook, Rows | ColumnRows, Cells, Faults]:
    """Return what else is on a sheet, its rows as they are seen, the cells struck through, and the faults."""
    if not isinstance(read, ColumnRows):
        extras = look(part, sum(map(len, read)) - sum(map(methodcaller("count", ""), read)))
        struck = show(read, shown_cells(part, about.looks, about.rich_strings))
        faults = extras.faults | take_impossible(read)
        uncover(read, extras.merges)
        return extras, read, struck, faults
    extras = look(part, read.filled, read.written)
    if not (about.looks or about.rich_strings or extras.merges):
        return extras, read, set(), extras.faults
    rows = read.as_lists()
    struck = show(rows, shown_cells(part, about.looks, about.rich_strings))
    uncover(rows, extras.merges)
    return extras, rows, struck, extras.faults


def _office_rows(about: OfficeBook, parts: Sequence[bytes]) -> Iterable[Rows | ColumnRows]:
    """Return the rows of each sheet: by columns where there are many, and they are written as usual."""
    if sum(map(len, parts)) >= MANY_BYTES and len(about.styles) <= FEW_STYLES:
        from scoring.files.formats.sheet_columns import columns_of  # noqa: PLC0415  numpy is for large workbooks only

        read = columns_of(parts, about.strings, lambda cells, odd: _meanings(about, cells, odd))
        if read is not None:
            return read
    book = _calamine(office_package(parts, about.strings, about.styles, date1904=about.date1904))
    return (_rows(book, SHEET_NAME.format(number)) for number in range(len(parts)))


def _meanings(
    about: OfficeBook, cells: Sequence[tuple[bytes, bytes]], odd: Sequence[bytes]
) -> tuple[list[object], list[object]]:
    """Let calamine say what distinct cells hold, and texts that are written in an unusual way."""
    if not cells and not odd:
        return [], []
    sheet = small_sheet(cells, len(odd))
    told = _calamine(office_package([sheet], small_strings(odd), about.styles, date1904=about.date1904))
    values = [row[0] if row else "" for row in _rows(told, SHEET_NAME.format(0))]
    values += [""] * (len(cells) + len(odd) - len(values))
    return values[: len(cells)], values[len(cells) :]


def _read_binary(name: str, package: Package) -> Workbook:
    about = read_binary_book(package.raw(BOOK) or b"")
    targets = relations(package, BOOK)
    wanted = {part for _, part in targets.values()} | {BOOK, "xl/_rels/workbook.bin.rels", "_rels/.rels", TYPES}
    parts = {part: package.raw(part, large=True) or b"" for part in sorted(wanted) if package.holds(part)}
    places = dict(targets.values())
    styles = places.get("styles", "")
    fonts = unless_broken(lambda: binary_fonts(parts.get(styles, b"")), None)
    styles_broken = fonts is None
    if fonts is None:
        del parts[styles]
        fonts = Fonts()
    book = _calamine(stored(parts))
    rich = binary_rich_texts(parts.get(places.get("sharedStrings", ""), b"")) if fonts.are_special else {}
    sheets = []
    for number, (listed, relation, hidden) in enumerate(about.sheets):
        kind, part = targets.get(relation, ("", ""))
        if kind != "worksheet" or part not in parts:
            continue
        extras, rows = read_binary_sheet(parts[part]), _rows(book, listed)
        faults, merges = extras.faults | take_impossible(rows), tuple(extras.merges)
        marked = _marks(show(rows, binary_shown(extras.forms, fonts, rich)), _binary_comments(package, part))
        uncover(rows, merges)
        rows_hidden, columns = frozenset(extras.hidden_rows), _in_sight(extras.hidden_columns, rows)
        sheets.append(Sheet(listed, number, rows, merges, hidden, rows_hidden, faults, marked, columns))
    if not sheets:
        raise RefusedError("file-no-sheet")
    macros = any(part.casefold().endswith("vbaproject.bin") for part in package.names)
    links = any("externallinks/" in part.casefold() for part in package.names)
    return Workbook(
        name, tuple(sheets), tuple(_about_file(name, macros=macros, links=links, styles=styles_broken)), about.date1904
    )


def _binary_comments(package: Package, part: str) -> list[tuple[int, int]]:
    none: Mapping[str, tuple[str, str]] = {}
    related = unless_broken(lambda: relations(package, part), none).values()
    comment_parts = [target for kind, target in related if kind == "comments"]
    return unless_broken(
        lambda: [cell for one in comment_parts for cell in binary_comments(package.raw(one) or b"")], []
    )


def _read_biff(data: bytes, name: str) -> Workbook:
    stream, macros = book_stream(data)
    if is_biff5(stream):
        return _read_office(name, open_package(office_of(stream, macros=macros)))
    about = read_biff(stream, macros=macros)
    sheets = []
    book = _calamine(with_small_streams(data))
    names = [meta.name for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    for number, (listed, extras) in enumerate(zip(names, about.sheets, strict=False)):
        rows, merges = _rows(book, listed), _old_merges(book, listed)
        struck = show(rows, extras.seen.items())
        uncover(rows, merges)
        marked, hidden = _marks(struck, extras.comments), frozenset(extras.hidden_rows)
        columns = _in_sight(extras.hidden_columns, rows)
        sheets.append(Sheet(listed, number, rows, merges, extras.hidden, hidden, extras.faults, marked, columns))
    notes = _about_file(name, macros=about.has_macros, links=about.has_external_links)
    return Workbook(name, tuple(sheets), tuple(notes), about.date1904)


def _old_merges(book: CalamineWorkbook, sheet: str) -> tuple[Merge, ...]:
    with _translated():
        ranges = book.get_sheet_by_name(sheet).merged_cell_ranges or []
    merges = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in ranges)
    if sum((m.bottom - m.top + 1) * (m.right - m.left + 1) for m in merges) > limits.MERGED_CELLS:
        raise RefusedError("file-merged-too-large")
    return merges


def _read_ods(name: str, package: Package) -> Workbook:
    content = document_content(package)
    looks = document_looks(package)
    about = read_open_document(content, looks or {})
    book = _calamine(open_document_package(content))
    hidden = {meta.name for meta in book.sheets_metadata if "Visible" not in str(meta.visible).rpartition(".")[2]}
    sheets = []
    for number, (sheet, extras) in enumerate(zip(book.sheet_names, about.sheets, strict=False)):
        rows = _rows(book, sheet)
        merges, rows_hidden = tuple(extras.merges), frozenset(extras.hidden_rows)
        struck = show(rows, extras.seen.items())
        uncover(rows, merges)
        marked = _marks(struck, extras.comments)
        columns = _in_sight(extras.hidden_columns, rows)
        sheets.append(Sheet(sheet, number, rows, merges, sheet in hidden, rows_hidden, extras.faults, marked, columns))
    return Workbook(name, tuple(sheets), tuple(_about_file(name, styles=looks is None)), about.date1904)


def _in_sight(hidden: Iterable[int], rows: Rows | ColumnRows) -> frozenset[int]:
    """Return the hidden columns among those that hold anything: a sheet may hide all that lie behind its table."""
    width = len(rows.columns) if isinstance(rows, ColumnRows) else len(rows[0]) if rows else 0
    return frozenset(column for column in hidden if column < width)


def _marks(struck: Iterable[tuple[int, int]], comments: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Return what a person left on cells: a comment, strike-through, or both."""
    crossed = frozenset(struck)
    marks = {cell: f"{COMMENT}、{STRUCK}" if cell in crossed else COMMENT for cell in comments}
    return dict.fromkeys(crossed, STRUCK) | marks


def _about_file(name: str, *, macros: bool = False, links: bool = False, styles: bool = False) -> list[Problem]:
    whole = CellRef(name, "", "")
    remarks = {"file-has-macros": macros, "file-has-external-links": links, "file-styles-unreadable": styles}
    return [CATALOGUE[code].at(whole) for code, is_so in remarks.items() if is_so]


def show(rows: Rows, cells: Iterable[tuple[tuple[int, int], Shown | Look]]) -> set[tuple[int, int]]:
    """Put into the cells what is seen there, and return those of which something is struck through."""
    struck = set()
    for (row, column), seen in cells:
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] == "":
            continue
        if seen.struck:
            struck.add((row, column))
        if isinstance(seen, Shown):
            rows[row][column] = seen.text.strip()
        elif seen.struck:
            rows[row][column] = ""
        elif isinstance(text := rows[row][column], str):
            rows[row][column] = symbols.shown(text, seen.font)
    return struck


def take_impossible(rows: Rows) -> dict[tuple[int, int], str]:
    """Take out numbers that are none (NaN, infinity) and return where they stood, as faults."""
    if isfinite(sum(value for value in chain.from_iterable(rows) if value.__class__ is float)):
        return {}
    faults = {}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, float) and not isfinite(value):
                row[column] = ""
                faults[number, column] = IMPOSSIBLE_NUMBER
    return faults


def uncover(rows: Rows, merges: Iterable[Merge]) -> None:
    """Empty the cells that a merged range hides: nobody sees their values, so they state nothing."""
    for merge in merges:
        for number in range(merge.top, min(merge.bottom + 1, len(rows))):
            row = rows[number]
            for column in range(merge.left, min(merge.right + 1, len(row))):
                if (number, column) != (merge.top, merge.left):
                    row[column] = ""
