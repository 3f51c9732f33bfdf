from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.model.boards import Board
from scoring.rulebook.read import load_rulebook
from scoring.store import Store, open_store
from tests.documents.boards import sample_board


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data" / "water.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def board() -> Board:
    return sample_board(load_rulebook())
