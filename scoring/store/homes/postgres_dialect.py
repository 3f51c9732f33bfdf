"""The store's SQL as PostgreSQL understands it, and texts that PostgreSQL does not take as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from scoring.store.homes.database import Row

# A column of text compares by its characters' numbers, as in DuckDB, whatever the server's language is.
SPELLINGS = (
    # a column of text: name VARCHAR
    (re.compile(r"^(\s+\w+) VARCHAR\b(?!\[)", re.MULTILINE), r'\1 VARCHAR COLLATE "C"'),
    # a column of bytes: data BLOB
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    # the value of the newest row: arg_max(text, number)
    (re.compile(r"\barg_max\((\w+), (\w+)\)"), r"(array_agg(\1 ORDER BY \2 DESC))[1]"),
    # a number where it is one: TRY_CAST(claimed AS DECIMAL(18, 4))
    (re.compile(r"\bTRY_CAST\(([\w.]+) AS DECIMAL\(18, 4\)\)"), r"number_or_null(\1)"),
)
# a line of comment: -- one row per unit, clause
COMMENT = re.compile(r"^--.*$", re.MULTILINE)
# the place of a value in a query: ?
PLACE = re.compile(r"\?")

ZERO = "\0"  # PostgreSQL keeps no text with this character, and a cell may hold one
SIGN = "\ue000"  # so it is written as this one and 0, and this one itself as it and 1
WRITTEN = ((SIGN, f"{SIGN}1"), (ZERO, f"{SIGN}0"))


@lru_cache(maxsize=512)
def translated(statement: str) -> str:
    """Return a statement of the store in PostgreSQL's words, with ``?`` as ``$1``, ``$2`` and so on."""
    for pattern, spelling in SPELLINGS:
        statement = pattern.sub(spelling, statement)
    number = count(1)
    return PLACE.sub(lambda _: f"${next(number)}", COMMENT.sub("", statement))


def to_columns(row: Sequence[object]) -> Sequence[object]:
    """Return values as PostgreSQL takes them."""
    return tuple(map(_written, row)) if any(_holds(value, ZERO) or _holds(value, SIGN) for value in row) else row


def from_columns(rows: list[Row]) -> list[Row]:
    """Return rows as they were given to ``to_columns``."""
    return [tuple(map(_read, row)) if any(_holds(value, SIGN) for value in row) else row for row in rows]


def _holds(value: object, character: str) -> bool:
    if type(value) is str:
        return character in value
    return type(value) is list and any(_holds(one, character) for one in value)


def _written(value: Any) -> Any:
    if type(value) is list:
        return [_written(one) for one in value]
    if type(value) is str:
        for plain, written in WRITTEN:
            value = value.replace(plain, written)
    return value


def _read(value: Any) -> Any:
    if type(value) is list:
        return [_read(one) for one in value]
    if type(value) is str:
        for plain, written in reversed(WRITTEN):
            value = value.replace(written, plain)
    return value
