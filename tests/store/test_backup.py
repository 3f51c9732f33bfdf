"""A backup is a whole database, also while others write."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from scoring.model.boards import Board
from scoring.store import RefusedError, Store, StoreBrokenError, open_store
from scoring.store.homes import duckdb_copies
from tests.store.test_history import steps
from tests.store.workbooks import row_counts, sha, workbook


def test_a_backup_opens_as_the_same_store(store: Store, board: Board, tmp_path: Path) -> None:
    for step in steps(store, board):
        step()
    store.backup(tmp_path / "away" / "copy.duckdb")
    copy = open_store(tmp_path / "away" / "copy.duckdb")
    assert row_counts(copy) == row_counts(store)
    assert copy.history() == store.history()
    assert copy.facts(2023) == store.facts(2023)
    assert copy.original(sha(b"one")) == store.original(sha(b"one"))
    assert copy.published_board("2023-年度-01") == board
    assert copy.verify_history() == ()
    copy.save(b"two", workbook(), "张三")
    assert len(copy.ledger_versions(2023)) == len(store.ledger_versions(2023)) + 1
    copy.close()
    assert not list((Path(store.address).parent / "backup").glob("*"))


def test_an_existing_file_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.duckdb"
    target.write_bytes(b"dear")
    with pytest.raises(RefusedError, match="已经存在"):
        store.backup(target)
    assert target.read_bytes() == b"dear"


def test_a_copy_that_lacks_the_newest_work_is_not_kept(
    file_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_store.save(b"one", workbook(), "张三")
    original = duckdb_copies._copy
    monkeypatch.setattr(duckdb_copies, "_copy", lambda *args: (original(*args), "another")[1])
    with pytest.raises(StoreBrokenError, match="不一致"):
        file_store.backup(tmp_path / "copy.duckdb")
    assert not (tmp_path / "copy.duckdb").exists()
    assert not list((Path(file_store.address).parent / "backup").glob("*"))


def test_a_backup_taken_while_others_store_holds_whole_workbooks(store: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def save() -> None:
        for number in range(12):
            store.save(str(number).encode(), workbook(rows=20), "张三")
        done.set()

    writer = threading.Thread(target=save)
    writer.start()
    number = 0
    while not done.is_set() or number == 0:
        store.backup(tmp_path / f"{number}.duckdb")
        number += 1
    writer.join()
    for taken in range(number):
        copy = open_store(tmp_path / f"{taken}.duckdb")
        assert len(copy.facts(2023).statements) == 20 * len(copy.uploads())
        assert copy.verify_history() == ()
        copy.close()
