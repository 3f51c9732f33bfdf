"""Weigh the reviewer's day beside its floors, in one run: ``python -m benchmarks.reviewer_day``.

- a verdict by key until the next matter is painted, and until it is recorded and all its fields stand, beside an empty rerun
  by key until it is painted, both in a real browser;
- 14 workbooks from being dropped to the table, beside reading them alone;
- one question of an open page whether others have done something, beside the server's shortest answer.

All figures are processor time (the server with its readers, the browser with its processes): what a busy machine adds does
not count. Waiting times are printed beside them, to be believed on an idle machine only.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from scoring.calendar.clock import day_of, now
from scoring.files.room.room import room
from scoring.rulebook.read import load_rulebook
from scoring.store import locations
from tests.browser.conftest import start_browser
from tests.browser.screen import READY, Screen
from tests.browser.server import ROOT, running_script
from tests.ui.opening import html, opened, started_as_the_server_does
from ui.session import cache

EMPTY = """
import streamlit as st
st.session_state.n = st.session_state.get("n", 0) + st.button("next", shortcut="1")
st.title(f"n {st.session_state.n}")
"""
NEXT_HEADING = """() => {
    const shown = () => [...document.querySelectorAll('[data-testid="stMain"] h1')].find((one) => one.checkVisibility());
    const before = shown().innerText;
    window.painted = new Promise((done) => {
        const seen = () => shown() && shown().innerText !== before;
        const look = () => { if (seen()) { watch.disconnect(); requestAnimationFrame(() => setTimeout(done)); } };
        const watch = new MutationObserver(look);
        watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
    });
}"""
VERDICTS, VERDICT_MS = 20, 100
READING = 1.5  # seconds for which somebody looks at a matter
INTAKES, INTAKE_RATIO = 5, 1.5
QUESTIONS, POLL_MS = 500, 2
PATIENCE = 180_000  # ms: the example year is built first


@dataclass(frozen=True, slots=True)
class Cost:
    """What some act cost: processor seconds of the server, of the browser, and how long somebody waited."""

    server: float
    browser: float
    waited: float

    @property
    def ours(self) -> float:
        """Return the processor seconds of both."""
        return self.server + self.browser

    def __add__(self, other: Cost) -> Cost:
        """Return both together."""
        return Cost(self.server + other.server, self.browser + other.browser, self.waited + other.waited)

    def shared(self, times: int) -> Cost:
        """Return what each of so many cost."""
        return Cost(self.server / times, self.browser / times, self.waited / times)

    def __str__(self) -> str:
        """Say it in milliseconds."""
        server, browser, waited = self.server * 1000, self.browser * 1000, self.waited * 1000
        return f"{server + browser:7.1f} ms (server {server:6.1f}, browser {browser:6.1f}; waited {waited:6.1f})"


def spent(processes: list[psutil.Process]) -> float:
    """Return the processor seconds of processes and all that they started."""
    found = {one.pid: one for process in processes for one in (process, *process.children(recursive=True))}
    return sum(times.user + times.system for times in (one.cpu_times() for one in found.values()))


def browsers() -> list[psutil.Process]:
    """Return the browser's processes."""
    return [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]


def weighed(
    server: psutil.Process, times: int, act: Callable[[], object], then: Callable[[], object]
) -> tuple[Cost, Cost]:
    """Return what an act costs on average, after one that does not count: until it is done, and until ``then`` is too."""
    done, all_done = Cost(0, 0, 0), Cost(0, 0, 0)
    for number in range(times + 1):
        begin, before, browser = time.perf_counter(), spent([server]), spent(browsers())
        costs = []
        for part in (act, then):
            part()
            waited = time.perf_counter() - begin
            costs.append(Cost(spent([server]) - before, spent(browsers()) - browser, waited))
        if number:
            done, all_done = done + costs[0], all_done + costs[1]
        time.sleep(READING)  # a person reads; nothing is waited for
    return done.shared(times), all_done.shared(times)


def opens(page: Page, address: str) -> None:
    """Open an address and wait until it is drawn."""
    page.goto(address)
    page.wait_for_selector(READY, timeout=PATIENCE)


def strike(page: Page) -> None:
    """Press the key and wait until another heading is painted: until the frame after the one that it is first seen in."""
    page.evaluate(NEXT_HEADING)
    page.keyboard.press("1")
    page.evaluate("window.painted")


def rests(page: Page) -> None:
    """Wait until the server has begun and ended what it was asked for."""
    page.wait_for_function(
        f"""() => document.querySelector('{READY}') && !document.querySelector('.k-going')""", timeout=PATIENCE
    )


