"""What was kept does not get lost unseen: lost logs, files set back, clocks that jump, disks that fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from scoring.calendar import clock
from scoring.store import LostWorkError, RefusedError, Store, StoreBrokenError, backups, events, open_store
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


def test_a_database_that_is_gone_is_noticed(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    (tmp_path / "water.duckdb").unlink()
    with pytest.raises(LostWorkError, match="不见了"):
        reopen(tmp_path)


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
