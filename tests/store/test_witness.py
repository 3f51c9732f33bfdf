"""What was kept does not get lost unseen: lost logs, files set back, clocks that jump, disks that fail."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import psycopg
import pytest

from scoring.calendar import clock
from scoring.store import LostWorkError, RefusedError, Store, StoreBrokenError, backups, events, open_store
from scoring.store.homes import duckdb_faults, postgres_faults
from tests.store.workbooks import workbook


def save(folder: Path, *contents: bytes) -> None:
    with closing(open_store(folder / "water.duckdb", folder / "note.json")) as store:
        for content in contents:
            store.save(content, workbook(), "张三")


def reopen(folder: Path) -> None:
    open_store(folder / "water.duckdb", folder / "note.json").close()


def test_the_newest_event_is_noted_outside_the_database(tmp_path: Path) -> None:
    save(tmp_path, b"one", b"two")
    with closing(open_store(tmp_path / "water.duckdb")) as store:
        newest = store.history()[-1]
    assert json.loads((tmp_path / "note.json").read_text()) == {"number": newest.number, "chain": newest.chain}
    reopen(tmp_path)


def test_after_folding_the_file_alone_holds_everything(tmp_path: Path) -> None:
    store = open_store(tmp_path / "water.duckdb")
    for number in range(3):
        store.save(str(number).encode(), workbook(), "张三")
        assert store.fold()
        assert not store.fold()
        shutil.copyfile(Path(store.address), tmp_path / "alone.duckdb")
        with duckdb.connect(str(tmp_path / "alone.duckdb"), read_only=True) as alone:
            assert alone.execute("SELECT count(*) FROM uploads").fetchone() == (number + 1,)
    store.close()


def test_a_file_that_was_set_back_is_noticed(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    shutil.copyfile(tmp_path / "water.duckdb", tmp_path / "old.duckdb")
    save(tmp_path, b"two", b"three")
    shutil.copyfile(tmp_path / "old.duckdb", tmp_path / "water.duckdb")
    with pytest.raises(LostWorkError, match=r"后面的 2\s*条不见了"):
        reopen(tmp_path)


def test_a_file_that_was_set_back_and_used_on_is_noticed(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    shutil.copyfile(tmp_path / "water.duckdb", tmp_path / "old.duckdb")
    save(tmp_path, b"two")
    note = (tmp_path / "note.json").read_text()
    (tmp_path / "note.json").unlink()
    shutil.copyfile(tmp_path / "old.duckdb", tmp_path / "water.duckdb")
    save(tmp_path, b"other", b"another")
    (tmp_path / "note.json").write_text(note)
    with pytest.raises(LostWorkError, match="不是同一条"):
        reopen(tmp_path)


def test_a_database_that_is_gone_is_noticed_and_none_is_made_in_its_place(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    (tmp_path / "water.duckdb").unlink()
    for _ in range(2):
        with pytest.raises(LostWorkError, match=r"不见了，以前保存到了第 1 条"):
            reopen(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.json"]


def taken_away(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_name("other.duckdb")
    shutil.copyfile(path, other)
    other.replace(path)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")
@pytest.mark.parametrize("meddle", [taken_away, replaced])
def test_a_file_taken_away_beneath_the_running_program_takes_nothing_more(
    tmp_path: Path, meddle: Callable[[Path], None]
) -> None:
    with closing(open_store(tmp_path / "water.duckdb", tmp_path / "note.json")) as store:
        store.save(b"one", workbook(), "张三")
        assert not store.gone()
        meddle(tmp_path / "water.duckdb")
        with pytest.raises(LostWorkError, match=r"没有保存任何内容.*立即备份"):
            store.save(b"two", workbook(), "张三")
        assert store.gone()
        made = backups.back_up(store, tmp_path / "backup")
    (tmp_path / "water.duckdb").unlink(missing_ok=True)
    checked, lost = backups.restore(made.path, tmp_path / "water.duckdb", tmp_path / "note.json", "王五")
    assert (checked.workbooks, lost) == (1, 0)


def test_a_log_that_was_lost_is_noticed(tmp_path: Path) -> None:
    """A process is killed while its newest act stands in the log only."""
    save(tmp_path, b"one")
    program = """
import os, sys
from pathlib import Path
from scoring.store import open_store
from tests.store.workbooks import workbook
folder = Path(sys.argv[1])
store = open_store(folder / "water.duckdb", folder / "note.json")
store.save(b"two", workbook(), "张三")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, cwd=Path.cwd())
    log = tmp_path / "water.duckdb.wal"
    assert log.exists()
    log.unlink()
    with pytest.raises(LostWorkError, match=r"后面的 1\s*条不见了"):
        reopen(tmp_path)


