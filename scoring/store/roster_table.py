"""Rosters as rows of their table and back, without a value a row: one may have a million rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from scoring.model.columns import Column, numbers, numbers_of
from scoring.model.evidence import CellRef
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROW, Place, Roster, RosterColumns, address_parts
from scoring.store.homes.database import Cursor
from scoring.store.queries import AT_ONCE, query

Ledgers = dict[tuple[int, int], Ledger]  # (upload, number in the workbook) -> ledger


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
    parts = cursor.execute(query("roster"), wanted).fetch_columns(AT_ONCE)
    return Roster.joined(_roster(part, ledgers) for part in parts)


def _roster(columns: list[Column[Any]], ledgers: Ledgers) -> Roster:
    ledger, columns = of_ledgers(columns, ledgers)
    enterprise, kind, accepted, connected, deducted, book, sheet, cell, *rest = columns
    header_book, header_sheet, header_cell, sheet_no, row_no, code, project_type, stated, steps, materials, fee = rest
    address = cell.changed(address_parts)
    return Roster(
        RosterColumns(
            ledger=ledger,
            enterprise=list(enterprise),
            project_class=kind,
            accepted=accepted,
            connected=connected,
            deducted=deducted.changed(Decimal),
            place=Column.made(_place, book, sheet, address.changed(lambda parts: parts[0])),
            source_row=array("q", numbers_of(address.changed(lambda parts: parts[1])).tobytes()),
            header=Column.made(CellRef, header_book, header_sheet, header_cell),
            sheet=sheet_no,
            row=array("q", numbers_of(row_no).tobytes()),
            credit_code=list(code),
            project_type=project_type,
            stated_days=stated.changed(_number),
            steps=steps,
            materials=materials,
            fee=fee,
        )
    )


def of_ledgers(columns: list[Column[Any]], ledgers: Ledgers) -> tuple[Column[Ledger], list[Column[Any]]]:
    """Return the ledger of each row that is of the given ones, and the further columns of these rows.

    The first two columns are the upload, and the ledger's number in it.
    """
    upload, number, *others = columns
    key = Column.made(_key, upload, number)
    wanted = np.array([one in ledgers for one in key.values], bool)
    if not wanted.all():
        kept = np.flatnonzero(wanted[numbers(key.codes)])
        key, *others = (column.picked(kept) for column in (key, *others))
    return key.changed(ledgers.__getitem__), others


def _key(upload: int, number: int) -> tuple[int, int]:
    return upload, number


def _place(workbook: str, sheet: str, letters: str) -> Place:
    return workbook, sheet, letters


def _written(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
