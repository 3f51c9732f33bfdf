"""Make the pictures of ``docs/screenshots``: start the app on the example year and look at each page in a browser.

Run it in the project's folder: ``python docs/make_screenshots.py``. It needs Chromium, Chrome or Edge.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import start_browser  # noqa: E402
from tests.browser.screen import Screen  # noqa: E402
from tests.browser.server import running_app  # noqa: E402
from ui.session.navigation import PAGES  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {1920: 1080, 1366: 768, 390: 844}
VIEW = "data=examples&as_of=2023-12-31"
MORE = {"unit": "&unit=西山区", "what_if": "&unit=西山区"}


def addresses() -> dict[str, str]:
    """Return what to look at: every page of the navigation, and the departments' ranking."""
    pages = {entry.url: f"/{entry.url}?{VIEW}{MORE.get(entry.url, '')}" for entry in PAGES}
    return {**pages, PAGES[0].url: f"/?{VIEW}", "departments": f"/?{VIEW}&kind=department"}


def main() -> None:
    """Take every page at every size (or only the pages that are named), and the ranking in the dark theme."""
    known = addresses()
    named = sys.argv[1:] or list(known)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder)) as address, sync_playwright() as playwright:
        browser = start_browser(playwright)
        if browser is None:
            sys.exit("没有找到 Chromium、Chrome 或 Edge")
        for name in named:
            for width, height in SIZES.items():
                take(browser, f"{address}{known[name]}", FOLDER / f"{name}-{width}.png", (width, height))
        if "ranking" in named:
            take(browser, f"{address}{known['ranking']}", FOLDER / "ranking-dark.png", (1920, 1080), "dark")
        browser.close()


def take(browser: Browser, address: str, target: Path, size: tuple[int, int], scheme: str = "light") -> None:
    """Take one picture of one page, as it is when it has come to rest."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        color_scheme="dark" if scheme == "dark" else "light",
    )
    Screen(context.new_page()).open(address).page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main()
