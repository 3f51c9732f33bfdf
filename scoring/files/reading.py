"""Read a workbook in the sealed room: what comes back is cells with addresses, or one problem that says why not."""

from __future__ import annotations

from scoring.files import limits
from scoring.files.cells import Workbook
from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room.room import room
from scoring.model.evidence import CellRef
from scoring.problems import CATALOGUE, Problem


def read_workbook(data: bytes, name: str) -> Workbook | Problem:
    """Read a workbook of any of the known kinds, judged by its bytes; ``name`` is only for messages.

    Returns the cells of all its worksheets, hidden ones too, or the one problem for which the file is refused whole.
    """
    try:
        if len(data) > limits.FILE_BYTES:
            raise RefusedError("file-too-large", f"{limits.FILE_BYTES // 1_000_000} MB")
        workbook = room().ask("read-workbook", data, name)
        if not isinstance(workbook, Workbook):
            raise RefusedError(UNREADABLE_SAFELY)
        return workbook
    except RefusedError as refusal:
        return problem_of(refusal, name)


def problem_of(refusal: RefusedError, name: str) -> Problem:
    """Return the problem that says why a file is refused."""
    kind = CATALOGUE.get(refusal.reason, CATALOGUE[UNREADABLE_SAFELY])
    return kind.at(CellRef(name, "", ""), refusal.detail, detail=refusal.detail)
