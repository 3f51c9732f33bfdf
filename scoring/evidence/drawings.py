"""Pictures of a drawing part (``xl/drawings/drawing1.xml``): each with its rectangle on the sheet, groups resolved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from scoring.evidence.geometry import PIXEL, Box, Corner, Plan
from scoring.evidence.parts import attribute, child, descendants, tag, tree_of, whole
from scoring.files import limits

ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
# a line's end in a note, which Excel leaves open: <br>
LEGACY_BREAK = re.compile(rb"<br\s{0,9}/?>", re.IGNORECASE)
# the declaration of a VML part: <?xml version="1.0"?>
LEGACY_HEAD = re.compile(rb"<\?xml[^>]{0,200}>")
# the number in the id of a shape: 1025 of _x0000_s1025
LEGACY_ID = re.compile(r".{0,80}?_s(\d{1,9})")
# where a shape begins: <v:shape id=
LEGACY_SHAPE = re.compile(rb"<(?:\w+:)?shape(?=\s)")
# the number of a shape in the bytes of its tag: id="_x0000_s1025"
LEGACY_NUMBER = re.compile(rb"""\sid\s*=\s*["'][^"'>]{0,80}?_s(\d{1,9})["']""")
# the eight numbers that say where a shape lies: <x:Anchor>2, 15, 4, 2, 5, 31, 9, 1</
LEGACY_ANCHOR = re.compile(rb"<(?:\w+:)?Anchor>([-\d,\s]{15,200})</")
# what a shape is: ObjectType="Pict"
LEGACY_KIND = re.compile(rb"""ObjectType\s*=\s*["'](\w+)["']""")
# the relation to the picture of a shape: <v:imagedata o:relid="rId1"
LEGACY_IMAGE = re.compile(rb"""<(?:\w+:)?imagedata\s[^>]*?relid\s*=\s*["']([^"']+)["']""")
ANCHOR_NUMBERS = 8
FULL_TURN, TURNED = 360 * 60_000, range(45 * 60_000, 135 * 60_000)  # angles are 60,000ths of a degree


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture with its rectangle. ``embedded`` and ``linked`` are relation ids, ``""`` where there is none."""

    box: Box
    embedded: str
    linked: str
    hidden: bool = False


def placed_pictures(drawing: Element, plan: Plan) -> Iterator[Placed]:
    """Yield the pictures of a drawing in their order; charts, texts and drawn shapes are none."""
    for anchor in _anchors(drawing):
        box = _anchored(anchor, plan)
        if box is not None:
            yield from _inside(anchor, box, limits.GROUP_DEPTH, outermost=True)


def stated_positions(drawing: Element) -> Iterator[tuple[Corner, int]]:
    """Yield (corner of an anchor, where its writer says that it lies from the left) of shapes outside groups."""
    for anchor in _anchors(drawing):
        begin = _corner(child(anchor, "from"))
        shape = next((s for s in anchor if tag(s) in ("pic", "grpSp")), None)
        frame = _transform(shape) if shape is not None else None
        offset = child(frame, "off") if frame is not None else None
        if begin is not None and offset is not None and whole(offset.get("x")) > 0:
            yield begin, whole(offset.get("x"))


def _anchors(drawing: Element) -> Iterator[Element]:
    for element in drawing:
        if tag(element) in ANCHORS:
            yield element
        elif tag(element) == "AlternateContent":
            yield from (a for a in _alternative(element) if tag(a) in ANCHORS)


def _alternative(element: Element) -> Iterable[Element]:
    """Return what is meant of two ways to say the same: the newer one, the older one where that holds no picture."""
    ways = [way for way in element if tag(way) in ("Choice", "Fallback")]
    return next((way for way in ways if next(descendants(way, "blip"), None) is not None), ())


def _anchored(anchor: Element, plan: Plan) -> Box | None:
    begin, end = _corner(child(anchor, "from")), _corner(child(anchor, "to"))
    if begin is not None and end is not None:
        return plan.between(begin, end)
    extent = child(anchor, "ext")
    if extent is None:
        return None
    width, height = whole(extent.get("cx")), whole(extent.get("cy"))
    if begin is not None:
        return plan.sized(begin, width, height)
    position = child(anchor, "pos")
    if position is None:
        return None
    return Box(max(0, whole(position.get("x"))), max(0, whole(position.get("y"))), width, height)


def _corner(element: Element | None) -> Corner | None:
    if element is None:
        return None
    column, right, row, down = (
        whole(number.text if (number := child(element, name)) is not None else None)
        for name in ("col", "colOff", "row", "rowOff")
    )
    return Corner(min(max(column, 0), limits.COLUMNS - 1), min(max(row, 0), limits.ROWS - 1), right, down)


def _inside(group: Element, box: Box, depth: int, *, outermost: bool = False) -> Iterator[Placed]:
    """Yield the pictures of an anchor, whose shape fills it, or of a group, which gives each its place."""
    for shape in _shapes(group):
        at = box if outermost else _child_box(shape, group, box)
        if tag(shape) == "grpSp":
            if depth:
                yield from _inside(shape, at, depth - 1)
            continue
        blip = child(shape, "blipFill", "blip")
        if blip is None:
            blip = child(shape, "spPr", "blipFill", "blip")
        if blip is not None and next(descendants(shape, "compatExt"), None) is None:  # the shadow of an embedded object
            hidden = any(name.get("hidden") in ("1", "true") for name in descendants(shape, "cNvPr"))
            yield Placed(_turned(at, shape), attribute(blip, "embed"), attribute(blip, "link"), hidden)


def _shapes(group: Element) -> Iterator[Element]:
    for element in group:
        if tag(element) == "AlternateContent":
            yield from (e for e in _alternative(element) if tag(e) in ("pic", "sp", "grpSp"))
        elif tag(element) in ("pic", "sp", "grpSp"):
            yield element


def _child_box(shape: Element, group: Element, box: Box) -> Box:
    """Return a shape's rectangle in its group: its own measures, translated from the group's inner ones."""
    frame, outer = _transform(shape), _transform(group)
    inner = (child(outer, "chOff"), child(outer, "chExt")) if outer is not None else (None, None)
    if frame is None or outer is None or inner[0] is None or inner[1] is None:
        return box
    offset, extent = child(frame, "off"), child(frame, "ext")
    wide, high = whole(inner[1].get("cx")), whole(inner[1].get("cy"))
    if offset is None or extent is None or wide <= 0 or high <= 0:
        return box
    left = (whole(offset.get("x")) - whole(inner[0].get("x"))) / wide
    top = (whole(offset.get("y")) - whole(inner[0].get("y"))) / high
    width, height = whole(extent.get("cx")) / wide, whole(extent.get("cy")) / high
    left = 1 - left - width if outer.get("flipH") in ("1", "true") else left
    top = 1 - top - height if outer.get("flipV") in ("1", "true") else top
    return box.part(left, top, width, height)


def _transform(shape: Element) -> Element | None:
    inner = child(shape, "grpSpPr", "xfrm")
    return inner if inner is not None else child(shape, "spPr", "xfrm")


def _turned(box: Box, shape: Element) -> Box:
    """Return the rectangle that a picture covers when it is turned by a quarter: its middle stays."""
    frame = _transform(shape)
    turn = whole(frame.get("rot")) % (FULL_TURN // 2) if frame is not None else 0
    if turn not in TURNED:
        return box
    left, top = box.left + (box.width - box.height) / 2, box.top + (box.height - box.width) / 2
    return Box(left, top, box.height, box.width, box.begins)


def legacy_boxes(drawing: bytes, plan: Plan) -> dict[str, tuple[Box, str]]:
    """Return shape number -> (rectangle, relation id of its picture) of an old (VML) drawing.

    It is read by a parser, whatever its spelling; only where it is no sound XML is it searched as it stands.
    """
    whole_part = LEGACY_BREAK.sub(b"", _in_utf8(drawing))
    root, boxes = tree_of(whole_part), {}
    for number, anchor, image in _shapes_in(whole_part) if root is None else _shapes_of(root):
        anchor_numbers = [whole(piece) for piece in anchor.split(",")]
        if len(anchor_numbers) == ANCHOR_NUMBERS:
            left, right, top, down, to_left, to_right, to_top, to_down = anchor_numbers
            begin = _bounded(left, top, right, down)
            end = _bounded(to_left, to_top, to_right, to_down)
            boxes[number] = plan.between(begin, end), image
    return boxes


def _in_utf8(drawing: bytes) -> bytes:
    """Return a part in UTF-8 where a mark says that it is in UTF-16."""
    if drawing[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return drawing
    return LEGACY_HEAD.sub(b"", drawing.decode("utf-16", "replace").encode(), count=1)


def _shapes_of(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield number, anchor and the picture's relation id of each shape but notes."""
    for shape in descendants(root, "shape"):
        number = LEGACY_ID.fullmatch(shape.get("id", ""))
        anchor = next(descendants(shape, "Anchor"), None)
        kind = next(descendants(shape, "ClientData"), None)
        if number is not None and anchor is not None and (kind is None or attribute(kind, "ObjectType") != "Note"):
            image = next(descendants(shape, "imagedata"), None)
            yield number[1], anchor.text or "", attribute(image, "relid") if image is not None else ""


def _shapes_in(drawing: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield the same of a part that no parser reads."""
    for body in LEGACY_SHAPE.split(drawing)[1:]:
        number, anchor, kind = (form.search(body) for form in (LEGACY_NUMBER, LEGACY_ANCHOR, LEGACY_KIND))
        if number is not None and anchor is not None and (kind is None or kind[1] != b"Note"):
            image = LEGACY_IMAGE.search(body)
            relation = image[1].decode("ascii", "replace") if image else ""
            yield number[1].decode(), anchor[1].decode("ascii", "replace"), relation


def _bounded(column: int, row: int, right: int, down: int) -> Corner:
    """Return a corner of an old drawing, whose offsets are pixels."""
    return Corner(
        min(max(column, 0), limits.COLUMNS - 1), min(max(row, 0), limits.ROWS - 1), right * PIXEL, down * PIXEL
    )
