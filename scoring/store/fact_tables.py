"""Facts as rows of tables and back, exactly as they were: one pair of small functions for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias

from scoring.model.columns import Column, each_made
from scoring.model.evidence import CellRef, Evidence, EvidenceKind, texts_of
from scoring.model.facts import Case, Facts, Incentive, MatchedBy, Publicity, Statement, Status
from scoring.model.gc_pause import no_collecting
from scoring.model.ledgers import Ledger
from scoring.store.evidence_tables import Brought, evidence_rows, load_evidence
from scoring.store.homes.database import Cursor, Row
from scoring.store.queries import columns_of, query
from scoring.store.roster_table import Ledgers, load_roster, of_ledgers, roster_rows

Texts: TypeAlias = Column[str]
Numbers: TypeAlias = Column[int]
Shown: TypeAlias = Column[tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class FactTable:
    """One kind of fact: its field in ``Facts`` (and its table), how a fact becomes a row, how rows become facts.

    ``to_row`` leaves out upload, number and ledger, which are the same for all kinds; ``from_columns`` takes the ledger of
    each row, the columns without upload and ledger, and the evidence that each fact brings.
    """

    name: str
    to_row: Callable[[Any], Row]
    from_columns: Callable[..., list[Any]]


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
    for name, table_rows in rows.items():
        cursor.insert(name, table_rows)


def counted(upload: int, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of one upload with its number and their own before them."""
    return ((upload, seq, *row) for seq, row in enumerate(rows))


def load_facts(cursor: Cursor, uploads: Iterable[int], year: int | None = None) -> Facts:
    """Read the facts of some uploads and of a year (None: all), in the order of arrival; rulings are no part of them."""
    wanted = [list(uploads)]
    with no_collecting():
        ledgers, reported = load_ledgers(cursor, wanted, year)
        brought = load_evidence(cursor, wanted)
        read = {table.name: _load(cursor, table, wanted, ledgers, brought.get(table.name)) for table in TABLES}
        return Facts(ledgers=reported, roster=load_roster(cursor, wanted, ledgers), **read)


def _load(
    cursor: Cursor, table: FactTable, wanted: list[list[int]], ledgers: Ledgers, brought: Brought | None
) -> tuple[Any, ...]:
    """Read the facts of one table, as far as they are of the given ledgers."""
    rows = columns_of(cursor, table.name, wanted)
    shown = brought.by_fact(rows[0]) if brought else [()] * len(rows[0])
    ledger, columns = of_ledgers([*rows, Column.of_objects(shown)], ledgers)
    return tuple(table.from_columns(ledger, *columns))


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


def _with_words(evidence: tuple[Evidence, ...], words: str, workbook: str, sheet: str) -> tuple[Evidence, ...]:
    """Return the evidence of a row; where it was stored when only words were, their cell is not known."""
    return evidence or ((Evidence(EvidenceKind.TEXT, words, None, workbook, sheet),) if words else ())


def _position(sheet: int, row: int) -> tuple[int, int]:
    return sheet, row


def _statements(  # noqa: PLR0913, PLR0917  the columns of the table
    ledger: Column[Ledger], clause: Texts, status: Texts, done_on: Column[date | None], quantity: Column[int | None],
    words: Texts, workbook: Texts, sheet: Texts, cell: Texts, sheet_no: Numbers, row_no: Numbers, matched_by: Texts,
    text: Texts, said: Texts, evidence: Shown,
) -> list[Statement]:  # fmt: skip
    shown = Column.made(_with_words, evidence, words, workbook, sheet)
    source, position = Column.made(CellRef, workbook, sheet, cell), Column.made(_position, sheet_no, row_no)
    way = matched_by.changed(MatchedBy)
    return each_made(
        Statement, ledger, clause, status.changed(Status), done_on, quantity, shown, source, position, way, text, said
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


def _cases(  # noqa: PLR0913, PLR0917  the columns of the table
    ledger: Column[Ledger], task: Numbers, title: Texts, day: Column[date | None], words: Texts, workbook: Texts,
    sheet: Texts, cell: Texts, sheet_no: Numbers, row_no: Numbers, summary: Texts, evidence: Shown,
) -> list[Case]:  # fmt: skip
    shown = Column.made(_with_words, evidence, words, workbook, sheet)
    source, position = Column.made(CellRef, workbook, sheet, cell), Column.made(_position, sheet_no, row_no)
    return each_made(Case, ledger, task, title, day, shown, source, position, summary)


def _publicity_row(fact: Publicity) -> Row:
    return (fact.title, fact.media, fact.level, fact.day, fact.link, *_place(fact.source), *fact.position)


def _publicity(  # noqa: PLR0913, PLR0917  the columns of the table
    ledger: Column[Ledger], title: Texts, media: Texts, level: Texts, day: Column[date | None], link: Texts,
    workbook: Texts, sheet: Texts, cell: Texts, sheet_no: Numbers, row_no: Numbers, evidence: Shown,
) -> list[Publicity]:  # fmt: skip
    source, position = Column.made(CellRef, workbook, sheet, cell), Column.made(_position, sheet_no, row_no)
    return each_made(Publicity, ledger, title, media, level, day, link, source, position, evidence)


def _incentive_row(fact: Incentive) -> Row:
    return (fact.task, fact.title, fact.claimed, fact.awarded, fact.basis, *_place(fact.source), *fact.position)


def _incentives(  # noqa: PLR0913, PLR0917  the columns of the table
    ledger: Column[Ledger], task: Numbers, title: Texts, claimed: Column[Decimal | None],
    awarded: Column[Decimal | None], basis: Texts, workbook: Texts, sheet: Texts, cell: Texts, sheet_no: Numbers,
    row_no: Numbers, evidence: Shown,
) -> list[Incentive]:  # fmt: skip
    source, position = Column.made(CellRef, workbook, sheet, cell), Column.made(_position, sheet_no, row_no)
    return each_made(Incentive, ledger, task, title, claimed, awarded, basis, source, position, evidence)


TABLES = (
    FactTable("statements", _statement_row, _statements),
    FactTable("cases", _case_row, _cases),
    FactTable("publicity", _publicity_row, _publicity),
    FactTable("incentives", _incentive_row, _incentives),
)
FACT_TABLES = ("statements", "cases", "publicity", "roster", "incentives")  # in the order in which they are hashed
