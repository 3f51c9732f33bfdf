"""Evidence is seen: thumbnails beside the finding, one thing large by click and keys, and nothing of a sender's runs."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.drawing.image import Image as Floating
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from scoring.ledger.parse import read_ledger
from scoring.rulebook.read import load_rulebook
from scoring.store import open_store
from tests.browser.screen import Screen
from tests.browser.server import running_app

pytestmark = pytest.mark.browser
UNIT = "五华区"
COLOURS = {"1A": "navy", "5A": "green", "6A": "purple"}


def picture(colour: str) -> BytesIO:
    held = BytesIO()
    Image.new("RGB", (640, 400), colour).save(held, "PNG")
    held.seek(0)
    return held


def workbook() -> bytes:
    """Three clauses done late or not at all, a picture on each one's 佐证材料 cell, and a link."""
    book, target = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    sheet.title = "工作落实"
    for row in (
        [f"填报单位：{UNIT}"],
        ["2023年第二季度"],
        ["报送日期：2023年7月8日"],
        ["评分项编号", "完成情况", "完成日期", "佐证材料"],
    ):
        sheet.append(row)
    for number, (code, colour) in enumerate(COLOURS.items(), 5):
        sheet.append([code, "未完成" if code != "1A" else "已完成", "2023-07-05", "见附图"])
        floating = Floating(picture(colour))
        floating.width, floating.height = 50, 15
        sheet.add_image(floating, f"D{number}")
    sheet.append(["4A", "未完成", None, "https://example.gov.cn/notice"])
    sheet["D8"].hyperlink = "https://example.gov.cn/notice"
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def evidence_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("evidence")
    rulebook, data, held = load_rulebook(), workbook(), open_store(folder / "assessment.duckdb")
    held.save(data, read_ledger(data, "五华区.xlsx", rulebook, 0), "张工", rules_hash=rulebook.rules_hash)
    held.close()
    with running_app(folder) as address:
        yield address


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_things_stand_beside_the_finding_and_open_large_by_click_and_keys(evidence_app: str, page: Page) -> None:
    page.goto(f"{evidence_app}/unit?unit={UNIT}&as_of=2023-07-12")
    things = page.locator("a.k-thing")
    expect(things).to_have_count(len(COLOURS), timeout=60_000)
    assert page.locator(".k-thing img").first.evaluate("image => image.naturalWidth") > 100
    things.first.focus()
    page.keyboard.press("Enter")
    large = page.locator(".k-large img")
    expect(large).to_be_visible(timeout=30_000)
    expect(page.get_by_text(f"第1份，共{len(COLOURS)}份")).to_be_visible()
    Screen(page).settle()  # a key that is pressed while the script runs is lost
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(f"第2份，共{len(COLOURS)}份")).to_be_visible()
    assert "thing=5A." in page.url
    Screen(page).settle()
    page.get_by_text("放大到原大").click()
    expect(page.locator(".k-large.own")).to_be_visible()
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)


def test_a_link_opens_on_a_second_click_only(evidence_app: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{evidence_app}/unit?unit={UNIT}&as_of=2023-07-12")
    summary = page.locator("details.k-thing summary")
    expect(summary).to_contain_text("链接", timeout=60_000)
    link = page.locator("details.k-thing a")
    expect(link).to_be_hidden()
    summary.click()
    expect(link).to_be_visible()
    assert "noopener" in (link.get_attribute("rel") or "")
    assert not [url for url in asked if "example.gov.cn" in url]


def test_the_reviewer_sees_the_thing_beside_the_sentence(evidence_app: str, page: Page) -> None:
    page.goto(f"{evidence_app}/review?unit={UNIT}&clause=5A&as_of=2023-07-12")
    expect(page.locator("a.k-thing img")).to_be_visible(timeout=60_000)
    page.locator("a.k-thing").click()
    expect(page.locator(".k-large img")).to_be_visible(timeout=30_000)


def test_a_doubt_stands_beside_its_thing_and_its_other_half_is_one_click_away(examples_app: str, page: Page) -> None:
    page.goto(f"{examples_app}/unit?data=examples&unit=嵩明县&part=all&as_of=2023-10-20")
    doubt = page.locator(".k-doubts li").filter(has_text="富民县")
    expect(doubt).to_contain_text("几乎相同", timeout=60_000)
    doubt.get_by_role("link", name="看另一份").click()
    expect(page.locator(".k-large img")).to_be_visible(timeout=30_000)
    assert "富民县" in unquote(page.url)
    expect(page.get_by_text("image1.jpeg").first).to_be_visible()
