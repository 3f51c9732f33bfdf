"""Weigh a first visit on a slow line beside an empty page's, in one run: ``python -m benchmarks.slow_line``.

A browser that has seen nothing opens a page over a line of 1.5 Mbit/s. Bytes are those that go over the line, with the
connection on which Streamlit draws. Then it goes on to pages whose answers take long and were never worked out: how long
until something stands there, the answer or what is being worked out, and how long until the whole page does.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.clicks import empty_page
from tests.browser.conftest import start_browser
from tests.browser.screen import FIRST_LOOK, Screen
from tests.browser.server import ROOT, running_script

BITS, LATENCY_MS = 1_500_000, 40
GOAL, SOON_MS = 1.2, 1_000.0
VIEW = "data=examples&as_of=2023-12-31"
SECTION, QUICK, SLOW = "分析", "改细则会怎样", ("口径敏感性", "待定与必核")
SOMETHING = """title => document.title.startsWith(title)
    && [...document.querySelectorAll('[data-testid="stSpinner"], .k-sim')].some((one) => one.checkVisibility())"""


class Line:
    """A slow line to a page. It has state because it counts the bytes that went over it."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        rate = BITS / 8
        tools.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY_MS, "downloadThroughput": rate, "uploadThroughput": rate},
        )
        tools.on("Network.loadingFinished", lambda told: self._add(told["encodedDataLength"]))
        tools.on("Network.webSocketFrameReceived", lambda told: self._add(len(told["response"]["payloadData"]) * 3 / 4))

    def _add(self, more: float) -> None:
        self.bytes += int(more)  # frames are told in base 64


def first_visit(browser: Browser, address: str) -> tuple[Page, int]:
    """Open a page in a browser that has seen nothing; return it and its bytes."""
    page = browser.new_context(locale="zh-CN").new_page()
    line = Line(page)
    screen = Screen(page)
    page.set_default_timeout(FIRST_LOOK)
    screen.open(address)
    return page, line.bytes


def go_on(page: Page, title: str) -> tuple[float, float]:
    """Go on to a page; return after how many milliseconds something stood there, and the whole page."""
    page.locator(".k-pages.beside a", has_text=QUICK).click()  # a page without a band: what is seen next is new
    Screen(page).settle()
    page.set_default_timeout(FIRST_LOOK)
    start = time.perf_counter()
    page.locator(".k-pages.beside a", has_text=title).click()
    page.wait_for_function(SOMETHING, arg=title, polling=20)
    soon = time.perf_counter()
    Screen(page).settle()
    return (soon - start) * 1000, (time.perf_counter() - start) * 1000


def main(folder: Path) -> None:
    """Print bytes and times beside their goals."""
    with sync_playwright() as playwright, running_script(empty_page(folder), folder, "empty.log") as (empty, _):
        browser = start_browser(playwright)
        if browser is None:
            raise SystemExit("no browser is installed")
        floor = first_visit(browser, empty)[1]
        print(f"empty page {floor / 1e6:.2f} MB, {floor * 8 / BITS:.1f} s on the line; goal {GOAL} times that")
        with running_script(ROOT / "app.py", folder) as (app, _):
            first_visit(browser, f"{app}/?{VIEW}")  # makes the examples
            page, sent = first_visit(browser, f"{app}/?{VIEW}")
            print(f"排名 {sent / 1e6:.2f} MB, {sent / floor:.2f} times")
            page.locator(".k-pages a", has_text=SECTION).click()
            Screen(page).settle()
            for title in SLOW:
                soon, whole = go_on(page, title)
                print(
                    f"{title} first opened: something after {soon:.0f} ms (goal {SOON_MS:.0f}), all after {whole:.0f} ms"
                )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
