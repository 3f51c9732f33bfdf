"""Columns that say the same thing twice: two 完成情况, 是否完成 beside 进展情况, a group of columns for each quarter.

They are settled row by row before the rows are read: the column that stands is put in the place of the field's own, and
what nobody can tell is marked as torn, with an error on each of the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.ledger.sheet.headers import Column
from scoring.ledger.sheet.sheet_view import Grid
from scoring.model.evidence import CellRef
from scoring.model.facts import Status
from scoring.model.parsed import Choices, Contradiction, Side
from scoring.problems import CATALOGUE
from scoring.words.names import read_quarter
from scoring.words.phrasing import quarter_names
from scoring.words.quantities import is_no_number, read_count, read_decimal
from scoring.words.statuses import as_text, fold, is_blank, read_evidence, read_status

DAYS = frozenset({"done_on", "day", "accepted", "connected", SUBMITTED})
ADDED_UP = frozenset({"goal", "requirement"})  # whose words speak together for a clause
WHATEVER_COUNTS = frozenset({"evidence", "link"})
DATE_ALONE = frozenset({"done_on", "day", "connected"})  # an unreadable one leaves its row standing
READ_BY_ITSELF = frozenset({"status", "quantity"})  # the reader of 工作落实 states the row as unreadable
RUNNING = "序号"
SHOWN_ROWS = 50  # rows of a contradiction that the page lists


class Twice:
    """Settles the fields of one block that several columns name."""

    def __init__(self, reading: Reading, choices: Choices) -> None:
        self.reading, self.choices = reading, choices
        self.header = reading.header
        self.grid = Grid(reading.page, (one.column for one in self.header.columns))
        self.readers = _readers(reading)
        self.quarters_told = False

    def settle(self, rows: Sequence[int]) -> list[int]:
        """Settle all fields for these rows; return the rows that can still be read."""
        for field, columns in self.header.twice.items():
            self._field(field, columns, rows)
        torn = {row for row, field in self.reading.torn if field not in DATE_ALONE | READ_BY_ITSELF}
        for row in (row for row in rows if row in torn):
            self._keep_out(row)
        return [row for row in rows if row not in torn] if torn else list(rows)

    def _keep_out(self, row: int) -> None:
        ledger = self.reading.ledger(row, self.reading.grid.values(row))
        if ledger is not None:
            self.reading.into.reported[ledger] = None
            self.reading.into.rows_read += 1
        self.reading.keep_out()

    # --- which columns are asked
    def _field(self, field: str, columns: list[Column], rows: Sequence[int]) -> None:
        columns = self._in_sight(columns)
        if field == "task":
            columns = [one for one in columns if one.name != RUNNING] or columns
        chosen = self._chosen(field, columns)
        if chosen is not None:
            columns = [chosen]
        quarters = {one.quarter for one in columns} if len(columns) > 1 else set()
        told = _Told(field, columns)
        for row in rows:
            asked = self._of_quarter(row, columns) if len(quarters) > 1 else columns
            if asked:
                self._row(row, field, asked, told)
            else:
                self._take(row, field, None)
        if len(quarters) > 1:
            self._tell_quarters(columns, rows)
        elif len(columns) > 1:
            self._tell(field, columns, told, chosen)
        elif chosen is not None:
            self._tell(field, self.header.twice[field], told, chosen)

    def _in_sight(self, columns: list[Column]) -> list[Column]:
        """Leave hidden columns out where another one can be seen, with a warning."""
        hidden = self.reading.page.sheet.hidden_columns
        seen = [named_column for named_column in columns if named_column.column not in hidden]
        if not seen or len(seen) == len(columns):
            return columns
        for named_column in columns:
            if named_column.column in hidden:
                at, other = self._head(named_column), self._name(seen[0])
                self.reading.into.problems.append(CATALOGUE["column-hidden"].at(at, named_column.text, other=other))
        return seen

    def _of_quarter(self, row: int, columns: list[Column]) -> list[Column]:
        """Return the columns of the row's own quarter; those under no quarter where there are none."""
        ledger = self.reading.ledger(row, self.reading.grid.values(row))
        if ledger is None:
            return []
        own = [one for one in columns if one.quarter == ledger.quarter]
        return own or [one for one in columns if one.quarter is None]

    def _tell_quarters(self, columns: list[Column], rows: Sequence[int]) -> None:
        """Warn where the ledger's own quarter has no group of its own."""
        quarters = sorted({one.quarter for one in columns if one.quarter is not None})
        if self.quarters_told or any(one.quarter is None for one in columns):
            return
        for row in rows:
            ledger = self.reading.ledger(row, self.reading.grid.values(row))
            if ledger is not None and ledger.quarter not in quarters:
                self.quarters_told = True
                at, own = self._head(columns[0]), quarter_names([ledger.quarter])
                self.reading.into.problems.append(
                    CATALOGUE["quarter-column-missing"].at(at, columns[0].text, own=own, held=quarter_names(quarters))
                )
                return

    # --- one row
    def _row(self, row: int, field: str, columns: list[Column], told: _Told) -> None:
        values = self.grid.values(row)
        filled = [one for one in columns if not is_blank(values[one.column]) or self._fault(row, one, values)]
        if len(filled) <= 1 or len(columns) == 1:
            self._take(row, field, filled[0] if filled else columns[0])
            return
        if field in ADDED_UP:
            self._add_up(row, field, [as_text(values[one.column]) for one in filled])
            return
        read = self.readers.get(field) or self._as_words(columns)
        meanings = {one.column: read(values[one.column]) for one in filled}
        readable = [one for one in filled if meanings[one.column] is not None]
        if len({meanings[one.column] for one in readable}) <= 1 or field in WHATEVER_COUNTS:
            self._take(row, field, (readable or filled)[0])
            return
        self._tear(row, field, readable, meanings, told)

    def _as_words(self, columns: list[Column]) -> Callable[[object], object]:
        """Compare words where the same name stands twice; of two names (企业名称, 项目名称) the field's own leads."""
        if len({one.name for one in columns}) < len(columns):
            return lambda value: fold(as_text(value)) or None
        return lambda _: None

    def _fault(self, row: int, one: Column, values: list[object]) -> str:
        return self.grid.fault(row, one.column, values[one.column])

    def _take(self, row: int, field: str, one: Column | None) -> None:
        """Let a column stand in the place of the field's own; None: the field is blank."""
        main, grid = self.reading.where[field], self.reading.grid
        if one is None:
            grid.held.setdefault(row, {})[main] = ""
        elif one.column != main:
            grid.origin[row, main] = self.grid.place(row, one.column)

    def _add_up(self, row: int, field: str, texts: Iterable[str]) -> None:
        self.reading.grid.held.setdefault(row, {})[self.reading.where[field]] = "\n".join(dict.fromkeys(texts))

    def _tear(self, row: int, field: str, columns: list[Column], meanings: Mapping[int, object], told: _Told) -> None:
        """Report each of the cells that say different things; the row states nothing (a day alone is not read)."""
        self.reading.torn.add((row, field))
        self._take(row, field, columns[0])
        values = self.grid.values(row)
        effect = "这个日期不读" if field in DATE_ALONE else "这一行没有计入"
        for column in columns:
            other = next(two for two in columns if meanings[two.column] != meanings[column.column])
            place = self.reading.page.at(*self.grid.place(row, column.column))
            told.torn.setdefault(row, {})[column.column] = as_text(values[column.column])
            beside = self.reading.page.at(*self.grid.place(row, other.column)).cell
            self.reading.into.problems.append(
                CATALOGUE["columns-contradict"].at(
                    place, as_text(values[column.column]), cell=place.cell, other=beside,
                    said=as_text(values[other.column]), effect=effect,
                )
            )  # fmt: skip

    # --- what is told of the columns
    def _key(self, field: str) -> str:
        return f"column|{self.reading.page.sheet.name}|{self.header.top + 1}|{field}"

    def _chosen(self, field: str, columns: list[Column]) -> Column | None:
        wanted = self.choices.get(self._key(field), "")
        return next((one for one in columns if self._head(one).cell == wanted), None)

    def _head(self, one: Column) -> CellRef:
        return self.reading.page.at(*self.reading.page.head.get((one.row, one.column), (one.row, one.column)))

    def _name(self, one: Column) -> str:
        return f"{self._head(one).cell}“{one.text.strip()}”"

    def _tell(self, field: str, columns: list[Column], told: _Told, chosen: Column | None) -> None:
        """Warn at the header of a second column, and keep the contradiction for a reviewer where the two disagree."""
        if chosen is None and not told.torn:
            lead = next(
                named_column
                for named_column in columns
                if named_column.column == self.reading.where[field] or named_column is columns[-1]
            )
            for named_column in columns:
                if named_column is not lead:
                    problem = CATALOGUE["column-twice"].at(
                        self._head(named_column), named_column.text, other=self._name(lead), taken=_taken(field)
                    )
                    self.reading.into.problems.append(problem)
        if chosen is None and not told.torn:
            return
        sides = tuple(Side(self._head(named_column).cell, self._name(named_column)) for named_column in columns)
        rows = tuple(
            (f"第{row + 1}行", *(texts.get(named_column.column, "") for named_column in columns))
            for row, texts in sorted(told.torn.items())[:SHOWN_ROWS]
        )
        title = f"{self.reading.page.sheet.name}：两列都是“{self.reading.title(field)}”"
        stands = self._head(chosen).cell if chosen else ""
        self.reading.into.contradictions.append(Contradiction(self._key(field), title, sides, rows, stands))


