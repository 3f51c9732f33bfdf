"""Days and spans of time that a status names, held against the day on which it was said: 12月底完成, 下季度完成."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS = {"十一": 11, "十二": 12, "十": 10} | {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
# what the time governs: nothing but a few words between it and the end of the clause: 12月底前|全部完成
GOVERNS = r"[^,;。]{0,12}(?:完成|落实|实现|公布|公示|出台|开展|印发|上线)$"
# what makes a time a limit that was kept, done whatever day it is: 已于6月底前完成
BEFORE_THAT = re.compile(r"^(?:以?前|之前)")
# a day, a month or its end: 2023年12月31日, 12月底, 十二月
CALENDAR = re.compile(
    r"(?:(?P<year>20\d\d)年|(?P<next>明年|来年))?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<day>[0-3]?\d)[日号]|(?P<end>底|末|下旬))?"
)
# a day in figures: 2023-12-31, 2023/6/30, 2023.6.30
NUMERIC = re.compile(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
# a quarter: 第三季度, 2023年4季度末
QUARTER = re.compile(r"(?:(?P<year>20\d\d)年)?第?(?P<quarter>[一二三四1-4])季度(?P<end>末|底)?")
# a whole year, not the year of a month, quarter or half: 2023年底, 2024年度
YEAR = re.compile(r"(?P<year>20\d\d)年(?![\d一二三四第]|[上下]半年)度?(?P<end>底|末|内)?")
# a half of a year: 上半年, 下半年底
HALF = re.compile(r"(?P<half>[上下])半年(?P<end>底|末)?")
# spans that are told from the day of saying: 年底 (this year's), 下季度
RELATIVE = re.compile(
    r"(?P<far>明年|来年|下一?年度?|后年|下一?个?季度|下一?个?月|下一?个?周|下一?阶段|下一?步)"
    r"|(?P<year>(?:今年|本年度?|年)(?:底|末|内|终)|岁末)|(?P<quarter>(?:本?季度?)(?:底|末|内))|(?P<month>本?月(?:底|末|内))"
)


def is_ahead(text: str, said_on: date, year: int) -> str:
    """Tell whether a folded status speaks of a time that is not over: ``ahead``, ``running``, or ``""`` for neither.

    ``year`` is the year that is meant where none is named.

    >>> is_ahead("12月底完成", date(2023, 6, 8), 2023), is_ahead("5月底完成", date(2023, 6, 8), 2023)
    ('ahead', '')
    """
    spans = [*_named(text, year), *_relative(text, said_on)]
    if any(start > said_on for start, _ in spans):
        return "ahead"
    return "running" if any(end > said_on for _, end in spans) else ""


def _governing(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the times that the status itself is about: those in the clause that ends with the deed."""
    for match in pattern.finditer(text):
        rest = text[match.end() :]
        if re.match(GOVERNS, rest) and not (BEFORE_THAT.match(rest) and "已" in text[: match.start()]):
            yield match


def _named(text: str, year: int) -> Iterator[tuple[date, date]]:
    for match in (*_governing(CALENDAR, text), *_governing(NUMERIC, text)):
        parts = match.groupdict()
        of_year = int(parts["year"] or year) + bool(parts.get("next"))
        month = int(parts["month"]) if parts["month"].isdecimal() else MONTHS[parts["month"]]
        yield from _span(of_year, month, int(parts["day"] or 0), at_end=bool(parts.get("end")))
    for match in _governing(QUARTER, text):
        quarter = NUMERALS[match["quarter"]]
        yield _months(int(match["year"] or year), 3 * quarter - 2, 3 * quarter, at_end=bool(match["end"]))
    for match in _governing(YEAR, text):
        yield _months(int(match["year"]), 1, 12, at_end=match["end"] in ("底", "末"))
    for match in _governing(HALF, text):
        first = 1 if match["half"] == "上" else 7
        yield _months(year, first, first + 5, at_end=bool(match["end"]))


def _span(year: int, month: int, day: int, *, at_end: bool) -> Iterator[tuple[date, date]]:
    if not 1 <= month <= 12:
        return
    if not day:
        yield _months(year, month, month, at_end=at_end)
    elif day <= calendar.monthrange(year, month)[1]:
        yield date(year, month, day), date(year, month, day)


def _months(year: int, first: int, last: int, *, at_end: bool) -> tuple[date, date]:
    """Return the span of some months; of their end only the last ten days."""
    end = date(year, last, calendar.monthrange(year, last)[1])
    return (end - timedelta(days=9) if at_end else date(year, first, 1)), end


def _relative(text: str, said_on: date) -> Iterator[tuple[date, date]]:
    for match in _governing(RELATIVE, text):
        if match["far"]:
            yield date.max, date.max
        elif match["year"]:
            yield _months(said_on.year, 1, 12, at_end="内" not in match[0])
        elif match["quarter"]:
            last = 3 * ((said_on.month + 2) // 3)
            yield _months(said_on.year, last - 2, last, at_end="内" not in match[0])
        elif not text[: match.start()][-1:].isdigit():  # 6月底 is read as a month of the calendar
            yield _months(said_on.year, said_on.month, said_on.month, at_end="内" not in match[0])
