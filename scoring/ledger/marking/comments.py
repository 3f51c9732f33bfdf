"""Put comments on cells beside those that are there already; a cell that has one gets our words below it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]

from scoring.files.cells import address
from scoring.ledger.marking.cells import Place
from scoring.ledger.marking.package import CONTENT, MAIN, OFFICE, Element, Parts, tag, text

AUTHOR = "台账检查"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
EMPTY_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;width:220pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
SHAPE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
FIRST_SHAPE = 100_001
AFTER_DRAWING = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ]  # the format's order
)


def comment(parts: Parts, part: str, remarks: Mapping[Place, str]) -> None:
    """Put a remark on each place of a sheet."""
    if not remarks:
        return
    comments = _comments_of(parts, part)
    listed = comments.find(tag("commentList"))
    known = {each.get("ref"): each for each in listed}
    author = _author(comments.find(tag("authors")))
    new = []
    for place, words in sorted(remarks.items()):
        name = address(*place)
        if name not in known:
            known[name] = etree.SubElement(listed, tag("comment"), ref=name, authorId=str(author))
            etree.SubElement(known[name], tag("text"))
            new.append(place)
            _say(known[name], text(words))
        else:
            _say(known[name], "\n" + text(words))
    if new:
        _draw(parts, part, new)


def _say(remark: Element, words: str) -> None:
    """Append a run of text; a comment of plain text is turned into runs first, because the two may not stand together."""
    holder = remark.find(tag("text"))
    plain = holder.find(tag("t"))
    if plain is not None:
        run = etree.Element(tag("r"))
        holder.replace(plain, run)
        run.append(plain)
    run = etree.SubElement(holder, tag("r"))
    last = etree.SubElement(run, tag("t"))
    last.text = words
    last.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _author(authors: Element) -> int:
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, tag("author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _comments_of(parts: Parts, part: str) -> Element:
    """Open the sheet's comments, or begin some."""
    known = next(
        (target for kind, target in parts.related(part).values() if kind == "comments" and target in parts), None
    )
    if known is None:
        known = parts.free_name("xl/commentsMark{}.xml")
        parts.put(known, EMPTY_COMMENTS.encode())
        parts.declare(known, f"{CONTENT}.comments+xml")
        parts.relate(part, "comments", known)
    return parts.tree(known)


def _draw(parts: Parts, part: str, places: list[Place]) -> None:
    """Draw the boxes of new comments; a drawing that is there keeps every byte and gets ours at its end."""
    drawing = _drawing_of(parts, part)
    content = parts.raw(drawing)
    shapes = "".join(
        SHAPE.format(number=FIRST_SHAPE + n, row=row, column=column) for n, (row, column) in enumerate(places)
    )
    if b'id="_x0000_t202"' not in content:
        shapes = SHAPE_TYPE + shapes
    end = content.rfind(b"</xml>")
    parts.put(drawing, content[:end] + shapes.encode() + content[end:])


def _drawing_of(parts: Parts, part: str) -> str:
    sheet = parts.tree(part)
    pointer = sheet.find(tag("legacyDrawing"))
    if pointer is not None:
        _, target = parts.related(part).get(pointer.get(f"{{{OFFICE}}}id"), ("", ""))
        if target in parts and b"</xml>" in parts.raw(target):
            return target
        sheet.remove(pointer)
    target = parts.free_name("xl/drawings/vmlDrawingMark{}.vml")
    parts.put(target, EMPTY_DRAWING.encode())
    parts.declare_ending("vml", DRAWING_TYPE)
    pointer = etree.Element(tag("legacyDrawing"))
    pointer.set(f"{{{OFFICE}}}id", parts.relate(part, "vmlDrawing", target))
    later = next(
        (child for child in sheet if isinstance(child.tag, str) and etree.QName(child).localname in AFTER_DRAWING), None
    )
    if later is None:
        sheet.append(pointer)
    else:
        later.addprevious(pointer)
    return target
