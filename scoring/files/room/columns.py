"""Rows of cells as columns, for the way out of a worker: whole columns of one type pass at the speed of C.

A column is ``[numbers]`` as bytes where all of it is numbers; ``[values, days, codes]`` where it is texts and days that
repeat: each distinct value once, those that are days as (place, ordinal), and for each row the place of its value; or
``[values, days]`` with a value for every row. Equal values of different types (1, 1.0, True) are never put together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from operator import itemgetter
from typing import Any, cast

from scoring.files.cells import ColumnRows

PLAIN = frozenset({str, float, int, bool, bytes, type(None)})
APART = frozenset({str, date})  # types of which no two values of different types are equal
SAMPLE = 200  # rows that show whether a column's values repeat
Rows = Sequence[Sequence[object]]


def packed_rows(rows: Rows) -> list[object]:
    r"""Return the number of rows, and each column.

    >>> packed_rows([["日期", ""], [date(2023, 5, 10), ""]])
    [2, [[['日期', None], [(1, 738650)]], [[''], [], b'\x00\x00\x00\x00\x00\x00\x00\x00']]]
    """
    if isinstance(rows, ColumnRows):
        packed = (
            _column(v) if codes is None else [*_days_apart(list(v)), codes.tobytes()] for v, codes in rows.columns
        )
        return [rows.height, list(packed)]
    lengths = set(map(len, rows))
    columns: Iterable[Sequence[object]]
    columns = (
        (list(map(itemgetter(column), rows)) for column in range(*lengths))
        if len(lengths) == 1
        else zip_longest(*rows, fillvalue="")
    )
    return [len(rows), [_column(values) for values in columns]]


def _column(values: Sequence[object]) -> list[object]:
    kinds = set(map(type, values))
    if kinds == {float}:
        return [array("d", cast("Sequence[float]", values)).tobytes()]
    if kinds <= APART and _repeats(values[:SAMPLE]):
        code_of = {value: code for code, value in enumerate(dict.fromkeys(values))}
        return [*_days_apart(list(code_of)), array("I", map(code_of.__getitem__, values)).tobytes()]
    return [values, []] if kinds <= PLAIN else _days_apart(list(values))


def _repeats(values: Sequence[object]) -> bool:
    """Tell whether values stand twice or more on average."""
    return len(set(values)) * 2 <= len(values)


def _days_apart(values: list[object]) -> list[object]:
    """Return values with days taken out, and the days with their places."""
    days = [
        (place, value.toordinal())
        for place, value in enumerate(values)
        if isinstance(value, date) and value.__class__ is date
    ]
    for place, _ in days:
        values[place] = None
    return [values, days]


def unpacked_rows(packed: Any) -> list[tuple[object, ...]]:
    """Return the rows again, all of one length."""
    count, columns = packed
    if not columns:
        return [()] * count
    return list(zip(*(_values(*column) for column in columns), strict=True))


def _values(told: Any, days: Sequence[tuple[int, int]] = (), codes: bytes | None = None) -> Sequence[object]:
    if isinstance(told, bytes):
        return array("d", told)
    values = told
    if days:
        values = list(told)
        made = {number: date.fromordinal(number) for number in {number for _, number in days}}
        for place, number in days:
            values[place] = made[number]
    return values if codes is None else list(map(values.__getitem__, array("I", codes)))
