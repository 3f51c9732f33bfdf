"""A database on a PostgreSQL server: a few connections, handed out one for each transaction, to any number of processes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import StrDumper
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from scoring.calendar.clock import now, to_column
from scoring.model.columns import Column
from scoring.store.errors import LostWorkError, RefusedError, StoreBrokenError
from scoring.store.homes.database import Row, nobody
from scoring.store.homes.duckdb_file import DuckdbFile
from scoring.store.homes.moving import move_tables
from scoring.store.homes.postgres_dialect import from_columns, to_columns, translated
from scoring.store.homes.postgres_faults import MEANINGS, UNREACHABLE, meaning
from scoring.store.homes.schema import steps_left
from scoring.store.queries import POSTGRESQL, query

Connection: TypeAlias = psycopg.Connection[Row]
CONNECTIONS = 8  # of one process; a page holds one for milliseconds
WRITERS = 20231227  # the number of the lock under which everything is written, in all processes
PATIENCE = 60  # seconds to wait for another writer
OPENING = 10  # seconds to wait for a connection
AGAIN = 2  # seconds to see whether the server is there at all
logging.getLogger("psycopg.pool").addHandler(
    logging.NullHandler()
)  # what the command line has to say, it says in Chinese
OLDEST = 15  # version of PostgreSQL
SETTINGS = (
    f"SET lock_timeout = '{PATIENCE}s'",
    "SET idle_in_transaction_session_timeout = '5min'",  # a server that is gone keeps nobody else from writing
    "SET client_connection_check_interval = '10s'",
    "SET timezone = 'UTC'",
)
KEEPING = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class PostgresCursor:
    """Run the store's statements in one transaction. It has state because a cursor keeps its result."""

    rows_apart = 0

    def __init__(self, cursor: psycopg.Cursor[Row]) -> None:
        self._cursor = cursor

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> PostgresCursor:
        """Run one statement."""
        self._cursor.execute(translated(statement), to_columns(parameters) or None, binary=True)
        return self

    def fetchone(self) -> Row | None:
        """Return the next row; None where there is no further one."""
        row = self._cursor.fetchone()
        return row and from_columns([row])[0]

    def fetchmany(self, size: int) -> list[Row]:
        """Return the next rows, at most so many."""
        return from_columns(self._cursor.fetchmany(size))

    def fetchall(self) -> list[Row]:
        """Return the remaining rows."""
        return from_columns(self._cursor.fetchall())

    def fetch_columns(self, at_once: int) -> Iterator[list[Column[Any]]]:
        """Yield the rows as columns, so many rows at a time."""
        while rows := self.fetchmany(at_once):
            yield [Column.of(column) for column in zip(*rows, strict=True)]

    def script(self, text: str) -> None:
        """Run several statements, which take no parameters."""
        self._cursor.execute(text)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns of the last statement."""
        return tuple(column.name for column in self._cursor.description or ())

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table by ``COPY``."""
        if not rows:
            return
        with self._cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            for row in rows:
                copy.write_row(to_columns(row))


