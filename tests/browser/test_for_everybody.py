"""Every page in every state, light and dark, as axe-core judges it; how much of a phone the frame takes; what calendars speak."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.screen import Screen, english
from tests.ui.test_units_door import PARTS
from ui.session.navigation import PAGES

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"
PLAIN = [(entry.url, "") for entry in PAGES]
STATES = [
    *PLAIN,
    *((url, f"part={part}") for url, parts in PARTS.items() for part in parts[1:]),
    ("ranking", "kind=department"),
    ("unit", "unit=市住房城乡建设局"),
    ("review", "unit=五华区&clause=12A"),
    ("meeting", "slide=2"),
]
STREAMLITS_OWN = '[data-testid="stFileUploaderDropzone"]'  # its place for files says 'presentation' of itself
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}  # all that another colour changes
FILE_KINDS = {"xlsx", "xlsm", "docx"}
SIZES = ((1920, 1080), (390, 844), (1366, 768))
QUARTER = 844 / 4  # px of a phone's screen


def faults(screen: Screen, options: dict[str, Any] | None = None) -> list[tuple[str, list[str]]]:
    """Return what axe finds on a page that is ours."""
    found = Axe().run(screen.page, {"exclude": [[STREAMLITS_OWN]]}, options or {"resultTypes": ["violations"]})
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found.response["violations"]]


def ill_fitting(screen: Screen) -> list[str]:
    """Say what is wrong with a page's words, and with its width and its frame on each screen."""
    said = screen.words()
    words = english(re.sub(r"\b[0-9a-f]{8,}\b", "", said)) - FILE_KINDS  # a fingerprint is no word
    wrong = [f"English: {words}"] * bool(words) + ["no mark of examples"] * ("示例" not in said)
    for width, height in SIZES:
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.page.wait_for_timeout(250)
        wrong += [f"wider than {width}"] * screen.is_wider_than_window()
        if width == 390:
            bars = screen.page.locator(".st-key-bar, .st-key-top").all()
            taken = max((box["y"] + box["height"] for bar in bars if (box := bar.bounding_box())), default=0)
            wrong += [f"the frame takes {taken} px of a phone"] * (taken > QUARTER)
    return wrong


def test_every_page_is_fit_for_everybody_in_light(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="light", locale="zh-CN")
    screen, wrong = Screen(context.new_page()), {}
    for url, query in STATES:
        screen.open(f"{examples_app}/{url}?{VIEW}&{query}")
        wrong[url, query] = [*faults(screen), *([] if query else ill_fitting(screen))]
    context.close()
    assert {state: found for state, found in wrong.items() if found} == {}


def test_every_page_has_contrast_in_dark(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="dark", locale="zh-CN")
    screen, wrong = Screen(context.new_page()), {}
    for url, query in PLAIN:
        wrong[url] = faults(screen.open(f"{examples_app}/{url}?{VIEW}&{query}"), CONTRAST)
    context.close()
    assert {url: found for url, found in wrong.items() if found} == {}


def test_calendars_speak_chinese_in_a_browser_of_any_language(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    screen = Screen(context.new_page()).open(f"{examples_app}/?{VIEW}")
    screen.page.get_by_test_id("stDateInput").first.click()
    expect(screen.page.get_by_role("button", name="月", exact=True)).to_contain_text("十二月")
    assert not screen.english()
    context.close()
