"""企业全量名单: rows as people read them, and whole rosters as columns, for one may have a million rows."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, compress, islice
from typing import Any, overload

import numpy as np

from scoring.model.columns import Coded, Codes, Column, numbers, taken, times_met
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger

# the address of a cell: AB12
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NO_ROW = -1  # the row of a source that is no address of a cell
Place = tuple[str, str, str]  # workbook, sheet, letters of the column
Timing = tuple[str | None, date, date | None, Decimal]  # class of project, 受理日期, 通水日期, 扣除工作日


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of 企业全量名单: one installation of one enterprise.

    ``project_class`` names a class of ``rules.toml`` (None: 项目类型 or 是否有外线 is blank, the row belongs to no class).
    ``connected`` is 通水日期, None where there is none or it cannot be read. ``deducted`` are 扣除工作日, in working days.
    ``source`` is the row's 企业名称 cell, ``header`` the header cell above it.
    """

    ledger: Ledger
    enterprise: str
    project_class: str | None
    accepted: date
    connected: date | None
    deducted: Decimal
    source: CellRef
    header: CellRef
    position: tuple[int, int]
    credit_code: str = ""
    project_type: str = ""
    stated_days: Decimal | None = None
    steps: str = ""
    materials: str = ""
    fee: str = ""

    @property
    def key(self) -> tuple[str, date]:
        """Tell installations apart: the enterprise's name without white space, and the day of acceptance."""
        return "".join(self.enterprise.split()), self.accepted


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """The columns of a roster: those of a ``RosterRow``, with ``source`` and ``position`` in parts.

    ``place`` and ``source_row`` (from 1) make ``source``; where that is no address, its text stands for the letters and
    the row is ``NO_ROW``. ``sheet`` and ``row`` make ``position``.
    """

    ledger: Column[Ledger]
    enterprise: Sequence[str]
    project_class: Column[str | None]
    accepted: Column[date]
    connected: Column[date | None]
    deducted: Column[Decimal]
    place: Column[Place]
    source_row: array[int]
    header: Column[CellRef]
    sheet: Column[int]
    row: array[int]
    credit_code: Sequence[str]
    project_type: Column[str]
    stated_days: Column[Decimal | None]
    steps: Column[str]
    materials: Column[str]
    fee: Column[str]

    def picked(self, places: Sequence[int]) -> RosterColumns:
        """Return the rows at some places, in their order."""
        return _PickedColumns(self, places)

    def coded(self, name: str) -> Coded:
        """Return the codes of a column for numpy, and the values."""
        column: Column[Any] = getattr(self, name)
        return column.coded()

    @staticmethod
    def joined(parts: Sequence[RosterColumns]) -> RosterColumns:
        """Put columns one below the other."""
        return RosterColumns(*(_joined([getattr(part, name) for part in parts]) for name in RosterColumns.__slots__))


class _PickedColumns(RosterColumns):
    """Some rows of other columns: each column is picked when it is first asked for, since a clause asks for a few of many.

    It has state because it keeps the columns that were asked for; what they hold never changes.
    """

    __slots__ = ("_of", "_places")

    def __init__(self, of: RosterColumns, places: Sequence[int] | Codes) -> None:
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_places", np.array(places, np.int64))

    def coded(self, name: str) -> Coded:
        """Return the codes of a column for numpy, and the values: those of all rows, which need not be picked for it."""
        codes, values = self._of.coded(name)
        return codes[self._places], values

    def __getattr__(self, name: str) -> Any:  # Any: a column of whatever kind the name stands for
        """Pick a column that nobody has asked for yet."""
        if name not in RosterColumns.__slots__:
            raise AttributeError(name)
        column = _picked(getattr(self._of, name), self._places)
        object.__setattr__(self, name, column)
        return column


