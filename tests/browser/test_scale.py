"""Every bar is as long as its value says: measured in the browser on pages and slides, at all widths, to 1 %."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.screen import Screen
from ui.session.navigation import PAGES

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"
ADDRESSES = (*(entry.url for entry in PAGES), "ranking?kind=department", "meeting?kind=department")
PHONE, SMALL, OFFICE, WALL = (390, 844), (1280, 800), (1366, 768), (1920, 1080)
# screens, device pixels a pixel, dark: 200 % is half the pixels of a 1366 screen, each twice as large
LOOKS = (
    ((PHONE, SMALL, WALL, OFFICE), 1, False), ((OFFICE,), 1, True), (((683, 384),), 2, False),
)  # fmt: skip
TO_SCALE = 0.01
SIGNED = re.compile(r"[+−-](\d+(?:\.\d+)?)")  # the label of a step; base and score begin at the axis
A_PIXEL = 0.75  # what the rounding of a browser's layout may cost a short bar
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


def not_to_scale(found: list[dict[str, Any]]) -> list[str]:
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


def measured(page: Page) -> tuple[int, int, list[str]]:
    bars, steps = page.evaluate(BARS), page.evaluate(STEPS)
    return len(bars), len(steps), not_to_scale(bars) + charts_not_to_scale(steps)


def test_the_measure_finds_a_bar_that_is_cut() -> None:
    cut = [{"group": "差", "value": 10.1, "length": 618.0}, {"group": "差", "value": 6.6, "length": 517.0}]
    assert not_to_scale(cut)
    assert not not_to_scale([{**cut[0], "length": 791.0}, cut[1]])


def measured_at(page: Page, width: int, height: int) -> tuple[int, int, list[str]]:
    """Measure at a size of the window; charts are drawn anew for it a moment later."""
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(8):
        page.wait_for_timeout(250)
        bars, steps, wrong = measured(page)
        if not wrong:
            break
    return bars, steps, [f"{width}: {said}" for said in wrong]


@pytest.mark.parametrize(("sizes", "pixels", "dark"), LOOKS)
def test_bars_steps_and_dots_are_as_long_as_their_values(
    browser: Browser, examples_app: str, sizes: tuple[tuple[int, int], ...], pixels: int, dark: bool
) -> None:
    width, height = sizes[-1]
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=pixels, locale="zh-CN",
        color_scheme="dark" if dark else "light",
    )  # fmt: skip
    page, found = context.new_page(), []
    for address in ADDRESSES:
        Screen(page).open(f"{examples_app}/{address}{'&' if '?' in address else '?'}{VIEW}")
        if address.startswith("meeting"):
            page.wait_for_selector(".k-slide.on")
        found += [(address, size, *measured_at(page, *size)) for size in sizes]
    context.close()
    assert not [(address, *wrong) for address, _, _, _, wrong in found if wrong]
    for size in sizes:
        assert sum(bars for _, at, bars, _, _ in found if at == size) > 40
        assert sum(steps for _, at, _, steps, _ in found if at == size) > 10
