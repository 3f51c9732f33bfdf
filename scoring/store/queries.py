"""The named queries: one SQL file each, which begins with its grain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from scoring.model.columns import Column
from scoring.store.homes.database import Cursor

SQL = Path(__file__).resolve().parent / "sql"
SCHEMA = SQL / "schema"
POSTGRESQL = SQL / "postgresql"  # what PostgreSQL needs beside the schema


AT_ONCE = 50_000  # rows that are held in two forms on their way out


@cache
def query(name: str) -> str:
    """Return the text of a named query."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def columns_of(cursor: Cursor, name: str, parameters: Sequence[object]) -> list[Column[Any]]:
    """Run a named query, and return all its rows as columns."""
    parts = list(cursor.execute(query(name), parameters).fetch_columns(AT_ONCE))
    return [Column.joined(column) for column in zip(*parts, strict=True)] or [Column.of(()) for _ in cursor.columns]


def migrations() -> tuple[tuple[int, Path], ...]:
    """List the files that build the schema, with the version that each leads to, in order."""
    return tuple((int(path.name.split("_")[0]), path) for path in sorted(SCHEMA.glob("[0-9]*.sql")))
