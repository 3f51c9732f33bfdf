"""Give a workbook back with its problems marked: coloured cells, comments, and a first sheet that lists them.

The sender's own file is changed where it must be and nowhere else: its parts are edited in place, so that values, stored
results, formats, merges, pictures, charts and macros stay as they are. What is no .xlsx comes back as one, written anew
from the cells that were read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

from scoring.files.cells import Merge, Workbook
from scoring.files.formats.office_xml import read_office_book
from scoring.files.gate import FileKind, kind_of, open_package
from scoring.files.refusal import RefusedError
from scoring.files.workbook import workbook_of
from scoring.ledger.marking.cells import Place, colour, place_of, shown_place
from scoring.ledger.marking.comments import comment
from scoring.ledger.marking.fresh_copy import copied
from scoring.ledger.marking.package import Parts
from scoring.ledger.marking.problem_sheet import LEVELS, put_list_first
from scoring.ledger.marking.styles import Styles
from scoring.problems import Problem, Severity

COMMENT_LENGTH = 1_000
# the sheet that is in front: <sheetView tabSelected="1"
SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?) tabSelected="(?:1|true)"')
HEAD = 20_000


def marked_copy(data: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """Return the workbook as .xlsx (with its macros, if it has any) with the problems marked and listed. A job of the room.

    A file that was refused whole has no cells to mark: it comes back as the list of problems alone.
    """
    try:
        workbook = workbook_of(data, name)
    except RefusedError:
        return problem_list(b"", problems)
    if kind_of(data) is FileKind.XLSX:
        try:
            return _marked(data, workbook, problems)
        except MemoryError:
            raise
        except Exception:  # noqa: S110  its parts are too unusual to be edited: its cells can still be written anew
            pass
    return _marked(copied(workbook), workbook, problems)


def problem_list(_: bytes, problems: Sequence[Problem]) -> bytes:
    """Return a workbook that holds the list of problems and nothing of the sender's. A job of the room."""
    return _marked(_empty(), None, problems)


def _empty() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("原件未能读取")
    return target.getvalue()


def _marked(data: bytes, workbook: Workbook | None, problems: Sequence[Problem]) -> bytes:
    parts = Parts(data)
    styles = Styles(parts)
    sheets = {sheet.name: sheet for sheet in workbook.sheets} if workbook else {}
    for listed in read_office_book(open_package(data)).sheets:
        parts.put(listed.part, _unselected(parts.raw(listed.part)))
        here = [problem for problem in problems if problem.sheet == listed.name]
        if listed.name in sheets and here:
            places = _places(here, sheets[listed.name].merges)
            colour(parts.tree(listed.part), {place: _worst(severities) for place, severities in places.items()}, styles)
            comment(parts, listed.part, {place: _words(severities) for place, severities in places.items()})
    put_list_first(parts, problems, styles)
    return parts.packed()


def _unselected(part: bytes) -> bytes:
    """Take the selection off a sheet: two selected sheets are a group, and typing into one would change both."""
    return SELECTED.sub(rb"\1", part[:HEAD]) + part[HEAD:]


def _places(problems: Iterable[Problem], merges: Sequence[Merge]) -> dict[Place, list[Problem]]:
    by_place: dict[Place, list[Problem]] = {}
    for problem in problems:
        place = place_of(problem.cell)
        if place is not None:
            by_place.setdefault(shown_place(place, merges), []).append(problem)
    return by_place


def _worst(problems: Sequence[Problem]) -> Severity:
    return Severity.ERROR if any(problem.severity is Severity.ERROR for problem in problems) else Severity.WARNING


def _words(problems: Sequence[Problem]) -> str:
    return "\n".join(f"【{LEVELS[problem.severity]}】{problem.message}" for problem in problems)[:COMMENT_LENGTH]
