"""From a workbook to facts: every sheet is recognised, every row understood or reported with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from scoring.files.cells import COMMENT, STRUCK, Sheet, Workbook
from scoring.files.reading import read_workbook
from scoring.ledger.rows.blocks import settle_blocks
from scoring.ledger.rows.case_rows import READERS
from scoring.ledger.rows.clauses import NOTHING_NAMED, ClauseFinder, Named
from scoring.ledger.rows.condense import condensed
from scoring.ledger.rows.examples import example_rows
from scoring.ledger.rows.over_time import problems_over_time
from scoring.ledger.rows.roster_history import roster_problems
from scoring.ledger.rows.roster_rows import RosterReader
from scoring.ledger.rows.row_reader import Gathered, Reading, Table
from scoring.ledger.rows.twice import Twice
from scoring.ledger.rows.work_rows import WorkReader
from scoring.ledger.sheet.columns import MAY_SHOW, QUARTER, REPORTS, ROSTER, UNIT, WORK, header_name
from scoring.ledger.sheet.envelope import Envelope, said_by_name
from scoring.ledger.sheet.headers import Header
from scoring.ledger.sheet.labels import Said
from scoring.ledger.sheet.layout import Block, Layout, lay_out, said_above
from scoring.ledger.sheet.sender import Sender
from scoring.ledger.sheet.sheet_view import TOP_ROWS, Page
from scoring.ledger.sheet.years import Years
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.gc_pause import no_collecting
from scoring.model.parsed import NO_CHOICES, Choices, ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem
from scoring.words.days import DayReader
from scoring.words.names import UnitIndex
from scoring.words.phrasing import quarter_name
from scoring.words.statuses import as_text

__all__ = ["parse_workbook", "problems_over_time", "read_ledger", "roster_problems"]

LISTED_HEADERS = 8  # header texts that were not understood, as many as a message holds
OTHER_YEAR = "other-year"
COVER_ROWS = 40  # rows of a sheet that is no part of a ledger in which labels are looked for


def read_ledger(
    data: bytes,
    name: str,
    rulebook: Rulebook,
    upload: int = 0,
    named: Named = NOTHING_NAMED,
    choices: Choices = NO_CHOICES,
    received: date | None = None,
) -> ParsedWorkbook:
    """Read a workbook's bytes into facts of the rulebook's year; a file that is no ledger is refused with its one problem.

    ``name`` is the file's name as given; it may tell the unit, the quarter and the date where no sheet does. ``upload``
    numbers the workbooks in the order in which they arrived. ``named`` are rows of 工作落实 whose clause a reviewer named,
    ``choices`` which side of a contradiction stands, ``received`` the day on which the workbook came (None: not known).
    """
    with no_collecting():
        workbook = read_workbook(data, name)
        if isinstance(workbook, Problem):
            return ParsedWorkbook(name, Facts(), (workbook,), refused=True)
        return parse_workbook(workbook, rulebook, upload, named, choices, received)


def parse_workbook(
    workbook: Workbook,
    rulebook: Rulebook,
    upload: int = 0,
    named: Named = NOTHING_NAMED,
    choices: Choices = NO_CHOICES,
    received: date | None = None,
) -> ParsedWorkbook:
    """Turn a workbook's cells into facts and problems; nothing is guessed and nothing dropped in silence."""
    with no_collecting():
        return parse_year(workbook, rulebook, Years.of((rulebook,)), upload, named, choices, received)


