"""Lines from best to worst rank, and days on the line of the year: are they drawn where their values lie."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import Page

TO_SCALE = 0.01
A_PIXEL = 0.75  # what the rounding of a browser's layout may cost
DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
LINES = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart, at) => {
    const [left, right] = chart._fullLayout.xaxis.range;
    const scale = chart._fullLayout.xaxis._length / Math.abs(right - left);
    return [...chart.querySelectorAll('.shapelayer path[data-index]')].flatMap((drawn) => {
        const shape = chart._fullLayout.shapes[drawn.dataset.index];
        if (!shape || shape.type !== 'line' || shape.xref !== 'x') return [];
        const box = drawn.getBBox();
        return [{group: `lines ${at}`, length: box.width, start: box.x - chart._fullLayout.xaxis._offset,
            expected: Math.abs(shape.x1 - shape.x0) * scale, from: Math.abs(Math.min(shape.x0, shape.x1) - left) * scale}];
    });
})"""
DAYS = """() => [...document.querySelectorAll('.k-line')].flatMap((line, at) => {
    const all = line.getBoundingClientRect();
    return [...line.querySelectorAll('.cut, .due, .now:not(.today)')].filter((flag) => flag.checkVisibility()).map((flag) => {
        return {group: `line ${at}`, words: flag.querySelector('b').textContent, at: parseFloat(getComputedStyle(flag).left),
            width: all.width, done: line.querySelector('.done').getBoundingClientRect().width, now: flag.matches('.now')};
    });
})"""


def lines_not_to_scale(found: list[dict[str, Any]]) -> list[str]:
    """Name the lines that begin elsewhere, or are longer or shorter, than their values say."""
    return [
        f"{line['group']}: {line[drawn]:.1f} px, should be {line[due]:.1f}"
        for line in found
        for drawn, due in (("length", "expected"), ("start", "from"))
        if abs(line[drawn] - line[due]) > max(TO_SCALE * line[due], A_PIXEL)
    ]


def days_not_to_scale(found: list[dict[str, Any]], year: int) -> list[str]:
    """Name the days that do not lie between the first and the last of their line in proportion to the calendar."""
    wrong = []
    for group in sorted({flag["group"] for flag in found}):
        placed = [(_day(flag["words"], year), flag["at"], flag) for flag in found if flag["group"] == group]
        (first, left, _), (last, right, _) = min(placed, key=_of_day), max(placed, key=_of_day)
        for day, at, flag in placed:
            due = left + (right - left) * (day - first).days / max((last - first).days, 1)
            if abs(at - due) > max(TO_SCALE * flag["width"], A_PIXEL):
                wrong.append(f"{group}: {flag['words']} at {at:.1f} px, should be at {due:.1f}")
            if flag["now"] and abs(flag["done"] - at) > max(TO_SCALE * at, A_PIXEL):
                wrong.append(f"{group}: the part that has passed is {flag['done']:.1f} px long, should be {at:.1f}")
    return wrong


def _of_day(placed: tuple[date, float, dict[str, Any]]) -> date:
    return placed[0]


def _day(words: str, year: int) -> date:
    found = DAY.search(words)
    assert found, words
    return date(int(found[1] or year), int(found[2]), int(found[3]))


def not_to_scale(page: Page, year: int) -> tuple[int, list[str]]:
    """Measure all lines and days of an open page: how many there are, and those that are wrong."""
    lines, days = page.evaluate(LINES), page.evaluate(DAYS)
    return len(lines) + len(days), lines_not_to_scale(lines) + days_not_to_scale(days, year)
