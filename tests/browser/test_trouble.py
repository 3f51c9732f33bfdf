"""When something is wrong around the app: a database in use, a page that fails."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.browser.screen import Screen
from tests.browser.server import ROOT, running_app

pytestmark = pytest.mark.browser

FAILING = """import streamlit as st
st.text("begun")
raise RuntimeError("secret detail")
"""
PARTS = ("app.py", "rules.toml", ".streamlit", "ui", "scoring", "pages", "data/examples")


@pytest.fixture
def broken_copy(tmp_path: Path) -> Path:
    """A copy of the product in which one page fails."""
    home = tmp_path / "product"
    for part in PARTS:
        source, target = ROOT / part, home / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    (home / "pages" / "ledgers" / "upload.py").write_text(FAILING, encoding="utf-8")
    return home


def test_a_second_program_on_the_same_data_is_told_who_holds_it(screen: Screen, app: str, tmp_path: Path) -> None:
    screen.open(f"{app}/")
    with running_app(tmp_path, "second.log") as second:
        screen.open(f"{second}/").sees("正被另一个程序")
        assert re.search(r"进程号 \d+", screen.text())


def test_a_failing_page_says_so_in_chinese_and_shows_no_detail(
    screen: Screen, broken_copy: Path, tmp_path: Path
) -> None:
    with running_app(tmp_path, home=broken_copy) as address:
        screen.open(f"{address}/upload").sees("这一页出错了")
    assert "secret detail" not in screen.page.content()
    assert "secret detail" in (tmp_path / "app.log").read_text(encoding="utf-8")
