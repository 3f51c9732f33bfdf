"""From a ruling to a final board in a real browser: preview, apply, the ranking moves, taken back; published, downloaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.browser.ledgers import ROWS, UNREADABLE_ROW, write_ledger
from tests.browser.screen import Screen
from tests.browser.test_main_job import put_in

pytestmark = pytest.mark.browser

DAY = "as_of=2023-07-07"
UNIT = "五华区"


def fill(screen: Screen, label: str, text: str) -> Screen:
    field = screen.page.get_by_label(label).first
    field.fill(text)
    field.press("Control+Enter")
    field.blur()
    return screen.settle()


def pick(screen: Screen, label: str) -> Screen:
    """Pick one of a row of choices."""
    screen.page.locator('[data-testid="stButtonGroup"]').get_by_text(label, exact=True).first.click()
    screen.page.wait_for_timeout(300)
    return screen.settle()


def score(screen: Screen, app: str) -> str:
    """Read the unit's line in the ranking."""
    screen.open(f"{app}/?{DAY}")
    row = screen.page.locator("table.k tr", has_text=UNIT).first
    return re.sub(r"\s+", " ", row.inner_text())


def test_a_ruling_moves_the_ranking_and_its_withdrawal_moves_it_back(screen: Screen, app: str, tmp_path: Path) -> None:
    put_in(screen, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=(*ROWS, UNREADABLE_ROW)))
    before = score(screen, app)
    screen.open(f"{app}/review?{DAY}")
    screen.page.locator("table.k a", has_text=UNIT).first.click()
    screen.page.wait_for_url(re.compile("clause=12A"))
    screen.settle().sees("工作落实 › D9").sees("详见附页")
    pick(screen, "认可").sees("预览：影响1个单位")
    assert score(screen, app) == before, "a preview changes nothing"
    screen.page.go_back()
    screen.settle()
    pick(screen, "认可")
    fill(screen, "认定理由", "附页已核对")
    screen.press("记入认定").sees("已记入第1号认定")
    assert score(screen, app) != before
    screen.open(f"{app}/review?{DAY}&part=records").sees("附页已核对")
    screen.page.locator("table.k tr.go a").first.click()
    screen.page.wait_for_url(re.compile("clause=12A"))
    screen.settle().sees("系统原判")
    fill(screen, "撤回理由", "看错了附页")
    screen.press("撤回认定").sees("已撤回第1号认定")
    assert score(screen, app) == before


def test_a_final_board_is_published_and_its_papers_downloaded(screen: Screen, app: str, tmp_path: Path) -> None:
    put_in(screen, app, write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx"))
    screen.open(f"{app}/publication?{DAY}").sees("件未决事项")
    final = screen.page.get_by_role("button", name=re.compile("^定稿（编号"))
    expect(final).to_be_disabled()
    fill(screen, "同一条理由", "会议同意先行定稿")
    fill(screen, "定稿说明", "考评领导小组会议")
    expect(final).to_be_enabled()
    final.click()
    screen.settle().sees("已定稿，编号2023-第2季度-01")
    pick(screen, "已定稿")
    screen.page.locator("table.k a", has_text="2023-第2季度-01").first.click()
    screen.settle().sees("定稿回执").sees("会议同意先行定稿")
    with screen.page.expect_download() as started:
        screen.page.get_by_role("button", name="下载通报").click()
    paper = tmp_path / started.value.suggested_filename
    started.value.save_as(paper)
    said = "\n".join(line.text for line in Document(str(paper)).paragraphs)
    assert "2023-第2季度-01" in said
    assert "草稿" not in said


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    "path",
    ["review", "review?unit=盘龙区&clause=4C&", "history", "history?part=events&", "publication"],
)  # fmt: skip
def test_no_page_of_these_scrolls_sideways(screen: Screen, examples_app: str, path: str, width: int) -> None:
    screen.page.set_viewport_size({"width": width, "height": 800})
    joined = path if "?" in path else f"{path}?"
    screen.open(f"{examples_app}/{joined}data=examples&{DAY}")
    assert not screen.is_wider_than_window()
    words = screen.english()
    assert not {word for word in words if not re.fullmatch(r"xlsx|docx|[0-9a-f]+", word)}, words
