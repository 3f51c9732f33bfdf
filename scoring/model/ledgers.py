"""One ledger: which unit sent it for which quarter, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ledger:
    """One unit's ledger for one quarter of an assessment year, as one workbook brought it.

    ``submitted`` is its 报送日期; where none was given it is the day of the quarter's cut-off and ``dated`` is False.
    ``upload`` numbers the workbooks in the order in which they arrived, from 0.
    """

    unit: str
    year: int
    quarter: int
    submitted: date
    dated: bool
    upload: int

    @property
    def order(self) -> tuple[int, int, date, int]:
        """Tell which ledger is later: by year and quarter, then by submission date, then by the order of arrival."""
        return self.year, self.quarter, self.submitted, self.upload
