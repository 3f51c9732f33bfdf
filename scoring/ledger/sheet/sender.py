"""Whose ledger this is, for which quarter, sent when: from the row, the sheet, the workbook, the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scoring.files.cells import address
from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.ledger.sheet.disagreement import disagreement
from scoring.ledger.sheet.labels import Said, named, read_title
from scoring.model.doubts import is_backdated
from scoring.model.evidence import CellRef
from scoring.model.facts import Ledger
from scoring.model.parsed import Choices, Contradiction
from scoring.model.rules import Rulebook, Unit
from scoring.problems import CATALOGUE, Problem
from scoring.words.days import Day, DayReader
from scoring.words.names import UnitIndex, find_year, read_quarter
from scoring.words.phrasing import NUMERALS, day_name
from scoring.words.statuses import as_text, fold, is_blank

DAY_IN_NAME = re.compile(
    r"(?<!\d)(?:20\d\d[-./_]\d{1,2}[-./_]\d{1,2}(?!\d)|20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    r"|(?:20\d\d年)?\d{1,2}月\d{1,2}[日号])"
)
YEAR = "year"
SETTLED = frozenset(
    {"ledger-late", "submitted-missing", "submitted-backdated"}
)  # said of a ledger once, not of each row


@dataclass(slots=True)
class Envelope:
    """What all sheets of a workbook share: the units, the days, the file's name, the ledgers met so far."""

    rulebook: Rulebook
    index: UnitIndex
    days: DayReader
    upload: int
    file_said: tuple[Said, ...]
    sheets_said: list[tuple[int, tuple[Said, ...]]] = field(default_factory=list)
    ledgers: dict[Ledger, Ledger] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    received: date | None = None
    undated: dict[Ledger, Problem] = field(default_factory=dict)

    def one(self, ledger: Ledger) -> Ledger:
        """Return the one value that stands for equal ledgers, so that a hundred thousand rows share it."""
        return self.ledgers.setdefault(ledger, ledger)


def said_by_name(name: str, index: UnitIndex) -> tuple[Said, ...]:
    """Return what a file's or sheet's name says of unit, quarter, date and year."""
    plain = fold(name)
    said = [s for s in read_title(-1, -1, plain[-80:], index) if s.what != YEAR]
    if not any(s.what == QUARTER for s in said) and (year := find_year(plain)) is not None:
        said.append(Said(YEAR, year, -1, -1, label=False))
    days = {m[0] for m in DAY_IN_NAME.finditer(plain)}
    if len(days) == 1:
        said.append(Said(SUBMITTED, days.pop().replace("_", "-"), -1, -1, label=False))
    return tuple(said)


