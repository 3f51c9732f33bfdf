from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import psycopg
import pytest

from scoring.model.boards import Board
from scoring.rulebook.read import load_rulebook
from scoring.store import Store, open_store
from scoring.store.homes.database import Address
from tests.documents.boards import sample_board
from tests.postgres import Server, running_server
from tests.store.empty import empty_file

HOMES = ("duckdb", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as running:
        yield running


@dataclass(frozen=True)
class Site:
    """Where a database lies, and the ways to it: through the store, and past it as a stranger."""

    address: Address

    def open(self) -> Store:
        return open_store(self.address)

    def meddle(self, sql: str) -> None:
        """Run statements as somebody who goes past the store; it must be closed."""
        if isinstance(self.address, Path):
            with closing(duckdb.connect(str(self.address))) as file:
                file.execute(sql)
        else:
            with closing(psycopg.connect(self.address, autocommit=True)) as connection:
                connection.execute(sql.replace("::BLOB", "::BYTEA").encode())


@pytest.fixture(scope="session", params=HOMES)
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Make new sites for databases, in each of the homes; one may begin as a copy of another, which must be closed."""
    if request.param == "duckdb":

        def new_file(like: Site | None = None) -> Site:
            path = tmp_path_factory.mktemp("data") / "data" / "water.duckdb"
            if like:
                shutil.copytree(Path(like.address).parent, path.parent)
                return Site(path)
            return Site(empty_file(path))

        return new_file
    server: Server = request.getfixturevalue("server")
    return lambda like=None: Site(server.new(urlsplit(like.address).path[1:]) if like else server.new())


@pytest.fixture
def site(sites: Callable[..., Site]) -> Site:
    """Return a new site for a database, in each of the homes."""
    return sites()


@pytest.fixture
def store(site: Site) -> Iterator[Store]:
    """Open a new database, in each of the homes."""
    opened = site.open()
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """Open a new DuckDB file."""
    opened = open_store(empty_file(tmp_path / "data" / "water.duckdb"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def board() -> Board:
    return sample_board(load_rulebook())
