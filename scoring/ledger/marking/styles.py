"""Colour cells without touching anything else of their format: each format in use gets a copy with another fill."""

from __future__ import annotations

import copy

from lxml import etree  # type: ignore[import-untyped]

from scoring.ledger.marking.package import BOOK, CONTENT, MAIN, Element, Parts, tag
from scoring.problems import Severity

STYLES = "xl/styles.xml"
COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}
TITLE_COLOUR = "FFD9E2F3"
PLAIN_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
BEFORE = {
    "fonts": ("numFmts",),
    "fills": ("numFmts", "fonts"),
    "cellXfs": ("numFmts", "fonts", "fills", "borders", "cellStyleXfs"),
}


class Styles:
    """The workbook's formats while cells are marked: it remembers which copies were made."""

    def __init__(self, parts: Parts) -> None:
        if STYLES not in parts:
            parts.put(STYLES, PLAIN_STYLES.encode())
            parts.declare(STYLES, f"{CONTENT}.styles+xml")
            parts.relate(BOOK, "styles", STYLES)
        self._root = parts.tree(STYLES)
        self._made: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}

    def marked(self, style: int, severity: Severity) -> int:
        """Return the number of a format that is like ``style``, in the colour of a severity."""
        colour = COLOURS[severity]
        if (style, colour) not in self._made:
            self._made[style, colour] = self._add(style, self._fill(colour))
        return self._made[style, colour]

    def of_list(self, severity: Severity | None = None, *, bold: bool = False) -> int:
        """Return a format for the list of problems: wrapped text, in a severity's colour, or bold for its header."""
        colour = COLOURS[severity] if severity else TITLE_COLOUR if bold else ""
        number = self._add(0, self._fill(colour) if colour else 0)
        form = self._group("cellXfs")[number]
        form.set("numFmtId", "0")
        form.set("applyAlignment", "1")
        for child in list(form):
            form.remove(child)
        etree.SubElement(form, tag("alignment"), vertical="top", wrapText="1")
        if bold:
            form.set("fontId", str(self._bold()))
            form.set("applyFont", "1")
        return number

    def _group(self, name: str) -> Element:
        group = self._root.find(tag(name))
        if group is None:
            group = etree.Element(tag(name))
            earlier = [n for n, child in enumerate(self._root) if etree.QName(child).localname in BEFORE[name]]
            self._root.insert(max(earlier, default=-1) + 1, group)
        return group

    def _add(self, style: int, fill: int) -> int:
        group = self._group("cellXfs")
        forms = list(group)
        form = (
            copy.deepcopy(forms[style if style < len(forms) else 0])
            if forms
            else etree.Element(tag("xf"), numFmtId="0")
        )
        form.set("fillId", str(fill))
        form.set("applyFill", "1")
        return _append(group, form)

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fill = etree.Element(tag("fill"))
            pattern = etree.SubElement(fill, tag("patternFill"), patternType="solid")
            etree.SubElement(pattern, tag("fgColor"), rgb=colour)
            etree.SubElement(pattern, tag("bgColor"), indexed="64")
            self._fills[colour] = _append(self._group("fills"), fill)
        return self._fills[colour]

    def _bold(self) -> int:
        group = self._group("fonts")
        font = etree.Element(tag("font"))
        etree.SubElement(font, tag("b"))
        etree.SubElement(font, tag("sz"), val="11")
        etree.SubElement(font, tag("name"), val="宋体")
        return _append(group, font)


def _append(group: Element, child: Element) -> int:
    group.append(child)
    group.set("count", str(len(group)))
    return len(group) - 1
