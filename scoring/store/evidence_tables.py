"""Evidence as rows of a table and back: which fact brings it, what it is, where its bytes are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.model.columns import Column, numbers, numbers_of
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Facts
from scoring.store.homes.database import Cursor
from scoring.store.queries import columns_of

LOOSE = "loose"
BRINGING = ("statements", "cases", "publicity", "incentives")


@dataclass(frozen=True, slots=True)
class Brought:
    """The evidence that the facts of one table bring, in order: by upload, and the fact's number in it."""

    upload: Column[int]
    fact: Column[int]
    item: Column[Evidence]

    def by_fact(self, uploads: Column[int]) -> list[tuple[Evidence, ...]]:
        """Return what each fact brings; ``uploads`` are those of all facts of the table, which are in order."""
        shown: list[tuple[Evidence, ...]] = [()] * len(uploads)
        alone = [(item,) for item in self.item.values]
        facts = np.searchsorted(numbers_of(uploads), numbers_of(self.upload)) + numbers_of(self.fact)
        for fact, item in zip(facts.tolist(), self.item.codes, strict=True):
            shown[fact] = shown[fact] + alone[item] if shown[fact] else alone[item]
        return shown


def evidence_rows(facts: Facts, loose: Sequence[Evidence] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``evidence`` without upload and number; ``loose`` are files that fit no row."""
    for table in BRINGING:
        for number, fact in enumerate(getattr(facts, table)):
            for item in fact.evidence:
                yield table, number, *_columns(item)
    for number, item in enumerate(loose):
        yield LOOSE, number, *_columns(item)


def _columns(item: Evidence) -> tuple[Any, ...]:
    place = item.workbook, item.sheet, item.cell
    return item.kind.value, item.name, item.sha256, *place, item.part, item.found_by.value


def load_evidence(cursor: Cursor, wanted: list[list[int]]) -> dict[str, Brought]:
    """Read the evidence of some uploads, by the table of the facts that bring it."""
    upload, table, fact, kind, name, sha, *place, found_by = columns_of(cursor, "evidence", wanted)
    item = Column.made(Evidence, kind.changed(EvidenceKind), name, sha, *place, found_by.changed(FoundBy))
    brought = {}
    for code, facts_of in enumerate(table.values):
        rows = np.flatnonzero(numbers(table.codes) == code)
        brought[facts_of] = Brought(upload.picked(rows), fact.picked(rows), item.picked(rows))
    return brought
