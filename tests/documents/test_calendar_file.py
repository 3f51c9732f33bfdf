"""The calendar file: every cut-off and deadline of the rules is in it, and another program reads it back."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

from scoring.documents.calendar_file import days_ics, days_of
from scoring.rulebook.read import load_rulebook

RULES = load_rulebook()


def test_every_cut_off_and_deadline_is_a_day_of_the_calendar() -> None:
    read = Calendar.from_ical(days_ics(RULES))
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    starts = [event.decoded("dtstart") for event in events.values()]
    assert set(RULES.assessment.cut_offs.values()) <= set(starts)
    assert {clause.deadline for clause in RULES.clauses if clause.deadline} <= set(starts)
    assert RULES.assessment.closes in starts
    assert len(events) == len(days_of(RULES)), "no two events share a name"
    assert all(type(start) is date for start in starts), "whole days"
    for event in events.values():
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstamp").tzinfo is not None
        assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [timedelta(days=-7)]


def test_the_day_of_a_deadline_names_every_clause_that_falls_due() -> None:
    read = Calendar.from_ical(days_ics(RULES))
    said = "".join(str(event.get("description", "")) for event in read.walk("VEVENT"))
    assert all(f"{clause.code} {clause.title}" in said for clause in RULES.clauses if clause.deadline)


def test_the_same_rules_give_the_same_bytes_in_lines_that_every_calendar_takes() -> None:
    made = days_ics(RULES)
    assert made == days_ics(RULES)
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n")), "RFC 5545 folds after 75 octets"
