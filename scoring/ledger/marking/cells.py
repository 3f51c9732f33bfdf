"""Colour the cells of one sheet, wherever they stand and whether or not they are written down yet."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from lxml import etree  # type: ignore[import-untyped]

from scoring.files.cells import Merge, address, column_number
from scoring.ledger.marking.package import Element, tag
from scoring.ledger.marking.styles import Styles
from scoring.problems import Severity

# the address of a cell: AB12
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Place = tuple[int, int]


def place_of(cell: str) -> Place | None:
    """Return the row and column, from 0, of a cell's name; None where it names none.

    >>> place_of("E7"), place_of("")
    ((6, 4), None)
    """
    match = ADDRESS.fullmatch(cell)
    return (int(match[2]) - 1, column_number(match[1].encode())) if match else None


def shown_place(place: Place, merges: Iterable[Merge]) -> Place:
    """Return the cell that shows a place: the first one of the merged range that covers it, else itself."""
    row, column = place
    for merge in merges:
        if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
            return merge.top, merge.left
    return place


def colour(sheet: Element, places: Mapping[Place, Severity], styles: Styles) -> None:
    """Give each place the colour of its severity; cells that are not written down yet are put in, empty."""
    sheet_data = sheet.find(tag("sheetData"))
    if sheet_data is None:
        return
    rows = _Line(sheet_data, "row", str)
    cells: dict[int, _Line] = {}
    for (row, column), severity in sorted(places.items()):
        if row not in cells:
            cells[row] = _Line(rows.at(row + 1), "c", partial(_cell_name, row))
        cell = cells[row].at(column + 1)
        style = cell.get("s", "0")
        cell.set("s", str(styles.marked(int(style) if style.isdecimal() else 0, severity)))


def _cell_name(row: int, number: int) -> str:
    return address(row, number - 1)


class _Line:
    """The rows of a sheet, or the cells of a row, by number from 1. A class, because missing ones are put in as we go."""

    def __init__(self, parent: Element, name: str, named: Callable[[int], str]) -> None:
        self._parent, self._name, self._named = parent, name, named
        self._found: dict[int, Element] = {}
        last = 0
        for child in parent.iterchildren(tag(name)):
            last = _number(child.get("r", "")) or last + 1
            child.set("r", named(last))
            self._found.setdefault(last, child)
        self._numbers = sorted(self._found)

    def at(self, number: int) -> Element:
        """Return the row or cell of a number, put in before the first that comes after it where it is missing."""
        if number not in self._found:
            made = etree.Element(tag(self._name), r=self._named(number))
            after = bisect_left(self._numbers, number)
            if after < len(self._numbers):
                self._found[self._numbers[after]].addprevious(made)
            else:
                self._parent.append(made)
            self._found[number] = made
            insort(self._numbers, number)
        return self._found[number]


def _number(name: str) -> int | None:
    """Return a row's number, or the number of a cell's column, from 1."""
    if name.isdecimal():
        return int(name)
    place = place_of(name)
    return place[1] + 1 if place else None
