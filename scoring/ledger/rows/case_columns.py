"""Read the rows of 工作案例 of which there is nothing to report, as nearly all are, a column at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import repeat

from scoring.ledger.rows.block_columns import UNREAD, BlockColumns, filled, understood
from scoring.ledger.rows.clauses import NUMBER
from scoring.ledger.rows.evidence_cells import EvidenceCells
from scoring.ledger.rows.row_reader import Reading
from scoring.model.evidence import CellRef
from scoring.model.facts import Case
from scoring.model.ledgers import Ledger
from scoring.model.rules import Rulebook
from scoring.words.statuses import as_text, fold

LONGEST_CODE = 4
Usual = tuple[int, str, date | None, str, str]  # task, title, day, words of the evidence, summary


def task_of(rulebook: Rulebook, value: object) -> int | None:
    """Return the task that a cell names, by its number or by a code such as 4C; None where it names none."""
    text = fold(as_text(value)).upper()
    clause = rulebook.clause.get(text[:LONGEST_CODE])
    read = NUMBER.fullmatch(text)
    task = clause.task if clause and len(text) <= LONGEST_CODE else int(read[1]) if read else 0
    return task if task in rulebook.task else None


def usual_cases(
    reading: Reading, proofs: EvidenceCells, rows: Sequence[int], earning: Collection[int]
) -> dict[int, Usual]:
    """Return what the rows in good order say, by row: those that name a task with points, a title and evidence."""
    cells = BlockColumns(reading, rows)
    columns = zip(
        rows,
        understood(cells.texts("task"), lambda text: task_of(reading.rulebook, text)),
        [title.strip() if isinstance(title, str) else "" for title in cells.column("title")],
        cells.days("day"),
        understood(cells.column("evidence"), proofs.at_sight),
        cells.texts("summary"),
        strict=True,
    )
    return {
        row: (task, title, when, words, summary.strip())
        for row, task, title, when, words, summary in columns
        if task in earning and task and title and title[0] != "#" and when is not UNREAD and words
    }


def cases_of(
    reading: Reading, proofs: EvidenceCells, ledgers: Mapping[int, Ledger], usual: Mapping[int, Usual]
) -> list[Case]:
    """Return the cases of usual rows, in the order of the rows of which a ledger is known."""
    rows, page, letters = list(ledgers), reading.page, reading.letters("title")
    if not rows:
        return []
    tasks, titles, days, words, summaries = zip(*(usual[row] for row in rows), strict=True)
    cells = [f"{letters}{row + 1}" for row in rows]
    sources = filled(CellRef, len(rows), [repeat(page.workbook), repeat(page.sheet.name), cells])
    positions = [(reading.number, row + 1) for row in rows]
    evidence = proofs.of_words(rows, words)
    return filled(Case, len(rows), [ledgers.values(), tasks, titles, days, evidence, sources, positions, summaries])
