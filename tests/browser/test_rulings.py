"""From a ruling to a final board in a real browser: preview, apply, the ranking moves, taken back; published, downloaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from tests.browser.ledgers import ROWS, UNREADABLE_ROW, write_ledger
from tests.browser.screen import Screen
from tests.browser.test_every_page import CONTRAST, faults
from tests.browser.test_main_job import put_in

pytestmark = pytest.mark.browser

DAY = "as_of=2023-07-07"
UNIT = "五华区"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


def fill(screen: Screen, label: str, text: str) -> Screen:
    field = screen.page.get_by_label(label).first
    field.fill(text)
    field.press("Control+Enter")
    field.blur()
    return screen.settle()


def score(screen: Screen, app: str) -> str:
    """Read the unit's line in the ranking."""
    screen.go(f"{app}/?{DAY}")
    row = screen.page.locator("table.k tr", has_text=UNIT).first
    return re.sub(r"\s+", " ", row.inner_text())


def test_a_ruling_moves_the_ranking_and_its_withdrawal_moves_it_back(screen: Screen, app: str, tmp_path: Path) -> None:
    put_in(screen, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=(*ROWS, UNREADABLE_ROW)))
    before = score(screen, app)
    screen.go(f"{app}/review?{DAY}")
    screen.page.locator("table.k a", has_text=UNIT).first.click()
    screen.page.wait_for_url(re.compile("clause=12A"))
    screen.settle().sees("工作落实 › D9").sees("详见附页").sees("→")
    assert score(screen, app) == before, "to look at what a verdict would do changes nothing"
    screen.page.go_back()
    screen.settle()
    fill(screen, "另写理由", "附页已核对")
    screen.page.set_viewport_size(PHONE)
    screen.page.locator(".k-foot").scroll_into_view_if_needed()
    screen.page.keyboard.press("1")
    expect(screen.page.get_by_text("已记入第1号认定")).to_be_in_viewport()
    screen.page.set_viewport_size(DESK)
    screen.settle()
    assert score(screen, app) != before
    screen.go(f"{app}/review?{DAY}&part=records").sees("附页已核对")
    screen.page.locator("table.k tr.go a").first.click()
    screen.page.wait_for_url(re.compile("clause=12A"))
    screen.settle().sees("系统原判")
    fill(screen, "撤回理由", "看错了附页")
    screen.press("撤回认定").sees("已撤回第1号认定")
    assert score(screen, app) == before


def test_the_matters_of_the_example_year_are_ruled_on_with_sixty_keys(screen: Screen, app: str) -> None:
    """Like matters together, the others one by one, never a mouse after the first click; each with a reason."""
    keys, versions, page = [], [], screen.page

    def strike(key: str) -> None:
        keys.append(key)
        page.keyboard.press(key)
        screen.after(300)

    screen.open(f"{app}/review?data=examples&as_of=2023-12-31")
    count = int(re.match(r"\d+", screen.heading().inner_text())[0])  # type: ignore[index]
    assert count >= 30
    page.locator("table.k tr.go a").first.click()
    page.wait_for_url(re.compile("clause="))
    screen.settle()
    page.get_by_label("经办人").first.focus()
    for key in ("J", "L", "Enter", "Escape"):
        strike(key)
    while page.locator(".st-key-desk_keys").count() and len(keys) < 60:
        if page.locator(".st-key-alike_row").count():
            strike("t")
            strike("1")
            screen.sees("预览：")
            strike("j")
        else:
            strike("1")
        versions.append(page.locator(".k-foot").inner_text())
        assert not page.locator(".st-key-news").count(), "one's own acts are no news"
    assert len(set(versions)) == len(versions), "the foot says after each act what the page rests on now"
    assert screen.heading().inner_text() == "没有待认定的事项"
    assert len(keys) <= 60
    screen.go(f"{app}/review?data=examples&as_of=2023-12-31&part=records").sees("已核对佐证，情况属实")
    assert page.locator("table.k tbody tr").count() >= count


def test_a_final_board_is_published_and_its_papers_downloaded(screen: Screen, app: str, tmp_path: Path) -> None:
    put_in(screen, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx"))
    screen.go(f"{app}/publication?{DAY}").sees("件未决事项")
    for word in ("红榜", "黑榜"):  # one ledger: all others are tied over both cuts
        screen.sees(f"列入{word}的单位")
        fill(screen, "依据（哪一条规则、哪次会议）", "会议纪要")
        screen.press("记下决定").sees("已记下")
    final = screen.page.get_by_role("button", name=re.compile("^定稿（编号"))
    expect(final).to_be_disabled()
    fill(screen, "同一条理由", "会议同意先行定稿")
    fill(screen, "定稿说明", "考评领导小组会议")
    expect(final).to_be_enabled()
    final.click()
    screen.settle().sees("已定稿，编号2023-第2季度-01")
    screen.sees("定稿 2023-第2季度-01").sees("定稿回执").sees("会议同意先行定稿")
    with screen.page.expect_download() as started:
        screen.page.get_by_role("button", name="下载通报").click()
    paper = tmp_path / started.value.suggested_filename
    started.value.save_as(paper)
    document = Document(str(paper))
    said = "\n".join(line.text for line in document.paragraphs)
    assert document.core_properties.identifier == "2023-第2季度-01"
    assert "草稿" not in said
    put_in(screen, app, write_ledger(tmp_path / "盘龙区2023年第二季度台账.xlsx", unit="盘龙区"))
    changes_after_the_final_board(screen, app)


def changes_after_the_final_board(screen: Screen, app: str) -> None:
    """The board is no longer the final one: it says so to everybody, light and dark, and what differs."""
    screen.go(f"{app}/?{DAY}")
    for scheme, options in (("light", None), ("dark", CONTRAST)):
        screen.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        screen.reload().press("草稿：定稿 2023-第2季度-01 后有变化").sees("盘龙区")
        expect(screen.page.get_by_role("link", name="看定稿 2023-第2季度-01")).to_be_visible()
        assert faults(screen, options) == []


def test_an_open_page_tells_what_others_do_and_changes_only_when_asked(
    browser: Browser, app: str, tmp_path: Path
) -> None:
    """One has the ranking open; another stores a ledger. The first is told within ten seconds, and reloads by a click."""
    one, two = (Screen(browser.new_context(locale="zh-CN").new_page()) for _ in range(2))
    put_in(one, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx"))
    one.go(f"{app}/?{DAY}")
    before = one.page.locator("table.k").first.inner_text()
    put_in(two, app, write_ledger(tmp_path / "盘龙区2023年第二季度台账.xlsx", unit="盘龙区"))
    expect(one.page.get_by_text("台账入库，盘龙区2023年第二季度台账.xlsx")).to_be_visible(timeout=10_000)
    assert one.page.locator("table.k").first.inner_text() == before, "nothing jumps under a reader's hands"
    one.press("刷新")
    assert one.page.locator("table.k").first.inner_text() != before
    assert one.page.get_by_text("台账入库，盘龙区").count() == 0
    for screen in (one, two):
        screen.page.context.close()


def test_the_name_is_asked_once_in_each_browser(browser: Browser, app: str, tmp_path: Path) -> None:
    one, two = (Screen(browser.new_context(locale="zh-CN").new_page()) for _ in range(2))
    put_in(one, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx"))
    for screen, kept in ((one, True), (two, False)):
        screen.open(f"{app}/review?{DAY}&unit={UNIT}&clause=3A")
        assert bool(screen.page.get_by_label("经办人").first.input_value()) is kept
        screen.page.context.close()
