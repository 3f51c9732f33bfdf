"""Facts as rows of tables and back, exactly as they were: one pair of small functions for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from scoring.model.evidence import CellRef, Evidence, EvidenceKind, texts_of
from scoring.model.facts import Case, Facts, Incentive, MatchedBy, Publicity, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.store.evidence_tables import evidence_rows, load_evidence
from scoring.store.homes.database import Cursor, Row
from scoring.store.queries import query
from scoring.store.roster_table import Ledgers, load_roster, roster_rows

STATUS = {status.value: status for status in Status}
MATCHED_BY = {way.value: way for way in MatchedBy}


class Cells(dict[tuple[str, str, str], CellRef]):
    """Hand out one ``CellRef`` for each cell, however many facts name it."""

    def __missing__(self, key: tuple[str, str, str]) -> CellRef:
        cell = self[key] = CellRef(*key)
        return cell


@dataclass(frozen=True, slots=True)
class FactTable:
    """One kind of fact: its field in ``Facts`` (and its table), how a fact becomes a row, how a row becomes a fact.

    ``to_row`` leaves out upload, number and ledger, which are the same for all kinds; ``from_row`` takes the row without
    upload and ledger, and the evidence that the fact brings.
    """

    name: str
    to_row: Callable[[Any], Row]
    from_row: Callable[[Ledger, Cells, Row, tuple[Evidence, ...]], Any]


def numbered(facts: Facts, upload: int) -> Facts:
    """Return the facts of one workbook as those of the given upload."""
    ledgers = {ledger: replace(ledger, upload=upload) for ledger in ledgers_of(facts)}
    moved = {
        table.name: tuple(replace(fact, ledger=ledgers[fact.ledger]) for fact in getattr(facts, table.name))
        for table in TABLES
    }
    named = tuple(dict.fromkeys(ledgers[ledger] for ledger in facts.ledgers))
    roster = facts.roster.moved(lambda ledger: ledgers.get(ledger, ledger))
    return Facts(ledgers=named, roster=roster, rulings=facts.rulings, **moved)


def ledgers_of(facts: Facts) -> tuple[Ledger, ...]:
    """List each ledger that the facts name once, those that make a report first."""
    named = {table.name: [fact.ledger for fact in getattr(facts, table.name)] for table in TABLES}
    named["roster"] = list(facts.roster.ledgers)
    return tuple(dict.fromkeys((*facts.ledgers, *chain.from_iterable(named[name] for name in FACT_TABLES))))


def insert_facts(cursor: Cursor, brought: Mapping[int, tuple[Facts, Sequence[Evidence]]]) -> None:
    """Write the facts of some uploads, and the files that came with each and fit no row."""
    rows: dict[str, list[Row]] = {name: [] for name in ("ledgers", "upload_years", *FACT_TABLES, "evidence")}
    for upload, (facts, loose) in brought.items():
        ledgers, reported = ledgers_of(facts), set(facts.ledgers)
        number = {ledger: i for i, ledger in enumerate(ledgers)}
        rows["ledgers"] += [
            (upload, i, one.unit, one.year, one.quarter, one.submitted, one.dated, one in reported)
            for one, i in number.items()
        ]
        years = sorted({ledger.year for ledger in ledgers})
        rows["upload_years"] += [(upload, year, len(years) > 1) for year in years]
        for table in TABLES:
            told = ((number[fact.ledger], *table.to_row(fact)) for fact in getattr(facts, table.name))
            rows[table.name] += counted(upload, told)
        rows["roster"] += counted(upload, roster_rows(facts.roster, number))
        rows["evidence"] += counted(upload, evidence_rows(facts, loose))
    ledgers_sent = rows.pop("ledgers")
    if ledgers_sent:  # each gets the next version of its quarter
        cursor.execute(query("insert_ledgers"), list(map(list, zip(*ledgers_sent, strict=True))))
    for name, held in rows.items():
        cursor.insert(name, held)


def counted(upload: int, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of one upload with its number and their own before them."""
    return ((upload, seq, *row) for seq, row in enumerate(rows))


def load_facts(cursor: Cursor, uploads: Iterable[int], year: int | None = None) -> Facts:
    """Read the facts of some uploads and of a year (None: all), in the order of arrival; rulings are no part of them."""
    wanted = [list(uploads)]
    ledgers, reported = load_ledgers(cursor, wanted, year)
    cells, brought = Cells(), load_evidence(cursor, wanted)
    read: dict[str, tuple[Any, ...]] = {}
    for table in TABLES:
        rows = cursor.execute(query(table.name), wanted).fetchall()
        read[table.name] = tuple(
            table.from_row(ledgers[row[0], row[1]], cells, row[2:], brought.get((row[0], table.name, number), ()))
            for row, number in zip(rows, _numbers(rows), strict=True)
            if (row[0], row[1]) in ledgers
        )
    return Facts(ledgers=reported, roster=load_roster(cursor, wanted, ledgers), **read)


