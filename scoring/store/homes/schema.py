"""Which version of the schema a database is in, and which steps are left to the present one."""

from __future__ import annotations

from pathlib import Path

from scoring.store.errors import StoreBrokenError
from scoring.store.homes.database import Cursor
from scoring.store.queries import migrations, query


def steps_left(cursor: Cursor) -> tuple[tuple[int, Path], ...]:
    """List the files of the schema that a database lacks, with the version that each leads to, in order.

    Raises:
        StoreBrokenError: it is a database of something else, or of a newer program.
    """
    present, known = _present(cursor), migrations()
    if present > known[-1][0]:
        raise StoreBrokenError(
            f"数据库由更新版本的程序建立（结构版本 {present}，本程序只到 {known[-1][0]}），请升级程序。"
        )
    return tuple((version, path) for version, path in known if version > present)


def _present(cursor: Cursor) -> int:
    """Return the version of the schema; 0 is an empty database."""
    tables = {name for (name,) in cursor.execute(query("table_names")).fetchall()}
    if not tables:
        return 0
    if "schema_versions" not in tables:
        raise StoreBrokenError("这个数据库不是本系统建立的，不能打开。请换一个位置，或把它移走。")
    row = cursor.execute(query("schema_version")).fetchone()
    return int(row[0]) if row else 0
