"""The days of an assessment year as a calendar (``.ics``): cut-offs of ledgers, deadlines of clauses, the close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from scoring.model.rules import Rulebook
from scoring.words.phrasing import quarter_name

PRODUCT = "-//昆明市水务局//获得用水指标考评//ZH"
AHEAD = timedelta(days=7)  # a calendar reminds so long before


@dataclass(frozen=True, slots=True)
class Day:
    """One day to keep: ``name`` tells it from the others of its year, ``says`` is its title, ``more`` what falls due."""

    name: str
    day: date
    says: str
    more: str = ""


def days_of(rulebook: Rulebook) -> tuple[Day, ...]:
    """Return the year's days in their order: of the ledgers, of the clauses (one a day), and the close."""
    assessment = rulebook.assessment
    cut_offs = (
        Day(
            f"cut-off-{quarter}",
            day,
            f"{quarter_name(quarter)}获得用水台账报送截止",
            "逾期报送记为迟报，未报送视为未开展。",
        )
        for quarter, day in assessment.cut_offs.items()
    )
    closes = Day("closes", assessment.closes, f"{assessment.year}年度获得用水考评截止")
    return tuple(sorted((*cut_offs, *_deadlines(rulebook), closes), key=lambda one: (one.day, one.name)))


def _deadlines(rulebook: Rulebook) -> Iterator[Day]:
    due: dict[date, list[str]] = {}
    for clause in rulebook.clauses:
        if clause.deadline:
            due.setdefault(clause.deadline, []).append(f"{clause.code} {clause.title}")
    for day, clauses in due.items():
        yield Day(f"due-{day:%m%d}", day, f"获得用水{len(clauses)}个评分项到期", "\n".join(clauses))


def days_ics(rulebook: Rulebook) -> bytes:
    """Return the days as a calendar file; the same rules give the same bytes, so that a second import changes nothing twice."""
    year = rulebook.assessment.year
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{year}年度获得用水考评")
    for day in days_of(rulebook):
        calendar.add_component(_event(day, year))
    return bytes(calendar.to_ical())


def _event(one: Day, year: int) -> Event:
    event = Event()
    event.add("uid", f"{year}-{one.name}@kunming-water-assessment")
    event.add("dtstamp", datetime(year, 1, 1, tzinfo=UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.says)
    event.add("transp", "TRANSPARENT")
    if one.more:
        event.add("description", one.more)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.says)
    alarm.add("trigger", -AHEAD)
    event.add_component(alarm)
    return event
