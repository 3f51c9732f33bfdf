"""A problem list for people: one misread column is one problem, the gravest stands first, and a flood is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from scoring.files.cells import address
from scoring.ledger.rows.row_reader import Table
from scoring.model.evidence import CellRef
from scoring.model.facts import Statement, Status
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem, Severity
from scoring.words.statuses import is_blank

FEWEST_FOLDED = 10  # cells of a column that make it one misread column
MOST_IN_ORDER = 0.1  # of them, how many others in the column may be in order
FLOOD, LISTED = 1000, 200  # from so many problems of one file on, so many are listed
APART = frozenset(
    {"row-contradicts", "sheets-contradict", "row-example", "row-hidden", "cell-marked", "cell-struck", "ledger-late"}
)
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def condensed(
    problems: Iterable[Problem], tables: Sequence[Table], statements: Sequence[Statement], rulebook: Rulebook
) -> list[Problem]:
    """Return the problems for people: columns folded, the one that costs most first, a flood cut and counted."""
    listed = list(problems)
    if len(listed) >= FEWEST_FOLDED:
        for table in tables:
            listed = _folded(listed, table)
    listed = _costliest_first(listed, statements, rulebook)
    return _cut(listed) if len(listed) > FLOOD else listed


def _row(cell: str) -> int:
    return int(cell.lstrip(LETTERS) or 0) - 1


# ------------------------------------------------------------------------------------------- columns
def _folded(problems: list[Problem], table: Table) -> list[Problem]:
    """Fold the problems of one code in one column into one at its header, where hardly any cell is in order."""
    heads = {address(0, column)[:-1]: column for column in table.heads}
    within = set(table.rows)
    # by code and letters: the problems, and their rows
    groups: defaultdict[tuple[str, str], tuple[list[Problem], set[int]]] = defaultdict(lambda: ([], set()))
    for problem in problems:
        letters = problem.cell.rstrip(DIGITS)
        if letters in heads and problem.sheet == table.sheet and problem.code not in APART:
            row = int(problem.cell[len(letters) :] or 0) - 1
            if row in within:
                alike, rows = groups[problem.code, letters]
                alike.append(problem)
                rows.add(row)
    instead: dict[int, Problem | None] = {}  # by the problem itself: equal ones have gone before, and hashing is slow
    for (_, letters), (alike, rows) in groups.items():
        if len(alike) >= FEWEST_FOLDED and _is_whole(len(alike), rows, table, heads[letters]):
            instead |= dict.fromkeys(map(id, alike))
            instead[id(alike[0])] = _one_for(alike, table, heads[letters])
    if not instead:
        return problems
    return [kept for problem in problems if (kept := instead.get(id(problem), problem)) is not None]


def _is_whole(count: int, rows: Collection[int], table: Table, column: int) -> bool:
    allowed = int(count * MOST_IN_ORDER)
    others = (table.lines[row] for row in table.rows if row not in rows)
    filled = (line for line in others if column < len(line) and not is_blank(line[column]))
    return sum(1 for _ in islice(filled, allowed + 1)) <= allowed


def _one_for(group: list[Problem], table: Table, column: int) -> Problem:
    first = group[0]
    cells = "、".join(one.cell for one in group[:3])
    message = f"这一列有 {len(group)} 格都是这样（{cells} 等），以第一格为例：{first.message}"
    return replace(first, cell=address(table.heads[column], column), message=message)


# ------------------------------------------------------------------------------------------- what costs most
def _costliest_first(problems: list[Problem], statements: Sequence[Statement], rulebook: Rulebook) -> list[Problem]:
    """Put the error that costs most before the others: first what keeps a whole sheet out, then by points."""
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if len(errors) < 2:
        return [*errors, *(one for one in problems if one.severity is not Severity.ERROR)] if errors else problems
    at_cell, by_sheet = _at_stake(statements, rulebook)
    gravest = max(errors, key=lambda one: _cost(one, at_cell, by_sheet))
    return [gravest, *(one for one in problems if one is not gravest)]


def _at_stake(
    statements: Sequence[Statement], rulebook: Rulebook
) -> tuple[dict[tuple[str, int], Decimal], dict[tuple[str, str], Decimal]]:
    """Return the points of unreadable statements, by row and by column."""
    by_row: dict[tuple[str, int], Decimal] = {}
    by_column: dict[tuple[str, str], Decimal] = {}
    for statement in statements:
        if statement.status is Status.UNREADABLE:
            term = rulebook.clause[statement.clause].term_for(statement.ledger.unit)
            points = abs(term.points) if term else Decimal(0)
            row = statement.source.sheet, _row(statement.source.cell)
            by_row[row] = by_row.get(row, Decimal(0)) + points
            column = statement.source.sheet, statement.source.cell.rstrip(DIGITS)
            by_column[column] = by_column.get(column, Decimal(0)) + points
    return by_row, by_column


STOPS_A_SHEET = frozenset(
    {"column-missing", "header-missing", "unit-missing", "unit-unknown", "unit-contradicted", "quarter-missing",
     "quarter-contradicted", "quarter-unreadable", "year-wrong"}
)  # fmt: skip


def _cost(
    problem: Problem, by_row: Mapping[tuple[str, int], Decimal], by_column: Mapping[tuple[str, str], Decimal]
) -> tuple[bool, Decimal]:
    row = by_row.get((problem.sheet, _row(problem.cell)), Decimal(0)) if problem.cell else Decimal(0)
    column = Decimal(0)
    if problem.message.startswith("这一列有"):
        column = by_column.get((problem.sheet, problem.cell.rstrip(DIGITS)), Decimal(0))
    return problem.code in STOPS_A_SHEET, max(row, column)


# ------------------------------------------------------------------------------------------- floods
def _cut(problems: list[Problem]) -> list[Problem]:
    """List the first problems, errors before warnings, and count the rest in one more."""
    errors = [one for one in problems if one.severity is Severity.ERROR]
    ranked = [*errors, *(one for one in problems if one.severity is not Severity.ERROR)]
    rest = ranked[LISTED:]
    errors_left = sum(one.severity is Severity.ERROR for one in rest)
    place = CellRef(rest[0].workbook, "", "")
    counted = CATALOGUE["more-errors" if errors_left else "more-warnings"].at(
        place, len(rest), errors=errors_left, warnings=len(rest) - errors_left
    )
    return [*ranked[:LISTED], counted]
