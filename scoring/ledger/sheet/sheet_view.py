"""One sheet as its reader sees it: values with merged ranges carried, addresses, and where a shown value stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from scoring.files.cells import Merge, Sheet, address
from scoring.model.evidence import CellRef
from scoring.words.statuses import is_blank, is_error_value

TOP_ROWS = 300  # merged ranges are looked up cell by cell only in the sheet's head, where titles and headers stand
TOP_COLUMNS = 200
NO_RESULT = "="  # among a sheet's faults: a formula without a stored result
Cells = list[tuple[int, object]]


def fault_shown(fault: str) -> str:
    """Return what a person is shown of an error value; a formula without a result has none of its own."""
    return "公式没有结果" if fault == NO_RESULT else fault


class Page:
    """A sheet with its merged ranges at hand. It keeps no state but look-up tables of the sheet that it was given."""

    def __init__(self, workbook: str, sheet: Sheet) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.rows: Sequence[Sequence[object]] = sheet.rows

    @cached_property
    def head(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Map the covered cells of merged ranges in the sheet's head to the cell that holds their value."""
        head_of = {}
        for merge in self.sheet.merges:
            if merge.top < TOP_ROWS:
                for row in range(merge.top, min(merge.bottom, TOP_ROWS) + 1):
                    for column in range(merge.left, min(merge.right, TOP_COLUMNS) + 1):
                        head_of[row, column] = merge.top, merge.left
        return head_of

    @cached_property
    def merge_from(self) -> dict[tuple[int, int], Merge]:
        """Look a merged range up by its first cell."""
        return {(merge.top, merge.left): merge for merge in self.sheet.merges}

    @cached_property
    def faults(self) -> dict[int, dict[int, object]]:
        """Map a row to its error values, by column, as a person is shown them."""
        by_row: dict[int, dict[int, object]] = {}
        for (row, column), fault in self.sheet.faults.items():
            by_row.setdefault(row, {})[column] = fault_shown(fault)
        return by_row

    def shown(self, row: int, column: int) -> object:
        """Return the value that a cell of the sheet's head shows, its merged range's where it lies in one."""
        row, column = self.head.get((row, column), (row, column))
        line = self.rows[row] if row < len(self.rows) else ()
        return line[column] if column < len(line) else ""

    def filled(self, row: int) -> Cells:
        """List a row's own cells that hold something, an error value or a formula without a result too."""
        held = {column: value for column, value in enumerate(self.rows[row]) if value != "" and not is_blank(value)}
        return sorted((held | self.faults.get(row, {})).items())

    def at(self, row: int, column: int) -> CellRef:
        """Return the reference of a cell; a negative column stands for the sheet as a whole."""
        return CellRef(self.workbook, self.sheet.name, address(row, column) if column >= 0 else "")

    @cached_property
    def whole(self) -> CellRef:
        """Return the reference of the sheet itself."""
        return CellRef(self.workbook, self.sheet.name, "")


class Grid:
    """The columns that a block of rows is read from, each row cut and filled up to the same width.

    ``values(row)`` has the value of column ``where[field]`` at that index, merged values carried down; a column that is
    not there reads as the last, empty one (``missing``). ``origin`` tells where a carried value stands.
    """

    def __init__(self, page: Page, where: Iterable[int]) -> None:
        used = sorted({column for column in where if column >= 0})
        self.page = page
        self.missing = (used[-1] if used else -1) + 1
        self.origin: dict[tuple[int, int], tuple[int, int]] = {}
        self.held: dict[int, dict[int, object]] = {}  # row -> column -> what is read there instead
        self._carry(used)
        self.faults = page.sheet.faults

    def _carry(self, used: list[int]) -> None:
        end = len(self.page.rows)
        for merge in self.page.sheet.merges:
            columns = [column for column in used if merge.left <= column <= merge.right]
            # only the range's first column that is read carries: a title across the sheet is no value of six columns
            for column in columns[:1] if merge.bottom > merge.top or merge.left not in used else ():
                for row in range(merge.top, min(merge.bottom, end - 1) + 1):
                    if (row, column) != (merge.top, merge.left):
                        self.origin[row, column] = merge.top, merge.left

    def values(self, row: int) -> list[object]:
        """Return a row's values up to the last column that is read, and an empty one after it."""
        line = self.page.rows[row]
        values = [*line[: self.missing], ""]
        if len(values) <= self.missing:
            values += [""] * (self.missing + 1 - len(values))
        if self.origin:
            for column in range(self.missing):
                origin = self.origin.get((row, column))
                if origin is not None:
                    row_values = self.page.rows[origin[0]]
                    values[column] = row_values[origin[1]] if origin[1] < len(row_values) else ""
        for column, value in self.held.get(row, {}).items() if self.held else ():
            values[column] = value
        return values

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return where a shown value stands: the first cell of its merged range."""
        return self.origin.get((row, column), (row, column))

    def at(self, row: int, column: int) -> CellRef:
        """Return the reference of the cell that holds a shown value; of the row's first cell for a missing column."""
        if column == self.missing:
            return self.page.at(row, 0)
        return self.page.at(*self.place(row, column))

    def fault(self, row: int, column: int, value: object) -> str:
        """Return the error value of a cell (``=`` for a formula without a result), ``""`` where there is none."""
        found = self.faults.get(self.place(row, column), "") if self.faults else ""
        if not found and is_error_value(value):
            return str(value).strip()
        return found
