"""The papers of a board by their files' names: what is handed out, and what is kept with a final board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from scoring.documents.bulletin import bulletin_docx
from scoring.documents.scores import scores_xlsx
from scoring.documents.unit_sheets import unit_sheets_docx
from scoring.model.boards import Board
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook

Paper = Callable[[Board, Rulebook, Publication | None], bytes]


def _all_sheets(board: Board, rulebook: Rulebook, receipt: Publication | None) -> bytes:
    return unit_sheets_docx(board, rulebook, None, receipt)


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {"通报.docx": bulletin_docx, "得分表.xlsx": scores_xlsx, "一县一单.docx": _all_sheets}
)


def all_papers(board: Board, rulebook: Rulebook, receipt: Publication | None) -> dict[str, bytes]:
    """Return all papers of a board by their files' names; without a receipt they are marked 草稿."""
    return {name: make(board, rulebook, receipt) for name, make in PAPERS.items()}
