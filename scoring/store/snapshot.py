"""A small file for other tools: what the Chinese views say, as tables, without originals or the history."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import duckdb

from scoring.store.errors import StoreBrokenError
from scoring.store.homes.duckdb_file import Database, quoted

VIEWS = ("得分", "评分项", "台账", "认定", "报装")


def write_snapshot(database: Database, target: Path) -> None:
    """Write the file anew in the place of the last one, in one transaction and without stopping anyone.

    Raises:
        StoreBrokenError: it could not be written, or a tool holds the last one (on Windows); the last one stays.
    """
    name = f"snapshot_{uuid4().hex}"
    draft = database.exchange / f"{name}.duckdb"
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        with database.outside() as cursor:
            cursor.execute(f"ATTACH {quoted(draft)} AS {name}")
            try:
                cursor.execute("BEGIN")
                for view in VIEWS:
                    cursor.execute(f"CREATE TABLE {name}.{view} AS SELECT * FROM {view}")  # noqa: S608  names of ours
                cursor.execute("COMMIT")
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                cursor.execute(f"DETACH {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
    except OSError as error:
        raise StoreBrokenError(f"给其他工具的 {target.name} 没有更新：{error.strerror}。") from error
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
            leftover.unlink(missing_ok=True)
