"""Where a value was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """Name one cell of one sent workbook.

    ``workbook`` is the file's name as given (the path below the folder, where a folder was given), ``sheet`` the
    sheet's own name, ``cell`` its address (``E7``).
    """

    workbook: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.workbook} › {self.sheet} › {self.cell}"
