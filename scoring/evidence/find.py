"""Find what lies on a workbook's sheets and shows something: every thing on its cell, whatever program put it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from scoring.evidence.embedded import OLE
from scoring.evidence.office import office_things
from scoring.evidence.old_excel import old_things
from scoring.evidence.open_document import CONTENT, document_things
from scoring.evidence.parts import opened
from scoring.files import limits
from scoring.files.cells import Sheet, Workbook
from scoring.files.gate import ZIP
from scoring.files.workbook import opened as workbook_opened
from scoring.model.evidence import CellRef, Thing
from scoring.problems import CATALOGUE

Things = dict[tuple[int, int], tuple[Thing, ...]]


def workbook_with_things(data: bytes, name: str) -> Workbook:
    """Read a workbook with everything that lies on its cells: the sealed room's job ``read-workbook``.

    Raises:
        RefusedError: the file is refused whole.
    """
    return with_things(*workbook_opened(data, name))


def with_things(data: bytes, workbook: Workbook) -> Workbook:
    """Return a workbook whose sheets know the things that lie on their cells; ``data`` are the bytes it was read from.

    More things than any honest ledger has are left where they are, and that is said.
    """
    things = list(islice(_things(data, workbook), limits.THINGS + 1))
    sheets = tuple(replace(sheet, things=_by_cell(things[: limits.THINGS], sheet)) for sheet in workbook.sheets)
    problems = workbook.problems
    if len(things) > limits.THINGS:
        whole = CellRef(workbook.name, "", "")
        problems = (*problems, CATALOGUE["evidence-too-many"].at(whole, detail=f"{limits.THINGS}"))
    names = {sheet.number: CellRef(workbook.name, sheet.name, "") for sheet in sheets}
    about = (CATALOGUE[t.code].at(names[number]) for number, thing in things if thing.row < 0 for t in thing.troubles)
    return replace(workbook, sheets=sheets, problems=(*problems, *about))


def _things(data: bytes, workbook: Workbook) -> Iterator[tuple[int, Thing]]:
    """Yield (sheet's number, thing) in the way of the file's format."""
    if data.startswith(ZIP):
        with opened(data) as parts:
            if parts is not None:
                search = document_things if parts.holds(CONTENT) else office_things
                yield from search(parts, workbook.sheets)
    elif data.startswith(OLE):
        yield from old_things(data, workbook.sheets)


def _by_cell(found: list[tuple[int, Thing]], sheet: Sheet) -> Things:
    """Return cell -> its things; the same picture twice on a cell is one."""
    cells: dict[tuple[int, int], dict[tuple[str, str | None, str], Thing]] = {}
    for number, thing in found:
        if number == sheet.number and thing.row >= 0:
            key = thing.kind.value, thing.sha256, "" if thing.sha256 else thing.name
            cells.setdefault((thing.row, thing.column), {}).setdefault(key, thing)
    return {at: tuple(things.values()) for at, things in cells.items()}
