"""Columns of many values of which few are distinct: each row holds a small number, and each distinct value stands once."""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import chain, repeat
from operator import getitem
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeGuard, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
S = TypeVar("S")
Codes: TypeAlias = NDArray[np.signedinteger[Any]]
Coded: TypeAlias = tuple[Codes, Sequence[Any]]  # for each row a place among some values, of which not all need occur
LARGEST = 2**62
FEW = 500  # rows up to which plain Python is faster than numpy


def as_written(value: object) -> object:
    """Return what tells values apart: decimals by how they are written, for 2 and 2.0 are equal and not the same.

    >>> as_written(Decimal("2.0")) == as_written(Decimal("2"))
    False
    """
    return (Decimal, str(value)) if value.__class__ is Decimal else value


class Column(Generic[T]):
    """One value a row. ``values`` are the distinct ones in the order of the rows, ``codes`` the place among them of each row's.

    It is never changed. A class of its own, because a tuple would hold one pointer a row and tell nothing of what is equal.
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: array[int], values: tuple[T, ...]) -> None:
        self.codes, self.values = codes, values

    @staticmethod
    def of(values: Sequence[S]) -> Column[S]:
        """Put values into a column of which equal ones are the same, decimals excepted."""
        code_of = {value: code for code, value in enumerate(dict.fromkeys(values))}
        return Column(array("i", map(code_of.__getitem__, values)), tuple(code_of))

    @staticmethod
    def of_objects(values: Sequence[S]) -> Column[S]:
        """Put values of any kind into a column; what is the same object is looked at once."""
        code_of: dict[object, int] = {}
        distinct: list[S] = []
        by_object: dict[int, int] = {}
        for number, value in dict(zip(map(id, values), values, strict=True)).items():
            code = code_of.setdefault(as_written(value), len(distinct))
            if code == len(distinct):
                distinct.append(value)
            by_object[number] = code
        return Column(array("i", map(by_object.__getitem__, map(id, values))), tuple(distinct))

    @staticmethod
    def repeated(value: S, count: int) -> Column[S]:
        """Return a column that holds one value throughout."""
        return Column(array("i", bytes(array("i").itemsize * count)), (value,))

    @staticmethod
    def joined(parts: Sequence[Column[S]]) -> Column[S]:
        """Put columns one below the other."""
        if len(parts) == 1:
            return parts[0]
        known = _Distinct[S]()
        codes = array("i")
        for part in parts:
            codes.extend(known.codes_of(part))
        return Column(codes, tuple(known.values))

    @staticmethod
    def made(make: Callable[..., S], *columns: Column[Any]) -> Column[S]:
        """Put into a column what is made of the values that each row has in some columns, once for each that occur together.

        >>> list(Column.made(str.__add__, Column.of("aba"), Column.of("xxx")))
        ['ax', 'bx', 'ax']
        """
        _, first, alike = np.unique(
            _together([column.coded() for column in columns]), return_index=True, return_inverse=True
        )
        met = np.argsort(first)
        code_of = np.empty(len(met), np.int32)
        code_of[met] = np.arange(len(met))
        picked = (map(column.values.__getitem__, numbers(column.codes)[first[met]].tolist()) for column in columns)
        return Column(array("i", code_of[alike].tobytes()), tuple(each_made(make, *picked)))

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes)

    def __getitem__(self, place: int) -> T:
        return self.values[self.codes[place]]

    def coded(self) -> Coded:
        """Return the codes for numpy, and the values."""
        return numbers(self.codes), self.values

    def picked(self, places: Codes) -> Column[T]:
        """Return the rows at some places, in their order."""
        if len(self.values) == 1 and len(places):
            return Column.repeated(self.values[0], len(places))
        codes = numbers(self.codes)[places]
        if len(codes) <= FEW:
            places_of: dict[int, int] = {}
            moved = [places_of.setdefault(code, len(places_of)) for code in codes.tolist()]
            return Column(array("i", moved), tuple(map(self.values.__getitem__, places_of)))
        first = np.full(len(self.values), len(codes))  # where each value is met first: backwards, the last one written
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        used = np.argsort(first)[: np.count_nonzero(first < len(codes))]
        code_of = np.zeros(len(self.values), codes.dtype)
        code_of[used] = np.arange(len(used))
        return Column(array("i", code_of[codes].tobytes()), tuple(self.values[code] for code in used.tolist()))

    def changed(self, change: Callable[[T], S]) -> Column[S]:
        """Return the column with every value changed, asked once for each distinct one."""
        known = _Distinct[S]()
        codes = known.codes_of(Column(self.codes, tuple(map(change, self.values))))
        return Column(codes, tuple(known.values))


class _Distinct(Generic[T]):
    """Number distinct values as they are met. It has state because columns are met one after the other."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._code_of: dict[object, int] = {}

    def codes_of(self, column: Column[T]) -> array[int]:
        """Return a number for each row of a column, whose values need not be distinct."""
        code_of, moved = self._code_of, array("i")
        for value in column.values:
            code = code_of.setdefault(as_written(value), len(self.values))
            if code == len(self.values):
                self.values.append(value)
            moved.append(code)
        return column.codes if moved == array("i", range(len(moved))) else taken(moved, numbers(column.codes))


