"""Only Chinese, in every frame that is painted: while a page is being loaded, after a rerun, on a slow computer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.ledgers import write_ledger
from tests.browser.screen import ICONS, SEEN_WORDS, Screen

pytestmark = pytest.mark.browser

SLOW = 4  # times slower than this computer
FILE_KINDS = {"xlsx", "xlsm"}
WATCH = f"""
    window.painted = new Set();
    const words = {SEEN_WORDS};
    const look = () => {{
        if (document.body) for (const word of words({ICONS!r}).match(/(?<![0-9A-Za-z])[A-Za-z]{{4,}}(?![0-9A-Za-z])/g) || []) painted.add(word);
        requestAnimationFrame(look);
    }};
    requestAnimationFrame(look);
"""


@pytest.fixture
def watched(screen: Screen) -> Screen:
    """A slow computer on whose screen every frame is read."""
    screen.page.add_init_script(WATCH)
    screen.page.context.new_cdp_session(screen.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    return screen


def painted(screen: Screen) -> set[str]:
    return set(screen.page.evaluate("[...painted]"))


def test_no_english_is_ever_painted_while_a_page_is_loaded(watched: Screen, examples_app: str) -> None:
    for path in ("nonsense", "upload"):
        watched.open(f"{examples_app}/{path}?data=examples&as_of=2023-12-31")
        assert not painted(watched) - FILE_KINDS, path


def test_no_english_is_ever_painted_while_a_file_is_sent(watched: Screen, app: str, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx")
    watched.open(f"{app}/upload?as_of=2023-07-01").upload(ledger).sees("五华区")
    watched.press(re.compile("^不入库")).sees("先看问题和得分")  # the field is drawn anew
    assert not painted(watched) - FILE_KINDS


def test_the_page_is_in_chinese_before_anything_is_drawn(screen: Screen, examples_app: str) -> None:
    page = screen.page.request.get(f"{examples_app}/unit").text()
    assert '<html lang="zh-CN">' in page
    assert "<title>昆明市获得用水指标考评</title>" in page
    assert "You need to enable JavaScript" not in page
