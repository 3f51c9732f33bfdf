"""The real app on a free port with a data folder of its own, and a real browser to use it with."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.screen import Screen
from tests.browser.server import running_app

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the lightest first
CHANNELS = ("chrome", "msedge")
OFFICE_PC = (1366, 768)
expect.set_options(timeout=30_000)  # ms: a busy machine is no fault


def start_browser(playwright: Playwright) -> Browser | None:
    """Start the browser that is there: Debian's or another Chromium, an installed Chrome or Edge, Playwright's own."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    ways: list[dict[str, str]] = [{"executable_path": path} for path in found]
    ways += [{"channel": channel} for channel in CHANNELS] + [{}]
    for way in ways:
        try:
            return playwright.chromium.launch(args=list(FLAGS), **way)  # type: ignore[arg-type]
        except Error:
            continue
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = start_browser(playwright)
        if started is None:
            reason = "no Chromium, Chrome or Edge is installed"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
        assert started is not None
        yield started
        started.close()


@pytest.fixture(scope="session")
def examples_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app that tests only look at: one for all processes of a run, so that its example data are built once."""
    root = tmp_path_factory.getbasetemp()
    shared = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "looked-at"
    (shared / "visitors").mkdir(parents=True, exist_ok=True)
    mine = shared / "visitors" / str(os.getpid())
    mine.touch()
    try:
        (shared / "started").open("x").close()
    except FileExistsError:
        yield _address_of(shared)
        mine.unlink()
        return
    with running_app(shared) as address:
        (shared / "address.part").write_text(address)
        (shared / "address.part").rename(shared / "address")
        yield address
        mine.unlink()
        _await(lambda: not _visited(shared), "the others are still looking")


def _visited(shared: Path) -> bool:
    return any(psutil.pid_exists(int(visitor.name)) for visitor in (shared / "visitors").iterdir())


def _address_of(shared: Path) -> str:
    _await((shared / "address").exists, "nobody started the app of the examples")
    return (shared / "address").read_text()


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    for _ in range(6000):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(otherwise)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    """An app of the test's own, with nothing in its database."""
    with running_app(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window of an office's computer, which keeps the programs of pages that it has loaded once."""
    width, height = OFFICE_PC
    opened = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light")
    yield opened
    opened.close()


@pytest.fixture
def context(window: BrowserContext) -> Iterator[BrowserContext]:
    """The window as a newcomer finds it: no page is open, nobody's name and no other choice is known."""
    yield window
    for page in window.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    window.clear_cookies()


@pytest.fixture
def screen(context: BrowserContext) -> Iterator[Screen]:
    """A page in the browser; at the end nothing may have been asked of any other host, and nothing may have failed."""
    page: Page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://localhost:", "data:", "blob:", "about:")):
            asked.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400:
            failed.append(f"{response.status} {response.url}")

    page.on("request", note)
    page.on("response", answered)
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield Screen(page)
    assert not asked, f"the app asked something of the internet: {asked}"
    assert not failed, f"the browser was told of errors: {failed}"
