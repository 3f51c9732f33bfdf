"""Plain data as MessagePack: what goes into a worker and comes out of it is values, never code.

Besides what MessagePack knows, it carries days and times, decimals, sets, and the frozen dataclasses listed in
``RECORDS``. Rows of cells travel as columns (see ``columns``), which costs a fraction of one value after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

import msgpack

from scoring.files.cells import Merge, Sheet, Workbook
from scoring.files.members import Member
from scoring.files.room.columns import packed_rows, unpacked_rows
from scoring.model.evidence import CellRef, Thing, Trouble
from scoring.problems import Problem

KNOWN = (Workbook, Sheet, Merge, Member, Thing, Trouble, Problem, CellRef)
RECORDS: Mapping[str, type] = {kind.__name__: kind for kind in KNOWN}
ROWS = "rows"  # the field of a Sheet that holds cells
TAG = "="  # the only key of a map that stands for something else than a dict


class NotPlainError(Exception):
    """A value that may not travel, or bytes that stand for no value."""


def packed(value: object) -> bytes:
    """Return a value as bytes.

    >>> unpacked(packed({"a": [1, date(2023, 5, 10)]}))
    {'a': (1, datetime.date(2023, 5, 10))}
    """
    return bytes(msgpack.packb(value, default=_told, strict_types=False))


def unpacked(data: bytes) -> Any:
    """Return the value that bytes stand for; lists come back as tuples.

    Raises:
        NotPlainError: they stand for none.
    """
    try:
        return msgpack.unpackb(data, object_hook=_meant, use_list=False, strict_map_key=False)
    except Exception as error:  # whatever a worker that went wrong may have written
        raise NotPlainError(type(error).__name__) from error


def _told(value: object) -> object:
    """Tell what MessagePack does not know as a map with one key."""
    kind: Any = type(value)
    if kind in _WRITTEN:
        return {TAG: [kind.__name__, _WRITTEN[kind](value)]}
    if kind in RECORDS.values():
        return {TAG: [kind.__name__, [_field(value, name) for name, _ in _shape(kind)]]}
    raise NotPlainError(kind.__name__)


def _field(value: object, name: str) -> object:
    held = getattr(value, name)
    return packed_rows(held) if name == ROWS else held


def _meant(told: dict[Any, Any]) -> object:
    if len(told) != 1 or TAG not in told:
        return told
    name, content = told[TAG]
    if name in _READ:
        return _READ[name](content)
    kind = RECORDS[name]
    shape = _shape(kind)
    if len(content) != len(shape):
        raise NotPlainError(name)
    return kind(*(read(value) for (_, read), value in zip(shape, content, strict=True)))


def _as_it_is(value: object) -> object:
    return value


@cache
def _shape(kind: type) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    """Return each field's name, and what turns the plain value back into the field's own."""
    hints = get_type_hints(kind)
    return tuple((each.name, _reader(each.name, hints[each.name])) for each in fields(kind))


def _reader(name: str, hint: Any) -> Callable[[Any], object]:
    if name == ROWS:
        return unpacked_rows
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else _as_it_is


_WRITTEN: dict[type, Callable[[Any], object]] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    timedelta: lambda span: [span.days, span.seconds, span.microseconds],
    Decimal: str,
    set: list,
    frozenset: list,
}
_READ: dict[str, Callable[[Any], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
    "Decimal": Decimal,
    "set": set,
    "frozenset": frozenset,
}
