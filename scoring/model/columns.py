"""Columns of many values of which few are distinct: each row holds a small number, and each distinct value stands once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar, cast

T = TypeVar("T")
S = TypeVar("S")
Pick: TypeAlias = Callable[[Sequence[Any]], tuple[Any, ...]]


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
        code_of: dict[object, int] = {}
        distinct: list[S] = []
        codes = array("i")
        for part in parts:
            moved = []
            for value in part.values:
                code = code_of.setdefault(as_written(value), len(distinct))
                if code == len(distinct):
                    distinct.append(value)
                moved.append(code)
            codes.extend(part.codes if moved == list(range(len(moved))) else map(moved.__getitem__, part.codes))
        return Column(codes, tuple(distinct))

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes)

    def __getitem__(self, place: int) -> T:
        return self.values[self.codes[place]]

    def picked(self, pick: Pick, count: int) -> Column[T]:
        """Return the rows that ``picking`` picks, so many."""
        if len(self.values) == 1 and count:
            return Column.repeated(self.values[0], count)
        codes = array("i", pick(self.codes))
        used = list(dict.fromkeys(codes))
        if len(used) == len(self.values) and used == list(range(len(used))):
            return Column(codes, self.values)
        code_of = {code: place for place, code in enumerate(used)}
        return Column(array("i", map(code_of.__getitem__, codes)), tuple(self.values[code] for code in used))

    def changed(self, change: Callable[[T], S]) -> Column[S]:
        """Return the column with every value changed, asked once for each distinct one."""
        values = tuple(map(change, self.values))
        return (
            Column(self.codes, values)
            if len(set(values)) == len(values)
            else Column.of_objects([values[c] for c in self.codes])
        )

    def flags(self, wanted: Callable[[T], bool]) -> Iterable[bool]:
        """Tell of every row whether its value is wanted, asked once for each distinct one."""
        asked = [wanted(value) for value in self.values]
        return repeat(True, len(self.codes)) if all(asked) else map(asked.__getitem__, self.codes)


def picking(places: Sequence[int]) -> Pick:
    """Return what picks the values at some places out of a column, at the speed of C.

    >>> picking([2, 0])("abc"), picking([1])("abc"), picking([])("abc")
    (('c', 'a'), ('b',), ())
    """
    if len(places) > 1:
        return cast("Pick", itemgetter(*places))
    return lambda values: tuple(values[place] for place in places)
