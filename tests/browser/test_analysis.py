"""The answers fit a phone, an office screen and a wall without scrolling sideways, and a link shows them anywhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

EXAMPLES = "data=examples&as_of=2023-10-20"
ANSWERS = (
    "next_steps?unit=东川区&target=1&rivals=best&effort=4A=2",
    "readings?kind=department",
    "prospects?part=range",
    "prospects?part=odds&odds=五华区:8A=75&even=30",
    "prospects?part=verify",
    "prospects?part=same",
)
SCROLLING = "() => [...document.querySelectorAll('.k-wrap')].filter(e => e.scrollWidth > e.clientWidth + 1).length"


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_fits_every_screen_and_opens_from_its_link(
    answer: str, screen: Screen, browser: Browser, examples_app: str
) -> None:
    screen.open(f"{examples_app}/{answer}&{EXAMPLES}")
    assert not screen.page.evaluate(SCROLLING)
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    there = Screen(phone.new_page()).open(screen.page.url)
    assert there.heading().inner_text() == screen.heading().inner_text()
    assert not there.page.evaluate(SCROLLING)
    assert not there.is_wider_than_window()
    phone.close()
