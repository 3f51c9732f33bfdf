"""The papers of a board, made once; the key names the board, its rules and its receipt."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from scoring.documents.bulletin import bulletin_docx
from scoring.documents.scores import scores_xlsx
from scoring.documents.unit_sheets import unit_sheets_docx
from scoring.model.board_json import board_to_json
from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook


@st.cache_data(max_entries=12, show_spinner=False)
def _paper(
    kind: str, board: str, rules_hash: str, receipt: str, _parts: tuple[Board, Rulebook, Publication | None]
) -> bytes:
    if kind == "bulletin":
        return bulletin_docx(*_parts)
    if kind == "scores":
        return scores_xlsx(*_parts)
    shown, rulebook, given = _parts
    return unit_sheets_docx(shown, rulebook, None, given)


def _paper_of(kind: str, board: Board, rulebook: Rulebook, receipt: Publication | None) -> bytes:
    key = sha256(board_to_json(board).encode()).hexdigest()
    return _paper(kind, key, rulebook.fingerprint, repr(receipt), (board, rulebook, receipt))


def bulletin(board: Board, rulebook: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 通报 of a board as ``.docx``."""
    return _paper_of("bulletin", board, rulebook, receipt)


def score_table(board: Board, rulebook: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 得分表 of a board as ``.xlsx``."""
    return _paper_of("scores", board, rulebook, receipt)


def unit_sheets(board: Board, rulebook: Rulebook, receipt: Publication | None) -> bytes:
    """Return the 一县一单 of a board as ``.docx``, a page a unit."""
    return _paper_of("sheets", board, rulebook, receipt)
