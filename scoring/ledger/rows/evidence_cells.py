"""What a row brings as evidence: the words of its 佐证材料 cell, and the things that lie on it or beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat

from scoring.files.cells import address, column_letters
from scoring.ledger.rows.block_columns import filled
from scoring.ledger.rows.row_reader import Reading
from scoring.model.evidence import CellRef, Evidence, EvidenceKind, FoundBy, Thing
from scoring.problems import CATALOGUE
from scoring.words.addresses import is_link, is_shown_picture
from scoring.words.statuses import as_text, is_blank, read_evidence

BEYOND = 10  # columns beyond the table in which a picture on a row still speaks for it
SEEN = frozenset({EvidenceKind.PICTURE, EvidenceKind.ATTACHMENT})
SCRIPTS = ("javascript:", "vbscript:", "data:", "mailto:")


class EvidenceCells:
    """The evidence of one block's rows. A class, because what lies where is looked up once for all rows."""

    def __init__(self, reading: Reading, name: str) -> None:
        self.reading, self.name = reading, name
        self.column = reading.where[name]
        self.is_there = name in reading.has
        self.sheet = reading.page.sheet
        self.book, self.letter = reading.page.workbook, column_letters(self.column)
        self.last = max(reading.header.where.values(), default=0) + BEYOND

    def holds(self, row: int, values: list[object]) -> str:
        """Say what a row has in its evidence cell or on it, for a message; ``""`` where there is nothing."""
        words = read_evidence(values[self.column])
        return words or next((thing.name for thing in (*self._on_cell(row), *self._elsewhere(row)) if thing.counts), "")

    def at_sight(self, value: object) -> str | None:
        """Return the words of a cell, on a sheet on which no things lie; None where there is more to it."""
        if value == "":
            return ""
        if not isinstance(value, str) or value[0] == "#" or "(" in value:
            return None
        return read_evidence(value) or None

    def of_words(self, rows: Sequence[int], words: Sequence[str]) -> list[tuple[Evidence, ...]]:
        """Return the evidence of rows by the words that were read at sight; ``""`` is none."""
        names = [name for name in words if name]
        cells = [f"{self.letter}{row + 1}" for row, name in zip(rows, words, strict=True) if name]
        place = repeat(None), repeat(self.book), repeat(self.sheet.name), cells, repeat(""), repeat(FoundBy.CELL)
        made = iter(filled(Evidence, len(names), [map(_kind, names), names, *place]))
        return [(next(made),) if name else () for name in words]

    def read(self, row: int, values: list[object]) -> tuple[Evidence, ...]:
        """Return a row's evidence and report what should be said of it."""
        things, value = self._on_cell(row), values[self.column] if self.is_there else ""
        fault = self.reading.grid.fault(row, self.column, value) if self.is_there else ""
        if fault and not things:
            self._report("evidence-error-value", self._place(row), fault)
        silent = bool(fault) or is_blank(value) or is_shown_picture(as_text(value))
        words = "" if silent else read_evidence(value)
        if not silent and not words and any(thing.kind in SEEN and thing.counts for thing in things):
            self._report("evidence-contradicted", self._place(row), as_text(value))
        evidence = [*self._words(row, words, things), *self._shown(things, FoundBy.CELL)]
        if not evidence and (fault or is_blank(value)):
            evidence = self._beside(row)
        elif not evidence and any(thing.counts for thing in self._elsewhere(row)):
            self._report("evidence-elsewhere-denied", self._place(row), as_text(value))
        return tuple(evidence)

    # --- words and addresses
    def _words(self, row: int, words: str, things: tuple[Thing, ...]) -> Iterator[Evidence]:
        """Yield the cell's text (an address typed in is a link), and what a path behind it names."""
        if words and not any(thing.kind is EvidenceKind.LINK and thing.name == words for thing in things):
            at = self._place(row)
            yield Evidence(_kind(words), words, None, at.workbook, at.sheet, at.cell)
        for thing in things:
            if thing.kind is EvidenceKind.TEXT and not (words and thing.name.casefold().startswith(SCRIPTS)):
                yield self._evidence(thing, FoundBy.CELL)

    # --- things
    def _shown(self, things: tuple[Thing, ...], found_by: FoundBy) -> Iterator[Evidence]:
        for thing in things:
            for trouble in thing.troubles:
                self._report(trouble.code, self._at(thing), thing.name, detail=trouble.detail)
            if thing.counts and thing.kind is not EvidenceKind.TEXT:
                yield self._evidence(thing, found_by)

    def _beside(self, row: int) -> list[Evidence]:
        """Return what lies on another cell of the row."""
        things = self._elsewhere(row)
        brought = list(self._shown(things, FoundBy.ROW))
        for thing in things:
            if thing.counts:
                self._report("evidence-elsewhere", self._at(thing), thing.name, column=self.reading.title(self.name))
        return brought

    def _on_cell(self, row: int) -> tuple[Thing, ...]:
        if not self.is_there or not self.sheet.things:
            return ()
        return self.sheet.things.get(self.reading.grid.place(row, self.column), ())

    def _elsewhere(self, row: int) -> tuple[Thing, ...]:
        placed = self._by_row.get(row)
        if not placed:
            return ()
        own = self.reading.grid.place(row, self.column) if self.is_there else None
        return tuple(t for t in placed if (t.row, t.column) != own and t.column <= self.last)

    @cached_property
    def _by_row(self) -> dict[int, tuple[Thing, ...]]:
        """Return row -> the pictures and embedded files on it; on a merged cell they lie on all its rows."""
        by_row: dict[int, list[Thing]] = {}
        for (row, column), things in self.sheet.things.items():
            merge = self.reading.page.merge_from.get((row, column))
            seen = [thing for thing in things if thing.kind in SEEN]
            for number in range(row, min(merge.bottom if merge else row, len(self.sheet.rows)) + 1) if seen else ():
                by_row.setdefault(number, []).extend(seen)
        return {row: tuple(things) for row, things in by_row.items()}

    # --- places
    def _place(self, row: int) -> CellRef:
        return self.reading.grid.at(row, self.column)

    def _at(self, thing: Thing) -> CellRef:
        return CellRef(self.reading.page.workbook, self.sheet.name, address(thing.row, thing.column))

    def _evidence(self, thing: Thing, found_by: FoundBy) -> Evidence:
        at = self._at(thing)
        return Evidence(thing.kind, thing.name, thing.sha256, at.workbook, at.sheet, at.cell, thing.part, found_by)

    def _report(self, code: str, at: CellRef, value: str, **fields: object) -> None:
        self.reading.into.problems.append(CATALOGUE[code].at(at, value, **fields))


def _kind(words: str) -> EvidenceKind:
    return EvidenceKind.LINK if ":" in words and is_link(words) else EvidenceKind.TEXT
