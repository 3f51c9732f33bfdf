"""The papers of a board by their files' names: what is handed out, and what is kept with a final board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

from scoring.documents.archive import settle
from scoring.documents.bulletin import bulletin_docx
from scoring.documents.scores import scores_xlsx
from scoring.documents.unit_sheets import unit_sheets_docx
from scoring.model.boards import Board
from scoring.model.notices import Notice
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook

Paper = Callable[[Board, Rulebook, Publication | None, Notice | None], bytes]


def _scores(board: Board, rulebook: Rulebook, receipt: Publication | None, _notice: Notice | None) -> bytes:
    return scores_xlsx(board, rulebook, receipt)


def _all_sheets(board: Board, rulebook: Rulebook, receipt: Publication | None, _notice: Notice | None) -> bytes:
    return unit_sheets_docx(board, rulebook, None, receipt)


def _each_sheet(board: Board, rulebook: Rulebook, receipt: Publication | None, _notice: Notice | None) -> bytes:
    """Return a zip with a file for each unit, named by its full name."""
    packed = BytesIO()
    with ZipFile(packed, "w") as files:
        for card in board.cards:
            files.writestr(f"{card.unit}.docx", unit_sheets_docx(board, rulebook, (card.unit,), receipt))
    return settle(packed.getvalue())


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "通报.docx": bulletin_docx,
        "得分表.xlsx": _scores,
        "一县一单.docx": _all_sheets,
        "一县一单（每个单位一份）.zip": _each_sheet,
    }
)


def all_papers(
    board: Board, rulebook: Rulebook, receipt: Publication | None, notice: Notice | None = None
) -> dict[str, bytes]:
    """Return all papers of a board by their files' names; without a receipt they are marked 草稿.

    ``notice`` is what a draft of the 通报 says beside the board; a final one says what its receipt keeps.
    """
    return {name: make(board, rulebook, receipt, notice) for name, make in PAPERS.items()}
