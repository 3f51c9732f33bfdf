"""The database at an address, whichever engine keeps it."""

from __future__ import annotations

from pathlib import Path

from scoring.store import publications
from scoring.store.homes.database import Address, Database
from scoring.store.homes.duckdb_file import DuckdbFile
from scoring.store.homes.postgres_server import PostgresServer, is_url, plain_address


def open_database(address: Address) -> Database:
    """Open the database at an address, made where there is none, and bring it to the present schema.

    Raises:
        StoreBusyError: another process holds the file.
        StoreBrokenError: it is no database of ours, was made by a newer program, or cannot be read.
    """
    database = PostgresServer(str(address)) if is_url(address) else DuckdbFile(Path(address).resolve())
    try:
        _keep_calendars(database)
    except BaseException:
        database.close()
        raise
    return database


def address_of(address: Address) -> str:
    """Return what ``Database.address`` will be, without opening it."""
    return plain_address(str(address)) if is_url(address) else str(Path(address).resolve())


def _keep_calendars(database: Database) -> None:
    """Give final boards of earlier versions the calendar that is known today, so that no later one changes them."""
    with database.reading() as cursor:
        lacking = publications.lack_calendars(cursor)
    if lacking:
        with database.writing() as writer:
            publications.keep_calendars(writer)
