"""Backups are made, checked, kept for their time, and put back into an empty place."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.store import BEIJING, RefusedError, Store, StoreBrokenError, backups, locations, open_store
from scoring.store.backups import Backup, back_up, is_due, is_too_old, list_backups, newest_by, surplus
from tests.store.workbooks import row_counts, workbook

NOON = datetime(2023, 7, 1, 12, tzinfo=BEIJING)


def at(days: float) -> Backup:
    moment = NOON + timedelta(days=days)
    return Backup(Path(f"{moment:%Y%m%d_%H%M%S}"), moment, 1)


def test_a_year_of_backups_every_six_hours_shrinks_to_days_weeks_and_months() -> None:
    kept: list[Backup] = []
    for number in range(4 * 365):
        kept.append(at(number / 4))
        gone = set(surplus(kept))
        kept = [backup for backup in kept if backup not in gone]
    days = sorted({backup.made_at.date() for backup in kept}, reverse=True)
    newest = kept[-1].made_at.date()
    assert days[:7] == [newest - timedelta(days=number) for number in range(7)]
    assert len({backup.made_at.isocalendar()[:2] for backup in kept}) >= 4
    assert len({(backup.made_at.year, backup.made_at.month) for backup in kept}) == 12
    assert len(kept) <= 7 + 4 + 12


@given(st.lists(st.integers(0, 900), unique=True))
def test_what_is_kept_stays_kept_and_the_newest_is_always_among_it(days: list[int]) -> None:
    made = [at(day) for day in days]
    gone = set(surplus(made))
    kept = [backup for backup in made if backup not in gone]
    assert surplus(kept) == ()
    if made:
        assert max(made, key=lambda one: one.made_at) in kept
    assert len(kept) <= 7 + 4 + 12


def test_a_backup_is_due_on_a_new_day_where_something_was_kept_since() -> None:
    today = NOON + timedelta(days=1)
    assert not is_due(None, None, today)
    assert is_due(None, NOON, today)
    assert is_due(at(0), NOON + timedelta(hours=1), today)
    assert not is_due(at(0), NOON - timedelta(hours=1), today)
    assert not is_due(at(1), NOON + timedelta(days=1, hours=1), NOON + timedelta(days=1, hours=2))


def test_a_backup_made_while_the_clock_was_ahead_hides_nothing() -> None:
    ahead, third = at(3650), NOON + timedelta(days=3)
    assert newest_by([], third) is None
    assert newest_by([ahead], third) is None
    found = newest_by([ahead, at(0), at(-1)], third)
    assert found == at(0)
    assert is_due(found, NOON + timedelta(days=2), third)
    assert is_too_old(found, NOON, NOON + timedelta(days=1), third, 2)
    assert newest_by([ahead, at(3)], third) == at(3)


def test_work_without_a_backup_for_too_long_is_noticed() -> None:
    third = NOON + timedelta(days=3)
    assert not is_too_old(None, None, None, third, 2)
    assert is_too_old(None, NOON, NOON, third, 2)
    assert not is_too_old(at(0), NOON - timedelta(days=9), NOON - timedelta(days=1), third, 2)
    assert is_too_old(at(0), NOON - timedelta(days=9), NOON + timedelta(days=1), third, 2)
    assert not is_too_old(at(2), NOON - timedelta(days=9), third, third, 2)


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give the store of the real ledgers in a data folder of its own, with one workbook in it."""
    monkeypatch.setenv(locations.DATA_VARIABLE, str(tmp_path / "data"))
    store = open_store(locations.real_database(), locations.note_of_newest())
    store.save(b"one", workbook(), "张三")
    yield store
    store.close()


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scoring", *arguments], capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def test_a_backup_is_checked_listed_and_restored(real: Store) -> None:
    folder, before = locations.backup_folder(), row_counts(real)
    made = back_up(real, folder)
    assert list_backups(folder) == (made,)
    real.save(b"two", workbook(quarter=3), "张三")
    real.close()
    assert command("restore", str(made.path), "--by", "李四").returncode == 2
    Path(real.address).rename(Path(real.address).with_name("old.duckdb"))
    ended = command("restore", str(made.path), "--by", "李四")
    assert ended.returncode == 0
    assert "核对通过" in ended.stderr
    assert "备份之后的 1 条记录不在这份备份里" in ended.stderr
    with closing(open_store(locations.real_database(), locations.note_of_newest())) as again:
        assert row_counts(again) == before | {"events": before["events"] + 1}
        assert again.history()[-1].actor == "李四"
        assert again.setting("restored") == f"{made.path.name}，少1条记录"


