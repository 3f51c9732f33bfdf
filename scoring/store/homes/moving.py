"""All rows of a database into another one of the same schema, in whichever engines the two are."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from scoring.model.events import compact
from scoring.store.errors import StoreBrokenError
from scoring.store.homes.database import Cursor, Row
from scoring.store.queries import query

OWN = "schema_versions"  # tells of the database, not of what is kept in it
KEPT = {"blocks": " WHERE file > 0"}  # table -> which of its rows say something; all of them where it is not named
AT_ONCE = 500  # rows, originals among them


def move_tables(source: Cursor, target: Cursor) -> dict[str, int]:
    """Copy all rows into empty tables and compare what the target then holds; return how many rows each table has.

    Raises:
        StoreBrokenError: a table of the target is not empty, or holds something else afterwards.
    """
    counts: dict[str, int] = {}
    for table in tables(source):
        if target.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():  # noqa: S608  a table of ours
            raise StoreBrokenError("要搬去的数据库里已经有数据，没有搬。请换一个空的数据库。")
        told: list[bytes] = []
        for rows in _parts(source, table):
            target.insert(table, rows)
            told += map(digest, rows)
        if sorted(told) != sorted(digest(row) for rows in _parts(target, table) for row in rows):
            raise StoreBrokenError(f"表 {table} 搬过去以后与原来不一致，没有搬。")
        counts[table] = len(told)
    return counts


def _parts(cursor: Cursor, table: str) -> Iterator[list[Row]]:
    cursor.execute(f'SELECT * FROM "{table}"{KEPT.get(table, "")}')  # noqa: S608  a table of ours
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


def tables(cursor: Cursor) -> tuple[str, ...]:
    """Name the tables that hold what is kept, in order."""
    names = (name for (name,) in cursor.execute(query("table_names")).fetchall())
    return tuple(sorted(name for name in names if name != OWN))


def digest(row: Row) -> bytes:
    """Return the SHA-256 over a row; equal rows have equal ones in whichever engines they lie."""
    return sha256(compact([_said(value) for value in row]).encode()).digest()


def _said(value: object) -> object:
    """Return a value as JSON can hold it."""
    if isinstance(value, bytes | bytearray | memoryview):
        return sha256(value).hexdigest()
    if isinstance(value, list):
        return [_said(one) for one in value]
    return value if value is None else str(value)
