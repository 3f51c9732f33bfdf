"""Any lists as ``.xlsx``: a title, a note, one table a sheet, text that stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.documents.book import Book, Field, Value
from scoring.documents.bulletin import ISSUER

HEAD = 3  # the row of the header, counted from 0


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: its name, its columns, its rows."""

    name: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]


def list_xlsx(title: str, note: str, day: date, fields: Sequence[Field], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return one table as ``.xlsx``, the same bytes for the same contents. ``day`` is the one that the file carries."""
    return parts_xlsx(title, note, day, [Part(title, fields, rows)])


def parts_xlsx(title: str, note: str, day: date, parts: Iterable[Part]) -> bytes:
    """Return several tables as ``.xlsx``, a sheet each."""
    book = Book(title, ISSUER, day)
    for part in parts:
        sheet = book.sheet(part.name, part.fields, note)
        book.line(sheet, 0, title, "title")
        book.line(sheet, 1, note)
        book.heads(sheet, HEAD, part.fields)
        last = HEAD
        for last, row in enumerate(part.rows, HEAD + 1):
            book.row(sheet, last, part.fields, row)
        sheet.freeze_panes(HEAD + 1, 0)
        sheet.autofilter(HEAD, 0, last, len(part.fields) - 1)
    return book.bytes()
