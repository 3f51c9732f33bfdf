"""Write a worksheet, or the shared texts, in our spelling; what stands where no program puts it is refused."""

from __future__ import annotations

import re

from scoring.files import limits
from scoring.files.cells import column_letters, column_number
from scoring.files.formats.spelling import Dialect, Writer
from scoring.files.refusal import RefusedError

PLACES = {"sheetData": 1, "row": 2, "c": 3}  # how many elements are open around each
IN_CELL, ONCE = 4, frozenset({"v", "f", "is"})
# the number of a row and the address of a cell: 12, AB12
ROW_NAME, CELL_NAME = re.compile("[1-9][0-9]{0,6}"), re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


class SheetWriter(Writer):
    """Writes a worksheet in our spelling, and the address into every row and cell that has none.

    They are counted as readers count them; to come without is legal.
    """

    left_out = frozenset({"dimension"})  # a claim, which may lie

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.found = 0  # times that the rows' element was met
        self._row = self._column = self._bare = 0
        self._held: set[str] = set()  # what the present cell holds already

    def attributes(self, name: str, held: dict[str, str]) -> dict[str, str]:
        """Put the address first.

        Raises:
            RefusedError: an address that no sheet has, or an element where readers disagree on what it says.
        """
        if PLACES.get(name, self.depth) != self.depth:
            raise RefusedError("file-broken")
        told = held.pop("r", None) if name in PLACES else None
        if name == "row":
            self._row, self._column = int(_matched(ROW_NAME, told)[0]) if told is not None else self._row + 1, 0
            return self._addressed(str(self._row), held)
        if name == "c":
            self._held.clear()
            self._move(told)
            return self._addressed(f"{column_letters(self._column - 1)}{self._row}", held)
        self._count(name)
        return super().attributes(name, held)

    def _move(self, told: str | None) -> None:
        """Go to the next cell, or where the cell says that it stands."""
        if told is None:
            self._column += 1
            self._bare += 1
            if self._bare > limits.BARE_CELLS:
                raise RefusedError("file-too-many-cells", f"{limits.BARE_CELLS // 10_000} 万")
        else:
            match = _matched(CELL_NAME, told)
            self._row, self._column = int(match[2]), column_number(match[1]) + 1

    def _count(self, name: str) -> None:
        """Refuse two values in one cell, and rows in two places."""
        if self.depth == IN_CELL and name in ONCE:
            if name in self._held:
                raise RefusedError("file-broken")
            self._held.add(name)
        elif name == "sheetData":
            self.found += 1
            if self.found > 1:
                raise RefusedError("file-broken")

    def _addressed(self, address: str, held: dict[str, str]) -> dict[str, str]:
        if not 0 < self._row <= limits.ROWS or self._column > limits.COLUMNS:
            raise RefusedError("file-address-impossible")
        return {"r": address, **super().attributes("", held)}


def _matched(pattern: re.Pattern[str], told: str) -> re.Match[str]:
    match = pattern.fullmatch(told)
    if match is None:
        raise RefusedError("file-address-impossible")
    return match


class StringsWriter(Writer):
    """Writes the shared texts in our spelling, without how many there are said to be: calamine believes it."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.found = 0  # texts

    def attributes(self, name: str, held: dict[str, str]) -> dict[str, str]:
        """Leave out the root's own.

        Raises:
            RefusedError: a text within another.
        """
        if name == "si":
            self.found += 1
            if self.depth != 1:
                raise RefusedError("file-broken")
        return super().attributes(name, held if self.depth else {})
