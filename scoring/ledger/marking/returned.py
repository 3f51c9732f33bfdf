"""Let the sealed room mark a sender's workbook: its bytes are never opened in this process."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.files.refusal import RefusedError
from scoring.files.room.room import room
from scoring.problems import Problem


def marked_workbook(data: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """Return the workbook as .xlsx (with its macros, if it has any) with the problems marked and listed.

    A file that was refused whole, or that ends whoever opens it, comes back as the list of problems alone.
    """
    try:
        marked = room().ask("mark-workbook", data, name, tuple(problems))
    except RefusedError:
        marked = room().ask("list-problems", b"", tuple(problems))
    return bytes(marked)
