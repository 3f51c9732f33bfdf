"""Further DuckDB files made of an open one: a whole copy, and one of what some views say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import duckdb

from scoring.store.errors import StoreBrokenError
from scoring.store.homes.duckdb_cursor import GROUP
from scoring.store.homes.duckdb_faults import meaning
from scoring.store.queries import query

BLOCK_SIZE = 16_384  # bytes, the smallest there may be: what an act brings begins a block of its own


def copy_whole(cursor: duckdb.DuckDBPyConnection, exchange: Path, target: Path) -> None:
    """Copy all tables and views in one transaction. The file alone would not do: the newest work may stand in its log.

    The copy is made in the one folder that the database may write to, checked there, and then moved.

    Raises:
        StoreBrokenError: the copy does not hold what it should.
    """
    with _draft(exchange, "copy") as draft:
        newest = _copy(cursor, draft)
        _check(draft, newest)
        shutil.move(draft, target)


def _copy(cursor: duckdb.DuckDBPyConnection, draft: Path) -> object:
    """Copy everything; return the newest event that must be in the copy."""
    newest = cursor.execute(query("last_event")).fetchone()
    source = cursor.execute("SELECT current_database()").fetchone() or ("",)
    with _attached(cursor, draft) as name:
        cursor.execute(f'COPY FROM DATABASE "{source[0]}" TO {name}')
    return newest


def _check(draft: Path, newest: object) -> None:
    """Open the copy and look for the newest event."""
    try:
        with closing(duckdb.connect(str(draft), read_only=True)) as copy:
            newest_copied = copy.execute(query("last_event")).fetchone()
    except duckdb.Error as error:
        raise StoreBrokenError(f"备份文件打不开，没有留下备份。{meaning(error, draft)}") from error
    if newest_copied != newest:
        raise StoreBrokenError("备份与数据库不一致，没有留下备份。")


def copy_views(cursor: duckdb.DuckDBPyConnection, exchange: Path, views: Iterable[str], target: Path) -> None:
    """Write what some views say as tables, in one transaction; whoever has the last file open keeps reading it."""
    with _draft(exchange, "snapshot") as draft:
        with _attached(cursor, draft) as name:
            cursor.execute("BEGIN")
            try:
                for view in views:
                    cursor.execute(f"CREATE TABLE {name}.{view} AS SELECT * FROM {view}")  # noqa: S608  names of ours
                cursor.execute("COMMIT")
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)


@contextmanager
def _draft(exchange: Path, kind: str) -> Iterator[Path]:
    """Give the path of a file to be made; what is left of it at the end is cleared away."""
    exchange.mkdir(parents=True, exist_ok=True)
    draft = exchange / f"{kind}_{uuid4().hex}.duckdb"
    try:
        yield draft
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
            leftover.unlink(missing_ok=True)


@contextmanager
def _attached(cursor: duckdb.DuckDBPyConnection, draft: Path) -> Iterator[str]:
    """Attach a new file under the name that it is given here."""
    attach(cursor, draft, draft.stem)
    try:
        yield draft.stem
    finally:
        with suppress(duckdb.Error):
            cursor.execute(f"DETACH {draft.stem}")


def attach(cursor: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a file, made where there is none. A file keeps the size of block that it was made with."""
    how = f"TYPE duckdb, ROW_GROUP_SIZE {GROUP}" + (f", BLOCK_SIZE {BLOCK_SIZE}" if not path.exists() else "")
    cursor.execute(f"ATTACH {quoted(path)} AS {name} ({how})")


def quoted(path: Path) -> str:
    """Write a path as an SQL text, for the few statements that take no parameters."""
    return "'" + os.path.realpath(path).replace("'", "''") + "'"
