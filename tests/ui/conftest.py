"""One board for all tests of what is shown: every outcome, ties, a silent unit, hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from scoring.store import locations, open_store
from tests.documents.boards import sample_board
from tests.ui.opening import started_as_the_server_does
from ui.session import cache


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def board(rulebook: Rulebook) -> Board:
    return sample_board(rulebook)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(locations.DATA_VARIABLE, str(tmp_path))
    cache.forget_boards()
    yield tmp_path
    cache.forget_boards()
    for database in tmp_path.glob("*.duckdb"):
        open_store(database).close()


@pytest.fixture(autouse=True)
def as_the_server_does() -> Iterator[None]:
    with started_as_the_server_does():
        yield
