"""From the heat map to the finding, from a clause to its losers, and a reading switched for one viewer only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import scale
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"


def test_a_click_on_a_cell_shows_the_finding_and_closing_goes_back(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/deadlines?{VIEW}")
    days, wrong = scale.not_to_scale(screen.page, 2023)
    assert days > 5
    assert not wrong
    assert not screen.page.evaluate(
        "[...document.querySelectorAll('table.k-heat td.sum')].some((sum) => sum.scrollWidth > sum.clientWidth)"
    )
    cell = screen.page.locator("table.k-heat td a", has_text="✕").first
    said = cell.get_attribute("aria-label") or ""
    unit, clause = said.split()[:2]
    cell.click()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{unit} · {clause}")
    expect(dialog).to_contain_text(" › ")  # the cell of the workbook
    assert f"at={clause}" in screen.page.url
    screen.reload()
    expect(screen.page.get_by_role("dialog")).to_contain_text(clause)
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)
    screen.settle()
    assert "at=" not in screen.page.url


def test_the_losers_of_a_clause_are_as_many_as_the_table_says(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/rules?{VIEW}")
    lost = screen.page.locator("a.k-lost").first
    count = re.match(r"\d+", lost.inner_text())
    assert count
    lost.click()
    rows = screen.page.get_by_role("dialog").locator("tbody tr")
    expect(rows).to_have_count(int(count.group()))


def test_a_reading_is_switched_for_this_viewer_only(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/rules?{VIEW}&part=readings").sees("现在是正式口径")
    screen.page.locator("a.k-reading", has_text="一律扣分").click()
    screen.page.wait_for_url(re.compile("late=strict"))
    screen.settle().sees("1处与正式口径不同")
    expect(screen.page.locator(".k-foot")).to_contain_text("一律扣分")
    other = screen.page.context.new_page()
    Screen(other).open(f"{examples_app}/rules?{VIEW}&part=readings").sees("现在是正式口径")
    other.close()
    screen.follow("全部回到正式口径").sees("现在是正式口径")
    assert "late=" not in screen.page.url


FLAG = "<span class='{}' style='position:absolute;left:{}%'><b>{}</b></span>"
LINE = """<div class="k-line" style="position:relative;width:1000px;height:60px">
<i class="done" style="position:absolute;width:{}%;height:4px"></i>{}</div>"""
CUTS = (("cut", 0, "1月1日"), ("cut", 50, "7月2日"), ("cut", 100, "12月31日"))


@pytest.mark.parametrize(
    ("flags", "done", "wrong"),
    [
        ([*CUTS, ("now", 25, "截至 4月2日")], 25, []),
        ([*CUTS, ("due", 30, "4月2日")], 0, ["line 0: 4月2日 at 300.0 px, should be at 250.0"]),
        (
            [*CUTS, ("now", 25, "截至 4月2日")],
            40,
            ["line 0: the part that has passed is 400.0 px long, should be 250.0"],
        ),
    ],
)
def test_the_measure_finds_a_day_out_of_its_place(
    screen: Screen, flags: list[tuple[str, int, str]], done: int, wrong: list[str]
) -> None:
    screen.page.set_content(LINE.format(done, "".join(FLAG.format(*flag) for flag in flags)))
    assert scale.not_to_scale(screen.page, 2023) == (len(flags), wrong)


def test_the_measure_finds_a_line_that_is_cut() -> None:
    line = {"group": "lines 0", "length": 300.0, "start": 40.0, "expected": 300.0, "from": 40.0}
    assert not scale.lines_not_to_scale([line])
    assert scale.lines_not_to_scale([{**line, "length": 280.0}]) == ["lines 0: 280.0 px, should be 300.0"]
    assert scale.lines_not_to_scale([{**line, "start": 60.0}]) == ["lines 0: 60.0 px, should be 40.0"]