def test_a_damaged_backup_is_not_restored(real: Store, tmp_path: Path) -> None:
    made = back_up(real, locations.backup_folder())
    real.close()
    Path(real.address).rename(Path(real.address).with_name("old.duckdb"))
    with duckdb.connect(str(made.path)) as changed:
        changed.execute("UPDATE events SET reason = 'other'")
    with pytest.raises(StoreBrokenError, match="核对没有通过"):
        backups.restore(made.path, locations.real_database(), locations.note_of_newest(), "李四")
    assert not locations.real_database().exists()


def test_a_backup_whose_record_does_not_hold_is_not_kept(real: Store) -> None:
    with real._database.writing() as cursor:
        cursor.execute("UPDATE events SET reason = 'other'")
    with pytest.raises(StoreBrokenError, match="核对没有通过"):
        back_up(real, locations.backup_folder())
    assert list_backups(locations.backup_folder()) == ()


def test_the_command_asks_the_program_that_holds_the_database(real: Store, tmp_path: Path) -> None:
    folder, done = locations.backup_folder(), threading.Event()

    def serve() -> None:
        while not done.is_set():
            backups.answer(real, folder)
            done.wait(0.1)

    server = threading.Thread(target=serve)
    server.start()
    try:
        ended = command("backup", "-o", str(tmp_path / "copy.duckdb"))
    finally:
        done.set()
        server.join()
    assert ended.returncode == 0, ended.stderr
    assert backups.check_file(tmp_path / "copy.duckdb").faults == ()
    assert len(list_backups(folder)) == 1


def test_the_command_works_while_nobody_holds_the_database(real: Store) -> None:
    real.close()
    ended = command("backup")
    assert (ended.returncode, len(list_backups(locations.backup_folder()))) == (0, 1)


def test_the_command_says_that_work_is_missing_where_the_database_is(real: Store) -> None:
    real.close()
    Path(real.address).unlink()
    ended = command("backup")
    assert ended.returncode == 2
    assert "不见了，以前保存到了第 1 条记录" in ended.stderr
    assert not Path(real.address).exists()
    assert command("accept-database", "--by", "王五", "--reason", "硬盘坏了，从头开始").returncode == 0
    assert command("backup").returncode == 0


def test_nobody_answers(real: Store) -> None:
    with pytest.raises(StoreBrokenError, match="没有回应"):
        backups.ask(locations.backup_folder(), 0.5)


def test_a_restore_needs_a_name_and_a_backup(tmp_path: Path) -> None:
    (tmp_path / "b.duckdb").write_bytes(b"x")
    with pytest.raises(RefusedError, match="没有备份文件"):
        backups.restore(tmp_path / "none.duckdb", tmp_path / "a.duckdb", tmp_path / "note", "李四")
    with pytest.raises(RefusedError, match="姓名"):
        backups.restore(tmp_path / "b.duckdb", tmp_path / "a.duckdb", tmp_path / "note", " ")


def test_a_backup_made_in_another_time_zone_is_named_by_beijing_time(real: Store) -> None:
    made = back_up(real, locations.backup_folder(), datetime.now(UTC))
    assert list_backups(locations.backup_folder())[0].made_at == made.made_at
