"""Simulate, hand the link on, and see the same in another browser; switch a reading and see who moves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

EXAMPLES = "data=examples&as_of=2023-12-31"
MAIN = '[data-testid="stMain"]'


def test_a_simulation_reopens_from_its_link_in_another_browser(
    screen: Screen, examples_app: str, browser: Browser
) -> None:
    screen.open(f"{examples_app}/what_if?{EXAMPLES}&unit=寻甸县")
    now = screen.heading().inner_text()
    screen.page.locator(".k-acts a", has_text="4次").click()
    screen.page.wait_for_url(re.compile("scenario=.*9C"))
    screen.settle()
    expect(screen.heading()).to_contain_text("模拟：寻甸县由")
    screen.press("保存为链接")
    link = screen.page.locator('[data-testid="stCode"] code').inner_text().strip()
    other = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    there = Screen(other.new_page()).open(link)
    assert there.heading().inner_text() == screen.heading().inner_text() != now
    expect(there.page.locator(".k-sim").first).to_be_visible()
    there.sees("模拟，不是正式得分")
    there.reload()
    assert there.heading().inner_text() == screen.heading().inner_text()
    there.go(f"{examples_app}/?{EXAMPLES}")
    assert "模拟" not in there.page.locator(MAIN).inner_text()  # nothing was written
    other.close()


def test_a_chip_that_is_on_takes_its_change_out(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/what_if?{EXAMPLES}&unit=寻甸县&scenario=寻甸县:9C=4")
    screen.page.locator(".k-acts a.on").first.click()
    screen.page.wait_for_url(lambda url: "scenario" not in url)
    screen.settle()
    expect(screen.heading()).to_contain_text("寻甸县现在")


def test_the_readings_say_what_decides_and_a_switch_scores_again(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/readings?{EXAMPLES}").sees("种读法下")
    count = screen.page.locator("table.k").count()
    assert count == 3
    before = screen.page.locator("table.k").last.inner_text()
    screen.go(f"{examples_app}/readings?{EXAMPLES}&late=lenient").sees("1 项与正式不同")
    assert screen.page.locator("table.k").last.inner_text() != before
    screen.page.get_by_text("市级责任部门", exact=True).first.click()
    screen.page.wait_for_url(re.compile("kind=department"))
    screen.settle().sees("市水务局")


def test_a_plan_opens_as_a_scenario(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/next_steps?{EXAMPLES}&unit=寻甸县&target=11")
    said = screen.heading().inner_text()
    reached = re.search(r"到([0-9.]+)分", said)
    assert reached, said
    screen.page.locator(".k-acts a", has_text="模拟").first.click()
    screen.page.wait_for_url(re.compile("what_if.*scenario="))
    screen.settle().sees("模拟：寻甸县由")
