"""A cursor of DuckDB as the store uses it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from scoring.model.columns import Column
from scoring.store.homes.database import Row

AT_ONCE = 50_000  # rows of one statement
GROUP = 2048  # rows of a row group, the fewest there may be: the last one of a table is written anew by each checkpoint
COLUMN_TYPES = """
SELECT data_type FROM duckdb_columns()
WHERE database_name = current_database() AND table_name = ? ORDER BY column_index
"""


class DuckdbCursor:
    """Run statements on one cursor of DuckDB. It has state because a cursor keeps its result."""

    rows_apart = GROUP

    def __init__(self, cursor: DuckDBPyConnection, inserts: dict[str, str]) -> None:
        self._cursor = cursor
        self._inserts = inserts  # table -> its statement; tables do not change while a database is open

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> DuckdbCursor:
        """Run one statement."""
        self._cursor.execute(statement, parameters) if parameters else self._cursor.execute(statement)
        return self

    def fetchone(self) -> Row | None:
        """Return the next row; None where there is no further one."""
        return self._cursor.fetchone()

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows, at most so many."""
        return self._cursor.fetchmany(size)

    def fetchall(self) -> list[Row]:
        """Return the remaining rows."""
        return self._cursor.fetchall()

    def fetch_columns(self, at_once: int) -> Iterator[list[Column[Any]]]:
        """Yield the rows as columns, so many rows at a time; Arrow finds what is distinct."""
        for batch in self._cursor.to_arrow_reader(at_once):
            yield list(map(_column, batch.columns))

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of the last statement."""
        return tuple(column[0] for column in self._cursor.description or ())

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table, as one list for each column."""
        for start in range(0, len(rows), AT_ONCE):
            columns = zip(*rows[start : start + AT_ONCE], strict=True)
            self._cursor.execute(self._insert_into(table), list(map(list, columns)))

    def _insert_into(self, table: str) -> str:
        if table not in self._inserts:
            types = [name for (name,) in self._cursor.execute(COLUMN_TYPES, [table]).fetchall()]
            columns = ", ".join(f"unnest(CAST(? AS {name}[]))" for name in types)
            self._inserts[table] = f'INSERT INTO "{table}" SELECT {columns}'
        return self._inserts[table]


def _column(given: Any) -> Column[Any]:  # Any: an array of Arrow, which tells no types
    """Return a column of Arrow as ours; its absent values are one value, None."""
    coded = given.dictionary_encode(null_encoding="encode")
    return Column(array("i", coded.indices.to_numpy().tobytes()), tuple(coded.dictionary.to_pylist()))
