"""Files' bytes in pieces, each file once: rows that hold whole files make every commit and checkpoint read them again."""

from __future__ import annotations

from hashlib import sha256

from scoring.store.homes.database import Cursor
from scoring.store.queries import query

PIECE = 4000  # bytes; what is larger than 4,096 DuckDB keeps apart from its row


def insert_pieces(cursor: Cursor, data: bytes) -> None:
    """Keep a file's bytes, if they are not kept in pieces already."""
    sha = sha256(data).hexdigest()
    if not cursor.execute(query("has_pieces"), [sha]).fetchone():
        starts = range(0, len(data), PIECE)
        cursor.insert("pieces", [(sha, number, data[at : at + PIECE]) for number, at in enumerate(starts)])


def whole(cursor: Cursor, sha: str, content: bytes) -> bytes:
    """Return a file's bytes. ``content`` is what its own row holds, which is all where it was kept before there were pieces."""
    return bytes(content) or b"".join(bytes(piece) for (piece,) in cursor.execute(query("pieces"), [sha]).fetchall())


def insert_thing(cursor: Cursor, sha: str, data: bytes) -> None:
    """Keep a file that is not kept yet; its row says that it is, its bytes are in pieces."""
    cursor.execute(query("insert_thing"), [sha, len(data), b""])
    insert_pieces(cursor, data)


def kept_thing(cursor: Cursor, sha: str) -> bytes | None:
    """Return the bytes of a file that was kept beside the workbooks; None where there is none."""
    row = cursor.execute(query("thing"), [sha]).fetchone()
    return whole(cursor, sha, row[0]) if row else None
