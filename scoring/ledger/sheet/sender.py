"""Whose ledger this is, for which quarter, sent when: from the row, the sheet, the workbook, the file's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scoring.files.cells import address
from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.ledger.sheet.disagreement import disagreement
from scoring.ledger.sheet.envelope import Envelope, said_by_name
from scoring.ledger.sheet.labels import YEAR, Said, named
from scoring.ledger.sheet.years import may_be_sent
from scoring.model.doubts import is_backdated
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger
from scoring.model.parsed import Contradiction
from scoring.model.rules import Unit
from scoring.problems import CATALOGUE, Problem
from scoring.words.days import Day
from scoring.words.names import read_quarter
from scoring.words.phrasing import NUMERALS, day_name, quarter_name
from scoring.words.statuses import as_text, fold, is_blank

SETTLED = frozenset(
    {"ledger-late", "other-year", "submitted-missing", "submitted-backdated", "submitted-twice"}
)  # said of a ledger once, not of each row
LEAP = 28  # a day that every month of every year has


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
        self.year_chosen: Said | None = None  # by a reviewer, of places that name different years
        self.known: dict[tuple[object, object, object], Ledger | None] = {}
        self.aside: set[tuple[object, object, object]] = set()  # what rows of other years say of themselves
        self._told: set[Problem] = set()

    # --- what the labels say
    def _agreed(self, what: str) -> tuple[bool, Said | None]:
        """Return (whether label, title, sheet name and file name agree, what a reviewer says stands)."""
        sources = (
            ("", self.said), ("", self.footers), ("工作表名", self._by_name), ("文件名", self.envelope.file_said)
        )  # fmt: skip
        disagreed = disagreement(what, self.sheet, sources, self.envelope.index)
        if disagreed is None:
            return True, None
        stands = self.envelope.choices.get(disagreed.key, "")
        chosen = next((one.said for one in disagreed.places if one.name == stands), None)
        self.contradictions.append(disagreed.contradiction(stands if chosen else ""))
        if chosen is None:
            self.problems.append(disagreed.problem)
        return chosen is not None, chosen

    @cached_property
    def _by_name(self) -> tuple[Said, ...]:
        return said_by_name(self.sheet.sheet, self.envelope.index)

    def _own(self, what: str) -> Said | None:
        for labels in (self.said, self.footers, self._by_name):
            mine = named([s for s in labels if not is_blank(s.value)], what)
            if mine:
                return mine[0]
        return None

    def _from(self, what: str) -> Said | None:
        """Return what is said of one thing: on the sheet, else on another sheet, else in the file's name."""
        return self._own(what) or self._elsewhere(what) or next(iter(named(self.envelope.file_said, what)), None)

    def _elsewhere(self, what: str) -> Said | None:
        """Return what the other sheets say, where they agree and speak of no other unit or quarter."""
        spoken = [
            named(sheet_said, what)[0]
            for number, sheet_said in self.envelope.sheets_said
            if self._fits(number, sheet_said, what)
        ]
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
            quarter = read_quarter(value)
            return quarter.quarter if quarter else fold(as_text(value))
        return self.envelope.days.read(value)

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
        if key in self.aside or (cells is None and key in self.known):
            return None
        before = len(self.problems)
        resolved = self._resolve(key, cells or (None, None, None))
        if cells is None or all(problem.code in SETTLED for problem in self.problems[before:]):
            self.known[key] = resolved
        return resolved

    def _resolve(self, key: tuple[object, object, object], cells: Three) -> Ledger | None:
        """Find year and quarter first: of a ledger of another year nothing else is looked at."""
        told: list[Problem] = []
        sent = self._sent(key[2], cells[2], told)
        when = self._when(key[1], cells[1], sent, told)
        if when is not None and when.year != self.rulebook.assessment.year:
            self.aside.add(key)
            self._set_aside(key[0], when)
            return None
        who = self._unit_of(key[0], cells[0])
        if who is None or not who.assessed:
            return None
        for problem in told:
            self._keep(problem)
        return None if when is None else self._made(who.name, when, sent)

    def _made(self, unit: str, when: When, sent: SentOn) -> Ledger:
        cut_off = self.rulebook.assessment.cut_offs[when.quarter]
        day = sent.day.day if sent.day else None
        ledger = Ledger(unit, when.year, when.quarter, day or cut_off, day is not None, self.envelope.upload)
        if ledger.submitted > cut_off and ledger not in self.envelope.ledgers:
            self._tell(
                "ledger-late",
                sent.cell,
                day_name(ledger.submitted),
                quarter=NUMERALS[when.quarter],
                cut_off=day_name(cut_off),
            )
        if ledger not in self.envelope.ledgers:
            self._doubt(ledger, sent.cell)
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

    def _set_aside(self, unit: object, when: When) -> None:
        """Report a ledger of another year once."""
        label = self._from(UNIT) if is_blank(unit) else None
        name = as_text(label.value if label else unit)
        known = self.envelope.index.exact(name)
        ledger = known.name if known else name, when.year, when.quarter
        if ledger not in self.envelope.aside:
            self.envelope.aside[ledger] = None
            self._tell("other-year", when.cell, when.said, year=when.year, asked=self.rulebook.assessment.year)

    # --- unit
    @cached_property
    def unit(self) -> Unit | None:
        """Return the block's unit; None where it cannot be told (a problem says so)."""
        clear, chosen = self._agreed(UNIT)
        if not clear:
            return None
        label = chosen or self._from(UNIT)
        if label is None:
            self._tell("unit-missing", self.sheet)
            return None
        return self._named_unit(label.value, self._cell(label))

    @property
    def is_labelled(self) -> bool:
        """Tell whether the sheet itself, its workbook or its file names a unit."""
        return self._from(UNIT) is not None

    def _unit_of(self, value: object, cell: CellRef | None) -> Unit | None:
        """Return a row's unit: the sheet's label stands in for a blank cell; without one the cell is in error."""
        if cell is None:
            return self.unit
        if not is_blank(value):
            return self._named_unit(value, cell)
        if self._from(UNIT) is None:
            self._tell("unit-missing", cell)
            return None
        return self.unit

    def _named_unit(self, value: object, cell: CellRef) -> Unit | None:
        unit = self.envelope.index.exact(as_text(value))
        if unit is None:
            self._tell("unit-unknown", cell, as_text(value))
        elif not unit.assessed:
            self._tell("unit-not-assessed", cell, unit.name)
        return unit

    # --- 报送日期
    def _sent(self, value: object, cell: CellRef | None, told: list[Problem]) -> SentOn:
        """Return 报送日期, of the row or else of the sheet; no day where it is not said or cannot be read."""
        if cell is None or is_blank(value):
            submitted = self._from(SUBMITTED)
            if submitted is None:
                return SentOn(None, self.sheet, "", None)
            value, cell = submitted.value, self._cell(submitted)
            told.extend(self._other_days(submitted, cell))
        read = self.envelope.days.read(value)
        if read is None:
            told.append(CATALOGUE["submitted-unreadable"].at(cell, as_text(value)))
            self.unread = True
        elif read.month_only:
            told.append(CATALOGUE["date-month-only"].at(cell, as_text(value)))
        own = read.day if read is not None and self.envelope.days.names_year(value) else None
        return SentOn(read, cell, as_text(value), own)

    def _other_days(self, submitted: Said, cell: CellRef) -> Iterator[Problem]:
        """Warn where the sheet says another 报送日期 (填报日期) than the one that is taken."""
        taken = self._meaning(SUBMITTED, submitted.value)
        for other in named([*self.said, *self.footers], SUBMITTED):
            if self._meaning(SUBMITTED, other.value) not in (taken, None):
                yield CATALOGUE["submitted-twice"].at(cell, as_text(submitted.value), other=as_text(other.value))
                return

    # --- year and quarter
    @cached_property
    def _quarter(self) -> tuple[bool, Said | None]:
        """Return (whether what is said of the quarter can stand, what is said)."""
        clear, chosen = self._agreed(QUARTER)
        if chosen is not None and chosen.what == YEAR:
            self.year_chosen = chosen
            return True, self._without_year(self._from(QUARTER))
        return clear, (chosen or self._from(QUARTER)) if clear else None

    @staticmethod
    def _without_year(label: Said | None) -> Said | None:
        """Return a quarter's label without its year: a reviewer said which year it is."""
        told = read_quarter(label.value) if label else None
        return replace(label, value=quarter_name(told.quarter)) if label and told else label

    @property
    def tells_quarter(self) -> bool:
        """Tell whether the quarter is said anywhere, or follows from a 报送日期."""
        return self._from(QUARTER) is not None or self._from(SUBMITTED) is not None

    def _when(self, value: object, cell: CellRef | None, sent: SentOn, told: list[Problem]) -> When | None:
        """Return year and quarter: as the row or the sheet says, else as follows from 报送日期; None: a problem says why."""
        place = cell or self.sheet
        if cell is None or is_blank(value):
            clear, label = self._quarter
            if not clear:
                return None
            value, place = (label.value, self._cell(label)) if label else ("", place)
        when = self._by_day(place, sent, told) if is_blank(value) else self._by_quarter(value, place, sent, told)
        if when is None:
            return None
        if when.year not in self.envelope.years.rules:
            told.append(self._wrong_year(when.cell, when.said))
            return None
        if sent.own is not None and not may_be_sent(sent.own, when.year):
            told.append(self._wrong_year(sent.cell, sent.said))
            return None
        return when

    def _by_quarter(self, value: object, cell: CellRef, sent: SentOn, told: list[Problem]) -> When | None:
        """Take the quarter that is said; its year stands with it or beside it, or follows from 报送日期."""
        quarter_read = read_quarter(value)
        if quarter_read is None:
            told.append(CATALOGUE["quarter-unreadable"].at(cell, as_text(value)))
            return None
        if quarter_read.year is not None:
            return When(quarter_read.year, quarter_read.quarter, cell, as_text(value))
        beside = self._year_beside()
        if beside is not None:
            return When(beside.year, quarter_read.quarter, beside.cell, beside.said)
        year = self.envelope.years.of_quarter(quarter_read.quarter, sent.own)
        place = (sent.cell, sent.said) if sent.own is not None else (cell, as_text(value))
        return When(year, quarter_read.quarter, *place)

    def _by_day(self, cell: CellRef, sent: SentOn, told: list[Problem]) -> When | None:
        """Take the quarter that 报送日期 falls to."""
        years, beside = self.envelope.years, self._year_beside()
        if beside is not None and beside.year not in years.rules:
            return beside
        if sent.day is None:
            told.append(CATALOGUE["quarter-missing"].at(cell))
            return None
        year = beside.year if beside is not None else None if sent.own is not None else years.asked
        day = sent.own or sent.day.day.replace(year=year or years.asked, day=min(sent.day.day.day, LEAP))
        year_of_day = years.of_day(day, year)
        if year_of_day is None:
            told.append(self._wrong_year(sent.cell, sent.said))
            return None
        return When(*year_of_day, *((beside.cell, beside.said) if beside is not None else (sent.cell, sent.said)))

    def _year_beside(self) -> When | None:
        """Return the year that stands apart from the quarter: on a sheet, with the sheet's quarter, in the file's name."""
        label = self.year_chosen or self._from(YEAR)
        if label is not None:
            return When(int(as_text(label.value)), 0, self._cell(label), f"{label.value}年")
        for other in (self._from(QUARTER), next(iter(named(self.envelope.file_said, QUARTER)), None)):
            quarter = read_quarter(other.value) if other else None
            if other and quarter and quarter.year is not None:
                return When(quarter.year, 0, self._cell(other), as_text(other.value))
        return None

    def _cell(self, said: Said) -> CellRef:
        if said.row < 0:
            return self.sheet
        return CellRef(self.sheet.workbook, said.sheet or self.sheet.sheet, address(said.row, said.column))

    # --- problems
    def _wrong_year(self, cell: CellRef, value: str) -> Problem:
        return CATALOGUE["year-wrong"].at(cell, value, year=self.envelope.years.named)

    def _tell(self, code: str, cell: CellRef, value: object = "", **fields: object) -> None:
        """Report a problem with the block's labels, once."""
        self._keep(CATALOGUE[code].at(cell, value, **fields))

    def _keep(self, problem: Problem) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class SentOn:
    """报送日期 as read (None: not said, or unreadable), its cell, its words, and the day where it names its own year."""

    day: Day | None
    cell: CellRef
    said: str
    own: date | None


@dataclass(frozen=True, slots=True)
class When:
    """A year and a quarter, with the cell and the words that name the year."""

    year: int
    quarter: int
    cell: CellRef
    said: str


Three = tuple[CellRef | None, CellRef | None, CellRef | None]
Cells3 = Three | None
