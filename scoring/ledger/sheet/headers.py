"""Find a sheet's header: one to three rows, merged or not, columns in any order with others between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from scoring.ledger.sheet.columns import (
    KINDS,
    OTHER_GROUP,
    OTHER_THAN_ASKED,
    OTHER_THAN_SHOWN,
    PAST_GROUP,
    SHARED,
    SheetKind,
    header_name,
    kind_by_name,
)
from scoring.ledger.sheet.sheet_view import Page
from scoring.words.names import find_quarter, is_quarter
from scoring.words.statuses import fold

SEARCHED_ROWS = 60  # rows with content in which a header is looked for
HEADER_ROWS = 3
WIDEST = 400  # columns in which a header is looked for
FEWEST = 2  # column names that make a header
PLENTY = 4  # column names after which nothing further is looked at
# names of columns that a kind has for itself
OWN_NAMES = frozenset(name for kind in KINDS for name, field in kind.field_of.items() if field not in SHARED)
LONGEST_GROUP = 30  # characters of the words above a group of columns; a title is longer
# words of a header that asks what was done: 完成情况, 落实情况, 佐证材料
DEED = re.compile("完成|落实|佐证")
# a cell below the header that only says how to fill in: （年月日）, 【必填】*
HINT = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]\*?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column that names a field. ``text`` are the header's own words, ``name`` the name that told.

    ``quarter`` is the one that the header above it (or its longer name) groups it under, None where there is none.
    ``group`` are the words above it, folded. ``by_parts`` True: the name is only part of a longer one.
    """

    field: str
    column: int
    row: int
    name: str
    text: str
    group: str = ""
    quarter: int | None = None
    by_parts: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was found: ``where`` maps a field to its column, ``names`` holds the words that told.

    ``rows`` maps a field to the row of its header cell; ``bottom`` is the header's last row. ``columns`` are all that
    name a field, from left to right, ``unknown`` are the (row, column, words) of those that name none.
    """

    kind: SheetKind
    top: int
    bottom: int
    where: dict[str, int]
    rows: dict[str, int]
    names: frozenset[str]
    columns: tuple[Column, ...] = ()
    unknown: tuple[tuple[int, int, str], ...] = ()

    @property
    def twice(self) -> dict[str, list[Column]]:
        """Return the fields that several columns name, each with its columns from left to right."""
        by_field: dict[str, list[Column]] = {}
        for column in self.columns:
            by_field.setdefault(column.field, []).append(column)
        return {field: columns for field, columns in by_field.items() if len(columns) > 1}

    @property
    def quarters(self) -> list[int]:
        """Return the quarters by which columns of one field are grouped; empty where they are not."""
        named = {one.quarter for columns in self.twice.values() for one in columns} - {None}
        return sorted(quarter for quarter in named if quarter is not None) if len(named) > 1 else []

    def of_quarter(self, quarter: int) -> Header:
        """Return the header with the columns of one quarter's group, and those under none."""
        columns = [one for one in self.columns if one.quarter in (None, quarter)]
        return _made(self.kind, self.top, self.bottom, columns, self.unknown)

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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row in which a header may begin. ``names`` are its words, each folded and without its remarks.

    ``alone`` True: nothing is merged and the row below holds numbers or nothing, so that the header is that row alone.
    """

    row: int
    names: tuple[tuple[str, str], ...]
    alone: bool


def find_header(page: Page, kind: SheetKind, candidates: Iterable[Candidate] | None = None) -> Header | None:
    """Return the header with the most columns of a kind among the sheet's first rows; None where there is none.

    ``candidates`` are those of the page, for who asks for one kind after the other.
    """
    best: Header | None = None
    for candidate in candidates_of(page) if candidates is None else candidates:
        if _may_head(kind, candidate):
            header = header_at(page, kind, candidate.row)
            if header and header.count >= FEWEST and (best is None or header.count > best.count):
                best = header
                if best.count >= PLENTY:
                    break
    return best


def candidates_of(page: Page) -> Iterator[Candidate]:
    """Yield those of the first rows with content in which a name stands that some kind calls a column of its own."""
    seen = 0
    for number, row in enumerate(page.rows):
        if seen >= SEARCHED_ROWS:
            return
        filled = [value for value in row[:WIDEST] if value != ""]
        seen += bool(filled)
        texts = [value[:80] for value in filled if isinstance(value, str)]
        names = tuple([(fold(text).strip("*:"), header_name(text)) for text in texts])
        if not OWN_NAMES.isdisjoint(chain.from_iterable(names)):
            yield Candidate(number, names, not page.sheet.merges and not _is_words(page, number + 1))


def _may_head(kind: SheetKind, candidate: Candidate) -> bool:
    """Tell whether a header may begin at a row: one of the kind's own names stands there, and enough may be found.

    A header that is one row alone has no more columns than are named in it, whole or by a part. A workbook that is no
    ledger has thousands of such rows.
    """
    named = {kind.field_of.get(folded) or kind.field_of.get(plain) for folded, plain in candidate.names}
    own = named - SHARED.keys() - {None}
    if not own or len(own) >= FEWEST or not candidate.alone:
        return bool(own)
    by_part = {field for field, part in kind.parts.items() if any(part.search(plain) for _, plain in candidate.names)}
    return len(own | (by_part - SHARED.keys())) >= FEWEST


def _is_words(page: Page, row: int) -> bool:
    """Tell whether a row holds words and nothing else."""
    filled = [value for value in page.rows[row][:WIDEST] if value != ""] if row < len(page.rows) else []
    return bool(filled) and all(isinstance(value, str) for value in filled)


def header_at(page: Page, kind: SheetKind, top: int) -> Header | None:
    """Read the header that begins at a row, with the further rows that belong to it."""
    header = _resolve(page, kind, top, top)
    for bottom in range(top + 1, min(top + HEADER_ROWS, len(page.rows))):
        if not _continues(page, kind, header, bottom):
            break
        header = _resolve(page, kind, top, bottom)
    if _is_grouped_above(page, header):
        header = replace(header, top=top - 1)
    return header if header.where else None


def _is_grouped_above(page: Page, header: Header) -> bool:
    """Tell whether the row above a header groups its columns by quarter; it belongs to the header then."""
    quarters = {one.quarter for columns in header.twice.values() for one in columns} - {None}
    if len(quarters) < FEWEST or header.top == 0:
        return False
    named = [value for value in page.rows[header.top - 1][:WIDEST] if value != ""]
    return sum(isinstance(value, str) and _quarter_in(header_name(value)) is not None for value in named) >= FEWEST


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
    return any(field and field[0] not in header.where for field in named)


def _completes(page: Page, kind: SheetKind, header: Header, row: int, column: int) -> bool:
    """Tell whether a cell completes the words above it to a column's name: 情况 below 完成."""
    texts = [text for _, text in _texts(page, header.top, row, column)]
    joined = field_named(kind, texts[0]) if len(texts) > 2 else None
    return joined is not None and joined[1] not in {header_name(text) for text in texts[1:]}


