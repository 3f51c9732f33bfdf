"""Rows as the texts that are hashed: one JSON object a row, its keys in order, empty columns left out.

Written column by column, each distinct value once: rosters have rows in their hundred thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from json.encoder import encode_basestring

from scoring.store.homes.database import Row

# of one such type, what is equal is written alike; of decimals it is not
SAME_AS_WRITTEN: tuple[set[type], ...] = (set(), {str}, {int}, {bool}, {date})


class _Written(dict[object, str]):
    """Hand out what a column's value is written as, with its key; empty where it says nothing."""

    def __init__(self, name: str) -> None:
        self.key = encode_basestring(name)

    def __missing__(self, value: object) -> str:
        text = self[value] = self.text(value)
        return text

    def text(self, value: object) -> str:
        """Write one value."""
        return "" if value is None or value == "" else f"{self.key}:{encode_basestring(str(value))}"

    def of(self, values: Sequence[object]) -> Iterator[str]:
        """Write all values of a column."""
        types: set[type] = {*map(type, values)} - {type(None)}
        return map(self.__getitem__ if types in SAME_AS_WRITTEN else self.text, values)


def row_texts(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """Yield each row's text, the same as ``compact`` of its columns that say something, as texts.

    >>> list(row_texts(("b", "a", "c"), [(1, "x", None), (2.5, "", "y")]))
    ['{"a":"x","b":"1"}', '{"b":"2.5","c":"y"}']
    """
    columns = list(zip(*rows, strict=True))
    order = sorted(range(len(names)), key=names.__getitem__)
    written = [_Written(names[place]).of(columns[place]) for place in order]
    for told in zip(*written, strict=True):
        yield f"{{{','.join(filter(None, told))}}}"
