"""The one connection of this process: opened, locked down, brought to the present schema, and handed out by cursors."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import duckdb

from scoring.calendar.clock import now, to_column
from scoring.store.errors import RefusedError, StoreBrokenError, StoreBusyError
from scoring.store.homes.duckdb_faults import meaning
from scoring.store.queries import migrations, query

HOLDER = re.compile(r"\(PID (\d+)\)")
FOLDING_ROOM = 16 * 1024 * 1024  # bytes that must be free beside twice the log: a fold that fails ends the connection
HELD = ("conflicting lock", "already open", "used by another process", "could not set lock")


class Database:
    """Hold the process's connection to one database file, and the lock under which everything is written.

    It has state because DuckDB lets one process hold a file, once. A connection shared by threads mixes up their
    results, so each call works on a cursor of its own, inside one transaction: a reader sees one state of the data
    throughout. Snapshots allow two writers to take the same number, so writers go one by one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writes = 0  # how often something was kept: as long as it stays the same, so do all answers
        self.after_keeping: Callable[[int, str], None] = _tell_nobody  # called with the newest event's number and hash
        self._lock = threading.RLock()
        self._connection = _connect(path)
        try:
            _migrate(self._connection)
            _lock_down(self._connection, self.exchange)
        except BaseException:
            self._connection.close()
            raise

    @property
    def exchange(self) -> Path:
        """Return the only folder, apart from the database's own file, that the database may write to."""
        return self.path.parent / "backup"

    def close(self) -> None:
        """Close the file; afterwards another process may open it."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that sees one state of the data until the block ends.

        Raises:
            StoreBrokenError: the database refused the query.
        """
        with _translated(self.path), closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
            finally:
                _roll_back(cursor)

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor whose work is kept as a whole when the block ends, and not at all where anything interrupts it.

        A rerun of a page interrupts with an exception that is no ``Exception``; hence ``BaseException``.

        Raises:
            StoreBrokenError: the database refused the work, or kept none of it.
        """
        with self._lock, _translated(self.path), closing(self._connection.cursor()) as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                self.writes += 1
            newest = cursor.execute(query("last_event")).fetchone()
            if newest:
                self.after_keeping(newest[0], newest[2])

    def fold(self) -> bool:
        """Fold the log into the file itself; tell whether there was one. It costs the more, the larger the file is."""
        log = self.path.with_name(f"{self.path.name}.wal")
        size = log.stat().st_size if log.exists() else 0
        if not size or shutil.disk_usage(self.path.parent).free < 2 * size + FOLDING_ROOM:
            return False
        with self.outside() as cursor, suppress(duckdb.TransactionException):
            cursor.execute("CHECKPOINT")
        return True

    @contextmanager
    def outside(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor without a transaction, one at a time, for work that spans two databases."""
        with self._lock, _translated(self.path), closing(self._connection.cursor()) as cursor:
            yield cursor


def schema_version(cursor: duckdb.DuckDBPyConnection) -> int:
    """Return the version of the schema; 0 is an empty database.

    Raises:
        StoreBrokenError: it is a database of something else.
    """
    tables = {name for (name,) in cursor.execute(query("table_names")).fetchall()}
    if not tables:
        return 0
    if "schema_versions" not in tables:
        raise StoreBrokenError("这个数据库文件不是本系统建立的，不能打开。请换一个位置，或把它移走。")
    row = cursor.execute(query("schema_version")).fetchone()
    return int(row[0]) if row else 0


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file, made with its folder on first start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and any(word in str(error).lower() for word in HELD):
            holder = HOLDER.search(str(error))
            raise StoreBusyError(path, int(holder.group(1)) if holder else None) from error
        raise StoreBrokenError(meaning(error, path) or f"数据库 {path.name} 打不开：{error}") from error
    except OSError as error:
        raise StoreBrokenError(f"数据库文件夹 {path.parent} 不能使用：{error.strerror}。") from error


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema to the present version, each step whole or not at all."""
    with _translated(Path("schema")):
        present, known = schema_version(connection), migrations()
        if present > known[-1][0]:
            raise StoreBrokenError(
                f"数据库由更新版本的程序建立（结构版本 {present}，本程序只到 {known[-1][0]}），请升级程序。"
            )
        for version, path in known:
            if version > present:
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


def _tell_nobody(_number: int, _chain: str) -> None:
    """Note the newest event nowhere else."""


def quoted(path: Path) -> str:
    """Write a path as an SQL text, for the few statements that take no parameters."""
    return "'" + str(path.resolve()).replace("'", "''") + "'"


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
        said = meaning(error, path) or f"数据库 {path.name} 出错，本次操作没有保存：{error}"
        raise StoreBrokenError(said) from error
