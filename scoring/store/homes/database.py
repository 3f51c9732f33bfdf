"""What the store asks of a database engine, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from scoring.model.columns import Column

Row: TypeAlias = tuple[Any, ...]  # a row of a table, narrowed at once by whoever asked for it
Address: TypeAlias = Path | str  # a DuckDB file, or the address of a PostgreSQL database (postgresql://...)


class Cursor(Protocol):
    """Run statements of the store's SQL in one transaction. Parameters are ``?`` or ``$1``."""

    @property
    def rows_apart(self) -> int:
        """Return how many rows of one transaction lie apart from all others for good; 0 where rows never do."""

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> Cursor:
        """Run one statement."""

    def fetchone(self) -> Row | None:
        """Return the next row of the last statement; None where there is no further one."""

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows of the last statement, at most so many; empty where there is no further one."""

    def fetchall(self) -> list[Row]:
        """Return the remaining rows of the last statement."""

    def fetch_columns(self, at_once: int) -> Iterator[list[Column[Any]]]:
        """Yield the rows of the last statement as columns, so many rows at a time; nothing where there are none."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of the last statement."""

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table, their values in the order of its columns; many times faster than one by one."""


class Database(Protocol):
    """One database in the present schema.

    Readers see one state of the data throughout; writers go one by one, in all processes; what a writer did is kept
    as a whole when its block ends, and not at all where anything interrupts it.
    """

    after_keeping: Callable[[int, str], None]  # called with the newest event's number and hash after each act

    @property
    def address(self) -> str:
        """Return where it lies, without a password: what tells it from any other."""

    def close(self) -> None:
        """Let go of it."""

    def reading(self) -> AbstractContextManager[Cursor]:
        """Give a cursor that sees one state of the data until the block ends.

        Raises:
            StoreBrokenError: the database refused the query.
        """

    def writing(self) -> AbstractContextManager[Cursor]:
        """Give a cursor whose work is kept when the block ends.

        Raises:
            StoreBrokenError: the database refused the work, or kept none of it.
        """

    def newest(self) -> tuple[int, str]:
        """Return the newest event's number and hash as the database knows them now; 0 and ``""`` where there is none.

        The hash names all that was ever kept: as long as it stays the same, so do all answers.
        """

    def gone(self) -> str:
        """Say that its file was taken away or replaced since it was opened; ``""``: it was not, or it has no file."""

    def size(self) -> int:
        """Return how many bytes it takes."""

    def log(self) -> tuple[int, int] | None:
        """Tell how the log stands that is to be folded (moment, bytes); None where there is none."""

    def fold(self) -> bool:
        """Fold the log into the database's own file; tell whether there was one."""

    def copy(self, target: Path) -> None:
        """Write all that is kept into a new DuckDB file, as it stands at one moment.

        Raises:
            StoreBrokenError: the copy could not be made, or lacks the newest event.
            OSError: the folder takes no file.
        """

    def write_views(self, views: Iterable[str], target: Path) -> None:
        """Write what some views say as the tables of a DuckDB file, in the place of the last one.

        Raises:
            StoreBrokenError: it could not be made.
            OSError: the file could not be put in its place.
        """


def nobody(_number: int, _chain: str) -> None:
    """Note the newest event nowhere else."""
