"""Read rows of 企业全量名单: up to a hundred thousand, so each distinct value is understood once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scoring.calendar.workdays import working_days
from scoring.files.cells import address
from scoring.ledger.rows.roster_columns import TEXTS, UsualRows
from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.sheet.columns import UNIT
from scoring.model.evidence import CellRef
from scoring.model.facts import Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.rosters import Roster, RosterRow
from scoring.model.traits import ReadFrom
from scoring.problems import CATALOGUE
from scoring.words.phrasing import day_name, number
from scoring.words.project_types import ProjectTypes
from scoring.words.quantities import is_no_number, read_days
from scoring.words.statuses import as_text, fold, is_blank

NOTHING = frozenset({"无", "暂无", "零报告", "本季度无", "本季度零报告"})
ZERO = Decimal(0)
UNTIMED, COMPUTED = "这一户不计时", "按受理和通水日期计算"


class RosterReader:
    """Read one block of a roster."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.types = ProjectTypes(reading.rulebook.project_classes)
        self.days: dict[tuple[date, date], int] = {}
        self.said: dict[object, str] = {}
        self.kept: dict[Ledger, int] = {}
        self.out: dict[Ledger, tuple[CellRef, int]] = {}
        self.singles: list[RosterRow] = []  # the installations that were read one by one
        where = reading.where
        self.enterprise, self.accepted, self.connected = where["enterprise"], where["accepted"], where["connected"]
        self.type, self.line = where["project_type"], where["external_line"]
        self.deducted, self.stated = where["deducted"], where["stated_days"]
        self.texts = tuple(where[name] for name in TEXTS)
        at = reading.header.where["enterprise"]
        self.header = reading.page.at(
            *reading.page.head.get((reading.header.rows["enterprise"], at), (reading.header.rows["enterprise"], at))
        )
        self.book, self.sheet = reading.page.workbook, reading.page.sheet.name
        self.letter = address(0, at)[:-1]

    def read(self, rows: list[int]) -> None:
        """Read rows; a roster of which every row was kept out states something that cannot be read."""
        self._tell_missing_columns(rows)
        usual = UsualRows(self.reading, self.types, rows)
        for row in sorted((*usual.unusual, *usual.firsts)):
            if row in usual.firsts:
                self._first(row, usual)
            else:
                self._one(row)
        built, left = usual.build(self.header, self.letter, self.is_scored)
        for row in left:
            self._one(row)
        self._put_between(built)
        self.reading.into.rows_read += len(rows) - len(usual.unusual) - len(left)
        self._state_unread()

    def _put_between(self, built: Roster) -> None:
        """Add installations that were read by columns to those read one by one, in the order of the rows."""
        whole = Roster.joined((self.singles, built))
        if whole:
            self.reading.into.rosters.append(whole.picked(whole.in_order(range(len(whole)))))

    def _one(self, row: int) -> None:
        """Read one row, whatever it holds."""
        reading = self.reading
        values = reading.grid.values(row)
        if values[self.accepted] == "" and self._is_empty(values) and not reading.holds_fault(row):
            return
        ledger = self._ledger(row, values)
        if ledger is not None:
            self._installation(row, ledger, values)

    def _first(self, row: int, usual: UsualRows) -> None:
        """Settle the ledger of all rows that name a sender as this one does; where it is not settled, read the row."""
        values = self.reading.grid.values(row)
        ledger = self._ledger(row, values)
        if ledger is None:
            usual.drop(row)
        elif usual.is_settled(row):
            self._is_scored(ledger, row)
        else:
            usual.drop(row)
            self._installation(row, ledger, values)

    def _installation(self, row: int, ledger: Ledger, values: list[object]) -> None:
        """Read one row of a ledger."""
        reading, into = self.reading, self.reading.into
        into.rows_read += 1
        if self._is_scored(ledger, row) and not self._row(row, ledger, values):
            into.rows_kept_out += 1
            self.out.setdefault(ledger, (reading.cell(row, "accepted"), row))

    def _ledger(self, row: int, values: list[object]) -> Ledger | None:
        """Return the ledger of a row; None keeps the row out."""
        ledger = self.reading.ledger(row, values)
        if ledger is None:
            self.reading.keep_out()
        else:
            self.reading.into.reported[ledger] = None
        return ledger

    def _is_empty(self, values: list[object]) -> bool:
        """Tell whether a row holds no installation: blank but for its number, or 无 in the name's place."""
        columns = (self.enterprise, self.connected, self.type, self.texts[0])
        words = [fold(as_text(values[column])) for column in columns if not is_blank(values[column])]
        return not words or (len(words) == 1 and words[0] in NOTHING)

    def _is_scored(self, ledger: Ledger, row: int) -> bool:
        """Tell whether rosters are asked of a unit; else its rows are kept out, with one warning."""
        known = self.kept.get(ledger)
        if known is None:
            terms = [t for _, t in self.reading.rulebook.terms_of[ledger.unit] if t.traits.read_from is ReadFrom.ROSTER]
            known = self.kept[ledger] = len(terms)
            if not terms:
                place = self.reading.cell(row, UNIT) if UNIT in self.reading.has else self.header
                kind = self.reading.kind.name
                self.reading.into.problems.append(CATALOGUE["clause-not-scored"].at(place, kind, unit=ledger.unit))
        return known > 0

    def is_scored(self, ledger: Ledger) -> bool:
        """Tell whether rosters are asked of the unit of a ledger that was met before."""
        return self.kept.get(ledger, 0) > 0

    def _row(self, row: int, ledger: Ledger, values: list[object]) -> bool:
        """Read one installation; False where an error kept it out."""
        reading = self.reading
        if reading.grid.faults and self._has_faults(row, values):
            return False
        accepted = self._accepted(row, values[self.accepted])
        name = values[self.enterprise]
        enterprise = name.strip() if isinstance(name, str) else as_text(name)
        if not enterprise:
            reading.report("title-missing", row, "enterprise", column=reading.title("enterprise"))
        reads, project_class, project_type = self._class(row, values[self.type], values[self.line])
        deducted = self._deducted(row, values[self.deducted])
        if accepted is None or not enterprise or not reads or deducted is None:
            reading.day(row, "connected", values[self.connected], UNTIMED)  # all of a row's problems in one pass
            return False
        connected = self._connected(row, values[self.connected], accepted)
        stated = self._stated(row, values[self.stated], accepted, connected, deducted)
        code, steps, materials, fee = [self._said(values[column]) for column in self.texts]
        at_sight = CellRef(self.book, self.sheet, f"{self.letter}{row + 1}")
        source = reading.cell(row, "enterprise") if reading.grid.origin else at_sight
        self.singles.append(
            RosterRow(
                ledger, enterprise, project_class, accepted, connected, deducted, source, self.header,
                (reading.number, row + 1), code, project_type, stated, steps, materials, fee,
            )
        )  # fmt: skip
        return True

    def _said(self, value: object) -> str:
        """Return a cell as text; a roster repeats its few numbers."""
        if value.__class__ is not float:
            return str(value) if value.__class__ is str else as_text(value)
        text = self.said.get(value)
        if text is None:
            text = self.said[value] = as_text(value)
        return text

    def _has_faults(self, row: int, values: list[object]) -> bool:
        """Report error values in the columns that decide; in 通水日期 one counts as blank."""
        names = ("enterprise", "accepted", "project_type", "external_line", "deducted")
        faults = [self.reading.is_faulty(row, name, values[self.reading.where[name]]) for name in names]
        return any(faults)

    def _accepted(self, row: int, value: object) -> date | None:
        read = self.reading.envelope.days.read(value)
        if read is not None and not read.month_only:
            return read.day
        if is_blank(value):
            self.reading.report("accepted-missing", row, "accepted")
            return None
        return self.reading.day(row, "accepted", value, "这一行没有计入")

    def _connected(self, row: int, value: object, accepted: date) -> date | None:
        """Return 通水日期, warned of where the row cannot be timed by it."""
        if (row, "connected") in self.reading.torn:
            return None
        read = self.reading.envelope.days.read(value)
        if read is not None and not read.month_only and read.day >= accepted:
            return read.day
        if is_blank(value) and not self.reading.grid.fault(row, self.connected, value):
            if "connected" in self.reading.has:
                self.reading.report("connected-missing", row, "connected")
            return None
        connected = self.reading.day(row, "connected", value, UNTIMED)
        if connected is not None and connected < accepted:
            self.reading.report("connected-before-accepted", row, "connected", value, accepted=day_name(accepted))
        return connected

    def _class(self, row: int, kind: object, line: object) -> tuple[bool, str | None, str]:
        """Return (whether it could be read, the class of project or None, the words of 项目类型)."""
        typed = self.types.read(kind, line)
        if typed.trouble:
            name = "external_line" if typed.trouble.startswith("external") else "project_type"
            if name in self.reading.has:
                given = line if name == "external_line" else kind
                fields = {"names": self.types.shown, "project_type": typed.said}
                self.reading.report(typed.trouble, row, name, given, **fields)
        return not typed.is_error, typed.project_class, typed.said

    def _deducted(self, row: int, value: object) -> Decimal | None:
        if value == "" or is_no_number(value):
            return ZERO
        days = read_days(value)
        if days is None:
            self.reading.report("deducted-unreadable", row, "deducted", value)
        return days

    def _stated(
        self, row: int, value: object, accepted: date, connected: date | None, deducted: Decimal
    ) -> Decimal | None:
        """Return 办理工作日 as stated, compared with what the days give."""
        if self.reading.is_faulty(row, "stated_days", value, COMPUTED) or is_no_number(value):
            return None
        stated = read_days(value)
        if stated is None:
            self.reading.report("stated-days-unreadable", row, "stated_days", value)
            return None
        if connected is None or connected < accepted:
            return stated
        days = self.days.get((accepted, connected))
        if days is None:
            days = self.days[accepted, connected] = working_days(accepted, connected)
        if stated + deducted != days:
            computed = max(ZERO, days - deducted)
            if stated != computed:
                self.reading.report("stated-days-differ", row, "stated_days", value, computed=number(computed))
        return stated

    def _tell_missing_columns(self, rows: list[int]) -> None:
        """Warn once, at the header, of a column whose absence leaves rows untimed or without a class."""
        effects = {
            "project_type": "各户不归入任何一类",
            "external_line": "一般项目不归入任何一类",
            "connected": "各户不计时",
        }
        for name, effect in effects.items() if rows else ():
            if name not in self.reading.has:
                problem = CATALOGUE["column-absent"].at(self.header, self.reading.title(name), effect=effect)
                self.reading.into.problems.append(problem)

    def _state_unread(self) -> None:
        """State the roster clause as unreadable where every row of a ledger's roster was kept out."""
        rosters = self.reading.into.rosters if self.out else ()
        read = {ledger for roster in rosters if self.sheet in roster.sheets for ledger in roster.ledgers}
        for ledger, (source, row) in self.out.items():
            if ledger in read:
                continue
            position = self.reading.number, row + 1
            for clause, term in self.reading.rulebook.terms_of[ledger.unit]:
                if term.traits.read_from is ReadFrom.ROSTER and term.traits.has_own_row:
                    unread = Statement(ledger, clause.code, Status.UNREADABLE, None, None, (), source, position)
                    self.reading.into.statements.append(unread)
