"""A meeting led by keyboard or touch: 排名 revealed from below, what compares, each unit, why and back, a decision noted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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
def projector(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 1920, "height": 1080})
    return page


def slide(page: Page) -> str:
    return page.locator(".k-slide.on").inner_text()


def open_meeting(page: Page, app: str, more: str = "") -> Screen:
    screen = Screen(page).open(f"{app}/meeting?{VIEW}{more}")
    page.wait_for_selector(".k-slide.on")
    return screen


COMPARED = (".third", ".risen", ".both", ".heat")


def seen(page: Page) -> list[str]:
    """The names that are revealed, from above."""
    return page.locator(".k-slide.ranking .row:not(.veil) .name").all_inner_texts()


def test_arrow_keys_reveal_the_ranking_from_below_and_go_on_to_each_unit(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    names = projector.locator(".k-slide.ranking .name").all_text_contents()
    assert len(names) == COUNTIES
    assert "逐个揭晓" in slide(projector)
    for count in range(COUNTIES):
        assert seen(projector) == names[COUNTIES - count :]
        assert not any(name in slide(projector) for name in names[: COUNTIES - count]), "nothing gives it away"
        projector.keyboard.press("ArrowRight")
    assert seen(projector) == names
    assert names[0] in projector.locator(".k-slide.ranking .said").inner_text()
    projector.keyboard.press("ArrowLeft")
    assert seen(projector) == names[1:]
    projector.keyboard.press("a")
    for name in COMPARED:
        projector.keyboard.press("ArrowRight")
        assert projector.locator(f".k-slide{name}.on").count() == 1
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
    projector.keyboard.press("a")
    assert projector.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 28
    for part in (".rank", ".score"):
        sizes = projector.locator(f".k-slide.ranking b{part}").evaluate_all(
            "parts => parts.map((part) => parseFloat(getComputedStyle(part).fontSize))"
        )
        assert min(sizes) >= 40
    for number in range(COUNTIES + 1 + len(COMPARED)):
        assert projector.evaluate(ROOMY), f"slide {number + 1} does not fit: {slide(projector)[:80]}"
        projector.keyboard.press("PageDown")


def test_nothing_of_the_frame_is_seen_and_the_foot_says_what_it_rests_on(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app, "&late=strict")
    expect(projector.locator(".st-key-top")).to_be_hidden()
    foot = projector.locator(".k-deckfoot").inner_text()
    for words in ("示例数据", "截至2023年12月31日", "口径：逾期完成＝一律扣分", "数据版本"):
        assert words in foot
    way_out = projector.locator(".k-deckfoot a").bounding_box()
    assert way_out
    assert way_out["x"] + way_out["width"] <= projector.evaluate("innerWidth"), "the way out is not cut off"


def test_a_copied_link_opens_the_same_slide(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    projector.keyboard.press("a")
    for _ in range(4):
        projector.keyboard.press("ArrowRight")
    there, address = slide(projector), projector.url
    assert "slide=5" in address
    other = projector.context.browser.new_context(viewport={"width": 1920, "height": 1080})  # type: ignore[union-attr]
    page = other.new_page()
    Screen(page).open(address)
    page.wait_for_selector(".k-slide.on")
    assert slide(page) == there
    other.close()


def test_space_plays_and_pauses(browser: Browser, examples_app: str) -> None:
    projector = browser.new_page(locale="zh-CN")
    projector.clock.install()
    open_meeting(projector, examples_app)
    projector.keyboard.press("a")
    played = projector.locator(".k-deckfoot .play")
    projector.keyboard.press(" ")
    expect(played).to_contain_text("暂停")
    projector.clock.run_for(12_500)
    expect(projector.locator(".k-slide.third.on")).to_have_count(1)
    projector.keyboard.press(" ")
    projector.clock.run_for(30_000)
    assert projector.locator(".k-slide.third.on").count() == 1, "paused"
    projector.close()


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


def test_a_key_leads_from_a_slide_to_why_and_back(projector: Page, examples_app: str) -> None:
    open_meeting(projector, examples_app)
    projector.keyboard.press("End")
    there, name = slide(projector), projector.locator(".k-slide.on .side .name").inner_text()
    projector.keyboard.press("w")
    projector.wait_for_url(re.compile("/unit"))
    Screen(projector).settle().sees(name)
    projector.keyboard.press("w")
    projector.wait_for_selector(".k-slide.on")
    projector.wait_for_function("text => document.querySelector('.k-slide.on')?.innerText === text", arg=there)


def test_a_decision_is_noted_in_the_meeting_and_stands_in_the_history(projector: Page, examples_app: str) -> None:
    screen = open_meeting(projector, examples_app)
    projector.keyboard.press("n")
    projector.keyboard.type("a w 第三名由领导小组定")
    assert "逐个揭晓" in slide(projector), "what is typed turns no slide"
    if (name := projector.get_by_label("经办人")).count():
        name.first.fill("王主任")
        name.first.press("Enter")
        screen.settle()
    screen.press("记下").sees("已记入全部记录")
    projector.keyboard.press("Escape")
    expect(projector.locator(".st-key-minute")).to_be_hidden()
    assert "逐个揭晓" in slide(projector)
    screen.go(f"{examples_app}/history?data=examples&part=events").sees("第三名由领导小组定")


def test_a_phone_swipes_taps_on_halves_and_reads_the_labels(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_meeting(page, examples_app)
    page.touchscreen.tap(300, 400)
    assert len(seen(page)) == 1
    page.touchscreen.tap(60, 400)
    assert not seen(page)
    page.evaluate(
        """([from, to]) => {
        const target = document.querySelector('.k-slide.on');
        for (const [name, x] of [['touchstart', from], ['touchend', to]]) {
            const touch = new Touch({identifier: 1, target, clientX: x, clientY: 400});
            const touches = name === 'touchend' ? [] : [touch];
            target.dispatchEvent(new TouchEvent(name, {bubbles: true, touches, changedTouches: [touch]}));
        }
    }""",
        [300, 100],
    )
    assert len(seen(page)) == 1
    page.keyboard.press("a")
    marks = page.locator(".k-slide.ranking .k-mark")
    assert {"红榜", "黑榜"} <= {mark[:2] for mark in marks.all_inner_texts()}
    for mark in marks.all():
        box = mark.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
        assert mark.evaluate("mark => parseFloat(getComputedStyle(mark).fontSize)") >= 15
        assert mark.evaluate("mark => mark.getClientRects().length") == 1, "on one line"
    page.touchscreen.tap(300, 400)
    expect(page.locator(".k-deckfoot .at")).to_have_text(re.compile("^2 /"))  # on rows that are seen too
    assert "/meeting" in page.url
    page.keyboard.press("End")
    there, name = slide(page), page.locator(".k-slide.on .side .name").inner_text()
    page.locator(".k-deckfoot .note").tap()
    expect(page.locator(".st-key-minute")).to_be_visible()
    page.locator(".k-deckfoot .note").tap()
    page.locator(".k-deckfoot .why").tap()
    page.wait_for_url(re.compile("/unit"))
    Screen(page).settle().sees(name)
    page.go_back()
    page.wait_for_function("text => document.querySelector('.k-slide.on')?.innerText === text", arg=there)
    context.close()


@pytest.mark.parametrize("page_name", ["meeting", "deadlines"])
def test_what_a_click_sends_fits_a_slow_line(projector: Page, examples_app: str, page_name: str) -> None:
    """At most 60 KB for opening the meeting, and for a click on the heat map.

    Others act on the examples meanwhile: what they change is sent with the next click, so the least of three counts.
    """
    sent = [0]

    def count(frame: bytes | str) -> None:
        sent[0] += len(frame if isinstance(frame, bytes) else frame.encode())

    projector.on("websocket", lambda socket: socket.on("framereceived", count))
    start, clicks = "" if page_name == "meeting" else page_name, []
    while not clicks or (min(clicks) > 60 * 1024 and len(clicks) < 3):
        screen = Screen(projector).open(f"{examples_app}/{start}?{VIEW}")
        sent[0] = 0
        if page_name == "meeting":
            projector.keyboard.press("m")
            projector.wait_for_selector(".k-slide.on")
        else:
            projector.locator("table.k-heat td a", has_text="✕").first.click()
            projector.wait_for_selector('[role="dialog"]')
        screen.settle()
        clicks.append(sent[0])
    assert 0 < min(clicks) <= 60 * 1024
