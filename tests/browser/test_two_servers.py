"""Two real apps on one PostgreSQL behind a real nginx: what one does the other shows, and one that is killed loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Page

from scoring.store import Store
from scoring.store.homes.opening import open_database
from tests.browser.ledgers import write_ledger
from tests.browser.screen import Screen
from tests.browser.server import running_script
from tests.browser.test_main_job import STORE_BUTTON
from tests.deploy.test_nginx import Front, running_nginx
from tests.postgres import running_server

pytestmark = pytest.mark.browser
DAY = "as_of=2023-07-01"


@dataclass(frozen=True)
class Pair:
    """Two apps, the front that visitors see, and a third way to their database."""

    apps: tuple[str, str]
    second: psutil.Process
    front: Front
    store: Store


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    folders = [tmp_path / name for name in ("one", "two", "nginx")]
    for folder in folders:
        folder.mkdir()
    with running_server() as server:
        url = server.new()
        monkeypatch.setenv("KUNMING_ASSESSMENT_DATABASE", url)
        with (
            running_script("app.py", folders[0]) as (one, _),
            running_script("app.py", folders[1]) as (two, second),
            closing(Store(open_database(url))) as store,
            running_nginx(folders[2], [urlsplit(one).port or 0, urlsplit(two).port or 0]) as front,
        ):
            yield Pair((one, two), second, front, store)
    assert not list(tmp_path.rglob("assessment.duckdb")), "nothing was kept beside the server"


def chosen(page: Page, app: str, ledger: Path) -> Screen:
    """Upload a ledger and sign, so that one press puts it in."""
    screen = Screen(page).open(f"{app}/upload?{DAY}").upload(ledger)
    name = page.get_by_label("入库人")
    name.fill("测试员")
    name.press("Enter")
    return screen.settle()


def test_two_servers_are_one_system(pair: Pair, browser: Browser, tmp_path: Path) -> None:
    ledgers = {
        unit: write_ledger(tmp_path / f"{unit}2023年第二季度台账.xlsx", unit=unit)
        for unit in ("五华区", "盘龙区", "官渡区", "西山区")
    }
    front = f"https://localhost:{pair.front.tls}"
    with closing(browser.new_context(ignore_https_errors=True, locale="zh-CN")) as visitor, \
         closing(browser.new_context(locale="zh-CN")) as first, closing(browser.new_context(locale="zh-CN")) as second:  # fmt: skip
        waiting = Screen(second.new_page()).open(f"{pair.apps[1]}/?{DAY}").sees("还没有台账")

        through = chosen(visitor.new_page(), front, ledgers["五华区"])
        through.press(STORE_BUTTON)
        waiting.reload().sees("五华区")
        Screen(first.new_page()).open(f"{pair.apps[0]}/?{DAY}").sees("五华区")

        once = list(zip((first, second), pair.apps, (ledgers["盘龙区"], ledgers["官渡区"]), strict=True))
        ready = [chosen(context.new_page(), app, ledger) for context, app, ledger in once]
        for screen in ready:
            screen.page.get_by_role("button", name=STORE_BUTTON).first.click()  # the second while the first still works
        for screen, (context, app, ledger) in zip(ready, once, strict=True):
            screen.page.wait_for_timeout(1000)
            if "又有变化" in screen.settle().text():  # the other was first: refused, and done anew with that in view
                chosen(context.new_page(), app, ledger).press(STORE_BUTTON)
        assert sorted(version.unit for version in pair.store.ledger_versions(2023)) == ["五华区", "官渡区", "盘龙区"]

        dying = chosen(second.new_page(), pair.apps[1], ledgers["西山区"])
        before = pair.store.history()
        with pair.store._database.writing():  # the app waits for its turn in the middle of its upload
            dying.page.get_by_role("button", name=STORE_BUTTON).first.click()
            dying.page.wait_for_timeout(1500)
            pair.second.kill()  # as a power cut would
        assert pair.store.history() == before
        through.open(f"{front}/?{DAY}").sees("官渡区")  # whichever server the visitor had
        chosen(first.new_page(), pair.apps[0], ledgers["西山区"]).press(STORE_BUTTON)
        assert [version.version for version in pair.store.ledger_versions(2023)] == [1, 1, 1, 1]
        assert pair.store.verify_history() == ()