def _taken(field: str) -> str:
    """Say what is taken of two columns for one field."""
    if field in ADDED_UP:
        return "两列的文字合起来认评分项"
    return "哪一列有内容就算哪一列" if field in WHATEVER_COUNTS else "不一致的地方另行报错"


class _Told:
    """What came up of one field while its rows were settled: by row, what each column says. It is filled row by row."""

    def __init__(self, field: str, columns: Sequence[Column]) -> None:
        self.field, self.columns = field, columns
        self.torn: dict[int, dict[int, str]] = {}


def _readers(reading: Reading) -> dict[str, Callable[[object], object]]:
    """Return, by field, what a cell's value comes to; None where it cannot be read."""
    days, rulebook, index = reading.envelope.days, reading.rulebook, reading.envelope.index

    def day(value: object) -> object:
        read = days.read(value)
        return read.day if read else None

    def status(value: object) -> object:
        read = read_status(value)
        return None if read is Status.BLANK else read

    def code(value: object) -> object:
        upper = fold(as_text(value)).upper()
        return upper if upper in rulebook.clause else None

    def count(value: object) -> object:
        return None if is_no_number(value) else read_count(value)

    def number(value: object) -> object:
        return None if is_no_number(value) else read_decimal(value)

    def words(value: object) -> object:
        return fold(as_text(value)) or None

    def unit(value: object) -> object:
        named = index.exact(as_text(value))
        return named.name if named else None

    def evidence(value: object) -> object:
        return read_evidence(value) or None

    readers: dict[str, Callable[[object], object]] = dict.fromkeys(DAYS, day)
    readers |= dict.fromkeys(WHATEVER_COUNTS, evidence)
    readers |= dict.fromkeys(("deducted", "stated_days", "claimed", "awarded"), number)
    readers |= dict.fromkeys(("project_type", "external_line", "category", "task"), words)
    return readers | {"status": status, "code": code, "quantity": count, UNIT: unit, QUARTER: read_quarter}
