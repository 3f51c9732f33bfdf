"""Bytes in pieces: what comes out is what went in, each file once, and rows from before there were pieces are read as they are."""

from __future__ import annotations

from hashlib import sha256

import pytest

from scoring.store.pieces import PIECE, insert_pieces, insert_thing, kept_thing, whole
from tests.store.conftest import Site


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 60 * PIECE + 7])
def test_bytes_come_out_as_they_went_in(site: Site, size: int) -> None:
    data = bytes(n * n % 251 for n in range(size))
    sha = sha256(data).hexdigest()
    store = site.open()
    with store._database.writing() as cursor:
        insert_thing(cursor, sha, data)
        insert_pieces(cursor, data)
    with store._database.reading() as cursor:
        assert kept_thing(cursor, sha) == whole(cursor, sha, b"") == data
        assert cursor.execute("SELECT count(*) FROM pieces").fetchall() == [(-(-size // PIECE),)]
    store.close()


def test_a_row_that_holds_its_bytes_itself_is_read_as_it_is(site: Site) -> None:
    store = site.open()
    with store._database.reading() as cursor:
        assert whole(cursor, "a" * 64, b"old") == b"old"
    store.close()
