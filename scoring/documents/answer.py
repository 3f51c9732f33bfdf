"""The answer to a question as a workbook: the sentence first, then each table on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scoring.board.wording import foot_line
from scoring.documents.book import Book, Field, Value
from scoring.documents.bulletin import ISSUER
from scoring.model.boards import Board
from scoring.model.rules import Rulebook

SIMULATED = "模拟：不是正式得分，没有写入任何数据"
NARROW, WIDE = 9.0, 56.0
FIRST = 4  # lines above the header
Table = Sequence[Sequence[object]]


def answer_xlsx(
    title: str,
    says: Sequence[str],
    tables: Mapping[str, Table],
    board: Board,
    rulebook: Rulebook,
    facts: str,
    *,
    simulated: bool,
) -> bytes:
    """Return an answer as ``.xlsx``: title, sentence and what it rests on above every table, text always as text.

    ``tables`` is sheet name -> rows, the header first; ``facts`` is the fingerprint of the facts. The same answer gives the
    same bytes.
    """
    book = Book(title, ISSUER, board.as_of)
    foot = foot_line(board, rulebook, None, facts)
    marked = f"{SIMULATED}；{foot}" if simulated else foot
    for name, table in tables.items():
        fields = _fields(table)
        sheet = book.sheet(name, fields, marked)
        book.line(sheet, 0, f"{title}{'（模拟）' if simulated else ''}", "title")
        book.line(sheet, 1, marked, "draft" if simulated else "note")
        book.line(sheet, 2, "；".join(says))
        book.heads(sheet, FIRST, fields)
        for number, row in enumerate(table[1:], FIRST + 1):
            book.row(sheet, number, fields, [_value(value) for value in row])
        sheet.freeze_panes(FIRST + 1, 1)
    return book.bytes()


def _fields(table: Table) -> list[Field]:
    heads, body = table[0], table[1:]
    return [Field(str(head), *_shape(str(head), [row[place] for row in body])) for place, head in enumerate(heads)]


def _shape(head: str, values: Iterable[object]) -> tuple[float, str]:
    """Return a column's width and look by what stands in it."""
    filled = [value for value in values if value not in (None, "")]
    if filled and all(isinstance(value, date) for value in filled):
        return 12, "day"
    width = max((_length(value) for value in [head, *filled]), default=0) * 1.05 + 3
    looks = {
        "points" if isinstance(value, Decimal) else "whole" if isinstance(value, int) else "text" for value in filled
    }
    look = "text" if "text" in looks or not looks else "points" if "points" in looks else "whole"
    return min(max(width, NARROW), WIDE), look


def _length(value: object) -> int:
    return sum(2 if char > "\u2000" else 1 for char in str(value))


def _value(value: object) -> Value:
    """Return a cell's value as a workbook holds it."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if value is None or isinstance(value, (Decimal, int, date)):
        return value
    return str(value)
