"""Bytes in pieces: what comes out is what went in, each file once, and rows from before there were pieces are read as they are."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from scoring.store.pieces import BLOCK, LARGE, PIECE, insert_files, keep_things, kept_thing, whole
from scoring.store.store import Store
from tests.store.conftest import Site

GROWTH = 1.05  # of the bytes that came


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 60 * PIECE + 7])
def test_bytes_come_out_as_they_went_in(site: Site, size: int) -> None:
    data = bytes(n * n % 251 for n in range(size))
    sha = sha256(data).hexdigest()
    store = site.open()
    with store._database.writing() as cursor:
        keep_things(cursor, {sha: data})
        insert_files(cursor, [data])
    with store._database.reading() as cursor:
        assert kept_thing(cursor, sha) == whole(cursor, sha, b"") == data
        assert cursor.execute("SELECT count(*) FROM pieces").fetchall() == [(-(-size // PIECE),)]
    store.close()


def test_a_row_that_holds_its_bytes_itself_is_read_as_it_is(site: Site) -> None:
    store = site.open()
    with store._database.reading() as cursor:
        assert whole(cursor, "a" * 64, b"old") == b"old"
    store.close()


def test_files_in_blocks_come_out_as_they_went_in_and_are_kept_once(store: Store) -> None:
    files = [bytes([number]) * size for number, size in enumerate([LARGE, 1, 0, BLOCK, 3 * BLOCK + 1])]
    with store._database.writing() as cursor:
        insert_files(cursor, files)
        insert_files(cursor, files)
        keep_things(cursor, {sha256(files[0]).hexdigest(): files[0]})
        insert_files(cursor, [b"a" * LARGE, files[1]])
    with store._database.reading() as cursor:
        assert [whole(cursor, sha256(data).hexdigest(), b"") for data in files] == files
        (held,) = cursor.execute(
            "SELECT (SELECT sum(octet_length(content)) FROM blocks WHERE file > 0), (SELECT sum(octet_length(content)) FROM pieces)"
        ).fetchall()
        assert sum(size or 0 for size in held) == sum(map(len, files)) + LARGE


def test_the_file_grows_by_little_more_than_what_comes(file_store: Store) -> None:
    database, came = file_store._database, 0
    database.fold()
    before = database.size()
    for number in range(8):
        files = [os.urandom(250_000) for _ in range(4 + number % 2)]
        with database.writing() as cursor:
            insert_files(cursor, files)
        database.fold()
        came += sum(map(len, files))
    assert came < database.size() - before <= GROWTH * came
    assert Path(database.address).stat().st_size == database.size()
