"""A database in a DuckDB file: opened, locked down, brought to the present schema, and handed out by cursors."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import duckdb

from scoring.calendar.clock import now, to_column
from scoring.store.errors import LostWorkError, RefusedError, StoreBrokenError, StoreBusyError
from scoring.store.homes.database import nobody
from scoring.store.homes.duckdb_copies import attach, copy_views, copy_whole, quoted
from scoring.store.homes.duckdb_cursor import DuckdbCursor
from scoring.store.homes.duckdb_faults import meaning
from scoring.store.homes.schema import steps_left
from scoring.store.queries import query
from scoring.words.system import why

NAME = "assessment"  # of the attached file
# the process that holds the file, in the message of DuckDB: (PID 4711)
HOLDER = re.compile(r"\(PID (\d+)\)")
FOLDING_ROOM = 16 * 1024 * 1024  # bytes that must be free beside twice the log: a fold that fails ends the connection
HELD = ("conflicting lock", "already open", "used by another process", "could not set lock")


class DuckdbFile:
    """Hold the process's connection to one database file, and the lock under which everything is written.

    It has state because DuckDB lets one process hold a file, once. A connection shared by threads mixes up their
    results, so each call works on a cursor of its own, inside one transaction: a reader sees one state of the data
    throughout. Snapshots allow two writers to take the same number, so writers go one by one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.after_keeping: Callable[[int, str], None] = nobody  # called with the newest event's number and hash
        self._inserts: dict[str, str] = {}
        self._lock = threading.RLock()
        self._connection = _connect(path)
        try:
            _migrate(self._connection)
            _lock_down(self._connection, self.exchange)
            self._newest = _newest(self._connection)
            self._opened = _identity(path)
        except BaseException:
            self._connection.close()
            raise

    @property
    def address(self) -> str:
        """Return the file's path."""
        return str(self.path)

    @property
    def exchange(self) -> Path:
        """Return the only folder, apart from the database's own file, that the database may write to."""
        return self.path.parent / "backup"

    def close(self) -> None:
        """Close the file; afterwards another process may open it."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[DuckdbCursor]:
        """Give a cursor that sees one state of the data until the block ends.

        Raises:
            StoreBrokenError: the database refused the query.
        """
        with _translated(self.path), self._cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield DuckdbCursor(cursor, self._inserts)
            finally:
                _roll_back(cursor)

    @contextmanager
    def writing(self) -> Iterator[DuckdbCursor]:
        """Give a cursor whose work is kept as a whole when the block ends, and not at all where anything interrupts it.

        A rerun of a page interrupts with an exception that is no ``Exception``; hence ``BaseException``.

        Raises:
            StoreBrokenError: the database refused the work, or kept none of it.
            LostWorkError: the file was taken away: what is written now would be lost with it.
        """
        with self._lock, _translated(self.path), self._cursor() as cursor:
            if why := self.gone():
                raise LostWorkError(f"没有保存任何内容。{why}")
            cursor.execute("BEGIN")
            try:
                yield DuckdbCursor(cursor, self._inserts)
                cursor.execute("COMMIT")
            except BaseException:
                _roll_back(cursor)
                raise
            self._newest = _newest(cursor)
            if self._newest[0]:
                self.after_keeping(*self._newest)

    def newest(self) -> tuple[int, str]:
        """Return the newest event's number and hash; 0 and ``""`` where there is none.

        Nobody but this process can have written to the file, so it is read after each act and not for each question.
        """
        return self._newest

    def gone(self) -> str:
        """Say that the file was taken away or replaced since it was opened; ``""``: it was not.

        The system keeps what was opened until it is closed, so all that was kept can still be read and backed up.
        """
        if _identity(self.path) == self._opened:
            return ""
        return (
            f"数据库文件 {self.path} 在系统运行时被删除或换掉了。以前保存的内容还读得到：先不要停下系统，到“报送与版本 › 系统状态”"
            "立即备份；再停下系统，移走现在的文件，用这份备份恢复（python -m scoring restore）。"
        )

    def size(self) -> int:
        """Return the file's bytes."""
        return self.path.stat().st_size if self.path.exists() else 0

    def log(self) -> tuple[int, int] | None:
        """Return when the ``.wal`` was changed last (nanoseconds) and its bytes; None where there is none."""
        log = self.path.with_name(f"{self.path.name}.wal")
        return (log.stat().st_mtime_ns, log.stat().st_size) if log.exists() else None

    def fold(self) -> bool:
        """Fold the log into the file itself; tell whether there was one. It costs the more, the larger the file is."""
        _, size = self.log() or (0, 0)
        if not size or shutil.disk_usage(self.path.parent).free < 2 * size + FOLDING_ROOM:
            return False
        with self._outside() as cursor, suppress(duckdb.TransactionException):
            cursor.execute("CHECKPOINT")
        return True

    def copy(self, target: Path) -> None:
        """Write all that is kept into a new file, as it stands at one moment."""
        with self._outside() as cursor:
            copy_whole(cursor, self.exchange, target)

    def write_views(self, views: Iterable[str], target: Path) -> None:
        """Write what some views say as the tables of a file, in the place of the last one."""
        with self._outside() as cursor:
            copy_views(cursor, self.exchange, views, target)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that stands in the file; it does not inherit that."""
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(f"USE {NAME}")
            yield cursor

    @contextmanager
    def _outside(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor without a transaction, one at a time, for work that spans two databases."""
        with self._lock, _translated(self.path), self._cursor() as cursor:
            yield cursor


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell one file from another, whatever its name; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file, made with its folder on first start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect()
        attach(connection, path, NAME)
        connection.execute(f"USE {NAME}")
        return connection
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and any(word in str(error).lower() for word in HELD):
            holder = HOLDER.search(str(error))
            raise StoreBusyError(path, int(holder.group(1)) if holder else None) from error
        raise StoreBrokenError(meaning(error, path)) from error
    except OSError as error:
        raise StoreBrokenError(f"数据库文件夹 {path.parent} 不能使用：{why(error)}。") from error


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema to the present version, each step whole or not at all."""
    with _translated(Path("schema")):
        for version, path in steps_left(DuckdbCursor(connection, {})):
            _apply(connection, version, path)


def _apply(connection: duckdb.DuckDBPyConnection, version: int, path: Path) -> None:
    """Run one file of the schema and note its version."""
    connection.execute("BEGIN")
    try:
        connection.execute(path.read_text(encoding="utf-8"))
        connection.execute(query("insert_schema_version"), [version, path.name, to_column(now())])
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _lock_down(connection: duckdb.DuckDBPyConnection, exchange: Path) -> None:
    """Keep the database from files, extensions and the program's own variables, for good."""
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        f"allowed_directories = [{quoted(exchange)}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def _newest(cursor: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    row = cursor.execute(query("last_event")).fetchone()
    return (int(row[0]), str(row[2])) if row else (0, "")


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """Undo what the cursor has done since ``BEGIN``; nothing to undo is no error."""
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn the database's own errors into ours."""
    try:
        yield
    except duckdb.ConnectionException as error:
        raise RefusedError(f"数据库 {path.name} 已经关闭。") from error
    except duckdb.Error as error:
        raise StoreBrokenError(meaning(error, path)) from error
