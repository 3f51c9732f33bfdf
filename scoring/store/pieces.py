"""Files' bytes, each file once: small ones in pieces, for rows that hold whole files make every checkpoint read them again.

What one act brings that is large goes into blocks: where the home writes enough rows of one transaction as a row group of
its own, no later checkpoint writes them again, and the database grows by little more than the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from scoring.store.homes.database import Cursor
from scoring.store.queries import query

PIECE = 4000  # bytes; what is larger than 4,096 DuckDB keeps apart from its row
BLOCK = 65_536
LARGE = 400_000  # bytes of one act from which on blocks take less than pieces
FILLER = (0, 0, b"")


def insert_files(cursor: Cursor, files: Iterable[bytes]) -> None:
    """Keep the bytes of some files of one act, as far as they are not kept already."""
    new = {sha: data for data in files if not _kept(cursor, sha := sha256(data).hexdigest())}
    if cursor.rows_apart and sum(map(len, new.values())) >= LARGE:
        _insert_blocks(cursor, new, cursor.rows_apart)
    else:
        cut = [(sha, number, part) for sha, data in new.items() for number, part in enumerate(_cut(data, PIECE))]
        cursor.insert("pieces", cut)


def _insert_blocks(cursor: Cursor, new: dict[str, bytes], group: int) -> None:
    """Keep files in blocks, filled up to whole row groups."""
    (last,) = cursor.execute(query("last_block_file")).fetchone() or (0,)
    numbers = {sha: number for number, sha in enumerate(new, last + 1)}
    rows = [(numbers[sha], place, part) for sha, data in new.items() for place, part in enumerate(_cut(data, BLOCK))]
    cursor.insert("block_files", list(numbers.items()))
    cursor.insert("blocks", rows + [FILLER] * (-len(rows) % group))


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def _kept(cursor: Cursor, sha: str) -> bool:
    return cursor.execute(query("has_pieces"), [sha, sha]).fetchone() is not None


def whole(cursor: Cursor, sha: str, content: bytes) -> bytes:
    """Return a file's bytes. ``content`` is what its own row holds, which is all where it was kept before there were pieces."""
    return bytes(content) or b"".join(bytes(part) for part in _parts(cursor, sha))


def _parts(cursor: Cursor, sha: str) -> list[bytes]:
    """Return a file's blocks, or its pieces where it has none."""
    number = cursor.execute(query("block_file"), [sha]).fetchone()
    rows = cursor.execute(query("blocks"), number) if number else cursor.execute(query("pieces"), [sha])
    return [part for (part,) in rows.fetchall()]


def keep_things(cursor: Cursor, things: Mapping[str, bytes], others: Iterable[bytes] = ()) -> None:
    """Keep files (SHA-256 -> bytes) that are not kept yet, whose rows say that they are, and further bytes of the same act."""
    for sha, data in things.items():
        cursor.execute(query("insert_thing"), [sha, len(data), b""])
    insert_files(cursor, (*things.values(), *others))


def kept_thing(cursor: Cursor, sha: str) -> bytes | None:
    """Return the bytes of a file that was kept beside the workbooks; None where there is none."""
    row = cursor.execute(query("thing"), [sha]).fetchone()
    return whole(cursor, sha, row[0]) if row else None
