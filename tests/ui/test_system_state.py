"""系统状态 under AppTest: the button, the list and the warning that no page is without; the server's own backups."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from scoring.calendar.clock import now
from scoring.model.rules import Rulebook
from scoring.store import Store, locations
from scoring.store.backups import back_up, check_file, list_backups
from tests.ui.opening import html
from tests.ui.reading import Shown
from tests.ui.stored import fill, page, press
from ui.session.acts import Act
from ui.shell import nightly


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def test_the_button_makes_a_checked_backup_and_lists_it(held: Store) -> None:
    app = page("history", part="state")
    assert "还没有备份" in html(app)
    app = press(app, "立即备份")
    made = list_backups(locations.backup_folder())
    assert len(made) == 1
    assert check_file(made[0].path).faults == ()
    assert "已备份并核对" in app.success[0].value
    assert any(made[0].path.name in row for row in Shown(html(app)).rows)


def test_who_may_not_make_backups_sees_no_button(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.session.access.may", lambda act: act is not Act.OPERATE)
    app = page("history", part="state")
    assert "立即备份" not in [button.label for button in app.button]


def test_every_page_warns_of_work_without_a_backup(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("备份" in warning.value for warning in page("ranking").warning)
    later = now() + timedelta(days=3)
    monkeypatch.setattr("ui.forms.system_state.now", lambda: later)
    back_up(held, locations.backup_folder(), later + timedelta(days=3650))  # while the clock was ahead
    for url in ("ranking", "unit", "upload", "history"):
        assert any("没有备份" in warning.value for warning in page(url).warning), url
    back_up(held, locations.backup_folder(), later)
    assert not any("备份" in warning.value for warning in page("ranking").warning)


def test_the_server_backs_up_once_a_day_where_something_was_kept(held: Store) -> None:
    folder, tomorrow = locations.backup_folder(), (now() + timedelta(days=1)).replace(hour=3)
    nightly.by_schedule(tomorrow.replace(hour=1))
    assert list_backups(folder) == ()
    back_up(held, folder, tomorrow + timedelta(days=3650))  # while the clock was ahead
    nightly.by_schedule(tomorrow)
    nightly.by_schedule(tomorrow + timedelta(hours=1))
    nightly.by_schedule(tomorrow + timedelta(days=1))
    assert len(list_backups(folder)) == 2


def test_the_server_folds_what_was_kept_into_the_file_once_nothing_more_comes(held: Store) -> None:
    held.set_setting("unit", "水务局", "张工")
    assert not nightly.fold_after_quiet(held), "it has only just been seen"
    assert nightly.fold_after_quiet(held)
    assert not nightly.fold_after_quiet(held)
    with duckdb.connect(
        str(shutil.copyfile(Path(held.address), Path(held.address).with_name("alone.db"))), read_only=True
    ) as alone:
        assert alone.execute("SELECT count(*) FROM uploads").fetchone() == (2,)
