"""What all sheets of a workbook share while it is read, and what a file's or sheet's name says of its sender."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from scoring.ledger.sheet.columns import QUARTER, SUBMITTED
from scoring.ledger.sheet.labels import YEAR, Said, read_title
from scoring.ledger.sheet.years import Years
from scoring.model.ledgers import Ledger
from scoring.model.parsed import Choices
from scoring.model.rules import Rulebook
from scoring.problems import Problem
from scoring.words.days import DayReader
from scoring.words.names import UnitIndex, find_year
from scoring.words.statuses import fold

# a day in a file's name: 五华区2023-06-08.xlsx, 台账20230608.xlsx, 台账6月8日.xlsx
DAY_IN_NAME = re.compile(
    r"(?<!\d)(?:20\d\d[-./_]\d{1,2}[-./_]\d{1,2}(?!\d)|20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    r"|(?:20\d\d年)?\d{1,2}月\d{1,2}[日号])"
)


@dataclass(slots=True)
class Envelope:
    """What all sheets of a workbook share: the units, the days, the file's name, the ledgers met so far.

    It is read by the rules of one year; ``years`` tells which ledgers are of that year.
    """

    rulebook: Rulebook
    years: Years
    index: UnitIndex
    days: DayReader
    upload: int
    file_said: tuple[Said, ...]
    sheets_said: list[tuple[int, tuple[Said, ...]]] = field(default_factory=list)
    ledgers: dict[Ledger, Ledger] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    received: date | None = None
    undated: dict[Ledger, Problem] = field(default_factory=dict)
    aside: dict[tuple[str, int, int], None] = field(default_factory=dict)  # ledgers of other years: unit, year, quarter

    def one(self, ledger: Ledger) -> Ledger:
        """Return the one value that stands for equal ledgers, so that a hundred thousand rows share it."""
        return self.ledgers.setdefault(ledger, ledger)


def said_by_name(name: str, index: UnitIndex) -> tuple[Said, ...]:
    """Return what a file's or sheet's name says of unit, quarter, date and year."""
    plain = fold(name)
    titles = [s for s in read_title(-1, -1, plain[-80:], index) if s.what != YEAR]
    if not any(s.what == QUARTER for s in titles) and (year := find_year(plain)) is not None:
        titles.append(Said(YEAR, year, -1, -1, label=False))
    days = {m[0] for m in DAY_IN_NAME.finditer(plain)}
    if len(days) == 1:
        titles.append(Said(SUBMITTED, days.pop().replace("_", "-"), -1, -1, label=False))
    return tuple(titles)
