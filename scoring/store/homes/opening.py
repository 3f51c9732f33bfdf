"""The database at an address, whichever engine keeps it."""

from __future__ import annotations

import os
from pathlib import Path

from scoring.store import publications
from scoring.store.homes.database import Address, Database
from scoring.store.homes.duckdb_file import DuckdbFile
from scoring.store.homes.postgres_server import PostgresServer, plain_address


def open_database(address: Address) -> Database:
    """Open the database at an address, made where there is none, and bring it to the present schema.

    Raises:
        StoreBusyError: another process holds the file.
        StoreBrokenError: it is no database of ours, was made by a newer program, or cannot be read.
    """
    database = DuckdbFile(_real(address)) if isinstance(address, Path) else PostgresServer(address)
    try:
        _keep_calendars(database)
    except BaseException:
        database.close()
        raise
    return database


def address_of(address: Address) -> str:
    """Return what ``Database.address`` will be, without opening it."""
    return str(_real(address)) if isinstance(address, Path) else plain_address(address)


def is_absent(address: Address) -> bool:
    """Tell whether it is a file and not there; False too where that cannot be seen."""
    if not isinstance(address, Path):
        return False
    try:
        address.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False


def _real(path: Path) -> Path:
    """Return the path without links; one that leads to itself is left to whoever opens it."""
    return Path(os.path.realpath(path))


def _keep_calendars(database: Database) -> None:
    """Give final boards of earlier versions the calendar that is known today, so that no later one changes them."""
    with database.reading() as cursor:
        lacking = publications.lack_calendars(cursor)
    if lacking:
        with database.writing() as writer:
            publications.keep_calendars(writer)