def _resolve(page: Page, kind: SheetKind, top: int, bottom: int) -> Header:
    """Name the columns of the header rows."""
    known, unknown = _named_columns(page, kind, top, bottom)
    known += _by_parts(page, kind, top, known, unknown)
    left = tuple(cell for cell in unknown if all(cell[1] != one.column for one in known))
    return _made(kind, top, bottom, sorted(_without_others(known), key=lambda one: one.column), left)


def _made(
    kind: SheetKind, top: int, bottom: int, known: list[Column], unknown: tuple[tuple[int, int, str], ...]
) -> Header:
    """Make a header of its columns; for a field with several of them the one with the best name leads."""
    chosen: dict[str, Column] = {}
    for column in known:
        if column.field not in chosen or _rank(kind, column) < _rank(kind, chosen[column.field]):
            chosen[column.field] = column
    where = {field: column.column for field, column in chosen.items()}
    rows = {field: column.row for field, column in chosen.items()}
    names = frozenset(column.name for column in chosen.values())
    return Header(kind, top, bottom, where, rows, names, tuple(known), unknown)


def _rank(kind: SheetKind, one: Column) -> tuple[bool, int]:
    names = ({**SHARED, **kind.columns})[one.field].split()
    return one.by_parts, names.index(one.name) if one.name in names else len(names)