def each_made(make: Callable[..., S], *columns: Iterable[Any]) -> list[S]:
    """Return what is made of each row's values.

    Where a value is nothing but what its fields hold, they are filled field by field for all rows, which takes half the
    time of one ``__init__`` after the other.

    >>> each_made(divmod, [7, 9], [2, 2])
    [(3, 1), (4, 1)]
    """
    if not _is_all_fields(make):
        return list(map(make, *columns))
    first, *others = columns
    values, own = list(first), fields(make)
    made: list[Any] = [object.__new__(make) for _ in values]
    left_out = (repeat(field.default) for field in own[len(columns) :])
    for field, column in zip(own, chain((values, *others), left_out), strict=True):
        deque(map(getattr(make, field.name).__set__, made, column), 0)
    return made


def _is_all_fields(make: Callable[..., S]) -> TypeGuard[type[DataclassInstance]]:
    """Tell whether a call makes a frozen value with slots, which checks nothing and works nothing out."""
    return (
        isinstance(make, type)
        and is_dataclass(make)
        and "__slots__" in vars(make)
        and not hasattr(make, "__post_init__")
    )


def numbers(codes: array[int]) -> Codes:
    """Look at an array of numbers as numpy does, without copying it."""
    return np.frombuffer(codes, codes.typecode) if codes else np.zeros(0, codes.typecode)


def taken(codes: array[int], places: Codes) -> array[int]:
    """Return the numbers at some places.

    >>> taken(array("i", [7, 8, 9]), np.array([2, 0]))
    array('i', [9, 7])
    """
    return array(codes.typecode, numbers(codes)[places].tobytes())


def times_met(columns: Sequence[Coded]) -> list[tuple[tuple[Any, ...], int]]:
    """Count the rows that are alike in all columns: (their values, how many), in the order of the rows.

    >>> times_met([Column.of("abab").coded(), Column.of("xxxy").coded()])
    [(('a', 'x'), 2), (('b', 'x'), 1), (('b', 'y'), 1)]
    """
    codes, values = [own for own, _ in columns], [own for _, own in columns]
    if len(codes[0]) <= FEW:
        counted: Iterable[tuple[Sequence[int], int]] = Counter(zip(*map(np.ndarray.tolist, codes), strict=True)).items()
    else:
        _, first, count = np.unique(_together(columns), return_index=True, return_counts=True)
        met = sorted(zip(first.tolist(), count.tolist(), strict=True))
        counted = (([int(own[place]) for own in codes], rows) for place, rows in met)
    return [(tuple(map(getitem, values, alike)), rows) for alike, rows in counted]


def numbers_of(column: Column[int]) -> Codes:
    """Return the numbers of a column, row by row, for numpy."""
    return np.array(column.values, np.int64)[numbers(column.codes)]


def _together(columns: Sequence[Coded]) -> Codes:
    """Return a number for each row, the same for rows that are alike in all columns."""
    alike, kinds = np.zeros(len(columns[0][0]), np.int64), 1
    for codes, values in columns:
        if kinds * len(values) >= LARGEST:  # number what was met so far anew, so that no number grows too large
            met, alike = np.unique(alike, return_inverse=True)
            kinds = len(met)
        alike, kinds = alike * len(values) + codes, kinds * len(values)
    return alike
