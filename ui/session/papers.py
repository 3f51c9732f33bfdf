"""The papers of a board: made once, the key names the board, its rules and its receipt; those of final boards are kept."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from scoring.documents.papers import PAPERS
from scoring.model.board_json import board_to_json
from scoring.model.boards import Board
from scoring.model.notices import Notice
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook
from scoring.store import Store
from ui.session.cache import keep
from ui.session.desk import Desk


@st.cache_data(max_entries=12, show_spinner=False)
def _paper(
    name: str,
    board: str,
    rules_hash: str,
    beside: str,
    _parts: tuple[Board, Rulebook, Publication | None, Notice | None],
) -> bytes:
    return PAPERS[name](*_parts)


def paper(
    name: str, board: Board, rulebook: Rulebook, receipt: Publication | None, notice: Notice | None = None
) -> bytes:
    """Return a board's paper by its file's name, made by this program; without a receipt it is a draft.

    ``notice`` is what a draft says beside its board.
    """
    key = sha256(board_to_json(board).encode()).hexdigest()
    return _paper(name, key, rulebook.rules_hash, repr((receipt, notice)), (board, rulebook, receipt, notice))


def kept_papers(desk: Desk, number: str) -> dict[str, bytes]:
    """Return the papers that were kept with a final board; empty where it was published before papers were kept."""
    return _kept_papers(desk.store, number)


@keep(4)
def _kept_papers(store: Store, number: str) -> dict[str, bytes]:
    return store.published_papers(number)
