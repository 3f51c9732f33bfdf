"""A small file for other tools: what the Chinese views say, as tables, without originals or the history."""

from __future__ import annotations

from pathlib import Path

from scoring.store.errors import StoreBrokenError
from scoring.store.homes.database import Database
from scoring.words.system import why

VIEWS = ("得分", "评分项", "台账", "认定", "报装")


def write_snapshot(database: Database, target: Path) -> None:
    """Write the file anew in the place of the last one, in one transaction and without stopping anyone.

    Raises:
        StoreBrokenError: it could not be written, or a tool holds the last one (on Windows); the last one stays.
    """
    try:
        database.write_views(VIEWS, target)
    except OSError as error:
        raise StoreBrokenError(f"给其他工具的 {target.name} 没有更新：{why(error)}。") from error
