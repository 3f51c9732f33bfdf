"""A copy of the whole database, whatever goes on in it meanwhile."""

from __future__ import annotations

from pathlib import Path

from scoring.store.errors import RefusedError, StoreBrokenError
from scoring.store.homes.database import Database
from scoring.words.system import why


def copy_database(database: Database, target: Path) -> None:
    """Write a checked copy to ``target``, a DuckDB file whichever home the database has.

    Raises:
        RefusedError: there is a file already.
        StoreBrokenError: the copy could not be made, or does not hold what it should.
    """
    if target.exists():
        raise RefusedError(f"{target.name} 已经存在，请换一个文件名。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        database.copy(target)
    except OSError as error:
        raise StoreBrokenError(f"备份写不到 {target.parent}：{why(error)}。") from error