class Roster(Sequence[RosterRow]):
    """Rows of 企业全量名单, kept as columns; a row is made where somebody asks for it. It is never changed.

    A class, because a million rows as objects take 2 GB and half a minute, and whoever wants a median wants columns.
    """

    __slots__ = ("columns",)

    def __init__(self, columns: RosterColumns) -> None:
        self.columns = columns

    @staticmethod
    def of(rows: Iterable[RosterRow]) -> Roster:
        """Put rows into columns."""
        if isinstance(rows, Roster):
            return rows
        kept = tuple(rows)
        if not kept:
            return NO_ROSTER
        sources = [source_parts(row.source) for row in kept]
        plain: dict[str, list[Any]] = {name: [getattr(row, name) for row in kept] for name in RosterRow.__slots__}
        coded: dict[str, Any] = {name: Column.of_objects(plain[name]) for name in CODED}
        return Roster(
            RosterColumns(
                enterprise=plain["enterprise"],
                credit_code=plain["credit_code"],
                place=Column.of([place for place, _ in sources]),
                source_row=array("q", [row for _, row in sources]),
                sheet=Column.of([sheet for sheet, _ in plain["position"]]),
                row=array("q", [row for _, row in plain["position"]]),
                **coded,
            )
        )

    @staticmethod
    def joined(parts: Iterable[Iterable[RosterRow]]) -> Roster:
        """Put rosters one below the other."""
        held = [part for part in map(Roster.of, parts) if part]
        if len(held) < 2:
            return held[0] if held else NO_ROSTER
        return Roster(RosterColumns.joined([part.columns for part in held]))

    # --- rows
    def __len__(self) -> int:
        return len(self.columns.row)

    def __iter__(self) -> Iterator[RosterRow]:
        """Yield row after row, each made where it is asked for."""
        own = self.columns
        return map(
            RosterRow, own.ledger, own.enterprise, own.project_class, own.accepted, own.connected, own.deducted,
            map(source_of, own.place, own.source_row), own.header, zip(own.sheet, own.row, strict=True),
            own.credit_code, own.project_type, own.stated_days, own.steps, own.materials, own.fee,
        )  # fmt: skip

    @overload
    def __getitem__(self, at: int) -> RosterRow: ...
    @overload
    def __getitem__(self, at: slice) -> Roster: ...
    def __getitem__(self, at: int | slice) -> RosterRow | Roster:
        places = range(len(self))[at]
        return self.picked(places) if isinstance(places, range) else next(iter(self.picked((places,))))

    def __eq__(self, other: object) -> bool:
        """Compare row by row, without making rows."""
        if not isinstance(other, Roster):
            return NotImplemented
        own, theirs = self.columns, other.columns
        return len(self) == len(other) and all(
            list(getattr(own, name)) == list(getattr(theirs, name)) for name in RosterColumns.__slots__
        )

    def __hash__(self) -> int:
        return hash((len(self), *islice(self.columns.enterprise, 3)))

    def __repr__(self) -> str:
        return f"Roster({list(self)!r})"

    def __reduce__(self) -> str | tuple[type[Roster], tuple[RosterColumns]]:
        """Travel to another process as columns; no rows as the one roster without any."""
        return (Roster, (self.columns,)) if len(self) else "NO_ROSTER"

    # --- whole rosters
    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Return the ledgers that some row is of, in the rows' order."""
        return self.columns.ledger.values

    @property
    def headers(self) -> tuple[CellRef, ...]:
        """List each header of the rows once, in the rows' order."""
        return self.columns.header.values

    @property
    def headed(self) -> list[tuple[Ledger, CellRef]]:
        """List each ledger with each header below which it has rows, in the rows' order."""
        return [headed for headed, _ in times_met([self.columns.coded("ledger"), self.columns.coded("header")])]

    @property
    def sheets(self) -> frozenset[str]:
        """Name the sheets on which the rows stand."""
        return frozenset(sheet for _, sheet, _ in self.columns.place.values)

    def picked(self, places: Sequence[int]) -> Roster:
        """Return the rows at some places, in their order."""
        if not places:
            return NO_ROSTER
        whole = isinstance(places, range) and places == range(len(self))
        return self if whole else Roster(self.columns.picked(places))

    def where(self, wanted: Callable[[Ledger], bool]) -> Roster:
        """Return the rows whose ledger is wanted, which is asked once a ledger."""
        flags = [wanted(ledger) for ledger in self.ledgers]
        if all(flags):
            return self
        return self.picked(np.flatnonzero(np.array(flags)[numbers(self.columns.ledger.codes)]).tolist())

    def moved(
        self, ledger_of: Callable[[Ledger], Ledger], header_of: Callable[[CellRef], CellRef] | None = None
    ) -> Roster:
        """Return the same rows as those of other ledgers, below other headers (None: below their own)."""
        own = self.columns
        header = own.header.changed(header_of) if header_of else own.header
        columns = {name: getattr(own, name) for name in RosterColumns.__slots__}
        return Roster(RosterColumns(**(columns | {"ledger": own.ledger.changed(ledger_of), "header": header})))

    def by_ledger(self) -> Mapping[Ledger, Sequence[int]]:
        """Return ledger -> the places of its rows, in order."""
        ledger = self.columns.ledger
        if len(self) and len(ledger.values) == 1:
            return {ledger.values[0]: range(len(self))}
        places: list[list[int]] = [[] for _ in ledger.values]
        for place, code in enumerate(ledger.codes):
            places[code].append(place)
        return {one: own for one, own in zip(ledger.values, places, strict=True) if own}

    def in_order(self, places: Sequence[int]) -> Sequence[int]:
        """Sort places by where the rows stand in their workbook."""
        sheet, row, own = self.columns.sheet, self.columns.row, np.array(places, np.int64)
        sheets, rows = numbers(sheet.codes)[own], numbers(row)[own]
        if (sheets[1:] == sheets[:-1]).all() and (rows[1:] >= rows[:-1]).all():
            return places
        return sorted(places, key=lambda place: (sheet[place], row[place]))

    def united(self) -> Roster:
        """Return one row an installation, the last one, in the order in which the installations are first met."""
        own = self.columns.enterprise
        names = own if is_unbroken("".join(own)) else list(map("".join, map(str.split, own)))
        met, again = set[str](), set[str]()
        for name in names:
            (again if name in met else met).add(name)
        return self._united_of(names, again) if again else self

    def _united_of(self, names: Sequence[str], again: Collection[str]) -> Roster:
        """Return one row an installation, where only some names stand more than once."""
        accepted, kept = self.columns.accepted.codes, np.arange(len(self))
        first: dict[tuple[str, int], int] = {}
        for place in compress(range(len(self)), map(again.__contains__, names)):
            leads = first.setdefault((names[place], accepted[place]), place)
            if leads != place:
                kept[leads], kept[place] = place, NO_ROW
        return Roster(_PickedColumns(self.columns, kept[kept != NO_ROW])) if NO_ROW in kept else self

    def timings(self) -> list[tuple[Timing, int]]:
        """Count the rows that are alike in what their handling time hangs on, in the rows' order."""
        timed = ("project_class", "accepted", "connected", "deducted")
        return times_met([self.columns.coded(name) for name in timed])


