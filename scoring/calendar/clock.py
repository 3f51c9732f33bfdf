"""Moments: aware in the program, Beijing time without an offset in the database's columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
LAST_MOMENT = datetime.max.replace(tzinfo=BEIJING)


def now() -> datetime:
    """Return the present moment in Beijing time."""
    return datetime.now(BEIJING)


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in Beijing time: ``known_at`` for a day picked from a calendar."""
    return datetime.combine(day, time.max, BEIJING)


def day_of(moment: datetime | None) -> date:
    """Return the day of a moment in Beijing; None is now."""
    return to_column(moment or now()).date()


def to_column(moment: datetime | None) -> datetime:
    """Return a moment as columns hold it; a moment without an offset is Beijing time, None is the end of time."""
    if moment is None:
        moment = LAST_MOMENT
    return (moment.astimezone(BEIJING) if moment.tzinfo else moment).replace(tzinfo=None)


def from_column(moment: datetime) -> datetime:
    """Return a column's moment with its offset."""
    return moment.replace(tzinfo=BEIJING)


def quarter_ends_before(day: date) -> tuple[date, ...]:
    """Return the last days of the four quarters that had ended before a day, the latest first."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    ends = []
    for _ in range(4):
        ends.append(first - timedelta(days=1))
        first = date(ends[-1].year, ends[-1].month - 2, 1)
    return tuple(ends)
