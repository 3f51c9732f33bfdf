"""The database at an address, whichever engine keeps it."""

from __future__ import annotations

from pathlib import Path

from scoring.store.homes.database import Address, Database
from scoring.store.homes.duckdb_file import DuckdbFile
from scoring.store.homes.postgres_server import PostgresServer, is_url, plain_address


def open_database(address: Address) -> Database:
    """Open the database at an address, made where there is none, and bring it to the present schema.

    Raises:
        StoreBusyError: another process holds the file.
        StoreBrokenError: it is no database of ours, was made by a newer program, or cannot be read.
    """
    return PostgresServer(str(address)) if is_url(address) else DuckdbFile(Path(address).resolve())


def address_of(address: Address) -> str:
    """Return what ``Database.address`` will be, without opening it."""
    return plain_address(str(address)) if is_url(address) else str(Path(address).resolve())