class Sender:
    """The sender of one block of rows. It keeps what the block's labels say, and collects the problems with that."""

    def __init__(
        self,
        envelope: Envelope,
        number: int,
        at: CellRef,
        said: Sequence[Said],
        footers: Sequence[Said],
        *,
        reports: bool = True,
    ) -> None:
        self.reports = reports
        self.envelope = envelope
        self.number = number
        self.sheet = at
        self.said = list(said)
        self.footers = list(footers)
        self.problems: list[Problem] = []
        self.contradictions: list[Contradiction] = []
        self.rulebook = envelope.rulebook
        self.unread = False  # a 报送日期 stands there and cannot be read: it is no missing one
        self.known: dict[tuple[object, object, object], Ledger | None] = {}
        self._told: set[Problem] = set()

    # --- what the labels say
    def _agreed(self, what: str) -> tuple[bool, Said | None]:
        """Return (whether label, title, sheet name and file name agree, what a reviewer says stands)."""
        sources = (
            ("", self.said), ("", self.footers), ("工作表名", self._by_name), ("文件名", self.envelope.file_said)
        )  # fmt: skip
        found = disagreement(what, self.sheet, sources, self.envelope.index)
        if found is None:
            return True, None
        stands = self.envelope.choices.get(found.key, "")
        chosen = next((one.said for one in found.places if one.name == stands), None)
        self.contradictions.append(found.contradiction(stands if chosen else ""))
        if chosen is None:
            self.problems.append(found.problem)
        return chosen is not None, chosen

    @cached_property
    def _by_name(self) -> tuple[Said, ...]:
        return said_by_name(self.sheet.sheet, self.envelope.index)

    def _own(self, what: str) -> Said | None:
        for said in (self.said, self.footers, self._by_name):
            found = named([s for s in said if not is_blank(s.value)], what)
            if found:
                return found[0]
        return None

    def _from(self, what: str) -> Said | None:
        """Return what is said of one thing: on the sheet, else on another sheet, else in the file's name."""
        return self._own(what) or self._elsewhere(what) or next(iter(named(self.envelope.file_said, what)), None)

    def _elsewhere(self, what: str) -> Said | None:
        """Return what the other sheets say, where they agree and speak of no other unit or quarter."""
        spoken = [named(said, what)[0] for number, said in self.envelope.sheets_said if self._fits(number, said, what)]
        first = spoken[0] if spoken else None
        agree = first is not None and all(
            self._meaning(what, s.value) == self._meaning(what, first.value) for s in spoken
        )
        return first if agree else None

    def _fits(self, number: int, said: tuple[Said, ...], what: str) -> bool:
        if number == self.number or not named(said, what):
            return False
        others = [other for other in (UNIT, QUARTER) if other != what and named(said, other)]
        for other in others:
            own = self._own(other)
            if own and self._meaning(other, own.value) != self._meaning(other, named(said, other)[0].value):
                return False
        return True

    def _meaning(self, what: str, value: object) -> object:
        if what == UNIT:
            unit = self.envelope.index.exact(as_text(value))
            return unit.name if unit else fold(as_text(value))
        if what == YEAR:
            return value
        if what == QUARTER:
            found = read_quarter(value)
            return found.quarter if found else fold(as_text(value))
        return self.envelope.days.read(value)

    @cached_property
    def unit(self) -> Unit | None:
        """Return the block's unit; None where it cannot be told (a problem says so)."""
        clear, chosen = self._agreed(UNIT)
        if not clear:
            return None
        said = chosen or self._from(UNIT)
        if said is None:
            self._tell("unit-missing", self.sheet)
            return None
        unit = self.envelope.index.exact(as_text(said.value))
        if unit is None:
            self._tell("unit-unknown", self._cell(said), as_text(said.value))
        elif not unit.assessed:
            self._tell("unit-not-assessed", self._cell(said), unit.name)
        return unit

    @cached_property
    def quarter(self) -> int | None:
        """Return the quarter that is said; None where none is said, -1 where what is said cannot stand."""
        clear, chosen = self._agreed(QUARTER)
        if not clear:
            return -1
        said = chosen or self._from(QUARTER)
        year = self._from(YEAR)
        if said is None:
            if year is not None and year.value != self.rulebook.assessment.year:
                self._wrong_year(self._cell(year), f"{year.value}年")
                return -1
            return None
        found = read_quarter(said.value)
        if found is None:
            self._tell("quarter-unreadable", self._cell(said), as_text(said.value))
            return -1
        stated = found.year if found.year is not None else self._year_beside(year)
        if stated is not None and stated != self.rulebook.assessment.year:
            beside = year if found.year is None and year is not None else said
            self._wrong_year(self._cell(beside), f"{stated}年" if beside is not said else as_text(said.value))
            return -1
        return found.quarter

    def _year_beside(self, year: Said | None) -> object:
        """Return the year that stands apart from the quarter: on a sheet, else in the file's name."""
        if year is not None:
            return year.value
        named_so = next(iter(named(self.envelope.file_said, QUARTER)), None)
        found = read_quarter(named_so.value) if named_so else None
        return found.year if found else None

    @cached_property
    def submitted(self) -> tuple[date | None, CellRef, bool]:
        """Return (报送日期, its cell, whether its year can stand); None where it is not said or cannot be read."""
        said = self._from(SUBMITTED)
        if said is None:
            return None, self.sheet, True
        return self._read_submitted(said.value, self._cell(said))

    def _read_submitted(self, value: object, cell: CellRef) -> tuple[date | None, CellRef, bool]:
        read = self.envelope.days.read(value)
        if read is None:
            self._tell("submitted-unreadable", cell, as_text(value))
            self.unread = True
            return None, cell, True
        if not self._may_be_sent(read):
            self._wrong_year(cell, as_text(value))
            return None, cell, False
        if read.month_only:
            self._tell("date-month-only", cell, as_text(value))
        return read.day, cell, True

    def _may_be_sent(self, read: Day) -> bool:
        """Tell whether a 报送日期 lies in the assessment year, or in January of the next."""
        year = self.rulebook.assessment.year
        return read.day.year == year or (read.day.year == year + 1 and read.day.month == 1)

    def _cell(self, said: Said) -> CellRef:
        if said.row < 0:
            return self.sheet
        return CellRef(self.sheet.workbook, said.sheet or self.sheet.sheet, address(said.row, said.column))

    def _wrong_year(self, cell: CellRef, value: str) -> None:
        self._tell("year-wrong", cell, value, year=self.rulebook.assessment.year)

    def _tell(self, code: str, cell: CellRef, value: object = "", **fields: object) -> None:
        """Report a problem with the block's labels, once."""
        problem = CATALOGUE[code].at(cell, value, **fields)
        if problem not in self._told:
            self._told.add(problem)
            self.problems.append(problem)

    @property
    def is_labelled(self) -> bool:
        """Tell whether the sheet itself, its workbook or its file names a unit."""
        return self._from(UNIT) is not None

    @property
    def tells_quarter(self) -> bool:
        """Tell whether the quarter is said anywhere, or follows from a 报送日期."""
        return self._from(QUARTER) is not None or self._from(SUBMITTED) is not None

    # --- what a row says of itself
    def ledger(
        self, unit: object = "", quarter: object = "", submitted: object = "", cells: Cells3 = None
    ) -> Ledger | None:
        """Return the ledger that a row belongs to; None keeps the row out, and a problem says why.

        The values are those of the row's own columns, ``""`` where there is no such column; ``cells`` are the references
        of the three cells, None where the sheet has none of these columns.
        """
        key = unit, quarter, submitted
        known = self.known.get(key)
        if known is not None:
            return known
        if cells is None and key in self.known:
            return None
        before = len(self.problems)
        found = self._resolve(unit, quarter, submitted, cells or (None, None, None))
        if cells is None or all(problem.code in SETTLED for problem in self.problems[before:]):
            self.known[key] = found
        return found

    def _resolve(self, unit: object, quarter: object, submitted: object, cells: Three) -> Ledger | None:
        who = self._unit_of(unit, cells[0])
        if who is None or not who.assessed:
            return None
        day, day_cell, stands = (
            self.submitted if is_blank(submitted) or cells[2] is None else self._read_submitted(submitted, cells[2])
        )
        number = self._quarter_of(quarter, day, cells[1]) if stands else None
        if number is None:
            return None
        cut_off = self.rulebook.assessment.cut_offs[number]
        ledger = Ledger(who.name, number, day or cut_off, day is not None, self.envelope.upload)
        if ledger.submitted > cut_off and ledger not in self.envelope.ledgers:
            self._tell(
                "ledger-late", day_cell, day_name(ledger.submitted), quarter=NUMERALS[number], cut_off=day_name(cut_off)
            )
        if ledger not in self.envelope.ledgers:
            self._doubt(ledger, day_cell)
        return self.envelope.one(ledger)

    def _doubt(self, ledger: Ledger, cell: CellRef) -> None:
        """Warn of a ledger without a 报送日期, or with one that lies long before the day of receipt."""
        received, limit = self.envelope.received, self.rulebook.assessment.receipt_days
        if not ledger.dated and self.reports and self.unread is False:
            names = {"quarter": NUMERALS[ledger.quarter], "cut_off": day_name(ledger.submitted)}
            self.envelope.undated[ledger] = CATALOGUE["submitted-missing"].at(cell, "", **names)
        elif ledger.dated and received is not None and is_backdated(ledger.submitted, received, limit):
            days = (received - ledger.submitted).days
            shown = day_name(ledger.submitted)
            self._tell("submitted-backdated", cell, shown, received=day_name(received), days=days)

    def _unit_of(self, value: object, cell: CellRef | None) -> Unit | None:
        if cell is None:
            return self.unit
        if is_blank(value):
            return self._label_or("unit-missing", cell)
        unit = self.envelope.index.exact(as_text(value))
        if unit is None:
            self._tell("unit-unknown", cell, as_text(value))
        elif not unit.assessed:
            self._tell("unit-not-assessed", cell, unit.name)
        return unit

    def _label_or(self, code: str, cell: CellRef) -> Unit | None:
        """Take the sheet's label for a blank cell; without one the cell is in error."""
        if self._from(UNIT) is None:
            self._tell(code, cell)
            return None
        return self.unit

    def _quarter_of(self, value: object, day: date | None, cell: CellRef | None) -> int | None:
        """Return the quarter that is said, else the one that the submission date falls to."""
        if cell is not None and not is_blank(value):
            return self._stated_quarter(value, cell)
        if self.quarter is not None:
            return self.quarter if self.quarter > 0 else None
        if day is None:
            self._tell("quarter-missing", cell or self.sheet)
            return None
        cut_offs = self.rulebook.assessment.cut_offs
        if day.year > self.rulebook.assessment.year:
            return max(cut_offs)
        return next((number for number in sorted(cut_offs) if day <= cut_offs[number]), max(cut_offs))

    def _stated_quarter(self, value: object, cell: CellRef) -> int | None:
        found = read_quarter(value)
        if found is None:
            self._tell("quarter-unreadable", cell, as_text(value))
            return None
        if found.year is not None and found.year != self.rulebook.assessment.year:
            self._wrong_year(cell, as_text(value))
            return None
        return found.quarter


Three = tuple[CellRef | None, CellRef | None, CellRef | None]
Cells3 = Three | None