def parse_year(
    workbook: Workbook,
    rulebook: Rulebook,
    years: Years,
    upload: int,
    named: Named,
    choices: Choices,
    received: date | None,
) -> ParsedWorkbook:
    """Read what a workbook holds of the rulebook's year; ``years`` tells which ledgers are of it."""
    index = UnitIndex.of(rulebook)
    pages = [(Page(workbook.name, sheet)) for sheet in workbook.sheets]
    layouts = [(page, lay_out(page, index)) for page in pages]
    left_alone = tuple(page.sheet.name for page, layout in layouts if not layout)
    if all(not layout for _, layout in layouts):
        problem = CATALOGUE["not-a-ledger"].at(CellRef(workbook.name, "", ""))
        return ParsedWorkbook(workbook.name, Facts(), (problem,), refused=True, left_alone=left_alone)
    days = DayReader(rulebook.assessment.year, date1904=workbook.date1904)
    named_by_file = said_by_name(_stem(workbook.name), index)
    envelope = Envelope(rulebook, years, index, days, upload, named_by_file, choices=choices, received=received)
    for page, layout in layouts:
        spoken = tuple(replace(one, sheet=page.sheet.name) for one in _said_of(page, layout, index))
        envelope.sheets_said.append((page.sheet.number, spoken))
    into = Gathered()
    finder = ClauseFinder(rulebook, named)
    for _, tables in layouts:
        for table in tables:
            _read_sheet(table, envelope, finder, into)
    settle_blocks(into, into.spans, choices)
    into.problems += _undated(envelope, into)
    told = condensed(in_order(into.problems, workbook.sheets), into.tables, into.statements, rulebook)
    only_others = bool(told) and all(problem.code == OTHER_YEAR for problem in told)
    return ParsedWorkbook(
        workbook.name,
        into.facts(),
        tuple(told) if only_others else (*workbook.problems, *told),
        left_alone=left_alone,
        rows_read=into.rows_read,
        rows_kept_out=into.rows_kept_out - into.rows_aside,
        contradictions=tuple(dict.fromkeys(into.contradictions)),
        rows_unplaced=into.rows_unplaced,
        other_years=tuple(sorted({year for _, year, _ in envelope.aside})),
    )


def _undated(envelope: Envelope, into: Gathered) -> Iterable[Problem]:
    """Yield the warnings of ledgers without a 报送日期, as far as they say anything; a blank form says nothing."""
    if envelope.undated:
        facts = (into.statements, into.cases, into.publicity)
        saying = {fact.ledger for of_kind in facts for fact in of_kind}
        saying.update(ledger for roster in into.rosters for ledger in roster.ledgers)
        yield from (problem for ledger, problem in envelope.undated.items() if ledger in saying)


def _stem(name: str) -> str:
    """Return a file's base name without its ending; the folders before it say nothing."""
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return base.rpartition(".")[0] or base


def _said_of(page: Page, layouts: Sequence[Layout], index: UnitIndex) -> tuple[Said, ...]:
    """Return what a sheet says of itself, for other sheets that do not.

    A sheet that is no part of a ledger is heard where it has labels, as a cover has, or a title with unit and quarter.
    """
    if layouts:
        footers = [label for layout in layouts for block in layout.blocks for label in block.footers]
        return (*(label for layout in layouts for label in layout.said), *footers)
    end = next((n for n, row in enumerate(page.rows) if n >= COVER_ROWS and row), len(page.rows))
    labels = said_above(page, min(end, COVER_ROWS), index)
    if any(s.label for s in labels):
        return tuple(labels)
    rows = {s.row for s in labels if s.what == UNIT and not s.label} & {s.row for s in labels if s.what != UNIT}
    return tuple(s for s in labels if s.row in rows)


def _read_sheet(layout: Layout, envelope: Envelope, finder: ClauseFinder, into: Gathered) -> None:
    page = layout.page
    if not layout.blocks:
        _without_table(layout, envelope, into)
        return
    has_rows = False
    for block in layout.blocks:
        if block.rows or len(layout.blocks) == 1:
            aside = into.rows_aside
            _read_block(page, block, envelope, finder, into)
            has_rows |= bool(block.rows) and into.rows_aside == aside
    if has_rows:
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
    if not _has_columns(page, block, envelope, into):
        return
    rows = _without_examples(page, block.rows, into)
    before, start = (into.rows_read, into.rows_kept_out), (len(into.statements), len(into.rosters))
    sender = Sender(envelope, page.sheet.number, page.whole, block.said, block.footers, reports=kind.name in REPORTS)
    if block.header.quarters and QUARTER not in block.header.where and not sender.tells_quarter:
        for quarter in block.header.quarters:
            labels = [Said(QUARTER, quarter_name(quarter), -1, -1, label=False), *block.said]
            part = Block(block.header.of_quarter(quarter), labels, block.rows, block.footers, block.goes_on)
            _read_block(page, part, envelope, finder, into)
        return
    reading = Reading(page, block, sender, into)
    rows = Twice(reading, envelope.choices).settle(rows) if block.header.twice else rows
    if kind is WORK:
        WorkReader(reading, finder).read(rows)
    elif kind is ROSTER:
        RosterReader(reading).read(rows)
    else:
        READERS[kind.name](reading, rows)
    into.tables.append(Table(page.sheet.name, page.rows, rows, _heads(block.header)))
    first = page.at(block.rows[0], block.header.columns[0].column)
    into.close_block(first, start, goes_on=block.goes_on)
    into.contradictions += sender.contradictions
    into.problems += sender.problems
    if before == (into.rows_read, into.rows_kept_out):
        _read_empty(page, [*block.said, *block.footers], kind.name, envelope, into)


