"""Things in an ``.xlsx``: floating pictures, pictures in cells, embedded files, links; each on the cell it lies on."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from scoring.evidence.cell_pictures import Held, excel_pictures, wps_pictures
from scoring.evidence.drawings import Placed, legacy_boxes, placed_pictures, stated_positions
from scoring.evidence.embedded import unpack
from scoring.evidence.geometry import Box, Plan, Ruler, Spot
from scoring.evidence.links import address_thing, formula_address, formula_cell
from scoring.evidence.parts import Parts, Relation, may_say
from scoring.evidence.sheet_marks import EmbeddedObject, SheetMarks, cell_of, column_sizes, read_marks, row_sizes
from scoring.evidence.troubles import DRAWING_UNREAD, HIDDEN, LINKED, NOWHERE, OBJECT_MISSING, marked, picture_thing
from scoring.files import limits
from scoring.files.cells import ColumnRows, Sheet
from scoring.model.evidence import EvidenceKind, Thing
from scoring.words.addresses import shown_picture

DIGITS = (7, 8)  # pixels of a digit in the fonts that workbooks have by default
SEARCHED = (b"DISPIMG", b"HYPERLINK", b"vm", b"hyperlink", b"oleObject")
BEARING = frozenset({"drawing", "vmlDrawing", "oleObject", "package", "hyperlink"})
STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """A package whose sheets are searched, with what all its sheets share. ``in_text``: a stored text shows a picture."""

    parts: Parts
    wps: Mapping[str, Held]
    rich: Sequence[Held | None]
    in_text: bool


def office_things(parts: Parts, sheets: Sequence[Sheet]) -> Iterator[tuple[int, Thing]]:
    """Yield (sheet's number, thing) for everything that lies on the sheets of a package, sheet by sheet."""
    places = sheet_parts(parts)
    in_text = may_say(parts.read(_strings_part(parts), limits.XML_BYTES) or b"", (b"DISPIMG",))
    book = OfficeBook(parts, wps_pictures(parts), excel_pictures(parts), in_text)
    for sheet in sheets:
        part = places.get(sheet.name)
        if part is not None:
            for thing in _SheetSearch(book, part, sheet).things():
                yield sheet.number, thing


def sheet_parts(parts: Parts) -> dict[str, str]:
    """Return the name of each sheet -> the part that holds it."""
    main = _main_part(parts)
    root, relations = parts.tree(main), parts.relations(main)
    part_of = {}
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "sheet":
            ids = (value for key, value in element.attrib.items() if key.endswith("}id"))
            relation = relations.get(next(ids, ""))
            if relation is not None and relation.kind == "worksheet":
                part_of[element.get("name", "")] = relation.part
    return part_of


def _main_part(parts: Parts) -> str:
    return next((r.part for r in parts.relations("").values() if r.kind == "officeDocument"), "xl/workbook.xml")


def _strings_part(parts: Parts) -> str:
    related = parts.relations(_main_part(parts)).values()
    return next((relation.part for relation in related if relation.kind == "sharedStrings"), STRINGS)


class _SheetSearch:
    """The search of one sheet. A class, because five kinds of things share its sizes and relations."""

    def __init__(self, book: OfficeBook, part: str, sheet: Sheet) -> None:
        self.parts, self.book, self.sheet = book.parts, book, sheet
        self.relations = book.parts.relations(part)
        self.unread = False  # a drawing that is damaged: what lies on it is not known
        self.part = part

    @cached_property
    def data(self) -> bytes:
        """Return the sheet's XML as it was sent."""
        return self.parts.read(self.part, limits.XML_BYTES) or b""

    def things(self) -> Iterator[Thing]:
        """Yield what lies on the sheet."""
        bearing = BEARING & {relation.kind for relation in self.relations.values()}
        rows = self.sheet.rows
        if (
            bearing
            or self.book.in_text
            or may_say(rows.around if isinstance(rows, ColumnRows) else self.data, SEARCHED)
        ):
            yield from self._floating()
            yield from self._objects()
            yield from self._in_cells()
            yield from self._links()

    @cached_property
    def marks(self) -> SheetMarks:
        """Return what the sheet's XML says."""
        return read_marks(self.data)

    @cached_property
    def drawings(self) -> list[tuple[str, Element]]:
        """Return the sheet's drawing parts."""
        named = [relation.part for relation in self.relations.values() if relation.kind == "drawing"]
        trees = [(part, self.parts.tree(part)) for part in named]
        self.unread = any(root is None for _, root in trees)
        return [(part, root) for part, root in trees if root is not None]

    @cached_property
    def plan(self) -> Plan:
        """Return the sheet's sizes as the program that wrote its drawings measured them.

        The width of a column depends on a font of the writer's computer; the drawings tell which one it was.
        """
        plans = [self._plan(digit) for digit in DIGITS]
        return min(plans, key=self._misfit)

    def _plan(self, digit: int) -> Plan:
        columns, rows = column_sizes(self.marks, digit), row_sizes(self.marks)
        return Plan(Ruler(*columns, limits.COLUMNS), Ruler(*rows, limits.ROWS), self.sheet.merges)

    def _misfit(self, plan: Plan) -> float:
        """Tell how far the drawings' own positions lie from where a plan of the columns puts their anchors."""
        stated = (pair for _, root in self.drawings for pair in stated_positions(root))
        return sum(abs(plan.corner(corner)[0] - left) for corner, left in stated)

    def _floating(self) -> Iterator[Thing]:
        for part, root in self.drawings:
            relations = self.parts.relations(part)
            for placed in placed_pictures(root, self.plan):
                yield self._floating_picture(placed, relations)
        if self.unread:
            yield marked(Thing(EvidenceKind.PICTURE, "", NOWHERE, NOWHERE), DRAWING_UNREAD, counts=False)

    def _floating_picture(self, placed: Placed, relations: Mapping[str, Relation]) -> Thing:
        spot = self.plan.spot(placed.box)
        inside, outside = relations.get(placed.embedded), relations.get(placed.linked)
        address = outside.target if outside else inside.target if inside and not inside.part else ""
        thing = picture_thing(self.parts, Held(inside.part if inside else "", address), spot)
        return marked(thing, HIDDEN, counts=False) if placed.hidden else thing

    def _objects(self) -> Iterator[Thing]:
        """Yield embedded files, and pictures whose place stands in the old drawing only."""
        old = self._old_boxes()
        for embedded in self.marks.objects.values():
            box = self.plan.between(embedded.begin, embedded.end) if embedded.begin and embedded.end else None
            known = old.pop(embedded.shape, None)
            if box is None and known is not None:
                box = known[0]
            if box is not None:
                yield self._embedded(embedded, self.plan.spot(box))
        for box, picture in old.values():
            if picture:
                yield picture_thing(self.parts, Held(picture), self.plan.spot(box))

    def _old_boxes(self) -> dict[str, tuple[Box, str]]:
        """Return the shapes of the sheet's old drawings, each with the part of its picture."""
        boxes = {}
        for relation in self.relations.values():
            if relation.kind == "vmlDrawing" and relation.part:
                relations = self.parts.relations(relation.part)
                drawing = self.parts.read(relation.part) or b""
                for shape, (box, picture) in legacy_boxes(drawing, self.plan).items():
                    target = relations.get(picture)
                    boxes[shape] = box, target.part if target else ""
        return boxes

    def _embedded(self, held: EmbeddedObject, spot: Spot) -> Thing:
        relation = self.relations.get(held.relation)
        kind = EvidenceKind.ATTACHMENT
        if relation is None or not relation.part:
            name = relation.target if relation else held.program
            return marked(Thing(kind, name or "附件", spot.row, spot.column), LINKED, name, counts=False)
        blob, name = self.parts.blob(relation.part), posixpath.basename(relation.part)
        thing = Thing(kind, name, spot.row, spot.column, part=relation.part)
        if blob is None:
            return marked(thing, OBJECT_MISSING, counts=False)
        inner = unpack(self.parts.read(relation.part, limits.EMBEDDED_BYTES) or b"")
        named, sha = (inner.name or name, inner.sha256) if inner else (name, blob.sha256)
        return Thing(kind, named, spot.row, spot.column, sha, relation.part)

    def _in_cells(self) -> Iterator[Thing]:
        """Yield pictures placed in cells, WPS's and Excel's."""
        for (row, column), name in self._dispimg().items():
            yield picture_thing(self.parts, self.book.wps.get(name, Held()), self._at(row, column))
        for (row, column), number in self.marks.rich.items():
            picture = self.book.rich[number - 1] if 0 < number <= len(self.book.rich) else None
            if picture is not None:
                yield picture_thing(self.parts, picture, self._at(row, column))

    def _dispimg(self) -> dict[tuple[int, int], str]:
        """Return cell -> the name of the picture that its formula, or the text left of one, shows."""
        named = {at: name for at, text in self.marks.formulas.items() if (name := shown_picture(text))}
        for number, line in enumerate(self.sheet.rows) if self.book.in_text else ():
            for column, value in enumerate(line):
                if isinstance(value, str) and "DISPIMG" in value and (name := shown_picture(value)):
                    named.setdefault((number, column), name)
        return named

    def _at(self, row: int, column: int) -> Spot:
        return self.plan.cell(row, column)

    def _links(self) -> Iterator[Thing]:
        for link in self.marks.links:
            relation = self.relations.get(link.relation)
            if relation is not None:
                address = relation.target + (f"#{link.location}" if link.location else "")
                for row, column in self._covered(link.cells):
                    yield from address_thing(address, row, column)
        for (row, column), formula in self.marks.formulas.items():
            yield from address_thing(formula_address(formula) or self._named_address(formula), row, column)

    def _named_address(self, formula: str) -> str:
        """Return the address that a formula takes from another cell of its sheet."""
        named = formula_cell(formula)
        at = cell_of(f"{named[0]}{named[1]}") if named else None
        if at is None or at[0] >= len(self.sheet.rows) or at[1] >= len(self.sheet.rows[at[0]]):
            return ""
        return str(self.sheet.rows[at[0]][at[1]]).strip()

    def _covered(self, cells: str) -> Iterator[tuple[int, int]]:
        """Yield the cells of a range that lie on rows of the sheet."""
        first, _, last = cells.partition(":")
        begin, end = cell_of(first), cell_of(last or first)
        if begin is None or end is None:
            return
        for row in range(begin[0], min(end[0], len(self.sheet.rows) - 1, begin[0] + limits.THINGS) + 1):
            for column in range(begin[1], min(end[1], begin[1] + limits.LINKED_COLUMNS) + 1):
                spot = self._at(row, column)
                yield spot.row, spot.column
