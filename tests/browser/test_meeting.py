"""A meeting led by keyboard alone: 排名, 热力图, each unit from the last to the first, and out again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scoring.rulebook.read import load_rulebook
from tests.browser.screen import READY, Screen

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"
COUNTIES = sum(unit.kind == "county" and unit.assessed for unit in load_rulebook().units)
ROOMY = """() => {
    const slide = document.querySelector('.k-slide.on');
    const outside = [...slide.querySelectorAll('*')].filter((part) => {
        const box = part.getBoundingClientRect();
        return box.width && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1);
    });
    return slide.scrollHeight <= slide.clientHeight + 1 && slide.scrollWidth <= slide.clientWidth + 1 && !outside.length;
}"""


@pytest.fixture
def projector(browser: Browser, examples_app: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN", color_scheme="light")
    yield context.new_page()
    context.close()


def slide(page: Page) -> str:
    return page.locator(".k-slide.on").inner_text()


def open_meeting(page: Page, app: str, more: str = "") -> Screen:
    screen = Screen(page).open(f"{app}/meeting?{VIEW}{more}")
    page.wait_for_selector(".k-slide.on")
    return screen


def test_arrow_keys_go_from_the_ranking_to_each_unit_from_last_to_first(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    names = projector.locator(".k-slide.ranking .name").all_inner_texts()
    assert len(names) == COUNTIES
    assert projector.locator(".k-slide.ranking.on").count() == 1
    projector.keyboard.press("ArrowRight")
    assert projector.locator(".k-slide.heat.on").count() == 1
    shown = []
    for _ in names:
        projector.keyboard.press("ArrowRight")
        shown.append(projector.locator(".k-slide.on .side .name").inner_text())
    assert shown == names[::-1]
    projector.keyboard.press("ArrowRight")
    assert projector.locator(".k-slide.on .side .name").inner_text() == names[0], "the last slide stays"
    projector.keyboard.press("ArrowLeft")
    assert projector.locator(".k-slide.on .side .name").inner_text() == names[1]


def test_every_slide_fits_the_projector_in_large_type(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    assert projector.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 28
    for part in (".rank", ".score"):
        sizes = projector.locator(f".k-slide.ranking b{part}").evaluate_all(
            "parts => parts.map((part) => parseFloat(getComputedStyle(part).fontSize))"
        )
        assert min(sizes) >= 40
    for number in range(COUNTIES + 2):
        assert projector.evaluate(ROOMY), f"slide {number + 1} does not fit: {slide(projector)[:80]}"
        projector.keyboard.press("PageDown")


def test_nothing_of_the_frame_is_seen_and_the_foot_says_what_it_rests_on(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app, "&late=strict")
    expect(projector.locator(".st-key-top")).to_be_hidden()
    foot = projector.locator(".k-deckfoot").inner_text()
    for words in ("示例数据", "截至2023年12月31日", "口径：逾期完成＝一律扣分", "数据版本"):
        assert words in foot


def test_a_copied_link_opens_the_same_slide(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    for _ in range(4):
        projector.keyboard.press("ArrowRight")
    seen, address = slide(projector), projector.url
    assert "slide=5" in address
    other = projector.context.browser.new_context(viewport={"width": 1920, "height": 1080})  # type: ignore[union-attr]
    page = other.new_page()
    Screen(page).open(address)
    page.wait_for_selector(".k-slide.on")
    assert slide(page) == seen
    other.close()


def test_space_plays_and_pauses(projector: Page, examples_app: str) -> None:
    projector.clock.install()
    open_meeting(projector, examples_app)
    played = projector.locator(".k-deckfoot .play")
    projector.keyboard.press(" ")
    expect(played).to_contain_text("暂停")
    projector.clock.run_for(12_500)
    expect(projector.locator(".k-slide.heat.on")).to_have_count(1)
    projector.keyboard.press(" ")
    projector.clock.run_for(30_000)
    assert projector.locator(".k-slide.heat.on").count() == 1, "paused"


def test_a_key_enters_and_escape_leaves_to_the_same_view(projector: Page, examples_app: str) -> None:
    screen = Screen(projector).open(f"{examples_app}/?{VIEW}&kind=department")
    projector.keyboard.press("m")
    projector.wait_for_url(re.compile("/meeting"))
    screen.settle()
    projector.wait_for_selector(".k-slide.on")
    assert projector.locator(".k-slide.ranking .row").count() < COUNTIES
    projector.keyboard.press("Escape")
    projector.wait_for_url(lambda address: "/meeting" not in address)
    projector.wait_for_selector(READY)
    assert {"data=examples", "as_of=2023-12-31", "kind=department"} <= set(projector.url.partition("?")[2].split("&"))
    expect(projector.locator(".st-key-top")).to_be_visible()
