"""Every page in every state, light and dark: as axe-core judges it, by key, in Chinese, on every screen, to scale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import keyboard
from tests.browser.scale import bars_not_to_scale, not_to_scale
from tests.browser.screen import Screen, english
from tests.browser.server import ROOT
from tests.ui.test_units_door import PARTS
from ui.session.navigation import PAGES

pytestmark = pytest.mark.browser

VIEW = "data=examples&as_of=2023-12-31"
YEAR = 2023
QUARTER_TWO = ROOT / "data" / "examples" / "2023年第二季度"
AUTUMN = "data=examples&as_of=2023-10-20"  # where more may still happen
PLAIN = [entry.url for entry in PAGES]
BY_KIND = ["ranking?kind=department", "meeting?kind=department"]
PLACING, DROPPED = "review?unit=五华区&clause=12A", f"upload?{VIEW}"


def sign(screen: Screen) -> None:
    """Write who is at the screen, so that the buttons that act are on."""
    name = screen.page.get_by_label("经办人").first
    name.fill("测试员")
    name.press("Enter")
    screen.settle()


FIRST: dict[str, Callable[[Screen], object]] = {  # what is done before a state is looked at
    PLACING: lambda screen: (sign(screen), screen.page.locator(".st-key-placing summary").click()),
    DROPPED: lambda screen: screen.upload(*sorted(QUARTER_TWO.glob("*.xlsx"))[:2]).sees("东川区"),
}
STATES = [
    *PLAIN,
    DROPPED,
    *BY_KIND,
    *(f"{url}?part={part}" for url, parts in PARTS.items() for part in parts[1:]),
    "unit?unit=市住房城乡建设局",
    PLACING,
    "meeting?slide=2",
    f"next_steps?unit=东川区&target=1&rivals=best&effort=4A=2&{AUTUMN}",
    f"readings?kind=department&{AUTUMN}",
    f"prospects?part=range&{AUTUMN}",
    f"prospects?part=odds&odds=五华区:8A=75&even=30&{AUTUMN}",
]
STREAMLITS_OWN = '[data-testid="stFileUploaderDropzone"]'  # its place for files says 'presentation' of itself
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}  # all that another colour changes
FILE_KINDS = {"xlsx", "xlsm", "docx"}
TYPED = {  # commands and names of files, as they are typed
    "history?part=state": {"python", "scoring", "restore", "assessment", "duckdb"},
    "publication?part=rules": {"rules", "toml"},
    "review?part=words": {"scoring", "words", "toml"},
}
OFFICE, PHONE = (1366, 768, 1), (390, 844, 1)
HALVED = (683, 384, 2)  # 200 %: half the pixels of an office's screen, each twice as large
SIZES = ((1920, 1080, 1), (1280, 800, 1), PHONE, HALVED, OFFICE)  # width, height, device pixels a pixel
QUARTER = 844 / 4  # px of a phone's screen
DRAWN = "() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
DATA = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map((chart) =>
    chart.data.map((trace) => [trace.x, trace.y])))"""  # what a page's charts show
TOO_WIDE = "() => [...document.querySelectorAll('.k-wrap:not(:has(.k-heat))')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
MARKS = {
    "ranking": 14,
    "ranking?kind=department": 6,
    "meeting": 14,
    "meeting?kind=department": 6,
    "unit": 8,
    "what_if": 14,
    "deadlines": 6,
    "readings": 14,
    "prospects": 14,
}  # bars, steps, dots, lines and days at least


def faults(screen: Screen, options: dict[str, Any] | None = None) -> list[tuple[str, list[str]]]:
    """Return what axe finds on a page that is ours."""
    found = Axe().run(screen.page, {"exclude": [[STREAMLITS_OWN]]}, options or {"resultTypes": ["violations"]})
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found.response["violations"]]


def ill_worded(screen: Screen, state: str) -> list[str]:
    """Say what is wrong with a page's words."""
    said = screen.words()
    words = (
        english(re.sub(r"\b[0-9a-f]{8,}\b", "", said)) - FILE_KINDS - TYPED.get(state, set())
    )  # a fingerprint is no word
    wrong = {"no mark of examples": "示例" not in said, "the page failed": "出错了" in said}
    return [f"English: {words}"] * bool(words) + [told for told, is_so in wrong.items() if is_so]


def out_of_scale(screen: Screen) -> tuple[int, list[str]]:
    """Measure what a page draws; charts are drawn anew a moment after the window has changed."""
    for _ in range(8):
        marks, wrong = not_to_scale(screen.page, YEAR)
        if not wrong:
            break
        screen.page.wait_for_timeout(250)
    return marks, wrong


