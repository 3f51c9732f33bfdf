"""Frozen values as JSON and back, exactly: facts, rulings, receipts. Points are strings with their own digits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from scoring.model.rosters import Roster, RosterRow

T = TypeVar("T")
AS_TEXT: dict[type, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
}


def to_json(value: object) -> str:
    """Write a frozen value, or a tuple of them, in one form only: equal values give equal texts. A line for each member.

    >>> print(to_json((date(2023, 7, 7), Decimal("0.20"))), end="")
    [
    "2023-07-07",
    "0.20"
    ]
    """
    if isinstance(value, tuple):
        return "[\n" + ",\n".join(_line(one) for one in value) + "\n]\n"
    return _line(value) + "\n"


def _line(value: object) -> str:
    return json.dumps(_told(value), ensure_ascii=False, separators=(",", ":"))


def _told(value: Any) -> object:
    if is_dataclass(value):
        return {f.name: _told(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | Roster):
        return [_told(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(text: str, kind: Callable[..., T]) -> T:
    """Return the value of a type that ``to_json`` wrote.

    Raises:
        ValueError: the text says something else.
    """
    try:
        return _reader(kind)(json.loads(text))  # type: ignore[no-any-return]
    except (TypeError, KeyError, ArithmeticError, AttributeError) as error:
        raise ValueError(f"not such a value: {error}") from error


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what turns JSON's own types back into a value of a type."""
    if kind is Roster:
        rows = _reader(RosterRow)
        return lambda told: Roster.of(rows(one) for one in told)
    if is_dataclass(kind):
        return _record(kind)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if optional := [one for one in get_args(kind) if one is not NoneType]:
        inner = _reader(optional[0])
        return lambda told: None if told is None else inner(told)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return AS_TEXT.get(kind, lambda told: told)


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}
    return lambda told: kind(**{name: readers[name](value) for name, value in told.items()})


def _tuple(members: tuple[Any, ...]) -> Callable[[Any], Any]:
    if members[-1] is Ellipsis:
        every = _reader(members[0])
        return lambda told: tuple(every(one) for one in told)
    each = [_reader(member) for member in members]
    return lambda told: tuple(read(one) for read, one in zip(each, told, strict=True))
