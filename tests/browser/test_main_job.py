"""The main job in a real browser: upload, preview, 入库, ranking, unit, source cell; and what can go wrong on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from scoring.rulebook.read import load_rulebook
from tests.browser.ledgers import NOT_DONE_CELL, ROWS, UNREADABLE_ROW, write_ledger, write_nonsense
from tests.browser.screen import FIRST_LOOK, Screen

pytestmark = pytest.mark.browser

EXAMPLES = "data=examples&as_of=2023-12-31"
FILE_KINDS = {"xlsx", "xlsm", "docx"}
STORE_BUTTON = re.compile("^入库$")


def put_in(screen: Screen, app: str, ledger: Path) -> Screen:
    """Upload a ledger and put it in, the name given once."""
    screen.open(f"{app}/upload?as_of=2023-07-01").upload(ledger)
    name = screen.page.get_by_label("入库人")
    name.fill("测试员")
    name.press("Enter")
    screen.settle()
    return screen.press(STORE_BUTTON)


def test_from_upload_to_the_cell_that_decided(screen: Screen, app: str, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx")
    screen.open(f"{app}/?as_of=2023-07-01").sees("还没有台账")
    screen.go(f"{app}/upload?as_of=2023-07-01").upload(ledger).sees("五华区")
    other = screen.page.context.new_page()
    Screen(other).open(f"{app}/?as_of=2023-07-01").sees("还没有台账")  # nothing is stored before 入库
    other.close()
    put_in(screen, app, ledger)
    screen.go(f"{app}/?as_of=2023-07-01").sees("五华区")
    screen.page.locator("a", has_text="五华区").first.click()
    screen.page.wait_for_url(re.compile("/unit"))
    screen.settle().sees(f"工作落实 › {NOT_DONE_CELL}")
    screen.sees("下月补办")  # the row as it was sent, its remark too


def test_fourteen_files_at_once_are_one_table_and_one_press(screen: Screen, app: str, tmp_path: Path) -> None:
    """Eleven are in order, one has a mistake, one is of another year, one is empty: what needs a person is on top."""
    rulebook = load_rulebook()
    counties = [unit.name for unit in rulebook.units if rulebook.kinds[unit.kind].listed and unit.assessed]
    assert len(counties) == 14
    files = [write_ledger(tmp_path / f"{unit}台账.xlsx", unit=unit) for unit in counties]
    write_ledger(files[4], unit=counties[4], rows=(*ROWS, UNREADABLE_ROW))
    write_ledger(files[7], unit=counties[7], rows=())
    book = load_workbook(files[9])
    book.active["A3"], book.active["D3"] = "2022年第二季度", "报送日期：2022年6月8日"
    book.save(files[9])
    screen.open(f"{app}/upload?as_of=2023-07-01").upload(*files)
    screen.page.wait_for_selector("table.k-cards", timeout=FIRST_LOOK)
    lines = screen.settle().page.locator("table.k-cards tbody tr").all_inner_texts()
    assert len(lines) == 14
    first = "".join(lines[:3])
    assert all(files[number].name in first for number in (4, 7, 9)), lines
    wrong, table = screen.page.locator(".k-errors"), screen.page.locator("table.k-cards")
    expect(wrong).to_contain_text("详见附页")
    places = [found.bounding_box() for found in (wrong, table)]
    assert places[0]["y"] < places[1]["y"], "mistakes come before anything else"  # type: ignore[index]
    name = screen.page.get_by_label("入库人")
    name.fill("测试员")
    name.press("Enter")
    screen.settle().press(STORE_BUTTON).sees("已入库12份工作簿")
    screen.go(f"{app}/history?as_of=2023-07-01").sees("收到12份工作簿、12版台账")


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(screen: Screen, app: str, tmp_path: Path) -> None:
    screen.open(f"{app}/upload").upload(write_nonsense(tmp_path / "台账.xlsx")).sees("台账.xlsx")
    said = screen.text()
    assert "不能" in said or "不是" in said, said
    assert not re.search(r"Traceback|Error|Exception", said)
    assert screen.page.get_by_role("button", name=STORE_BUTTON).count() == 0
    screen.open(f"{app}/").sees("还没有台账")


def test_a_file_that_is_too_large_is_refused_in_one_sentence(screen: Screen, examples_app: str, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(b"PK\x03\x04" + bytes(31 * 1024 * 1024))
    screen.open(f"{examples_app}/upload?{EXAMPLES}").upload(ledger)
    expect(screen.page.locator("table.k").get_by_text("文件超过 30 MB")).to_be_visible()
    assert not screen.english() - FILE_KINDS


def test_a_bad_cell_is_named_and_the_rest_is_scored(screen: Screen, app: str, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=(*ROWS, UNREADABLE_ROW))
    screen.open(f"{app}/upload?as_of=2023-07-01").upload(ledger)
    screen.sees("D9").sees("详见附页")
    assert screen.page.get_by_role("button", name=STORE_BUTTON).count() >= 1


def test_markup_in_a_ledger_stays_text(screen: Screen, app: str, tmp_path: Path) -> None:
    hostile = (
        "1A",
        1,
        "按时公布办事指南",
        "否",
        None,
        None,
        None,
        "<img src=x onerror=alert(1)> ![x](http://a.invalid/x.png)",
    )
    put_in(screen, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=(hostile,)))
    screen.go(f"{app}/unit?as_of=2023-07-01&unit=五华区").sees("<img src=x onerror=alert(1)>")
    assert screen.page.locator('[data-testid="stMain"] img[src="x"]').count() == 0


def test_the_first_deep_link_after_a_start_opens_its_page(screen: Screen, app: str) -> None:
    screen.open(f"{app}/upload?as_of=2023-07-01")
    assert "/upload" in screen.page.url
    assert screen.page.get_by_role("dialog").count() == 0
    screen.sees("台账")


def test_a_page_that_is_not_there_is_said_in_chinese(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/nonsense?{EXAMPLES}")
    screen.page.get_by_text("链接里的页面不存在，已打开首页。").wait_for()
    assert not screen.english()


def test_the_home_page_is_also_found_by_its_name(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/ranking?{EXAMPLES}&kind=department")
    assert "kind=department" in screen.page.url
    assert screen.page.get_by_role("dialog").count() == 0


def test_the_browser_is_told_to_ask_no_other_host(screen: Screen, examples_app: str) -> None:
    answer = screen.page.request.get(f"{examples_app}/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_a_copied_link_opens_the_same_view_in_another_browser(
    browser: Browser, screen: Screen, examples_app: str
) -> None:
    screen.open(f"{examples_app}/?data=examples&as_of=2023-09-10&kind=department&late=strict")
    link, seen = screen.page.url, screen.heading().inner_text()
    for part in ("as_of=2023-09-10", "kind=department", "late=strict", "data=examples"):
        assert part in link
    other = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    assert Screen(other.new_page()).open(link).heading().inner_text() == seen
    other.close()


def test_a_refresh_loses_nothing(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/?data=examples&as_of=2023-12-31")
    screen.page.get_by_text("市级责任部门", exact=True).first.click()
    screen.page.wait_for_url(re.compile("kind=department"))
    before = screen.settle().heading().inner_text()
    assert screen.reload().heading().inner_text() == before


def test_nonsense_in_the_url_is_ignored_and_named(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/?data=examples&as_of=morgen&kind=<b>x</b>&late=perhaps&unit=Atlantis")
    notices = screen.page.locator('[data-testid="stAlert"]')
    assert notices.count() >= 3
    for notice in notices.all_inner_texts():
        assert "看不懂" in notice
    expect(screen.heading()).not_to_be_empty()


def test_going_from_page_to_page_keeps_the_view(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/?data=examples&as_of=2023-09-10")
    screen.follow(re.compile("^单位$"))
    assert "as_of=2023-09-10" in screen.page.url
    assert "data=examples" in screen.page.url
    screen.sees("截至2023年9月10日")