CODED = (
    "ledger", "project_class", "accepted", "connected", "deducted", "header", "project_type", "stated_days", "steps",
    "materials", "fee",
)  # fmt: skip


def source_parts(source: CellRef) -> tuple[Place, int]:
    """Return (workbook, sheet, letters) and the row of a cell, which is ``NO_ROW`` where it is no address.

    >>> source_parts(CellRef("a.xlsx", "名单", "B12"))
    (('a.xlsx', '名单', 'B'), 12)
    """
    letters, row = address_parts(source.cell)
    return (source.workbook, source.sheet, letters), row


def address_parts(cell: str) -> tuple[str, int]:
    """Return the letters and the row of a cell's address; the text and ``NO_ROW`` where it is none."""
    told = ADDRESS.fullmatch(cell)
    return (told[1], int(told[2])) if told else (cell, NO_ROW)


def source_of(place: Place, row: int) -> CellRef:
    """Return the cell that ``source_parts`` took apart."""
    workbook, sheet, letters = place
    return CellRef(workbook, sheet, letters if row == NO_ROW else f"{letters}{row}")


def is_unbroken(text: str) -> bool:
    """Tell whether there is no white space in a text."""
    return text.split() == ([text] if text else [])


def _picked(column: Any, places: Codes) -> Any:
    if isinstance(column, Column):
        return column.picked(places)
    return taken(column, places) if isinstance(column, array) else list(map(column.__getitem__, places.tolist()))


def _joined(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], Column):
        return Column.joined(parts)
    whole = chain.from_iterable(parts)
    return array(parts[0].typecode, whole) if isinstance(parts[0], array) else list(whole)


def _nothing() -> RosterColumns:
    """Return the columns of no rows."""
    held: dict[str, Any] = {name: Column(array("i"), ()) for name in (*CODED, "place", "sheet")}
    return RosterColumns(**held, enterprise=[], credit_code=[], source_row=array("q"), row=array("q"))


NO_ROSTER = Roster(_nothing())
