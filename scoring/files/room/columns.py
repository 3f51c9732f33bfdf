"""Rows of cells as columns, for the way out of a worker: whole columns of one type pass at the speed of C."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

PLAIN = frozenset({str, float, int, bool, bytes, type(None)})
TIMES = (date, datetime, time, timedelta)
Rows = Sequence[Sequence[object]]


def packed_rows(rows: Rows) -> list[object]:
    """Return the number of rows, and each column: its values, with days apart as (places, numbers).

    >>> packed_rows([["日期", 1.0], [date(2023, 5, 10), ""]])
    [2, [[['日期', None], [1], [738650]], [[1.0, ''], (), ()]]]
    """
    return [len(rows), [_column(list(values)) for values in zip_longest(*rows, fillvalue="")]]


def _column(values: list[object]) -> list[object]:
    kinds = set(map(type, values))
    if kinds <= PLAIN:
        return [values if kinds != {str} or any(values) else len(values), (), ()]
    places = [place for place, value in enumerate(values) if value.__class__ is date]
    numbers = [values[place].toordinal() for place in places]  # type: ignore[attr-defined]
    for place in places:
        values[place] = None
    return [values, places, numbers]


def unpacked_rows(packed: Any) -> list[tuple[object, ...]]:
    """Return the rows again, all of one length."""
    count, columns = packed
    if not columns:
        return [()] * count
    return list(zip(*(_values(*column) for column in columns), strict=True))


def _values(values: Any, places: Sequence[int], numbers: Sequence[int]) -> Sequence[object]:
    if isinstance(values, int):
        return ("",) * values
    if not places:
        return values  # type: ignore[no-any-return]
    whole = list(values)
    days = {number: date.fromordinal(number) for number in set(numbers)}
    for place, number in zip(places, numbers, strict=True):
        whole[place] = days[number]
    return whole
