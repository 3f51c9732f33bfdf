"""Label, title, sheet name and file name that name different units, quarters, or years of a quarter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.files.cells import address
from scoring.ledger.sheet.columns import QUARTER, UNIT
from scoring.ledger.sheet.labels import YEAR, Said, named
from scoring.model.evidence import CellRef
from scoring.model.parsed import Contradiction, Side
from scoring.problems import CATALOGUE, Problem
from scoring.words.names import Quarter, UnitIndex, read_quarter
from scoring.words.phrasing import quarter_name
from scoring.words.statuses import as_text, is_blank

TITLES = {UNIT: "填报单位"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One place that names a unit or a quarter: what it comes to, the place in Chinese, and its cell, if it has one."""

    name: str
    place: str
    said: Said


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Places that name different units or quarters, the first of each name."""

    what: str
    sheet: CellRef
    places: tuple[Spoken, ...]

    @property
    def key(self) -> str:
        """Name it again when the workbook is read again."""
        return "|".join([self.what, self.sheet.sheet, *sorted(one.name for one in self.places)])

    @property
    def problem(self) -> Problem:
        """Report it at the label's cell, else at the title's, and name all that is said."""
        first = self.places[0]
        cell = address(first.said.row, first.said.column) if first.said.row >= 0 else ""
        others = "、".join(f"{one.place}写“{one.name}”" for one in self.places[1:])
        code = "unit-contradicted" if self.what == UNIT else "quarter-contradicted"
        at = CellRef(self.sheet.workbook, self.sheet.sheet, cell)
        return CATALOGUE[code].at(at, first.name, where=first.place, others=others)

    def contradiction(self, stands: str) -> Contradiction:
        """Return it as something that a reviewer can settle."""
        title = f"{self.sheet.sheet}：{TITLES.get(self.what, '季度')}说法不一"
        sides = tuple(Side(one.name, f"{one.place}：{one.name}") for one in self.places)
        return Contradiction(self.key, title, sides, (), stands)


def disagreement(
    what: str, sheet: CellRef, sources: Sequence[tuple[str, Iterable[Said]]], index: UnitIndex
) -> Disagreement | None:
    """Return what the sources (their names in Chinese, what they say) disagree on; None where they do not.

    A text that names two units or quarters names none, and one that names an unknown unit is another matter.
    """
    spoken = [
        (place, spoken_here)
        for place, labels in sources
        for spoken_here in named(list(labels), what) + (named(list(labels), YEAR) if what == QUARTER else [])
        if not is_blank(spoken_here.value)
    ]
    names = _units(spoken, index) if what == UNIT else _quarters(spoken)
    by_name: dict[str, Spoken] = {}
    for (place, spoken_here), name in zip(spoken, names, strict=True):
        if name:
            by_name.setdefault(name, Spoken(name, _place(place, spoken_here), spoken_here))
    return Disagreement(what, sheet, tuple(by_name.values())) if len(by_name) > 1 else None


def _units(spoken: Sequence[tuple[str, Said]], index: UnitIndex) -> list[str]:
    units = [index.exact(as_text(one.value)) for _, one in spoken]
    return [unit.name if unit else "" for unit in units]


def _quarters(spoken: Sequence[tuple[str, Said]]) -> list[str]:
    """Name the quarters; with their years where the years told are not one. A quarter without a year fits any year's.

    A year that stands alone (2022年台账) is named where another place tells another year.
    """
    alone = [one.value if one.what == YEAR else None for _, one in spoken]
    read = [None if one.what == YEAR else read_quarter(one.value) for _, one in spoken]
    dated: set[tuple[int | None, int]] = {(one.year, one.quarter) for one in read if one and one.year is not None}
    if len({year for year, _ in dated} | set(alone) - {None}) < 2:
        return [quarter_name(one.quarter) if one else "" for one in read]
    known = {year for year, _ in dated}
    return [
        f"{year}年" if year is not None and year not in known else _dated(one, dated)
        for year, one in zip(alone, read, strict=True)
    ]


def _dated(one: Quarter | None, dated: set[tuple[int | None, int]]) -> str:
    """Name a quarter with its year; none of it where it has no year and fits one that has."""
    if one is None or (one.year is None and (not dated or one.quarter in {quarter for _, quarter in dated})):
        return ""
    return quarter_name(one.quarter) if one.year is None else f"{one.year}年{quarter_name(one.quarter)}"


def _place(place: str, said: Said) -> str:
    if said.row < 0:
        return place
    return f"{'标签' if said.label else '标题'} {address(said.row, said.column)} "
