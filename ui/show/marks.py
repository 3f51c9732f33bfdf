"""The state of a finding in a word, a sign and a colour that mean the same on every page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from scoring.judging.punctuality import Timeliness
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Rulebook
from ui.show import theme
from ui.show.theme import INK, Mark

NOT_STATED = Mark(theme.SILENT.colour, theme.SILENT.ink, theme.SILENT.sign, "未填报")
UNCLEAR = Mark("#FFFFFF", INK, "?", "待人工确认")
WAIVED = Mark("#F3F5F7", INK, "免", "豁免或不问")
NOTHING_WON = Mark("#FFFFFF", "#5B6B7A", "○", "尚无加分")

# What a finding's outcome shows as; PENDING is NOT_DUE or SOON, by its day.
BY_OUTCOME = {
    Outcome.MET: theme.IN_TIME,
    Outcome.LATE: theme.LATE,
    Outcome.NOT_DONE: theme.OVERDUE,
    Outcome.SHORT: theme.OVERDUE,
    Outcome.OVER_LIMIT: theme.OVERDUE,
    Outcome.NO_EVIDENCE: theme.NO_EVIDENCE,
    Outcome.NOT_STATED: NOT_STATED,
    Outcome.NOT_REPORTED: theme.SILENT,
    Outcome.UNREADABLE: UNCLEAR,
    Outcome.PENDING: theme.NOT_DUE,
    Outcome.WAIVED: WAIVED,
    Outcome.EARNED: theme.WON,
    Outcome.NONE: NOTHING_WON,
}

# From what needs a person most to what needs nobody: of several findings in one cell the first one shows.
GRAVITY = (
    theme.OVERDUE, theme.SILENT, NOT_STATED, theme.NO_EVIDENCE, UNCLEAR, theme.LATE, theme.SOON, theme.NOT_DUE,
    theme.IN_TIME, theme.WON, WAIVED, NOTHING_WON, theme.ROUTINE,
)  # fmt: skip

BY_TIMELINESS = {
    Timeliness.IN_TIME: Mark(theme.IN_TIME.colour, theme.IN_TIME.ink, theme.IN_TIME.sign, "按时"),
    Timeliness.LATE: Mark(theme.LATE.colour, theme.LATE.ink, theme.LATE.sign, "迟报"),
    Timeliness.MISSING: Mark(theme.SILENT.colour, theme.SILENT.ink, theme.SILENT.sign, "未报"),
    Timeliness.OPEN: Mark(theme.NOT_DUE.colour, theme.NOT_DUE.ink, theme.NOT_DUE.sign, "未到截止日"),
}


def mark_of(finding: Finding, as_of: date, due_soon_days: int) -> Mark:
    """Return how a finding shows at ``as_of``; what is not due is 临近 from ``due_soon_days`` before its deadline on."""
    if finding.outcome is Outcome.PENDING and is_soon(finding.deadline, as_of, due_soon_days):
        return theme.SOON
    return BY_OUTCOME[finding.outcome]


def is_soon(day: date | None, as_of: date, due_soon_days: int) -> bool:
    """Tell whether a day is at hand: not before ``as_of``, and at most so many days away."""
    return day is not None and as_of <= day <= as_of + timedelta(days=due_soon_days)


def gravest(found: Iterable[Mark]) -> Mark:
    """Return the mark that shows for several findings together."""
    return min(found, key=GRAVITY.index)


def marks_of(findings: Iterable[Finding], rulebook: Rulebook, as_of: date) -> tuple[Mark, ...]:
    """Return the marks of several findings, each kind once, the gravest first."""
    marks = {mark_of(finding, as_of, rulebook.assessment.due_soon_days) for finding in findings}
    return tuple(sorted(marks, key=GRAVITY.index))
