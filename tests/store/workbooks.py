"""Workbooks to store, and what a database holds, counted from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.problems import Problem, Severity
from scoring.store import BEIJING, Store
from tests.builders import case, incentive, ledger, roster_row, statement

PROBLEM = Problem(
    Severity.ERROR, "date-unreadable", "五华区二季度.xlsx", "工作落实", "F9", "六月吧", "看不懂的日期“六月吧”"
)


def moment(day: int, hour: int = 9, month: int = 6, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=BEIJING)


def sha(data: bytes) -> str:
    return sha256(data).hexdigest()


def workbook(
    unit: str = "五华区", quarter: int = 2, *, submitted: date | None = None, rows: int = 3, installations: int = 2
) -> ParsedWorkbook:
    """A workbook with a problem and some facts of every kind that counts."""
    sent = ledger(unit, quarter, submitted)
    return ParsedWorkbook(
        f"{unit}{quarter}季度.xlsx",
        Facts(
            ledgers=(sent,),
            statements=tuple(statement(f"{n + 1}A", at=sent, row=7 + n) for n in range(rows)),
            cases=(case(4, at=sent),),
            roster=tuple(roster_row(f"企业{n}", at=sent, row=5 + n) for n in range(installations)),
            incentives=(incentive(at=sent),),
        ),
        problems=(PROBLEM,),
        left_alone=("封面",),
        rows_read=rows + installations + 2,
        rows_kept_out=1,
    )


def workbooks_of(facts: Facts) -> Iterator[ParsedWorkbook]:
    """Yield what every ledger says as a workbook of its own."""
    for sent in facts.ledgers:
        yield ParsedWorkbook(f"{sent.unit}{sent.year}年{sent.quarter}季度.xlsx", facts.where(sent.__eq__))


def save_each(store: Store, facts: Facts) -> None:
    """Store every ledger as a workbook of its own, whose bytes are its name."""
    for parsed in workbooks_of(facts):
        store.save(parsed.workbook.encode(), parsed, "测试")


def row_counts(store: Store) -> dict[str, int]:
    """Count the rows of every table."""
    with store._database.reading() as cursor:
        tables = cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' "
            "AND table_schema = current_schema() ORDER BY 1"
        ).fetchall()
        counts = {name: cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone() for (name,) in tables}  # noqa: S608
    return {name: row[0] for name, row in counts.items() if row}
