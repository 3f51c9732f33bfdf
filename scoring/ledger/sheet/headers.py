"""Find a sheet's header: one to three rows, merged or not, columns in any order with others between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.ledger.sheet.columns import KINDS, SHARED, SheetKind, header_name, kind_by_name
from scoring.ledger.sheet.sheet_view import Page
from scoring.words.statuses import fold

SEARCHED_ROWS = 60  # rows with content in which a header is looked for
HEADER_ROWS = 3
WIDEST = 400  # columns in which a header is looked for
FEWEST = 2  # column names that make a header
PLENTY = 4  # column names after which nothing further is looked at
HINT = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]\*?")


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was found: ``where`` maps a field to its column, ``names`` holds the words that told.

    ``rows`` maps a field to the row of its header cell; ``bottom`` is the header's last row.
    """

    kind: SheetKind
    top: int
    bottom: int
    where: dict[str, int]
    rows: dict[str, int]
    names: frozenset[str]

    @property
    def count(self) -> int:
        """Count the kind's own columns."""
        return sum(field not in SHARED for field in self.where)

    @property
    def is_telling(self) -> bool:
        """Tell whether a column is among them that only this kind of sheet has, or all that together are this kind."""
        together = all(any(name in self.where for name in names) for names in self.kind.together)
        return together or bool(self.names & self.kind.telling)


def field_named(kind: SheetKind, text: str) -> tuple[str, str] | None:
    """Return (field, the name that told) of a header text; None where it names no column of the kind."""
    full = fold(text).strip("*:")
    for name in (full, header_name(text)):
        if name in kind.field_of:
            return kind.field_of[name], name
    return None


def find_header(page: Page, kind: SheetKind, start: int = 0) -> Header | None:
    """Return the header with the most columns of a kind among the sheet's first rows; None where there is none."""
    best: Header | None = None
    for row in _rows_with_content(page, start):
        if _own_names(page, kind, row):
            header = header_at(page, kind, row)
            if header and header.count >= FEWEST and (best is None or header.count > best.count):
                best = header
                if best.count >= PLENTY:
                    break
    return best


def _rows_with_content(page: Page, start: int) -> Iterator[int]:
    seen = 0
    for row in range(start, len(page.rows)):
        if seen >= SEARCHED_ROWS:
            return
        if any(value != "" for value in page.rows[row][:WIDEST]):
            seen += 1
            yield row


def _own_names(page: Page, kind: SheetKind, row: int) -> int:
    """Count the cells of a row that name a column of the kind's own."""
    found = set()
    for value in page.rows[row][:WIDEST]:
        if isinstance(value, str) and value:
            named = field_named(kind, value[:80])
            if named and named[0] not in SHARED:
                found.add(named[0])
    return len(found)


def header_at(page: Page, kind: SheetKind, top: int) -> Header | None:
    """Read the header that begins at a row, with the further rows that belong to it."""
    header = _resolve(page, kind, top, top)
    for bottom in range(top + 1, min(top + HEADER_ROWS, len(page.rows))):
        if not _continues(page, kind, header, bottom):
            break
        header = _resolve(page, kind, top, bottom)
    return header if header.where else None


def _continues(page: Page, kind: SheetKind, header: Header, row: int) -> bool:
    """Tell whether a row still belongs to the header above it.

    It does where a merged range reaches down into it from the header, where it holds nothing but remarks in brackets
    （年月日）, or where it names a column that is not named yet and has nothing under the columns that are.
    """
    taken = set(header.where.values())
    own = [(column, value) for column, value in enumerate(page.rows[row][:WIDEST]) if value != ""]
    reached = any(
        merge.top <= row <= merge.bottom and header.top <= merge.top < row and merge.left < WIDEST
        for merge in page.sheet.merges
    )
    if reached:
        return all(isinstance(value, str) for _, value in own)
    if own and all(isinstance(value, str) and HINT.fullmatch(fold(value[:80])) for _, value in own):
        return True
    if not own or any(not isinstance(value, str) for _, value in own):
        return False
    if any(column not in taken and _completes(page, kind, header, row, column) for column, _ in own):
        return True
    if any(column in taken for column, _ in own):
        return False
    named = (field_named(kind, value[:80]) for _, value in own if isinstance(value, str))
    return any(found and found[0] not in header.where for found in named)


def _completes(page: Page, kind: SheetKind, header: Header, row: int, column: int) -> bool:
    """Tell whether a cell completes the words above it to a column's name: 情况 below 完成."""
    texts = [text for _, text in _texts(page, header.top, row, column)]
    joined = field_named(kind, texts[0]) if len(texts) > 2 else None
    return joined is not None and joined[1] not in {header_name(text) for text in texts[1:]}


def _resolve(page: Page, kind: SheetKind, top: int, bottom: int) -> Header:
    """Name the columns of the header rows; of two columns for one field the better name, then the left one wins."""
    chosen: dict[str, tuple[int, int, int, str]] = {}
    width = min(WIDEST, max((len(page.rows[row]) for row in range(top, bottom + 1)), default=0))
    for column in range(width):
        for row, text in _texts(page, top, bottom, column):
            named = field_named(kind, text)
            if named is None:
                continue
            field, name = named
            rank = ({**SHARED, **kind.columns})[field].split().index(name)
            if field not in chosen or rank < chosen[field][0]:
                chosen[field] = rank, column, row, name
            break
    where = {field: column for field, (_, column, _, _) in chosen.items()}
    rows = {field: row for field, (_, _, row, _) in chosen.items()}
    return Header(kind, top, bottom, where, rows, frozenset(name for *_, name in chosen.values()))


def _texts(page: Page, top: int, bottom: int, column: int) -> Iterator[tuple[int, str]]:
    """Yield what may name a column: its rows' words together (完成 over 情况), then each, the lowest first."""
    texts: list[tuple[int, str]] = []
    for row in range(top, bottom + 1):
        at = page.head.get((row, column), (row, column))
        value = page.shown(row, column)
        if isinstance(value, str) and value and at[0] >= top and (not texts or texts[-1] != (at[0], value)):
            texts.append((at[0], value[:80]))
    if len(texts) > 1:
        yield texts[0][0], "".join(text for _, text in texts)
    yield from reversed(texts)


def recognise(page: Page) -> tuple[SheetKind, Header | None] | None:
    """Tell what kind of ledger sheet this is, with its header; None where it is no part of a ledger.

    A sheet is known by its name, or by its header: two or more of a kind's column names, one of them its own alone. A
    name that only holds a kind's word (固定资产台账) needs such a header too.
    """
    if not any(value != "" for row in page.rows for value in row):
        return None
    kind, exact = kind_by_name(page.sheet.name)
    own = find_header(page, kind) if kind else None
    if own and exact and own.is_telling and own.count >= PLENTY:
        return own.kind, own
    others = [header for other in KINDS if (header := find_header(page, other)) and header.is_telling]
    best = max(others, key=lambda header: header.count, default=None)
    if own and (exact or own.is_telling) and (best is None or own.count >= best.count):
        return own.kind, own
    if best:
        return best.kind, best
    return (kind, None) if kind and exact else None
