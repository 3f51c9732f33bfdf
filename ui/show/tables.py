"""Plain tables as HTML: they print, they do not flicker, and text in them is text.

HTML is built of htpy's elements: what is put into one is escaped unless it is ``Html`` already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import htpy as h
from markupsafe import Markup

from scoring.board.wording import without_breaks


class Html(Markup):
    """Text that is HTML already; made by ``html`` only.

    Streamlit sends it as it is: any other text it searches for indentation, 3 ms for a long table at every click.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def html(*nodes: h.Node) -> Html:
    """Return elements and texts as HTML: every text escaped, on one line, without control characters."""
    return Html(without_breaks(str(h.fragment[nodes])))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the style of its cells (``k-num`` right, ``k-far`` left out on a phone, ``wrap``)."""

    title: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a style of its own, over ``rows`` rows; 0 rows: the cell above reaches down to here."""

    content: str
    style: str = ""
    rows: int = 1


Row = Sequence[str | Cell]


def table(columns: Sequence[Column], rows: Iterable[Row], *, go: bool = False, cards: bool = False) -> Html:
    """Return a table; with ``go`` a click anywhere in a row follows the first link in it.

    With ``cards`` each row becomes a card on a phone: a line a column, that names the column.
    """
    head = h.tr[((h.th if column.title else h.td)(class_=column.style)[column.title] for column in columns)]
    body = (
        h.tr(class_="go" if go else None)[
            (_cell(column, cell, cards) for column, cell in zip(columns, row, strict=True))
        ]
        for row in rows
    )
    return html(h.div(".k-wrap")[h.table(".k.k-cards" if cards else ".k")[h.thead[head], h.tbody[body]]])


def _cell(column: Column, cell: str | Cell, in_card: bool) -> h.Node:
    told = cell if isinstance(cell, Cell) else Cell(cell)
    if not told.rows:
        return None
    style = " ".join(part for part in (column.style, told.style) if part)
    if in_card:
        return h.td(class_=style, data_t=column.title)[h.span[told.content]]
    return h.td(class_=style, rowspan=str(told.rows) if told.rows > 1 else None)[told.content]


def anchor(href: str, text: str) -> Html:
    """Return a link inside the app."""
    return html(going(href)[text])


def going(href: str, *styles: str, **attributes: str) -> h.Element:
    """Return the empty element of a link inside the app, with further styles and attributes."""
    return h.a(class_=["go", *styles], href=href, target="_self", **attributes)


def stack(*parts: h.Node) -> Html:
    """Return parts one under the other as one block: each block of a page costs the server at every click."""
    return html(h.div(".k-stack")[parts])


def note(text: str) -> Html:
    """Return a quiet line."""
    return html(h.div(".k-note")[text])


def heading(text: str) -> Html:
    """Return the sentence on top of a screen."""
    return html(h.h1(".k-head")[text])


def subheading(text: str) -> Html:
    """Return the heading of a part of a screen."""
    return html(h.h2(".k-sub")[text])


def chip(text: str) -> Html:
    """Return a short word in a box: a clause's code."""
    return html(h.span(".k-chip")[text])


def empty(*lines: str) -> Html:
    """Return what an empty screen says: what is missing, and what to do."""
    return html(h.div(".k-empty")[in_lines(lines)])


def in_lines(lines: Iterable[str]) -> h.Node:
    """Return texts one under the other, each in a line of its own."""
    pieces: Iterable[tuple[h.Node, ...]] = ((h.br, line) for line in lines)
    return list(chain.from_iterable(pieces))[1:]


@lru_cache(maxsize=256, typed=True)  # HTML and a text of the same letters are not the same
def coded(code: str, title: str) -> Html:
    """Return the code of a clause, of a task or of an item's clause with its title."""
    return html(h.span(".k-chip")[code], " ", title)


def bold(text: str) -> Html:
    """Return text in bold."""
    return html(h.b[text])


def acts(links: Iterable[h.Node]) -> Html:
    """Return small links in a row, each of which does something."""
    return html(h.div(".k-acts")[links])


def figures(pairs: Iterable[tuple[str, str]]) -> Html:
    """Return figures in a row, each with its name under it."""
    return html(h.div(".k-figures")[(h.div[h.b[value], h.span[title]] for title, value in pairs)])


def bullets(lines: Iterable[str]) -> Html:
    """Return lines one under the other."""
    return html(h.ul(".k-note")[(h.li[line] for line in lines)])
