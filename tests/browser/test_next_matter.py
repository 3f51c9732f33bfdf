"""The next matter is there at the key, while the server is still at work on the last one; no key lands on another matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screen import Screen
from tests.browser.server import running_script

pytestmark = pytest.mark.browser

DAY = "data=examples&as_of=2023-12-31"
NEXT, AHEAD, DRAWN = ".k-ahead", ".k-ahead h1", ".k-matter h1"


@contextmanager
def held_up(server: psutil.Process) -> Iterator[None]:
    """Stop the server, so that what is seen meanwhile is the browser's own doing."""
    server.suspend()
    try:
        yield
    finally:
        server.resume()


def sit_down(screen: Screen, address: str, name: str, more: str = "") -> Screen:
    """Open the first matter of the queue and say who one is."""
    screen.open(f"{address}/review?{DAY}{more}")
    screen.page.locator("table.k tr.go a").first.click()
    screen.page.wait_for_url(re.compile("clause="))
    field = screen.settle().page.get_by_label("经办人").first
    field.fill(name)
    field.press("Enter")
    screen.settle().page.keyboard.press("Escape")
    return screen


def named(told: str) -> str:
    """Return unit and clause of a matter's heading: 官渡区4C提供案例：系统判定，+0.50分."""
    found = re.match(r"\D+\d+[A-Z]?", told)
    assert found
    return found[0]


def matters(page: Page) -> tuple[str, str]:
    """Return the matter in view and the one that comes next."""
    told = str(page.locator(NEXT).get_attribute("data-shown"))
    return named(str(page.locator(DRAWN).text_content())), named(re.sub(r".*?<h1[^>]*>", "", told, count=1))


def test_the_next_matter_is_shown_at_the_key_and_no_key_lands_on_another(browser: Browser, tmp_path: Path) -> None:
    with running_script("app.py", tmp_path) as (address, server):
        one, two = (Screen(browser.new_context(locale="zh-CN").new_page()) for _ in range(2))
        page = sit_down(one, address, "张工").page
        first, second = matters(page)
        expect(page.locator(AHEAD)).to_be_hidden()
        with held_up(server):
            page.keyboard.press("1")
            expect(page.locator(AHEAD)).to_be_visible()
            expect(page.locator(DRAWN)).to_be_hidden()
            expect(page.get_by_text("正在办理…")).to_be_visible()
            for key in (
                "2",
                "1",
                "3",
            ):  # the first of them waits for the matter that is shown; the others are no verdicts
                page.keyboard.press(key)
            expect(page.get_by_text("这一件的按键已收到")).to_be_visible()
        one.sees("已记入第2号认定")
        one.settle().go(f"{address}/review?{DAY}&part=records")
        rows = [row.split("\t") for row in page.locator("table.k tbody").inner_text().splitlines() if "\t" in row]
        given = {row[1] + row[2]: row[3] for row in rows}
        assert given == {first: "认可", second: "不认可"}

        sit_down(one, address, "张工")
        third, fourth = matters(page)
        assert not {third, fourth} & {first, second}
        sit_down(two, address, "李工").page.keyboard.press("2")
        two.sees("已记入第3号认定")
        with held_up(server):
            page.keyboard.press("1")
            expect(page.locator(AHEAD)).to_be_visible()
        one.sees("李工")
        assert named(str(page.locator(DRAWN).text_content())) == third, "what was refused is back, and why is said"
        expect(page.locator(DRAWN)).to_be_visible()
        expect(page.locator(AHEAD)).to_be_hidden()

        sit_down(one, address, "张工", "&by_unit=盘龙区&by_clause=6C")
        assert page.locator(NEXT).count() == 0, "nothing comes after the last"
        with held_up(server):
            page.keyboard.press("1")
            page.wait_for_timeout(300)
            expect(page.locator(DRAWN)).to_be_visible()
        one.sees("已记入第4号认定")
        for screen in (one, two):
            screen.page.context.close()
