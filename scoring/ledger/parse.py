"""From a workbook to facts: every sheet is recognised, every row understood or reported with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from scoring.files.cells import Sheet, Workbook
from scoring.files.gc_pause import no_collecting
from scoring.files.reading import read_workbook
from scoring.ledger.rows.case_rows import READERS
from scoring.ledger.rows.clauses import NOTHING_NAMED, ClauseFinder, Named
from scoring.ledger.rows.roster_history import roster_problems
from scoring.ledger.rows.roster_rows import RosterReader
from scoring.ledger.rows.row_reader import Gathered, Reading
from scoring.ledger.rows.work_rows import WorkReader
from scoring.ledger.sheet.columns import REPORTS, ROSTER, UNIT, WORK
from scoring.ledger.sheet.labels import Said
from scoring.ledger.sheet.layout import Block, Layout, lay_out, said_above
from scoring.ledger.sheet.sender import Envelope, Sender, said_by_name
from scoring.ledger.sheet.sheet_view import Page
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem
from scoring.words.days import DayReader
from scoring.words.names import UnitIndex

__all__ = ["parse_workbook", "read_ledger", "roster_problems"]

COVER_ROWS = 40  # rows of a sheet that is no part of a ledger in which labels are looked for


def read_ledger(
    data: bytes, name: str, rulebook: Rulebook, upload: int = 0, named: Named = NOTHING_NAMED
) -> ParsedWorkbook:
    """Read a workbook's bytes into facts; a file that is no ledger is refused with its one problem.

    ``name`` is the file's name as given; it may tell the unit, the quarter and the date where no sheet does. ``upload``
    numbers the workbooks in the order in which they arrived. ``named`` are rows of 工作落实 whose clause a reviewer named.
    """
    with no_collecting():
        workbook = read_workbook(data, name)
        if isinstance(workbook, Problem):
            return ParsedWorkbook(name, Facts(), (workbook,), refused=True)
        return parse_workbook(workbook, rulebook, upload, named)


def parse_workbook(
    workbook: Workbook, rulebook: Rulebook, upload: int = 0, named: Named = NOTHING_NAMED
) -> ParsedWorkbook:
    """Turn a workbook's cells into facts and problems; nothing is guessed and nothing dropped in silence."""
    with no_collecting():
        return _parse(workbook, rulebook, upload, named)


def _parse(workbook: Workbook, rulebook: Rulebook, upload: int, named: Named) -> ParsedWorkbook:
    index = UnitIndex(rulebook)
    pages = [(Page(workbook.name, sheet)) for sheet in workbook.sheets]
    layouts = [(page, lay_out(page, index)) for page in pages]
    left_alone = tuple(page.sheet.name for page, layout in layouts if layout is None)
    if all(layout is None for _, layout in layouts):
        problem = CATALOGUE["not-a-ledger"].at(CellRef(workbook.name, "", ""))
        return ParsedWorkbook(workbook.name, Facts(), (problem,), refused=True, left_alone=left_alone)
    days = DayReader(rulebook.assessment.year, date1904=workbook.date1904)
    envelope = Envelope(rulebook, index, days, upload, said_by_name(_stem(workbook.name), index))
    for page, layout in layouts:
        said = tuple(replace(one, sheet=page.sheet.name) for one in _said_of(page, layout, index))
        envelope.sheets_said.append((page.sheet.number, said))
    into = Gathered()
    finder = ClauseFinder(rulebook, named)
    for _, layout in layouts:
        if layout is not None:
            _read_sheet(layout, envelope, finder, into)
    problems = (*workbook.problems, *_in_order(into.problems, workbook.sheets))
    return ParsedWorkbook(workbook.name, into.facts(), problems, False, left_alone, into.rows_read, into.rows_kept_out)


def _stem(name: str) -> str:
    """Return a file's base name without its ending; the folders before it say nothing."""
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return base.rpartition(".")[0] or base


def _said_of(page: Page, layout: Layout | None, index: UnitIndex) -> tuple[Said, ...]:
    """Return what a sheet says of itself, for other sheets that do not.

    A sheet that is no part of a ledger is heard where it has labels, as a cover has, or a title with unit and quarter.
    """
    if layout is not None:
        footers = [said for block in layout.blocks for said in block.footers]
        return (*layout.said, *footers)
    end = next((n for n, row in enumerate(page.rows) if n >= COVER_ROWS and row), len(page.rows))
    said = said_above(page, min(end, COVER_ROWS), index)
    if any(s.label for s in said):
        return tuple(said)
    rows = {s.row for s in said if s.what == UNIT and not s.label} & {s.row for s in said if s.what != UNIT}
    return tuple(s for s in said if s.row in rows)


