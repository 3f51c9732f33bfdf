"""Which assessment year and quarter a ledger belongs to, from what it says of its quarter, its year and its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.model.rules import Assessment, Rulebook

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Years:
    """The years whose rules are known. ``asked`` is the one that a ledger belongs to which names neither year nor day."""

    asked: int
    rules: Mapping[int, Assessment]

    @staticmethod
    def of(rulebooks: Sequence[Rulebook]) -> Years:
        """Know the years of some rulebooks; the first one's is asked for."""
        return Years(rulebooks[0].assessment.year, {book.assessment.year: book.assessment for book in rulebooks})

    @property
    def named(self) -> str:
        """Name the known years for people."""
        return "、".join(str(year) for year in sorted(self.rules))

    def of_quarter(self, quarter: int, day: date | None) -> int:
        """Return the year of a quarter that was named without one: the latest of that name that had begun on the day.

        The fourth quarter, sent in January 2024, is that of 2023:

        >>> Years(2023, {}).of_quarter(4, date(2024, 1, 12)), Years(2023, {}).of_quarter(4, None)
        (2023, 2023)
        """
        if day is None:
            return self.asked
        return day.year if day.month > MONTHS * (quarter - 1) else day.year - 1

    def of_day(self, day: date, year: int | None) -> tuple[int, int] | None:
        """Return (year, quarter) of a ledger of which only the day is known, and perhaps the year.

        It is the quarter whose cut-off is the first on or after the day, the last one after all cut-offs. Where the day's
        own year is not known it may still be the last quarter of the year before. None: no rules for it.
        """
        if year is None:
            year = day.year if day.year in self.rules else day.year - 1
            if year not in self.rules or day > max(self.rules[year].closes, date(year, 12, 31)):
                return None
        cut_offs = self.rules[year].cut_offs
        return year, next((number for number in sorted(cut_offs) if day <= cut_offs[number]), max(cut_offs))


def may_be_sent(day: date, year: int) -> bool:
    """Tell whether a ledger of a year may have been sent on a day: in the year, or in the one after it."""
    return day.year in (year, year + 1)
