"""Every page in every state, light and dark, as axe-core judges it; how much of a phone the frame takes; what calendars speak."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.screen import Screen
from tests.ui.test_units_door import PARTS
from ui.session.navigation import PAGES

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"
STATES = [
    *((entry.url, f"part={part}") for entry in PAGES for part in PARTS.get(entry.url, ("",))),
    ("ranking", "kind=department"),
    ("unit", "unit=市住房城乡建设局"),
    ("review", "unit=五华区&clause=12A"),
    ("meeting", "slide=2"),
]
PLAIN = [(entry.url, "") for entry in PAGES]
STREAMLITS_OWN = '[data-testid="stFileUploaderDropzone"]'  # its place for files says 'presentation' of itself
QUARTER = 844 / 4  # px of a phone's screen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_of_ours(browser: Browser, examples_app: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme, locale="zh-CN")  # type: ignore[arg-type]
    screen, axe, faults = Screen(context.new_page()), Axe(), []
    for url, query in STATES if scheme == "light" else PLAIN:
        screen.open(f"{examples_app}/{url}?{VIEW}&{query}")
        answer = axe.run(screen.page, context={"exclude": [[STREAMLITS_OWN]]})
        faults += [
            (url, query, fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
            for fault in answer.response["violations"]
        ]
    context.close()
    assert not faults


def test_the_frame_takes_a_quarter_of_a_phone_at_most(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    screen = Screen(context.new_page())
    taken = {}
    for entry in PAGES:
        screen.open(f"{examples_app}/{entry.url}?{VIEW}")
        bar = screen.page.locator(".st-key-bar, .st-key-top")
        taken[entry.url] = max(
            (box["y"] + box["height"] for one in bar.all() if (box := one.bounding_box())), default=0
        )
    context.close()
    assert {url: height for url, height in taken.items() if height > QUARTER} == {}


def test_calendars_speak_chinese_in_a_browser_of_any_language(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    screen = Screen(context.new_page()).open(f"{examples_app}/?{VIEW}")
    screen.page.get_by_test_id("stDateInput").first.click()
    expect(screen.page.get_by_text("十二月")).to_be_visible()
    assert not screen.english()
    context.close()
