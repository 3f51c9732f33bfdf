"""Plain tables as HTML: they print, they do not flicker, and text in them is text. Every value is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.show.text import esc


class Html(str):
    """Text that is HTML already, every piece of data in it escaped. Any other text is escaped by the table."""

    __slots__ = ()


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


def as_html(content: str) -> str:
    """Return a cell's content as HTML."""
    return content if isinstance(content, Html) else esc(content)


def table(columns: Sequence[Column], rows: Iterable[Row], *, go: bool = False) -> Html:
    """Return a table; with ``go`` a click anywhere in a row follows the first link in it."""
    head = "".join(f"<th class='{column.style}'>{esc(column.title)}</th>" for column in columns)
    body = "".join(_row(columns, row, go=go) for row in rows)
    return Html(
        f"<div class='k-wrap'><table class='k'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[Column], row: Row, *, go: bool) -> str:
    cells = "".join(_cell(column, cell) for column, cell in zip(columns, row, strict=True))
    return f"<tr class='go'>{cells}</tr>" if go else f"<tr>{cells}</tr>"


def _cell(column: Column, cell: str | Cell) -> str:
    found = cell if isinstance(cell, Cell) else Cell(cell)
    if not found.rows:
        return ""
    style = " ".join(part for part in (column.style, found.style) if part)
    span = f" rowspan='{found.rows}'" if found.rows > 1 else ""
    return f"<td class='{style}'{span}>{as_html(found.content)}</td>"


def anchor(href: str, text: str) -> Html:
    """Return a link inside the app; ``href`` is escaped already (``frame.link``)."""
    return Html(f"<a class='go' href='{href}' target='_self'>{as_html(text)}</a>")


def note(text: str) -> Html:
    """Return a quiet line."""
    return Html(f"<div class='k-note'>{as_html(text)}</div>")


def heading(text: str) -> Html:
    """Return the sentence on top of a screen."""
    return Html(f"<h1 class='k-head'>{as_html(text)}</h1>")


def subheading(text: str) -> Html:
    """Return the heading of a part of a screen."""
    return Html(f"<h2 class='k-sub'>{as_html(text)}</h2>")


def chip(text: str) -> Html:
    """Return a short word in a box: a clause's code."""
    return Html(f"<span class='k-chip'>{esc(text)}</span>")


def empty(*lines: str) -> Html:
    """Return what an empty screen says: what is missing, and what to do."""
    return Html(f"<div class='k-empty'>{'<br>'.join(as_html(line) for line in lines)}</div>")


def figures(pairs: Iterable[tuple[str, str]]) -> Html:
    """Return figures in a row, each with its name under it."""
    cells = "".join(f"<div><b>{as_html(value)}</b><span>{esc(title)}</span></div>" for title, value in pairs)
    return Html(f"<div class='k-figures'>{cells}</div>")


def bullets(lines: Iterable[str]) -> Html:
    """Return lines one under the other."""
    return Html(f"<ul class='k-note'>{''.join(f'<li>{as_html(line)}</li>' for line in lines)}</ul>")
