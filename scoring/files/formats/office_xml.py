"""The parts around the worksheets of an ``.xlsx``: which sheets there are, marks, macros, links, the date system."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from scoring.files import limits
from scoring.files.cells import column_number
from scoring.files.formats.rich_text import Look, is_special, looks_of, rich_strings
from scoring.files.formats.spelling import MAIN, RELATIONS, SPREADSHEET, THREADS, Dialect, rewritten
from scoring.files.formats.xlsx_strings import shared_texts
from scoring.files.gate import Package
from scoring.files.naming import name_of_zip, stranger
from scoring.files.refusal import RefusedError, unless_broken

WORKBOOK, BOOK_NAME = "xl/workbook.xml", "workbook.xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
# the cell of a comment: <comment ref="B4"
COMMENT = re.compile(rb'<(?:comment|threadedComment) [^>]*?\bref="([A-Z]{1,3})(\d{1,7})"')
DIALECTS = {
    "comments": SPREADSHEET,
    "threadedComment": THREADS,
}  # of parts with comments, by the kind of their relation
# the root of the styles: <styleSheet>
STYLE_SHEET = re.compile(rb"<styleSheet[ />]")
NO_RELATIONS: Mapping[str, tuple[str, str]] = {}
NO_STYLES, NO_STRINGS = f'<styleSheet xmlns="{MAIN}"/>'.encode(), f'<sst xmlns="{MAIN}"/>'.encode()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet as the workbook lists it. ``comments`` are cells, counted from 0, on which someone left a comment."""

    name: str
    part: str
    hidden: bool
    comments: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """What the workbook says of itself."""

    sheets: tuple[SheetPart, ...]
    date1904: bool
    has_macros: bool
    has_external_links: bool
    styles: bytes
    strings: bytes
    looks: Mapping[int, Look]
    rich_strings: Mapping[int, bytes]
    styles_broken: bool


def read_office_book(package: Package) -> OfficeBook:
    """Read the list of sheets and everything that concerns the whole file.

    Raises:
        RefusedError: it is no workbook, has no worksheet, or lists a sheet that is not there.
    """
    place = _main_part(package)
    main = package.raw(place)
    if main is None:
        raise stranger(name_of_zip(package.names, unless_broken(lambda: package.raw("mimetype") or b"", b"")))
    root, targets = _tree(rewritten(main, SPREADSHEET)), relations(package, place)
    parts = dict(targets.values())
    sheets = tuple(_sheets(root, targets, package))
    if not sheets:
        raise RefusedError("file-no-sheet")
    if len(sheets) > limits.SHEETS:
        raise RefusedError("file-too-complex", f"有 {len(sheets)} 张工作表")
    place_of_styles = parts.get("styles", STYLES)
    styles = unless_broken(lambda: _styles(package.raw(place_of_styles) or b""), NO_STYLES)
    strings = shared_texts(package.raw(parts.get("sharedStrings", STRINGS), large=True) or NO_STRINGS)
    properties = next((child for child in root if _tag(child) == "workbookPr"), None)
    return OfficeBook(
        sheets=sheets,
        date1904=properties is not None and properties.get("date1904") in ("1", "true"),
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in package.names),
        has_external_links=any("externallinks/" in name.casefold() for name in package.names),
        styles=styles,
        strings=strings,
        looks=looks_of(_tree(styles)) if is_special(styles) else {},
        rich_strings=rich_strings(strings),
        styles_broken=package.holds(place_of_styles) and styles is NO_STYLES,
    )


def _styles(part: bytes) -> bytes:
    """Return the formats; a date that lost its format is the serial number that is stored."""
    written = rewritten(part, SPREADSHEET)
    return written if STYLE_SHEET.search(written) else NO_STYLES


def _main_part(package: Package) -> str:
    """Return where the workbook stands; nearly always in ``xl``, but the package says so itself."""
    related = unless_broken(lambda: relations(package, ""), NO_RELATIONS).values()
    return next((part for kind, part in related if kind == "officeDocument" and part.endswith(BOOK_NAME)), WORKBOOK)


def _tree(part: bytes) -> Element:
    """Read a part that we wrote ourselves as a tree."""
    try:
        return fromstring(part)
    except ParseError as error:
        raise RefusedError("file-broken") from error


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Return relation id -> (its kind, the part that it points at)."""
    folder, name = posixpath.split(part)
    listed = package.raw(posixpath.join(folder, "_rels", f"{name}.rels"))
    if listed is None:
        return {}
    parts = {}
    for relation in _tree(rewritten(listed, RELATIONS)):
        target = relation.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        parts[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
    return parts


def _sheets(root: Element, targets: Mapping[str, tuple[str, str]], package: Package) -> list[SheetPart]:
    sheets = []
    for sheet in (child for group in root if _tag(group) == "sheets" for child in group):
        identifier = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, part = targets.get(identifier, ("", ""))
        if kind != "worksheet" and part:
            continue
        if not package.holds(part):
            raise RefusedError("file-broken", f"缺少工作表“{sheet.get('name', '')}”的内容")
        hidden = sheet.get("state", "visible") != "visible"
        sheets.append(SheetPart(sheet.get("name", ""), part, hidden, _comments(package, part)))
    return sheets


def _comments(package: Package, part: str) -> frozenset[tuple[int, int]]:
    related = unless_broken(lambda: relations(package, part), NO_RELATIONS).values()
    commented = [(target, DIALECTS[kind]) for kind, target in related if kind in DIALECTS]
    return frozenset(cell for target, dialect in commented for cell in _commented(package.raw, target, dialect))


def _commented(raw: Callable[[str], bytes | None], part: str, dialect: Dialect) -> list[tuple[int, int]]:
    written = unless_broken(lambda: rewritten(raw(part) or b"", dialect), b"")
    return [(int(row) - 1, column_number(letters)) for letters, row in COMMENT.findall(written)]
