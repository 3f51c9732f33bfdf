"""A copy of the whole database, whatever goes on in it meanwhile."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import duckdb

from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.homes.duckdb_file import Database, quoted
from scoring.store.queries import query


def copy_database(database: Database, target: Path) -> None:
    """Write a copy to ``target``. The file alone would not do: the newest work may still stand in its ``.wal``.

    The copy is made in the one folder that the database may write to, checked there, and then moved.

    Raises:
        RefusedError: there is a file already.
        StoreBrokenError: the copy could not be made, or does not hold what it should.
    """
    if target.exists():
        raise RefusedError(f"{target.name} 已经存在，请换一个文件名。")
    name = f"copy_{uuid4().hex}"
    draft = database.exchange / f"{name}.duckdb"
    try:
        database.exchange.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        newest = _copy(database, name, draft)
        _check(draft, newest)
        shutil.move(draft, target)
    except OSError as error:
        raise StoreBrokenError(f"备份写不到 {target.parent}：{error.strerror}。") from error
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
            leftover.unlink(missing_ok=True)


def _copy(database: Database, name: str, draft: Path) -> object:
    """Copy all tables and views in one transaction; return the newest event that must be in the copy."""
    with database.outside() as cursor:
        newest = cursor.execute(query("last_event")).fetchone()
        source = cursor.execute("SELECT current_database()").fetchone() or ("",)
        cursor.execute(f"ATTACH {quoted(draft)} AS {name}")
        try:
            cursor.execute(f'COPY FROM DATABASE "{source[0]}" TO {name}')
        finally:
            with suppress(duckdb.Error):
                cursor.execute(f"DETACH {name}")
        return newest


def _check(draft: Path, newest: object) -> None:
    """Open the copy and look for the newest event."""
    try:
        with closing(duckdb.connect(str(draft), read_only=True)) as copy:
            found = copy.execute(query("last_event")).fetchone()
    except duckdb.Error as error:
        raise StoreBrokenError(f"备份文件打不开，没有留下备份：{error}") from error
    if found != newest:
        raise StoreBrokenError("备份与数据库不一致，没有留下备份。")
