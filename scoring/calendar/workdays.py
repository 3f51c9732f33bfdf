"""Working days by the national holiday calendar, 调休 days included."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from scoring.calendar.holidays import (
    SATURDAY,
    WHOLE,
    YearDays,
    parsed_or_empty,
    table,
    table_text,
    written_table,
)


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day.

    A year that the calendar package does not know is looked up in the office's own table; without an entry there Monday
    to Friday are taken.
    """
    known = _days_of(day.year)
    if known is None:
        return day.weekday() < SATURDAY
    return day in known.work or (day.weekday() < SATURDAY and day not in known.off)


def is_known(day: date) -> bool:
    """Tell whether the holidays of the day's year are known: to the calendar package, or from the office's own table."""
    return _days_of(day.year) is not None


def _days_of(year: int) -> YearDays | None:
    own = table()
    return (None if own.is_whole else _package_years().get(year)) or own.years.get(year)


@lru_cache(maxsize=1)
def _package_years() -> dict[int, YearDays]:
    """Return what the calendar package knows: its tables, since its functions search all of them for each day."""
    holidays, workdays = chinese_calendar.holidays, chinese_calendar.workdays
    years = range(min(holidays).year, max(holidays).year + 1)
    off = {day for day in holidays if day.weekday() < SATURDAY and day not in workdays}
    work = {day for day in workdays if day.weekday() >= SATURDAY}
    return {year: YearDays(*(frozenset(d for d in days if d.year == year) for days in (off, work))) for year in years}


def whole_calendar(own: str | None = None) -> str:
    """Return all holidays that are known as one whole table: the package's, and those of the office's own table.

    ``own`` is the text of the office's table, None for the present one; a whole table is returned as it is.
    """
    text = table_text() if own is None else own
    calendar = parsed_or_empty(text)
    return text if calendar.is_whole else f"{WHOLE} = true\n\n{written_table({**calendar.years, **_package_years()})}"


def guessed_years(start: date, end: date) -> tuple[int, ...]:
    """List the years between two days whose holidays are not known: there Monday to Friday were taken."""
    return tuple(year for year in range(start.year, end.year + 1) if not is_known(date(year, 1, 1)))


def forget_counts() -> None:
    """Count the working days anew: what is known of holidays was changed."""
    _package_years.cache_clear()
    _running_count.cache_clear()
    working_days.cache_clear()


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


@lru_cache(maxsize=100_000)
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