def _named_columns(
    page: Page, kind: SheetKind, top: int, bottom: int
) -> tuple[list[Column], list[tuple[int, int, str]]]:
    """Return the columns of which a header cell is a known name, and the lowest header cell of the others."""
    known, unknown = [], []
    width = min(WIDEST, max((len(page.rows[row]) for row in range(top, bottom + 1)), default=0))
    for column in range(width):
        texts = list(_texts(page, top, bottom, column))
        for row, text in texts:
            named = field_named(kind, text)
            if named is not None:
                group = _group(page, top, row, column)
                known.append(
                    Column(named[0], column, row, named[1], text, group, _quarter_in(group) or _remarked(text))
                )
                break
        else:
            if texts:
                row, text = texts[1] if len(texts) > 1 else texts[0]
                unknown.append((row, column, text))
    return known, unknown


def _by_parts(
    page: Page, kind: SheetKind, top: int, known: list[Column], unknown: list[tuple[int, int, str]]
) -> list[Column]:
    """Know columns by a part of their longer name: those of a field that is missing, and further claims of a status.

    A second 完成情况 or 完成日期 under a longer name may contradict the first; a second 佐证材料 is some remark on it.
    """
    have, named_in_part = {one.field for one in known}, []
    for row, column, text in unknown:
        plain, group = header_name(text), _group(page, top, row, column)
        for field, part in kind.parts.items():
            other = OTHER_THAN_SHOWN if field == "evidence" else OTHER_THAN_ASKED
            told = None if other.search(plain) else part.search(plain)
            if told and (field not in have or field in ("status", "done_on")):
                quarter = _quarter_in(plain) or _quarter_in(group)
                named_in_part.append(Column(field, column, row, told[0][-8:], text, group, quarter, by_parts=True))
                break
    return named_in_part


def _without_others(known: list[Column]) -> list[Column]:
    """Leave out columns under 上季度, and those under 计划 or 要求 where the same stands elsewhere too."""
    kept = [one for one in known if not PAST_GROUP.fullmatch(one.group)]
    free = {one.field for one in kept if not OTHER_GROUP.fullmatch(one.group)}
    return [one for one in kept if one.field not in free or not OTHER_GROUP.fullmatch(one.group)]


def _group(page: Page, top: int, row: int, column: int) -> str:
    """Return the words that group a column: the nearest of other words above its name, unmerged ones carried right."""
    own = page.shown(row, column)
    for above in range(row - 1, max(top - 2, -1), -1):
        text = page.shown(above, column)
        if text == "" and (above, column) not in page.head:
            text = _carried(page, above, column)
        if isinstance(text, str) and text and text != own and len(text) <= LONGEST_GROUP:
            return header_name(text)
    return ""


def _carried(page: Page, row: int, column: int) -> object:
    """Return what stands to the left in a row of groups, where it names a quarter: 第一季度, blank, blank, 第二季度."""
    line = page.rows[row]
    for left in range(min(column, len(line)) - 1, -1, -1):
        if line[left] != "":
            return line[left] if isinstance(line[left], str) and is_quarter(fold(str(line[left]))) else ""
    return ""


def _quarter_in(text: str) -> int | None:
    if not text or not (is_quarter(text) or DEED.search(text)):
        return None
    found = find_quarter(text)
    return found.quarter if found else None


def _remarked(text: str) -> int | None:
    """Return the quarter that a header names in brackets: 完成情况（二季度）."""
    inner = fold(text).rstrip("*:").rstrip(")]】").replace("[", "(").replace("【", "(").rpartition("(")[2]
    return _quarter_in(inner) if inner != fold(text) and is_quarter(inner) else None


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
    candidates = list(candidates_of(page))
    others = [header for other in KINDS if (header := find_header(page, other, candidates)) and header.is_telling]
    best = max(others, key=lambda header: header.count, default=None)
    if own and (exact or own.is_telling) and (best is None or own.count >= best.count):
        return own.kind, own
    if best:
        return best.kind, best
    return (kind, None) if kind and exact else None


def further_header(page: Page) -> Header | None:
    """Return the header of a further table beside another one: telling, and with all that its kind needs."""
    candidates = list(candidates_of(page))
    headers = [header for kind in KINDS if (header := find_header(page, kind, candidates)) and header.is_telling]
    whole = [one for one in headers if all(any(name in one.where for name in names) for names in one.kind.needed)]
    return max(whole, key=lambda header: header.count, default=None)