class PostgresServer:
    """Hold this process's connections to one database.

    It has state because connections are kept open. A reader sees one state of the data throughout (``REPEATABLE
    READ``); writers of all processes go one by one under a lock of the database, which ends with their transaction or
    their connection. One writer of this process asks for it at a time, so that readers always find a connection.
    """

    def __init__(self, url: str) -> None:
        self.after_keeping: Callable[[int, str], None] = nobody  # called with the newest event's number and hash
        self._url, self._address = url, plain_address(url)
        self._lock = threading.RLock()
        self._seen = 0  # number of the newest event that this process knows of
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            url,
            connection_class=psycopg.Connection[Row],
            kwargs={"autocommit": True, "cursor_factory": psycopg.RawCursor, **KEEPING},
            min_size=1,
            max_size=CONNECTIONS,
            open=False,
            configure=_configure,
            check=ConnectionPool.check_connection,
            timeout=OPENING,
        )
        try:
            _try_once(url, self._address, OPENING)
            self._pool.open()
            self._migrate()
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """Return the address without user and password."""
        return self._address

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    @contextmanager
    def reading(self) -> Iterator[PostgresCursor]:
        """Give a cursor that sees one state of the data until the block ends.

        Raises:
            StoreBrokenError: the database refused the query, or cannot be reached.
        """
        with self._connection() as connection, connection.cursor() as cursor:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield PostgresCursor(cursor)
            finally:
                _roll_back(connection)

    @contextmanager
    def writing(self) -> Iterator[PostgresCursor]:
        """Give a cursor whose work is kept as a whole when the block ends, and not at all where anything interrupts it.

        Raises:
            StoreBrokenError: the database refused the work, kept none of it, or cannot be reached.
        """
        with self._lock, self._connection() as connection, connection.cursor() as cursor:
            connection.execute("BEGIN")
            try:
                connection.execute(f"SELECT pg_advisory_xact_lock({WRITERS})")
                if self._seen:  # of an empty database nothing was seen
                    self._in_order(connection)
                yield PostgresCursor(cursor)
                newest = _newest(connection)
                if connection.execute("COMMIT").statusmessage != "COMMIT":
                    raise StoreBrokenError(f"数据库 {self._address} 没有保存本次操作，请再试一次。")
            except BaseException:
                _roll_back(connection)
                raise
        self._seen = max(self._seen, newest[0])
        if newest[0]:
            self.after_keeping(*newest)

    def newest(self) -> tuple[int, str]:
        """Return the newest event's number and hash, whichever process entered it; 0 and ``""`` where there is none."""
        with self._connection() as connection:
            return self._in_order(connection)

    def gone(self) -> str:
        """Return ``""``: the server looks after its files."""
        return ""

    def size(self) -> int:
        """Return how many bytes the database takes on its server."""
        with self._connection() as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0

    def log(self) -> tuple[int, int] | None:
        """Return None: the server looks after its log."""

    def fold(self) -> bool:
        """Return False: the server looks after its log."""
        return False

    def write_views(self, _views: Iterable[str], _target: Path) -> None:
        """Refuse: other tools ask the server.

        Raises:
            RefusedError: always.
        """
        raise RefusedError("数据库在 PostgreSQL 上，其他工具请用只读账号直接连接。")

    def copy(self, target: Path) -> None:
        """Write all that is kept into a new DuckDB file, as it stands at one moment."""
        draft = target.with_name(f"copy_{uuid4().hex}.duckdb")
        try:
            with self.reading() as there, closing(DuckdbFile(draft)) as file, file.writing() as here:
                move_tables(there, here)
            with closing(DuckdbFile(draft)) as file:
                file.fold()
            draft.replace(target)
        finally:
            for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
                leftover.unlink(missing_ok=True)

    def _in_order(self, connection: Connection) -> tuple[int, str]:
        """Return the newest event, which is never an earlier one than this process has seen.

        Raises:
            LostWorkError: the database was set back since.
        """
        seen = self._seen  # before the question: others may enter events meanwhile
        newest = _newest(connection)
        if newest[0] < seen:
            raise LostWorkError(
                f"数据库 {self._address} 里最新的是第 {newest[0]} 条记录，而本系统已经看到过第 {seen} 条：它在系统运行时被退回到旧的状态。"
                "请停下系统，检查数据库，再重新启动。"
            )
        self._seen = max(self._seen, newest[0])
        return newest

    def _migrate(self) -> None:
        """Bring the schema to the present version, as a whole or not at all, one process at a time."""
        with self.writing() as cursor:
            (coding,) = cursor.execute("SHOW server_encoding").fetchone() or ("",)
            if coding != "UTF8":
                raise StoreBrokenError(f"数据库 {self._address} 的编码是 {coding}，请建一个 UTF8 编码的数据库。")
            left = steps_left(cursor)
            if left and left[0][0] == 1:
                cursor.script((POSTGRESQL / "before.sql").read_text(encoding="utf-8"))
            for version, path in left:
                cursor.script(translated(path.read_text(encoding="utf-8")))
                cursor.execute(query("insert_schema_version"), [version, path.name, to_column(now())])
            if left:
                cursor.script((POSTGRESQL / "after.sql").read_text(encoding="utf-8"))

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Lend a connection, and turn the engine's errors into ours."""
        try:
            with self._pool.connection() as connection:
                yield connection
        except PoolClosed as error:
            raise RefusedError(f"数据库 {self._address} 已经关闭。") from error
        except PoolTimeout as error:
            _try_once(self._url, self._address, AGAIN)  # a server that is away is no busy one
            raise StoreBrokenError(meaning(error, self._address)) from error
        except psycopg.Error as error:
            raise StoreBrokenError(meaning(error, self._address)) from error


def plain_address(url: str) -> str:
    """Return an address without user and password.

    Raises:
        StoreBrokenError: it is no address.
    """
    try:
        named = conninfo_to_dict(url if url.startswith(("postgresql://", "postgres://")) else "://")
    except psycopg.ProgrammingError as error:
        raise StoreBrokenError(
            "命令或 KUNMING_ASSESSMENT_DATABASE 里写的不是 PostgreSQL 地址，应写成 postgresql://用户:密码@服务器:5432/库名。"
        ) from error
    port = f":{named['port']}" if "port" in named else ""
    return f"postgresql://{named.get('host', '')}{port}/{named.get('dbname', '')}"


def _configure(connection: Connection) -> None:
    """Prepare a new connection."""
    connection.adapters.register_dumper(str, StrDumper)  # said to be text, so that no statement has to guess
    for setting in SETTINGS:
        connection.execute(setting)


def _try_once(url: str, address: str, patience: int) -> None:
    """Connect once, so that what is wrong is said at once and by its name.

    Raises:
        StoreBrokenError: the server is not there, lets nobody in, or is older than 15.
    """
    try:
        with psycopg.connect(url, connect_timeout=patience, autocommit=True) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        trouble = meaning(error, address) if error.sqlstate else f"数据库 {address}：{_why(error)}"
        raise StoreBrokenError(trouble) from error
    if version < OLDEST:
        raise StoreBrokenError(f"数据库服务器是 PostgreSQL {version}，请用 {OLDEST} 或更新的版本。")


def _why(error: psycopg.OperationalError) -> str:
    """Say why nobody is let in; libpq tells it in words only, in English where the server's messages are."""
    text = str(error)
    for code, words in (("28", ("authentication failed", "no password supplied")), ("3D000", ("does not exist",))):
        if any(word in text for word in words):
            return dict(MEANINGS)[code]
    return UNREACHABLE


def _newest(connection: Connection) -> tuple[int, str]:
    row = connection.execute(query("last_event")).fetchone()
    return (int(row[0]), str(row[2])) if row else (0, "")


def _roll_back(connection: Connection) -> None:
    """Undo what was done since ``BEGIN``; nothing to undo, or a connection that is gone, is no error."""
    with suppress(psycopg.Error):
        connection.execute("ROLLBACK")
