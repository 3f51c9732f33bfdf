"""Cut a sheet into what stands above its table, the table's rows, and what stands between and below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from scoring.ledger.sheet import beside
from scoring.ledger.sheet.columns import CASES, INCENTIVES, KINDS, PUBLICITY, UNIT, SheetKind
from scoring.ledger.sheet.headers import (
    FEWEST,
    Header,
    field_named,
    find_header,
    further_header,
    header_at,
    recognise,
)
from scoring.ledger.sheet.labels import (
    GROUP,
    TITLE_LENGTH,
    Said,
    first_text,
    is_note,
    read_labels,
    read_title,
    split_labels,
)
from scoring.ledger.sheet.sheet_view import Cells, Page
from scoring.words.names import UnitIndex, is_quarter
from scoring.words.statuses import as_text, fold

KIND = {kind.name: kind for kind in KINDS}
# a text below a header that stands for an empty table: 无, 本季度无, 附件1：
NOTHING = re.compile(r"(本季度|本月|暂)?无|附件\d*:?$")
ENTRIES = frozenset({CASES.name, PUBLICITY.name, INCENTIVES.name})  # whose rows may be known by a title alone
WIDE = 3  # columns over which a merged cell is a title or a group's name


@dataclass(slots=True)
class Block:
    """Rows under one header and one set of labels. ``footers`` are labels below the rows, used where none is above.

    ``goes_on`` True: only the header was repeated, and the table above goes on.
    """

    header: Header
    said: list[Said]
    rows: list[int] = field(default_factory=list)
    footers: list[Said] = field(default_factory=list)
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet that is part of a ledger. ``stray`` is the first cell of content where no header was found, else None."""

    page: Page
    kind: SheetKind
    said: tuple[Said, ...]
    blocks: tuple[Block, ...]
    stray: tuple[int, int] | None = None


def lay_out(page: Page, index: UnitIndex) -> tuple[Layout, ...]:
    """Cut a sheet into its tables, each into blocks; empty where it is no part of a ledger.

    Nearly every sheet holds one table; of tables side by side each is laid out by itself.
    """
    recognised = recognise(page)
    if recognised is None:
        return ()
    kind, header = recognised
    if header is None:
        return (_without_header(page, kind, index),)
    tables, doubtful = beside.spans(header)
    if len(tables) > 1:
        pages = [beside.cut_out(page, first, end, header.top) for first, end in tables]
        headers = [(one, find_header(one, kind)) for one in pages]
        return tuple(_cut(one, head, index) for one, head in headers if head is not None)
    for first, end in beside.gaps(header, doubtful):
        aside = beside.cut_out(page, first, end, header.top) if beside.has_more(page, first, end) else None
        other = further_header(aside) if aside else None
        if aside and other:
            rest = (0, first) if first else (end, beside.END)
            own = beside.cut_out(page, *rest, header.top)
            return (*lay_out(own, index), _cut(aside, other, index))
    return (_cut(page, header, index),)


def _cut(page: Page, header: Header, index: UnitIndex) -> Layout:
    labels = said_above(page, header.top, index)
    blocks = _Cutter(page, header.kind, index, header, labels).cut()
    return Layout(page, header.kind, tuple(labels), tuple(blocks))


def _without_header(page: Page, kind: SheetKind, index: UnitIndex) -> Layout:
    labels = said_above(page, len(page.rows), index)
    spoken = {s.row for s in labels}
    content = ((row, cells) for row in range(len(page.rows)) if (cells := page.filled(row)) and row not in spoken)
    stray = next(((row, cells[0][0]) for row, cells in content if not _says_nothing(row, cells)), None)
    return Layout(page, kind, tuple(labels), (), stray)


def _says_nothing(row: int, cells: Cells) -> bool:
    """Tell whether a row of a sheet without a header is only its title, a signature, or says 本季度无…"""
    text = fold(first_text(cells))
    return (row == 0 and len(cells) == 1) or is_note(text) or bool(NOTHING.match(text))


def said_above(page: Page, end: int, index: UnitIndex) -> list[Said]:
    """Return what the rows above a header say of unit, quarter and date."""
    labels: list[Said] = []
    for row in range(min(end, len(page.rows))):
        below = dict(page.filled(row + 1)) if row + 1 < end else None
        labels += said_in(page.filled(row), row, index, below)
    return labels


def said_in(cells: Cells, row: int, index: UnitIndex, below: dict[int, object] | None = None) -> list[Said]:
    """Return the labels of a row, and what its titles say where no label says it."""
    labels = read_labels(row, cells, below)
    taken = {(s.row, s.column) for s in labels}
    for column, value in cells:
        if isinstance(value, str) and len(value) <= TITLE_LENGTH * 2:
            known = {s.what for s in labels if (s.row, s.column) == (row, column)}
            if (row, column) in taken and split_labels(fold(value)) == () and known:
                continue
            labels += [s for s in read_title(row, column, value, index) if s.what not in known]
    return labels


@lru_cache(maxsize=16384)
def _is_plain(kind_name: str, text: str) -> bool:
    """Tell whether a cell's text can stand in a data row for sure: no label, no sum, no group."""
    if field_named(KIND[kind_name], text[:80]):
        return False
    folded = fold(text)
    return not (is_note(text) or GROUP.match(folded) or split_labels(folded[:400]))


