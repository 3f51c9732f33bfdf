"""Moments: aware in the program, Beijing time without an offset in the database's columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from scoring.store.errors import RefusedError

BEIJING = timezone(timedelta(hours=8))
LAST_MOMENT = datetime.max.replace(tzinfo=BEIJING)
TICK = timedelta(microseconds=1)
TOLERANCE = timedelta(seconds=1)  # events given the same moment are set a tick apart


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


def next_moment(newest: datetime | None, wanted: datetime | None) -> datetime:
    """Return the moment of a new event, always after the newest one: what was known at a moment never changes later.

    ``wanted`` None is now. A computer's clock that was set back does not take the history back with it.

    Raises:
        RefusedError: ``wanted`` lies before the newest event or in the future.
    """
    present = to_column(now())
    moment = present if wanted is None else to_column(wanted)
    if wanted is not None and moment > present:
        raise RefusedError(f"记录的时间 {moment:%Y-%m-%d %H:%M} 晚于现在，不能记入。")
    if newest is None or moment > newest:
        return moment
    if wanted is not None and newest - moment > TOLERANCE:
        raise RefusedError(
            f"记录的时间 {moment:%Y-%m-%d %H:%M} 早于最近一条记录（{newest:%Y-%m-%d %H:%M}），不能补记。"
        )
    return newest + TICK
