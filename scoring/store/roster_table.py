"""Rosters as rows of their table and back, without a value a row: one may have a million rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scoring.model.columns import Column
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROW, Roster, RosterColumns, address_parts
from scoring.store.homes.database import Cursor
from scoring.store.queries import query

Ledgers = dict[tuple[int, int], Ledger]  # (upload, number in the workbook) -> ledger
AT_ONCE = 50_000  # rows that are held one by one on their way in or out


def roster_rows(roster: Roster, number: Mapping[Ledger, int]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of ``roster`` without upload and number; ``number`` gives each ledger's own in its workbook."""
    own = roster.columns
    place, header = own.place, own.header
    return zip(
        own.ledger.changed(number.__getitem__), own.enterprise, own.project_class, own.accepted, own.connected,
        own.deducted.changed(str), place.changed(lambda at: at[0]), place.changed(lambda at: at[1]),
        (letters if row == NO_ROW else f"{letters}{row}" for (_, _, letters), row in zip(place, own.source_row, strict=True)),
        header.changed(lambda cell: cell.workbook), header.changed(lambda cell: cell.sheet),
        header.changed(lambda cell: cell.cell), own.sheet, own.row, own.credit_code, own.project_type,
        own.stated_days.changed(_written), own.steps, own.materials, own.fee,
        strict=True,
    )  # fmt: skip


def load_roster(cursor: Cursor, wanted: list[list[int]], ledgers: Ledgers) -> Roster:
    """Read the rosters of some uploads, as far as they are of the given ledgers."""
    cursor.execute(query("roster"), wanted)
    parts = []
    while rows := cursor.fetchmany(AT_ONCE):
        kept = [row for row in rows if row[:2] in ledgers]
        if kept:
            parts.append(Roster(_columns(kept, ledgers)))
    return Roster.joined(parts)


def _columns(rows: list[tuple[Any, ...]], ledgers: Ledgers) -> RosterColumns:
    upload, ledger, enterprise, kind, accepted, connected, deducted, *rest = (
        list(column) for column in zip(*rows, strict=True)
    )
    book, sheet, cell, header_book, header_sheet, header_cell, sheet_no, row_no, code, said, stated, *numbers = rest
    parts = [address_parts(one) for one in cell]
    steps, materials, fee = map(Column.of, numbers)
    return RosterColumns(
        ledger=Column.of(list(zip(upload, ledger, strict=True))).changed(ledgers.__getitem__),
        enterprise=enterprise,
        project_class=Column.of(kind),
        accepted=Column.of(accepted),
        connected=Column.of(connected),
        deducted=Column.of(deducted).changed(Decimal),
        place=Column.of(list(zip(book, sheet, (letters for letters, _ in parts), strict=True))),
        source_row=array("q", [row for _, row in parts]),
        header=Column.of(list(zip(header_book, header_sheet, header_cell, strict=True))).changed(_cell),
        sheet=Column.of(sheet_no),
        row=array("q", row_no),
        credit_code=code,
        project_type=Column.of(said),
        stated_days=Column.of(stated).changed(_number),
        steps=steps,
        materials=materials,
        fee=fee,
    )


def _cell(place: tuple[str, str, str]) -> CellRef:
    return CellRef(*place)


def _written(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
