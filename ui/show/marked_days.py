"""The days of a year that are asked for most: cut-offs, deadlines, the end of the assessment. Pure."""

from __future__ import annotations

from datetime import date

from scoring.model.rules import Rulebook
from scoring.words.phrasing import quarter_name, short_day


def quick_days(rulebook: Rulebook) -> dict[date, str]:
    """Return the days that are asked for most: each cut-off, each deadline, the end of the assessment."""
    year = rulebook.assessment.year
    days = dict(sorted(_marked_days(rulebook).items())) | {rulebook.assessment.closes: "考评截止"}
    return {day: f"{short_day(day, year)} {what}" for day, what in days.items()}


def earlier_days(as_of: date, rulebook: Rulebook) -> dict[date, str]:
    """Return the days that a board can be compared with, the newest first: cut-offs and deadlines before ``as_of``."""
    days = _marked_days(rulebook)
    passed = sorted((day for day in days if day < as_of), reverse=True)
    return {day: f"{short_day(day, rulebook.assessment.year)}（{days[day]}）" for day in passed}


def stations(as_of: date, rulebook: Rulebook) -> dict[date, str]:
    """Return the days at which a unit's path is looked at: cut-offs and deadlines up to ``as_of``, and that day."""
    days = {day: what for day, what in sorted(_marked_days(rulebook).items()) if day < as_of}
    return days | {as_of: "截至日期"}


def _marked_days(rulebook: Rulebook) -> dict[date, str]:
    days = {day: f"{quarter_name(quarter)}报送截止" for quarter, day in rulebook.assessment.cut_offs.items()}
    return days | {clause.deadline: "完成时限" for clause in rulebook.clauses if clause.deadline}
