"""The named queries: one SQL file each, which begins with its grain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SQL = Path(__file__).resolve().parent / "sql"
SCHEMA = SQL / "schema"
POSTGRESQL = SQL / "postgresql"  # what PostgreSQL needs beside the schema


@cache
def query(name: str) -> str:
    """Return the text of a named query."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def migrations() -> tuple[tuple[int, Path], ...]:
    """List the files that build the schema, with the version that each leads to, in order."""
    return tuple((int(path.name.split("_")[0]), path) for path in sorted(SCHEMA.glob("[0-9]*.sql")))
