"""What a reader does and sees, in a reader's words."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as OutOfTimeError

BUSY = '[data-testid="stApp"]:not([data-test-script-state="notRunning"])'
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FIRST_LOOK = 60_000  # ms; the first look builds the example year's database and loads the charts' code
PATIENCE = 15_000
SKELETONS = '[data-testid="stSkeleton"]'  # stand where a widget's code is still being loaded
ICONS = '[data-testid="stIconMaterial"]'  # an icon is a word of its own font
SEEN_WORDS = """icons => {
    const seen = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const place = node.parentElement, box = place.getBoundingClientRect();
        const hidden = place.closest(icons + ", script, style, noscript") || box.width < 2 || box.height < 2;
        if (!hidden && place.checkVisibility({visibilityProperty: true})) seen.push(node.data);
    }
    return seen.join(" ");
}"""
GO = """address => {
    history.pushState({}, "", address);
    dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""  # what Streamlit's own navigation does
WORD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{4,}(?![0-9A-Za-z])")  # not the letters within a hash: 3ffde1a0


def english(text: str) -> set[str]:
    """Return the English words of a text; the letters of a hash are none."""
    return set(WORD.findall(text))


class Screen:
    """One page in the browser. It has state because a browser page has."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def open(self, address: str) -> Screen:
        self.page.goto(address, timeout=FIRST_LOOK)
        return self.settle()

    def go(self, address: str) -> Screen:
        """Go to another address of the app that is open, without loading the app's programs anew; else open it."""
        if not address.startswith(urljoin(self.page.url, "/")):
            return self.open(address)
        self.page.evaluate(GO, address)
        return self.settle()

    def settle(self) -> Screen:
        """Wait until the script rests, and rests still a moment later."""
        self.page.wait_for_selector(READY, timeout=FIRST_LOOK)
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(READY, timeout=FIRST_LOOK)
        self.page.wait_for_function("seen => !document.querySelector(seen)", arg=SKELETONS, timeout=FIRST_LOOK)
        return self

    def after(self, patience: int) -> Screen:
        """Wait until the script has begun on what was done, at most some milliseconds, and rests again."""
        with suppress(OutOfTimeError):
            self.page.wait_for_selector(BUSY, timeout=patience, state="attached")
        return self.settle()

    def reload(self) -> Screen:
        self.page.reload(timeout=FIRST_LOOK)
        return self.settle()

    def upload(self, *files: Path) -> Screen:
        self.page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files([str(file) for file in files])
        return self.after(500)

    def press(self, label: str | re.Pattern[str]) -> Screen:
        self.page.get_by_role("button", name=label).first.click()
        return self.after(300)

    def follow(self, label: str | re.Pattern[str]) -> Screen:
        self.page.get_by_role("link", name=label).first.click()
        return self.after(500)

    def text(self) -> str:
        return self.page.locator('[data-testid="stMain"]').inner_text()

    def words(self) -> str:
        """Return all that an eye can read on the screen: icons and what only a screen reader is told left out."""
        return str(self.page.evaluate(SEEN_WORDS, ICONS))

    def english(self) -> set[str]:
        """Return the English words that an eye can read on the screen."""
        return english(self.words())

    def sees(self, words: str) -> Screen:
        expect(self.page.locator('[data-testid="stMain"]')).to_contain_text(words, timeout=PATIENCE)
        return self

    def heading(self) -> Locator:
        return self.page.locator('[data-testid="stMain"] h1').first

    def is_wider_than_window(self) -> bool:
        return bool(
            self.page.evaluate("""() => {
            const main = document.querySelector('[data-testid="stMain"]');
            return main.scrollWidth > main.clientWidth + 1 || document.documentElement.scrollWidth > innerWidth + 1;
        }""")
        )