def test_somebody_takes_the_database_as_it_is(tmp_path: Path) -> None:
    save(tmp_path, b"one", b"two")
    (tmp_path / "water.duckdb").unlink()
    open_store(tmp_path / "water.duckdb").close()
    with pytest.raises(RefusedError, match="理由"):
        backups.accept(tmp_path / "water.duckdb", tmp_path / "note.json", "王五", "")
    backups.accept(tmp_path / "water.duckdb", tmp_path / "note.json", "王五", "硬盘坏了，从头开始")
    with closing(open_store(tmp_path / "water.duckdb", tmp_path / "note.json")) as store:
        assert [(event.actor, event.reason) for event in store.history()] == [("王五", "硬盘坏了，从头开始")]


def test_a_note_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    (tmp_path / "note.json").write_text("{")
    reopen(tmp_path)


def test_a_clock_ten_years_ahead_enters_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, b"one")
    later = clock.now() + timedelta(days=3653)
    monkeypatch.setattr(events, "now", lambda: later)
    with closing(open_store(tmp_path / "water.duckdb", tmp_path / "note.json")) as store:
        with pytest.raises(RefusedError, match="请先校准时钟"):
            store.save(b"two", workbook(), "张三")
        assert len(store.uploads()) == 1
        store.accept("王五", "机器停用了十年")
        store.save(b"two", workbook(), "张三")


def test_a_damaged_block_is_said_to_be_one(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    path = tmp_path / "water.duckdb"
    content = bytearray(path.read_bytes())
    for place in range(12288 + 5000, len(content), 262144):
        content[place] ^= 255
    path.write_bytes(content)
    with pytest.raises(StoreBrokenError, match="文件已损坏"):
        reopen(tmp_path)


def test_a_file_cut_short_is_said_to_be_one(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    path = tmp_path / "water.duckdb"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreBrokenError, match="文件不完整"):
        reopen(tmp_path)


CHINESE_ONLY = re.compile(r"[^a-z]*(water\.duckdb|/\S+|python -m scoring [a-z-]+|[^a-z])*", re.IGNORECASE)


def no_database(path: Path) -> None:
    path.write_text("hello" * 10_000)


def of_sqlite(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE a (b)")
        other.commit()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def links_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


@pytest.mark.parametrize("meddle", [no_database, of_sqlite, a_folder, empty, links_to_itself])
def test_what_is_no_database_is_told_in_chinese(tmp_path: Path, meddle: Callable[[Path], None]) -> None:
    save(tmp_path, b"one")
    meddle(tmp_path / "water.duckdb")
    with pytest.raises(StoreBrokenError) as failed:
        open_store(tmp_path / "water.duckdb")
    assert CHINESE_ONLY.fullmatch(str(failed.value)), failed.value


def test_a_name_too_long_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(StoreBrokenError, match="名字太长"):
        open_store(tmp_path / ("长" * 90) / "water.duckdb", tmp_path / "note.json")


@pytest.mark.parametrize("told", [duckdb_faults.meaning, postgres_faults.meaning])
def test_an_engine_error_nobody_foresaw_is_told_in_chinese_and_logged_without_data(
    told: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    kind = duckdb.ConversionException if told is duckdb_faults.meaning else psycopg.DataError
    where = Path("water.duckdb") if told is duckdb_faults.meaning else "water.duckdb"
    said = told(kind("invalid input syntax: \"张三的电话\"\nLINE 1: '张三的电话'"), where)
    assert CHINESE_ONLY.fullmatch(said)
    assert "请重新启动" in said
    assert "invalid input syntax" in caplog.text
    assert "张三" not in caplog.text


def test_a_limit_on_the_size_of_files_is_said_to_be_one(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(open_store(tmp_path / "water.duckdb", tmp_path / "note.json")) as store:
        store.save(b"one", workbook(), "张三")
        resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "water.duckdb").stat().st_size, usual[1]))
        try:
            with pytest.raises(StoreBrokenError, match="上限，没有保存任何内容"):
                fill(store)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    reopen(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("a disk of its own needs the right to mount")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(store: Store) -> None:
    for _ in range(60):
        store.save(os.urandom(150_000), workbook(), "张三")


def test_a_full_disk_is_said_to_be_one_and_what_was_kept_stays(small_disk: Path) -> None:
    store = open_store(small_disk / "water.duckdb", small_disk / "note.json")
    with pytest.raises(StoreBrokenError, match="磁盘已满"):
        fill(store)
    kept = len(store.uploads())
    assert kept > 0
    store.close()
    with closing(open_store(small_disk / "water.duckdb", small_disk / "note.json")) as again:
        assert len(again.uploads()) == kept
        assert again.verify_history() == ()


def test_a_disk_that_may_only_be_read_is_said_to_be_one(small_disk: Path) -> None:
    save(small_disk, b"one")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreBrokenError, match="不能写入"):
        reopen(small_disk)


def test_the_clock_of_the_first_event_is_taken_as_it_is(tmp_path: Path) -> None:
    assert events.next_moment(None, None) <= datetime.now(clock.BEIJING).replace(tzinfo=None) + timedelta(seconds=5)
