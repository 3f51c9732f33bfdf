"""Whether what a page draws lies where its values say, to 1 %: bars, steps, dots, lines of ranks, days of the year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import Page

TO_SCALE = 0.01
A_PIXEL = 0.75  # what the rounding of a browser's layout may cost
DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
SIGNED = re.compile(r"[+−-](\d+(?:\.\d+)?)")  # the label of a step; base and score begin at the axis
BARS = """() => [...document.querySelectorAll('.k-bar, .k-deck .row .bar')].map((bar) => ({
    group: (bar.closest('table, section') || document.body).innerText.slice(0, 40),
    value: parseFloat((bar.textContent.match(/[0-9]+\\.?[0-9]*/) || ['0'])[0]),
    length: bar.querySelector('i').getBoundingClientRect().width,
    seen: bar.getBoundingClientRect().width > 0,
})).filter((bar) => bar.seen)"""
STEPS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart, at) => {
    const [left, right] = chart._fullLayout.xaxis.range;
    const scale = chart._fullLayout.xaxis._length / (right - left);
    const traces = chart._fullData.filter((trace) => trace.type === 'bar');
    const bars = [...chart.querySelectorAll('.barlayer .trace')].flatMap((drawn, n) =>
        [...drawn.querySelectorAll('.point path')].map((path, i) => ({
            group: `chart ${at}`, expected: Math.abs(traces[n].x[i]) * scale, length: path.getBBox().width,
            said: [].concat(traces[n].text || [])[i] || '', x: traces[n].x[i],
        })));
    const dots = chart._fullData.flatMap((trace, n) => {
        if (trace.type !== 'scatter' || !trace.mode.includes('markers')) return [];
        const drawn = [...chart.querySelectorAll('.scatterlayer .trace')][n];
        return [...drawn.querySelectorAll('.points path')].map((dot) => {
            const placed = dot.getAttribute('transform').match(/translate\\(([-0-9.]+)/);
            return {group: `dots ${at}`, at: parseFloat(placed[1]), value: dot.__data__.x, left, scale};
        });
    });
    return [...bars, ...dots];
})"""
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


def bars_not_to_scale(found: list[dict[str, Any]]) -> list[str]:
    """Name the bars of each group that are longer or shorter than their share of the longest one."""
    wrong = []
    for group in {bar["group"] for bar in found}:
        mine = [bar for bar in found if bar["group"] == group]
        longest = max(mine, key=lambda bar: bar["value"])
        for bar in mine:
            due = longest["length"] * bar["value"] / longest["value"] if longest["value"] else 0
            if abs(bar["length"] - due) > max(TO_SCALE * due, A_PIXEL):
                wrong.append(f"{group!r}: {bar['value']} is {bar['length']:.1f} px, should be {due:.1f}")
        if longest["value"] and longest["length"] < 20:
            wrong.append(f"{group!r}: the longest bar has {longest['length']:.1f} px")
    return wrong


def charts_not_to_scale(found: list[dict[str, Any]]) -> list[str]:
    """Name the steps and dots that are not drawn where their values lie on the axis."""
    wrong = []
    for mark in found:
        dot = "at" in mark
        drawn, due = (
            (mark["at"], (mark["value"] - mark["left"]) * mark["scale"]) if dot else (mark["length"], mark["expected"])
        )
        if abs(drawn - due) > max(TO_SCALE * due, A_PIXEL):
            wrong.append(f"{mark['group']}: {drawn:.1f} px, should be {due:.1f}")
        said = SIGNED.fullmatch(mark.get("said", ""))
        if said and abs(abs(mark["x"]) - float(said[1])) > TO_SCALE * float(said[1]):
            wrong.append(f"{mark['group']}: a step of {mark['x']} is labelled {mark['said']}")
    return wrong


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
    """Measure all that an open page draws: how much there is, and what is wrong."""
    bars, marks, lines, days = (page.evaluate(what) for what in (BARS, STEPS, LINES, DAYS))
    wrong = bars_not_to_scale(bars) + charts_not_to_scale(marks) + lines_not_to_scale(lines)
    return len(bars) + len(marks) + len(lines) + len(days), wrong + days_not_to_scale(days, year)