def _has_columns(page: Page, block: Block, envelope: Envelope, into: Gathered) -> bool:
    """Tell whether a block's header has the columns that its rows need; what is missing is one error on the header.

    完成情况 is missed wherever 完成日期 or 佐证材料 stands; rows that state a 数量 can be read all the same. 佐证材料 is
    missed where a column that is not known may hold it; a sheet may do without, its pictures lie on any cell.
    """
    header, kind = block.header, block.header.kind
    missing = [names[0] for names in kind.needed if not any(name in header.where for name in names)]
    stops = bool(missing)
    if kind is WORK and "status" not in header.where and {"done_on", "evidence"} & header.where.keys():
        missing = [*(name for name in missing if name != "status"), "status"]
    effect = "整张表没有读取" if stops else "只读了填有数量的行"
    if not missing and _may_hold_evidence(header):
        missing, effect = ["evidence"], "没有读到佐证"
    if not missing:
        return True
    if _is_aside(page, block, envelope, into):
        return False
    first = min(header.where, key=lambda name: header.where[name])
    unknown = "、".join(f"“{as_text(text)}”" for _, _, text in header.unknown[:LISTED_HEADERS]) or "无"
    titles = "、".join(kind.title(name) for name in missing)
    at = page.at(header.rows[first], header.where[first])
    into.problems.append(CATALOGUE["column-missing"].at(at, titles, effect=effect, unknown=unknown))
    into.rows_kept_out += len(block.rows) if stops else 0
    into.rows_unplaced += len(block.rows) if stops else 0
    return not stops


def _may_hold_evidence(header: Header) -> bool:
    """Tell whether 佐证材料 is missing, and a column that is not known may be it: 现场照片, 佐证材料份数."""
    asked = "evidence" in header.kind.parts and "evidence" not in header.where
    return asked and any(MAY_SHOW.search(header_name(text)) for _, _, text in header.unknown)


def _heads(header: Header) -> dict[int, int]:
    """Map each column that is read to the row of its header cell."""
    return {one.column: one.row for one in header.columns}


def _is_aside(page: Page, block: Block, envelope: Envelope, into: Gathered) -> bool:
    """Tell whether a block that cannot be read is another year's by its labels; only that is reported of it then."""
    sender = Sender(envelope, page.sheet.number, page.whole, block.said, block.footers)
    sender.ledger()
    if sender.aside:
        into.problems += [problem for problem in sender.problems if problem.code == OTHER_YEAR]
        into.rows_aside += len(block.rows)
        into.rows_kept_out += len(block.rows)
    return bool(sender.aside)


def _without_examples(page: Page, rows: Sequence[int], into: Gathered) -> list[int]:
    """Leave out rows that say they are an example, each with a warning."""
    examples = example_rows(page, rows)
    for row, column in examples.items():
        text = page.shown(row, column) if row < TOP_ROWS else page.rows[row][column]
        into.problems.append(CATALOGUE["row-example"].at(page.at(row, column), as_text(text)))
    return [row for row in rows if row not in examples] if examples else list(rows)


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
        below = min((block.header.bottom for block in layout.blocks), default=len(page.rows))
        gone = set[int]()  # rows below the header of which all is struck out
        for (row, column), mark in sorted(sheet.marked.items()):
            line = page.rows[row] if row < len(page.rows) else ()
            value = line[column] if column < len(line) else ""
            if STRUCK in mark and below < row < len(page.rows) and row not in gone | read and not any(line):
                gone.add(row)
                yield CATALOGUE["cell-struck"].at(page.at(row, column), value)
            elif row in read:
                if STRUCK in mark:
                    yield CATALOGUE["cell-struck"].at(page.at(row, column), value)
                if COMMENT in mark:
                    yield CATALOGUE["cell-marked"].at(page.at(row, column), value, mark=COMMENT)


def in_order(problems: Iterable[Problem], sheets: Sequence[Sheet]) -> list[Problem]:
    """Sort problems by sheet and then by row and column; those of a sheet as a whole come first."""
    order = {sheet.name: number for number, sheet in enumerate(sheets)}
    return sorted(dict.fromkeys(problems), key=lambda p: (order.get(p.sheet, -1), _row_of(p.cell), len(p.cell), p.cell))


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