def _read_sheet(layout: Layout, envelope: Envelope, finder: ClauseFinder, into: Gathered) -> None:
    page = layout.page
    if not layout.blocks:
        _without_table(layout, envelope, into)
        return
    held = False
    for block in layout.blocks:
        if block.rows or len(layout.blocks) == 1:
            held |= bool(block.rows)
            _read_block(page, block, envelope, finder, into)
    if held:
        into.problems += _about_rows(layout)


def _without_table(layout: Layout, envelope: Envelope, into: Gathered) -> None:
    """Deal with a sheet that has a ledger sheet's name and no header: empty but labelled, or not to be read."""
    page = layout.page
    if layout.stray is not None:
        into.problems.append(CATALOGUE["header-missing"].at(page.at(*layout.stray), sheet=page.sheet.name))
        return
    _read_empty(page, layout.said, layout.kind.name, envelope, into)


def _read_empty(page: Page, said: Sequence[Said], kind: str, envelope: Envelope, into: Gathered) -> None:
    """Take an empty sheet that is labelled with a unit's name as its report: there was nothing to say."""
    sender = Sender(envelope, page.sheet.number, page.whole, said, ())
    if kind in REPORTS and sender.is_labelled:
        ledger = sender.ledger()
        if ledger is not None:
            into.reported[ledger] = None
        into.problems += sender.problems


def _read_block(page: Page, block: Block, envelope: Envelope, finder: ClauseFinder, into: Gathered) -> None:
    kind = block.header.kind
    if not block.rows:
        _read_empty(page, [*block.said, *block.footers], kind.name, envelope, into)
        return
    missing = [names for names in kind.needed if not any(name in block.header.where for name in names)]
    if missing:
        at = page.at(block.header.top, min(block.header.where.values()))
        into.problems += [CATALOGUE["column-missing"].at(at, kind.title(names[0])) for names in missing]
        into.rows_kept_out += len(block.rows)
        return
    before = into.rows_read, into.rows_kept_out
    sender = Sender(envelope, page.sheet.number, page.whole, block.said, block.footers)
    reading = Reading(page, block, sender, into)
    if kind is WORK:
        WorkReader(reading, finder).read(block.rows)
    elif kind is ROSTER:
        RosterReader(reading).read(block.rows)
    else:
        READERS[kind.name](reading, block.rows)
    into.problems += sender.problems
    if before == (into.rows_read, into.rows_kept_out):
        _read_empty(page, [*block.said, *block.footers], kind.name, envelope, into)


# ------------------------------------------------------------------------------------------- hidden and marked
def _about_rows(layout: Layout) -> Iterable[Problem]:
    """Warn of a hidden sheet, of hidden rows (once a run of them), of comments and strike-through on rows read."""
    page, sheet = layout.page, layout.page.sheet
    if sheet.hidden:
        yield CATALOGUE["sheet-hidden"].at(page.whole)
    if sheet.hidden_rows or sheet.marked:
        rows = [row for block in layout.blocks for row in block.rows]
        hidden = [row for row in rows if row in sheet.hidden_rows]
        for _, run in groupby(enumerate(hidden), key=lambda pair: pair[1] - pair[0]):
            run_rows = [row for _, row in run]
            cells = page.filled(run_rows[0])
            yield CATALOGUE["row-hidden"].at(page.at(run_rows[0], cells[0][0] if cells else 0), len(run_rows))
        read = set(rows)
        for (row, column), mark in sorted(sheet.marked.items()):
            if row in read:
                line = page.rows[row]
                value = line[column] if column < len(line) else ""
                yield CATALOGUE["cell-marked"].at(page.at(row, column), value, mark=mark)


def _in_order(problems: Iterable[Problem], sheets: Sequence[Sheet]) -> list[Problem]:
    """Sort problems by sheet and then by row and column; those of a sheet as a whole come first."""
    order = {sheet.name: number for number, sheet in enumerate(sheets)}
    return sorted(dict.fromkeys(problems), key=lambda p: (order.get(p.sheet, -1), _row_of(p.cell), len(p.cell), p.cell))


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