def ill_fitting(screen: Screen) -> list[str]:
    """Say what is wrong with a page's width and frame on each screen, and what is not to scale there."""
    wrong, window = [], screen.page.context.new_cdp_session(screen.page)
    for width, height, pixels in SIZES:
        size = {"width": width, "height": height, "deviceScaleFactor": pixels, "mobile": False}
        window.send("Emulation.setDeviceMetricsOverride", size)
        screen.page.evaluate(DRAWN)
        found = out_of_scale(screen)[1] + ["the page is wider than the window"] * screen.is_wider_than_window()
        if (width, height, pixels) == PHONE:
            bars = screen.page.locator(".st-key-bar, .st-key-top").all()
            taken = max((box["y"] + box["height"] for bar in bars if (box := bar.bounding_box())), default=0)
            found += [f"the frame takes {taken} px of a phone"] * (taken > QUARTER)
        found += ["a table scrolls sideways"] * bool(screen.page.evaluate(TOO_WIDE))
        wrong += [f"{width}: {said}" for said in found]
    return wrong


@contextmanager
def shown(window: BrowserContext, app: str, state: str) -> Iterator[Screen]:
    """Show a state in the only page of a window, which goes from one to the next; after a fault a new page is opened."""
    screen = Screen(window.pages[0] if window.pages else window.new_page())
    try:
        screen.go(f"{app}/{state}{'&' if '?' in state else '?'}{'' if 'data=' in state else VIEW}")
        if state.startswith("meeting"):
            screen.page.wait_for_selector(".k-slide.on")
        if state in FIRST:
            FIRST[state](screen)
            screen.settle()
        yield screen
    except BaseException:
        screen.page.close()
        raise


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Return colour scheme -> a window of the browser, in which all pages are shown one after the other."""
    width, height, _ = OFFICE
    size: Any = {"width": width, "height": height}
    made = {
        scheme: browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme) for scheme in ("light", "dark")
    }
    yield made
    for context in made.values():
        context.close()


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_fit_for_everybody(state: str, windows: dict[str, BrowserContext], examples_app: str) -> None:
    with shown(windows["light"], examples_app, state) as screen:
        marks, _ = out_of_scale(screen)
        wrong = [*faults(screen), *ill_worded(screen, state), *ill_fitting(screen)]
        wrong += keyboard.faults(screen.page) if state in PLAIN else []
        assert wrong == []
        assert marks >= MARKS.get(state, 0)


@pytest.mark.parametrize("state", [*PLAIN, *BY_KIND, PLACING])
def test_a_page_has_contrast_and_scale_in_dark(
    state: str, windows: dict[str, BrowserContext], examples_app: str
) -> None:
    with shown(windows["dark"], examples_app, state) as screen:
        marks, wrong = out_of_scale(screen)
        assert [*faults(screen, CONTRAST), *wrong] == []
        assert marks >= MARKS.get(state, 0)


@pytest.mark.parametrize(
    ("state", "clicked"),
    [
        ("readings", '[data-testid="stButtonGroup"] button:has-text("市级责任部门")'),
        ("prospects", '[data-testid="stButtonGroup"] button:has-text("市级责任部门")'),
        ("what_if", '.k-bonuses a.go:has-text("不提供")'),
        ("unit", '[data-testid="stButtonGroup"] button:has-text("名次走势")'),
    ],
)
def test_a_chart_is_to_scale_after_a_click(
    state: str, clicked: str, windows: dict[str, BrowserContext], examples_app: str
) -> None:
    with shown(windows["light"], examples_app, state) as screen:
        before = screen.page.evaluate(DATA)
        screen.page.locator(clicked).first.click()
        screen.page.wait_for_function(f"before => ({DATA})() !== before", arg=before)
        marks, wrong = out_of_scale(screen.settle())
        assert wrong == []
        assert marks >= 4


def test_the_measure_finds_a_bar_that_is_cut() -> None:
    cut = [{"group": "差", "value": 10.1, "length": 618.0}, {"group": "差", "value": 6.6, "length": 517.0}]
    assert bars_not_to_scale(cut)
    assert not bars_not_to_scale([{**cut[0], "length": 791.0}, cut[1]])


def test_calendars_speak_chinese_in_a_browser_of_any_language(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    screen = Screen(context.new_page()).open(f"{examples_app}/?{VIEW}")
    screen.page.get_by_test_id("stDateInput").first.click()
    expect(screen.page.get_by_role("button", name="月", exact=True)).to_contain_text("十二月")
    assert not screen.english()
    context.close()