class _Cutter:
    """Walk down a sheet once. It keeps the block that rows are being added to, and labels seen since the last row."""

    def __init__(self, page: Page, kind: SheetKind, index: UnitIndex, header: Header, said: list[Said]) -> None:
        self.page, self.kind, self.index = page, kind, index
        self.above = said
        self.block = Block(header, list(said))
        self.blocks = [self.block]
        self.pending: list[Said] = []

    def cut(self) -> list[Block]:
        """Return the blocks, each with the numbers of its data rows."""
        row, rows = self.block.header.bottom + 1, self.page.rows
        anchors = self._anchors()
        while row < len(rows):
            if end := self._end_of_days(row, anchors):
                self._add(row)
                self.block.rows += range(row + 1, end)
                row = end - 1
            elif self._is_data_at_sight(rows[row], anchors):
                self._add(row)
            else:
                further = self._other(row)
                if further:
                    row, anchors = further, self._anchors()
            row += 1
        self.block.footers += self.pending
        return self.blocks

    def _anchors(self) -> tuple[int, ...]:
        where = self.block.header.where
        return tuple(where[name] for name in self.kind.anchor if name in where)

    def _end_of_days(self, row: int, anchors: tuple[int, ...]) -> int:
        """Return the end of the rows from here on whose anchor is a day, no text: all data; 0 where there is none."""
        if not self.kind.dated or len(anchors) != 1:
            return 0
        (column,) = anchors
        rows, end = self.page.rows, row
        while end < len(rows) and len(rows[end]) > column and rows[end][column].__class__ is not str:
            end += 1
        return end if end > row else 0

    def _is_data_at_sight(self, line: Sequence[object], anchors: tuple[int, ...]) -> bool:
        """Tell quickly that a row is data: nearly all are, and a roster has a hundred thousand."""
        for column in anchors:
            value = line[column] if column < len(line) else ""
            if value == "":
                continue
            if isinstance(value, str) and not _is_plain(self.kind.name, value):
                return False
            if self.kind.dated:
                return True
            first = line[0] if line[0] != "" else next((cell for cell in line if cell != ""), "")
            return not isinstance(first, str) or _is_plain(self.kind.name, first)
        return False

    def _add(self, row: int) -> None:
        if self.pending:
            self._begin_block()
        self.block.rows.append(row)

    def _begin_block(self) -> None:
        """Begin rows under other labels: what they do not say is taken from the sheet's head."""
        labelled = {s.what for s in self.pending if s.label}
        inherited = [
            s for s in self.above if s.what not in labelled and not any(p.what == s.what for p in self.pending)
        ]
        self.block = Block(self.block.header, [*self.pending, *inherited])
        self.blocks.append(self.block)
        self.pending = []

    def _other(self, row: int) -> int:
        """Deal with a row that is not data at sight; returns the last row of a repeated header, else 0."""
        cells = self.page.filled(row)
        if not cells:
            return 0
        again = self._header_again(row, cells)
        if again is not None:
            self._take_header(again)
            return again.bottom
        opening = first_text(cells)
        if is_note(opening) and not self._stated(cells):
            self.block.footers += read_labels(row, cells)
        elif self._is_label_row(cells):
            self.pending += said_in(cells, row, self.index)
        elif title := self._title(row, cells):
            self.pending += title
        elif not self._is_group(row, cells):
            self._add(row)
        return 0

    def _header_again(self, row: int, cells: Cells) -> Header | None:
        named = {
            field[0] for _, value in cells if isinstance(value, str) and (field := field_named(self.kind, value[:80]))
        }
        if len(named) < FEWEST or len(named) * 2 < len(cells):
            return None
        return header_at(self.page, self.kind, row)

    def _take_header(self, header: Header) -> None:
        """Go on under a repeated header, whose columns may stand in another order."""
        self.block = Block(header, self.block.said, goes_on=bool(self.block.rows))
        self.blocks.append(self.block)

    def _stated(self, cells: Cells) -> bool:
        """Tell whether a row holds something in a column that states (a note does not)."""
        where = self.block.header.where
        stating = {where[name] for name in ("status", "accepted", "code", "awarded") if name in where}
        stated = (value for column, value in cells if column in stating and column != cells[0][0])
        return any(not split_labels(fold(as_text(value))[:400]) for value in stated) and not fold(
            as_text(cells[0][1])
        ).startswith(("合计", "小计", "总计", "共计"))

    def _is_label_row(self, cells: Cells) -> bool:
        return any(
            what != "other" and colon
            for _, value in cells
            if isinstance(value, str)
            for what, _, colon in split_labels(fold(value)[:400])
        ) and not self._stated(cells)

    def _is_group(self, row: int, cells: Cells) -> bool:
        """Tell whether a row is only a group's name or a title: one cell, in no column that states something."""
        if len(cells) > 1:
            return False
        column, value = cells[0]
        if not isinstance(value, str):
            return not self._holds(column)
        merge = self.page.merge_from.get((row, column))
        wide = merge is not None and merge.right - merge.left + 1 >= WIDE
        return wide or not self._holds(column) or bool(GROUP.match(fold(value)))

    def _holds(self, column: int) -> bool:
        where = self.block.header.where
        return any(where.get(name) == column for name in self.kind.alone)

    def _title(self, row: int, cells: Cells) -> list[Said]:
        """Return what a one-cell row sets for the rows below it: a unit or a quarter alone, or a title with both.

        Where it stands in the column of names, unmerged, a title must be called a ledger: 五华区开展节水宣传 is an entry.
        """
        column, value = cells[0]
        if len(cells) > 1 or not isinstance(value, str):
            return []
        title = read_title(row, column, value, self.index)
        whats = {s.what for s in title}
        if self.index.by_name.get(fold(value)) or is_quarter(fold(value)):
            return title
        if UNIT not in whats:
            return []
        entry = self._holds(column) and self.kind.name in ENTRIES and (row, column) not in self.page.merge_from
        return title if len(whats) > 1 and not entry else []
