"""排名 and 单位 on A4 paper: every word of the screen's tables and of the chart is on the pages, none beyond their edge."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser

from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not which("pdftotext"), reason="there is no pdftotext here")]

VIEW = "data=examples&as_of=2023-12-31"
WORDS = """() => [...document.querySelectorAll('table.k td, .k-tiles a, .k-sheet td, .js-plotly-plot text')]
    .flatMap((part) => [...part.childNodes, ...part.querySelectorAll('*')])
    .map((part) => part.nodeType === 3 ? part.data : [...part.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(''))
    .map((text) => text.trim()).filter(Boolean)"""
INKS = """() => {
    const number = (colour) => (colour.match(/[0-9]+/g) || []).slice(0, 3).map(Number);
    const grounds = ['body', '.stApp', '[data-testid="stMain"]'].map((one) => document.querySelector(one));
    const inks = [...document.querySelectorAll('main h1, main h2, .js-plotly-plot .xtick text, .js-plotly-plot .ytick text, .k-sheet td')];
    return [...grounds.map((one) => number(getComputedStyle(one).backgroundColor)),
        ...inks.map((one) => number(getComputedStyle(one)[one instanceof SVGElement ? 'fill' : 'color']))];
}"""
BOX = re.compile(r'<word xMin="([-0-9.]+)" yMin="[-0-9.]+" xMax="([-0-9.]+)" yMax="[-0-9.]+">')
PAGE = re.compile(r'<page width="([0-9.]+)" height="([0-9.]+)">')
MARGIN = 30  # points: a little less than the 12 mm that the style sheet leaves free


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("address", "sheets"), [("", 1), ("unit?unit=寻甸县", 2)])
def test_a_page_prints_whole_on_a4(
    screen: Screen, examples_app: str, tmp_path: Path, address: str, sheets: int
) -> None:
    page = screen.open(f"{examples_app}/{address}{'&' if '?' in address else '?'}{VIEW}").page
    page.wait_for_timeout(1_000)
    shown = {squeezed(word) for word in page.evaluate(WORDS)}
    paper = tmp_path / "page.pdf"
    page.pdf(path=str(paper), format="A4", print_background=True)
    boxes = subprocess.run(["pdftotext", "-bbox", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    plain = subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    assert len(PAGE.findall(boxes)) == sheets
    sizes = {(round(float(width)), round(float(height))) for width, height in PAGE.findall(boxes)}
    assert all(abs(width - 595) <= 1 and abs(height - 842) <= 1 for width, height in sizes)
    edges = [(float(left), float(right)) for left, right in BOX.findall(boxes)]
    assert len(edges) > 60
    assert all(left >= MARGIN and right <= 595 - MARGIN for left, right in edges), "nothing is beyond the edge"
    printed = squeezed(plain)
    missing = [word for word in shown if word not in printed]
    assert len(shown) > 20
    assert not missing


def test_what_is_dark_on_the_screen_is_printed_on_white(browser: Browser, examples_app: str) -> None:
    context = browser.new_context(color_scheme="dark", locale="zh-CN")
    page = Screen(context.new_page()).open(f"{examples_app}/unit?unit=寻甸县&{VIEW}").page
    assert page.evaluate(INKS)[0] != [255, 255, 255], "the screen is dark"
    page.emulate_media(media="print", color_scheme="dark")
    grounds_and_inks = page.evaluate(INKS)
    context.close()
    assert grounds_and_inks[:3] == [[255, 255, 255]] * 3
    assert len(grounds_and_inks) > 20
    assert all(max(ink) < 160 for ink in grounds_and_inks[3:])
