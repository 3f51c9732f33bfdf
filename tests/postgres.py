"""A PostgreSQL server of the tests' own: started in a folder and on a port of its own, one for each test process."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from scoring.store.homes.opening import open_database
from tests.browser.server import free_port

OWNER = "postgres"  # the server refuses to run as root
TEMPLATE = "made"


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


@dataclass
class Server:
    """A running server, and the numbers of the databases made on it."""

    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, user: str = OWNER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def new(self, template: str = TEMPLATE) -> str:
        """Make a database and return its address; it holds the present schema unless another template is named."""
        name = f"water_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server, and stop it at the end; skip where none is installed, but never in CI."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no PostgreSQL is installed")
    folder = Path(tempfile.mkdtemp(prefix="postgres_"))
    as_owner = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, OWNER)
    data, server = folder / "data", Server(free_port())
    control = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-s"]
    settings = f"-F -p {server.port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    try:
        subprocess.run(
            [*as_owner, str(programs / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "-N",
             "--locale", "C.UTF-8"], check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        subprocess.run([*control, "-w", "-l", str(folder / "log"), "-o", settings, "start"], check=True, cwd=folder)
        open_database(server.new("template1")).close()
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE water_0 RENAME TO {TEMPLATE}")  # type: ignore[arg-type]
        yield server
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stranger(address: str) -> Iterator[psycopg.Connection]:
    """Give a connection that goes past the store, as an administrator with the server's own tools has it."""
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        yield connection
