from __future__ import annotations

import pytest

from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from tests.documents.boards import receipt_for, sample_board


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def board(rulebook: Rulebook) -> Board:
    return sample_board(rulebook)


@pytest.fixture(scope="session")
def receipt(board: Board) -> Publication:
    return receipt_for(board)
