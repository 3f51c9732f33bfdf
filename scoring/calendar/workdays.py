"""Working days by the national holiday calendar, 调休 days included."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from scoring.calendar.holidays import (
    SATURDAY,
    WHOLE,
    Holidays,
    YearDays,
    parsed_or_empty,
    table,
    table_text,
    written_table,
)

YEARS = range(1990, 2100)  # of which the calendar package may know some


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day.

    A year that the calendar package does not know is looked up in the office's own table; without an entry there Monday
    to Friday are taken.
    """
    known = table()
    if not known.is_whole and _package_knows(day.year):
        return bool(chinese_calendar.is_workday(day))
    own = known.years.get(day.year)
    if own is None:
        return day.weekday() < SATURDAY
    return day in own.work or (day.weekday() < SATURDAY and day not in own.off)


def is_known(day: date) -> bool:
    """Tell whether the holidays of the day's year are known: to the calendar package, or from the office's own table."""
    known = table()
    return day.year in known.years or (not known.is_whole and _package_knows(day.year))


@lru_cache(maxsize=256)
def _package_knows(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def whole_calendar(own: str | None = None) -> str:
    """Return all holidays that are known as one whole table: the package's, and those of the office's own table.

    ``own`` is the text of the office's table, None for the present one; a whole table is returned as it is.
    """
    text = table_text() if own is None else own
    calendar = parsed_or_empty(text)
    return text if calendar.is_whole else f"{WHOLE} = true\n\n{written_table(_all_years(calendar))}"


def _all_years(held: Holidays) -> dict[int, YearDays]:
    return {**held.years, **{year: _of_package(year) for year in YEARS if _package_knows(year)}}


def _of_package(year: int) -> YearDays:
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    worked = {day for day in days if chinese_calendar.is_workday(day)}
    off = frozenset(day for day in days if day.weekday() < SATURDAY and day not in worked)
    return YearDays(off, frozenset(day for day in worked if day.weekday() >= SATURDAY))


def guessed_years(start: date, end: date) -> tuple[int, ...]:
    """List the years between two days whose holidays are not known: there Monday to Friday were taken."""
    return tuple(year for year in range(start.year, end.year + 1) if not is_known(date(year, 1, 1)))


def forget_counts() -> None:
    """Count the working days anew: what is known of holidays was changed."""
    _package_knows.cache_clear()
    _running_count.cache_clear()


@lru_cache(maxsize=64)
def _running_count(year: int) -> tuple[int, ...]:
    """Count the working days of a year up to and including each of its days."""
    day, counts, total = date(year, 1, 1), [], 0
    while day.year == year:
        total += is_working_day(day)
        counts.append(total)
        if day == date.max:
            break
        day += timedelta(days=1)
    return tuple(counts)


def working_days(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and including ``end``; 0 where ``end`` is not after ``start``.

    Friday 2023-06-02 to Monday 2023-06-05 is one:

    >>> working_days(date(2023, 6, 2), date(2023, 6, 5)), working_days(date(2023, 6, 2), date(2023, 6, 2))
    (1, 0)
    """
    if end <= start:
        return 0
    before = _running_count(start.year)[start.timetuple().tm_yday - 1]
    if start.year == end.year:
        return _running_count(end.year)[end.timetuple().tm_yday - 1] - before
    whole = sum(_running_count(year)[-1] for year in range(start.year, end.year))
    return whole - before + _running_count(end.year)[end.timetuple().tm_yday - 1]


def add_working_days(start: date, count: int) -> date:
    """Return the day on which ``count`` working days after ``start`` have passed."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
