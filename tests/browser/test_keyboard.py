"""Without a mouse: every stop of the Tab key is seen, and Enter opens the unit."""

from __future__ import annotations

import re

import pytest

from tests.browser import keyboard
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

MOST_STOPS = 60
FOCUS = """() => {
    const held = document.activeElement, style = getComputedStyle(held);
    return [held.tagName, held.innerText || "", style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def test_from_the_menu_to_a_unit_with_every_link_seen(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/?data=examples&as_of=2023-12-31")
    first = screen.page.locator("table.k tbody a").first.inner_text()
    unseen = []
    for _ in range(MOST_STOPS):
        screen.page.keyboard.press("Tab")
        tag, words, outline, width = screen.page.evaluate(FOCUS)
        if tag == "A" and not words.startswith("跳到正文") and (outline == "none" or width < 2):
            unseen.append(words)
        if words == first:
            break
    assert words == first, "the Tab key does not reach the ranking"
    assert not unseen
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url(re.compile("/unit"))
    screen.settle()
    assert first in screen.heading().inner_text()


PLANTED = """<style>button:focus-visible{outline:3px solid blue} .quiet:focus{outline:none!important}</style>
<button>好的</button><button tabindex="-1">够不着</button><button style="width:20px;height:20px"></button>
<button class="quiet">看不出</button><button>Apply</button>"""


def test_the_check_finds_what_is_planted(screen: Screen) -> None:
    screen.page.set_content(PLANTED)
    found = keyboard.faults(screen.page)
    assert [said.split(":")[0] for said in found] == [
        "no stop of the Tab key", "no name", "looks the same when held", "spoken in English",
    ]  # fmt: skip
    assert "够不着" in found[0]
    assert "看不出" in found[2]