def verdicts(page: Page, folder: Path) -> None:
    """Print what a verdict by key costs until the next matter is painted, beside an empty rerun by key."""
    script = folder / "floor.py"
    script.write_text(EMPTY, encoding="utf-8")
    with running_script(script, folder) as (address, server):
        opens(page, address)
        page.wait_for_selector("h1")
        floor, _ = weighed(server, VERDICTS, lambda: strike(page), lambda: rests(page))
    with running_script("app.py", folder) as (address, server):
        opens(page, f"{address}/review?data=examples")
        screen = Screen(page).settle()
        page.locator("table.k tr.go a").first.click()
        page.wait_for_url("**clause=**")
        screen.settle()
        name = page.get_by_label("经办人").first
        name.fill("李审")
        name.press("Enter")
        screen.settle()
        page.keyboard.press("Escape")
        painted, recorded = weighed(server, VERDICTS, lambda: strike(page), lambda: rests(page))
    print(f"an empty rerun                     {floor}")
    for what, ours in (("painted ", painted), ("recorded", recorded)):
        more, later = ours.ours - floor.ours, ours.waited - floor.waited
        print(
            f"a verdict by key, the next {what} {ours}\n  {more * 1000:.0f} ms more, waited {later * 1000:.0f} ms longer"
        )
    print(f"  goal until the next matter is painted: {VERDICT_MS} ms")


def notice(page: Page, folder: Path) -> None:
    """Print what an open page's question whether others did something costs the server, beside its shortest answer."""
    ask = "async ([path, times]) => { for (let n = 0; n < times; n++) await fetch(path, {cache: 'no-store'}) }"
    with running_script("app.py", folder) as (address, server):
        opens(page, f"{address}/review?data=examples")
        Screen(page).settle()
        mark = page.locator("#k-mark").get_attribute("data-mark")
        cost = {}
        for path in ("/_stcore/health", f"/changes/{mark}"):
            page.evaluate(ask, [path, QUESTIONS])
            before = spent([server])
            page.evaluate(ask, [path, QUESTIONS])
            cost[path] = (spent([server]) - before) / QUESTIONS * 1000
    floor, ours = cost.values()
    print(f"whether others did something {ours:.2f} ms of the server (goal {POLL_MS}); its health {floor:.2f} ms")


def another(data: bytes, number: int) -> bytes:
    """Return the same workbook as other bytes, so that nothing of it is remembered."""
    held = BytesIO(data)
    with zipfile.ZipFile(held, "a") as book:
        book.comment = str(number).encode()
    return held.getvalue()


def intake() -> None:
    """Print what 14 workbooks cost from being dropped to the table, beside reading them alone."""
    quarter = sorted((ROOT / "data" / "examples" / "2023年第二季度").rglob("*.xlsx"))[:14]
    sent, rulebooks, came = [(one.name, one.read_bytes()) for one in quarter], (load_rulebook(),), day_of(now())
    me, round_of = psutil.Process(), iter(range(10**6))

    def read() -> None:
        number = next(round_of)
        for name, data in sent:
            cache.parsed(another(data, number), name, rulebooks, ({}, {}), came)

    app = opened("upload", as_of="2023-07-07")

    def look() -> None:
        number = next(round_of)
        app.file_uploader[0].set_value([(name, another(data, number), "") for name, data in sent]).run()
        if "k-cards" not in html(app):
            sys.exit("the table does not stand")

    room().warm()
    alone = weighed_here(me, INTAKES, read)
    whole = weighed_here(me, INTAKES, look)
    print(
        f"{len(sent)} workbooks, reading alone {alone * 1000:7.0f} ms, to the table {whole * 1000:7.0f} ms, "
        f"ratio {whole / alone:4.2f} (goal {INTAKE_RATIO})"
    )


def weighed_here(process: psutil.Process, times: int, act: Callable[[], object]) -> float:
    """Return the processor seconds of this process and its readers for an act, on average, after one that does not count."""
    act()
    before = spent([process])
    for _ in range(times):
        act()
    return (spent([process]) - before) / times


def main() -> None:
    """Print every figure beside its floor."""
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        browser = start_browser(playwright)
        if browser is None:
            sys.exit("no Chromium, Chrome or Edge is installed")
        verdicts(browser.new_page(locale="zh-CN"), Path(kept))
        notice(browser.new_page(locale="zh-CN"), Path(kept))
        browser.close()
    with tempfile.TemporaryDirectory() as kept, started_as_the_server_does():
        os.environ[locations.DATA_VARIABLE] = kept
        intake()


if __name__ == "__main__":
    main()
