"""Days as people write them: Excel dates, serial numbers, 2023-06-30, 2023年6月30日, 6月30日, 6月底."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scoring.words.statuses import fold

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
FIRST_YEAR, LAST_YEAR = 1990, 2100  # a ledger of one year speaks of no other centuries
# a time of day: 10:20, 上午10时20分, 9:00am
CLOCK = r"(?:(?:上午|下午|早上|晚上)?\d{1,2}[:时点][\d:分秒.]*(?:am|pm|AM|PM|Z)?)?"
# the time behind a day, 2023-7-3 上午10:20, cut off while its space still stands: else 2023-7-3 10:20 is the 31st
TIME_OF_DAY = re.compile(r"(?<=\S)[\sT]+(?:(?:上午|下午|早上|晚上)\s*)?\d{1,2}\s*[:：时点].*$", re.DOTALL)
LONGEST = 60  # characters of a date
# a day of the week behind a date: (周一), 星期三
WEEKDAY = r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?"
# a day with its year: 2023年7月3日, 2023-7-3(周一), 2023.7.3
FULL = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:[日号]" + WEEKDAY + "(.*)|" + WEEKDAY + ")")
# a day in eight figures: 20230703
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
# a day whose year is not said: 7月3日
OF_THE_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]" + WEEKDAY)
# a month, or its end: 2023年6月, 6月底
MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(底|末)?")
# a time of day and nothing else: 上午10:20
REST = re.compile(CLOCK)
# a day as Excel counts them: 45110
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as read. ``month_only`` True: only the month was given, and the day is its last."""

    day: date
    month_only: bool = False


class DayReader:
    """Read days of one workbook, each value once: ledgers repeat the same few hundred days.

    ``year`` is the assessment year (for 6月30日); ``date1904`` the workbook's system for bare serial numbers.
    """

    def __init__(self, year: int, *, date1904: bool = False) -> None:
        self.year = year
        self.epoch = EPOCH_1904 if date1904 else EPOCH_1900
        self._known: dict[tuple[type, object], Day | None] = {}

    def read(self, value: object) -> Day | None:
        """Return the day that a cell means; None where it cannot be understood (or is blank)."""
        key = value.__class__, value
        try:
            return self._known[key]
        except KeyError:
            day = self._known[key] = self._read(value)
            return day

    def names_year(self, value: object) -> bool:
        """Tell whether a day as written names its own year (6月30日 does not)."""
        return not isinstance(value, str) or self.read(value) == DayReader(self.year + 1).read(value)

    def _read(self, value: object) -> Day | None:
        if isinstance(value, datetime):
            return _within(value.date())
        if isinstance(value, date):
            return _within(value)
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return self._from_number(float(value))
        return self._from_text(fold(TIME_OF_DAY.sub("", value[:LONGEST]))) if isinstance(value, str) else None

    def _from_number(self, number: float) -> Day | None:
        """Read a serial number, or eight digits such as 20230630."""
        if not FIRST_YEAR <= number < LAST_YEAR * 10000:
            return None
        if number >= FIRST_YEAR * 10000:
            return self._from_text(str(int(number))) if number.is_integer() else None
        return _within(self.epoch + timedelta(days=int(number))) if number < 100_000 else None

    def _from_text(self, text: str) -> Day | None:
        text = text.strip("。.;,")
        full = FULL.fullmatch(text)
        if full and REST.fullmatch(full[4] or ""):
            return _day(int(full[1]), int(full[2]), int(full[3]))
        if compact := COMPACT.fullmatch(text):
            return _day(*(int(part) for part in compact.groups()))
        if short := OF_THE_YEAR.fullmatch(text):
            return _day(self.year, int(short[1]), int(short[2]))
        if month := MONTH.fullmatch(text):
            return self._from_month(month)
        return self._from_number(float(text)) if SERIAL.fullmatch(text) else None

    def _from_month(self, month: re.Match[str]) -> Day | None:
        """Read 2023年6月 and 6月底 as the month's last day; a bare 6月 says too little."""
        year, number = int(month[1] or self.year), int(month[2])
        if not (month[1] or month[3]) or not 1 <= number <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return Day(date(year, number, calendar.monthrange(year, number)[1]), month_only=True)


def _within(day: date) -> Day | None:
    return Day(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return _within(date(year, month, day))
    except ValueError:
        return None