def _numbers(rows: Sequence[Row]) -> Iterator[int]:
    """Yield each row's number within its upload; the rows come in order, upload by upload."""
    upload, number = None, 0
    for row in rows:
        number = number + 1 if row[0] == upload else 0
        upload = row[0]
        yield number


def load_ledgers(
    cursor: Cursor, wanted: list[list[int]], year: int | None = None
) -> tuple[Ledgers, tuple[Ledger, ...]]:
    """Read the ledgers of some uploads and of a year (None: all).

    Returns all of them by upload and number, and those that make a report, in order.
    """
    rows = cursor.execute(query("ledgers"), [*wanted, year]).fetchall()
    ledgers: Ledgers = {
        (upload, number): Ledger(unit, year_of, quarter, submitted, dated, upload)
        for upload, number, unit, year_of, quarter, submitted, dated, _ in rows
    }
    return ledgers, tuple(ledgers[row[0], row[1]] for row in rows if row[-1])


def _place(cell: CellRef) -> Row:
    return cell.workbook, cell.sheet, cell.cell


def _statement_row(fact: Statement) -> Row:
    said = fact.status.value, fact.done_on, fact.quantity, texts_of(fact.evidence)
    return (fact.clause, *said, *_place(fact.source), *fact.position, fact.matched_by.value, fact.text, fact.said)


def _old_evidence(words: str, place: CellRef) -> tuple[Evidence, ...]:
    """Return the evidence of a row that was stored when only words were: its cell is not known."""
    return (Evidence(EvidenceKind.TEXT, words, None, place.workbook, place.sheet),) if words else ()


def _statement(ledger: Ledger, cells: Cells, row: Row, evidence: tuple[Evidence, ...]) -> Statement:
    clause, status, done_on, quantity, words, workbook, sheet, cell, sheet_no, row_no, matched_by, text, said = row
    source = cells[workbook, sheet, cell]
    return Statement(
        ledger,
        clause,
        STATUS[status],
        done_on,
        quantity,
        evidence or _old_evidence(words, source),
        source,
        (sheet_no, row_no),
        MATCHED_BY[matched_by],
        text,
        said,
    )


def _case_row(fact: Case) -> Row:
    return (
        fact.task,
        fact.title,
        fact.day,
        texts_of(fact.evidence),
        *_place(fact.source),
        *fact.position,
        fact.summary,
    )


def _case(ledger: Ledger, cells: Cells, row: Row, evidence: tuple[Evidence, ...]) -> Case:
    task, title, day, words, workbook, sheet, cell, sheet_no, row_no, summary = row
    source = cells[workbook, sheet, cell]
    shown = evidence or _old_evidence(words, source)
    return Case(ledger, task, title, day, shown, source, (sheet_no, row_no), summary)


def _publicity_row(fact: Publicity) -> Row:
    return (fact.title, fact.media, fact.level, fact.day, fact.link, *_place(fact.source), *fact.position)


def _publicity(ledger: Ledger, cells: Cells, row: Row, evidence: tuple[Evidence, ...]) -> Publicity:
    title, media, level, day, link, workbook, sheet, cell, sheet_no, row_no = row
    source = cells[workbook, sheet, cell]
    return Publicity(ledger, title, media, level, day, link, source, (sheet_no, row_no), evidence)


def _incentive_row(fact: Incentive) -> Row:
    return (fact.task, fact.title, fact.claimed, fact.awarded, fact.basis, *_place(fact.source), *fact.position)


def _incentive(ledger: Ledger, cells: Cells, row: Row, evidence: tuple[Evidence, ...]) -> Incentive:
    task, title, claimed, awarded, basis, workbook, sheet, cell, sheet_no, row_no = row
    source = cells[workbook, sheet, cell]
    return Incentive(ledger, task, title, claimed, awarded, basis, source, (sheet_no, row_no), evidence)


TABLES = (
    FactTable("statements", _statement_row, _statement),
    FactTable("cases", _case_row, _case),
    FactTable("publicity", _publicity_row, _publicity),
    FactTable("incentives", _incentive_row, _incentive),
)
FACT_TABLES = ("statements", "cases", "publicity", "roster", "incentives")  # in the order in which they are hashed
