"""From the heat map to the finding, from a clause to its losers, and a reading switched for one viewer only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"


def test_a_click_on_a_cell_shows_the_finding_and_closing_goes_back(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/deadlines?{VIEW}")
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
