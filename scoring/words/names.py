"""Units and quarters by any of their usual names, alone in a cell or inside a title or a file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from scoring.model.rules import Rulebook, Unit
from scoring.words.statuses import fold

# the province in front of a name: 云南省昆明市五华区
PROVINCE = re.compile(r"^(云南省|中国云南省)")
# what asks for a seal beside a name: 五华区（盖章）
SEAL = re.compile(r"[(\[【](?:盖章|公章|签章|章|印章|加盖公章)[)\]】]|盖章|公章")
# what may follow a name that begins a text: 五华区第二季度, 五华区-台账, 五华区2023
AFTER_NAME = re.compile(r"$|[(\[【,;、。/|+\-—_\d]|第|[一二三四]季|Q", re.IGNORECASE)
# what turns the name behind it into the addressee: 报送市水务局
ADDRESSEE = re.compile(r"(报送?|送|致|报至|发|交)$")


@lru_cache(maxsize=32)
def _index_of(units: tuple[Unit, ...]) -> UnitIndex:
    return UnitIndex(units)


class UnitIndex:
    """Know units by their names. It is never changed; ``of`` makes it once for the same units."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self.by_name: Mapping[str, Unit] = {
            fold(name): unit for unit in units for name in (unit.name, unit.short, *unit.aliases)
        }
        longest_first = sorted(self.by_name, key=len, reverse=True)
        # any name, the longest first: 市住房城乡建设局
        self._anywhere = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @staticmethod
    def of(rulebook: Rulebook) -> UnitIndex:
        """Return the names of a rulebook's units."""
        return _index_of(rulebook.units)

    def exact(self, text: str) -> Unit | None:
        """Return the unit that a text names and nothing else (a 盖章 remark, a quarter or a bracket may follow)."""
        plain = PROVINCE.sub("", SEAL.sub("", fold(text))).strip(":。.,;*")
        unit = self.by_name.get(plain)
        if unit is not None:
            return unit
        named = self._anywhere.match(plain)
        if named and AFTER_NAME.match(plain, named.end()) and self.inside(plain) is not None:
            return self.by_name[named[0]]
        return None

    def inside(self, text: str) -> Unit | None:
        """Return the one unit that a title or file name speaks of; None where it names none, or several."""
        plain = fold(text)
        matches = [m for m in self._anywhere.finditer(plain) if not ADDRESSEE.search(plain[: m.start()])]
        units = {self.by_name[m[0]].name: self.by_name[m[0]] for m in matches}
        return next(iter(units.values())) if len(units) == 1 else None


# ------------------------------------------------------------------------------------------- quarters
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
# what stands between two months: 4-6月, 4月至6月
SPAN = "[-–—~〜～至到]+"
# a quarter, not one of several: 第二季度, Q2, 2Q
QUARTER = re.compile(
    r"(?<![、,和\d])第?([一二三四1-4])季(?![、,和])度?|Q([1-4])(?!\d)|(?<!\d)([1-4])Q(?!\d)", re.IGNORECASE
)
# a quarter as its months: 4-6月, 1月至3月
MONTH_SPAN = re.compile(rf"(?<![\d.])(\d{{1,2}})月?{SPAN}(?:20\d\d年)?(\d{{1,2}})月(?!\d)")
# the year of a quarter or an assessment, and not of a span of years: 2023年度, 2023年4-6月, 2023Q2, 23年
YEAR = re.compile(
    r"(?<!\d)(?<!20\d\d[-–—~〜～至到])(?<!20\d\d年[-–—~〜～至到])(20\d\d)(?!年?[-–—~〜～至到]+20\d\d年)(?=年度?(?!\d)|年\d{1,2}月?[-–—~〜～至到]|[-./_]?(?:Q[1-4]|第?[一二三四1-4]季|[1-4]Q))|(?<!\d)(\d\d)(?=年)",
    re.IGNORECASE,
)
# a text that names a quarter and nothing else: (2023年第二季度), Q2
WHOLE = re.compile(rf"[(]?(?:20\d\d(?:年度?)?)?[-.]?(?:{QUARTER.pattern}|{MONTH_SPAN.pattern})份?[)]?", re.IGNORECASE)
# a quarter by its number: 2, 第二季
BARE = re.compile(r"第?([一二三四1-4])(?:季度?)?")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter as read, with the year where one was given."""

    quarter: int
    year: int | None = None


@lru_cache(maxsize=4096, typed=True)
def read_quarter(value: object) -> Quarter | None:
    """Read a cell that holds a quarter; None where it holds none, or several.

    >>> read_quarter("2023年4—6月"), read_quarter("Q2"), read_quarter(2.0), read_quarter("上半年")
    (Quarter(quarter=2, year=2023), Quarter(quarter=2, year=None), Quarter(quarter=2, year=None), None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Quarter(int(value)) if value in (1, 2, 3, 4) else None
    if not isinstance(value, str):
        return None
    text = fold(value)
    if bare := BARE.fullmatch(text):
        return Quarter(NUMERALS[bare[1]])
    return find_quarter(text)


def find_quarter(text: str) -> Quarter | None:
    """Return the one quarter that a folded text speaks of."""
    quarters = {NUMERALS[m[1] or m[2] or m[3]] for m in QUARTER.finditer(text)}
    quarters |= {MONTHS[span] for m in MONTH_SPAN.finditer(text) if (span := (int(m[1]), int(m[2]))) in MONTHS}
    return Quarter(quarters.pop(), find_year(text)) if len(quarters) == 1 else None


def is_quarter(text: str) -> bool:
    """Tell whether a folded text names a quarter, with or without its year, and nothing else."""
    return WHOLE.fullmatch(text) is not None and find_quarter(text) is not None


def find_year(text: str) -> int | None:
    """Return the first year that a folded text names (2023年, 2023Q2, 23年)."""
    year = YEAR.search(text)
    if year is None:
        return None
    return int(year[1]) if year[1] else 2000 + int(year[2])
