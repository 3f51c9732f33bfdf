"""What a viewer looks at, read from the URL: plain words, so that a copied link opens the same view elsewhere. Pure.

``?as_of=2023-12-31&kind=department&unit=…&late=strict&data=examples``: what the URL does not name has its default. A URL
is written by anybody: every value is checked, a bad one is ignored, and a notice in Chinese says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scoring.calendar.clock import BEIJING, end_of_day, now
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.policies import PolicyError, make_policy
from scoring.rulebook.unit_names import find_unit
from scoring.words.phrasing import day_name

EXAMPLES = "examples"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
LONGEST = 40  # of a URL's value, shown in a notice


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: an assessment year, of which all else is. ``unit`` is a full name, None where none was chosen.

    ``chosen`` are the readings that the URL names over the ``official`` ones, ``policy`` all nine as they are in force.
    ``known_at``: only what had been received and ruled by that moment is looked at; None is now.
    ``notices`` say what in the URL was ignored.
    """

    examples: bool
    year: int
    as_of: date
    kind: str
    unit: str | None
    chosen: Mapping[str, str]
    policy: Policy
    official: Policy
    notices: tuple[str, ...] = ()
    known_at: datetime | None = None


@dataclass(slots=True)
class _Reader:
    """Read the URL's values. It has state: the notices that it collects."""

    params: Mapping[str, str]
    notices: list[str] = field(default_factory=list)

    def day(self, name: str, title: str, default: date) -> date:
        text = self.params.get(name)
        if text is None:
            return default
        try:
            as_of = date.fromisoformat(text)
        except ValueError:
            as_of = date.min
        if FIRST_DAY <= as_of <= LAST_DAY:
            return as_of
        self.ignore(title, text, f"已改用{day_name(default)}")
        return default

    def ignore(self, title: str, text: str, instead: str) -> None:
        """Note a value that is not followed."""
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        self.notices.append(f"链接里的{title}“{shown}”看不懂，{instead}。")


def default_day(rulebook: Rulebook) -> date:
    """Return today, but no later than the day on which the assessment closes."""
    return min(now().date(), rulebook.assessment.closes)


def read_view(params: Mapping[str, str], rulebook: Rulebook, official: Policy) -> View:
    """Read a view from a URL's values; ``official`` are the readings where the URL names none."""
    reader = _Reader(params)
    source = params.get("data")
    if source not in (None, EXAMPLES):
        reader.ignore("数据", source, "已打开正式数据")
    year, text = rulebook.assessment.year, params.get("year")
    if text is not None and text != str(year):
        reader.ignore("年度", text, f"没有它的细则，已打开{year}年度")
    as_of = reader.day("as_of", "截至日期", default_day(rulebook))
    unit = _unit(reader, rulebook)
    kind = _kind(reader, rulebook, unit)
    chosen, policy = _policy(reader, rulebook, official)
    text = params.get("known_at")
    known = read_moment(text)
    if text is not None and known is None:
        reader.ignore("已知时刻", text, "已按现在掌握的情况显示")
    return View(source == EXAMPLES, year, as_of, kind, unit, chosen, policy, official, tuple(reader.notices), known)


def read_moment(text: str | None) -> datetime | None:
    """Read a moment in Beijing time: a day (its end), or a day and a time (``2023-07-07T09:30``); None where it is none.

    A moment that has not come yet is none: what will be known then is open.
    """
    try:
        found = datetime.fromisoformat(text or "")
        if len(text or "") <= len("2023-07-07"):
            found = end_of_day(found.date())
        found = found.replace(tzinfo=BEIJING) if found.tzinfo is None else found.astimezone(BEIJING)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_DAY <= found.date() <= now().date() else None


def _kind(reader: _Reader, rulebook: Rulebook, unit: str | None) -> str:
    text, first = reader.params.get("kind"), next(iter(rulebook.kinds))
    if text is None:
        return rulebook.unit[unit].kind if unit else first
    if text not in rulebook.kinds:
        reader.ignore("对象类别", text, f"已显示{rulebook.kinds[first].noun}")
        return first
    return text


def _unit(reader: _Reader, rulebook: Rulebook) -> str | None:
    text = reader.params.get("unit")
    if text is None:
        return None
    known_unit = find_unit(rulebook, text) if len(text) <= LONGEST else None
    if known_unit is None:
        reader.ignore("单位", text, "请重新选择单位")
    return known_unit.name if known_unit else None


def _policy(reader: _Reader, rulebook: Rulebook, official: Policy) -> tuple[dict[str, str], Policy]:
    """Put the readings that the URL names over the official ones, one by one."""
    chosen: dict[str, str] = {}
    for rule in rulebook.policies:
        text = reader.params.get(rule.name)
        if text is None:
            continue
        if text in [reading.name for reading in rule.readings]:
            chosen[rule.name] = text
        else:
            reader.ignore(f"口径“{rule.title}”", text, "已用正式口径")
    try:
        return chosen, make_policy(rulebook, official.as_dict() | chosen)
    except PolicyError:  # the official policy was recorded under other rules
        return chosen, make_policy(rulebook, chosen)
