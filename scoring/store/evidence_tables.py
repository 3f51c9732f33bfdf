"""Evidence as rows of a table and back: which fact brings it, what it is, where its bytes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Facts
from scoring.store.homes.database import Cursor
from scoring.store.queries import query

Brought = Mapping[tuple[int, str, int], tuple[Evidence, ...]]  # (upload, table, the fact's number in it) -> evidence
LOOSE = "loose"
BRINGING = ("statements", "cases", "publicity", "incentives")
KINDS = {kind.value: kind for kind in EvidenceKind}
WAYS = {way.value: way for way in FoundBy}


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


def load_evidence(cursor: Cursor, wanted: list[list[int]]) -> Brought:
    """Read the evidence of some uploads."""
    found: dict[tuple[int, str, int], list[Evidence]] = {}
    for upload, table, fact, kind, *rest, found_by in cursor.execute(query("evidence"), wanted).fetchall():
        name, sha, workbook, sheet, cell, part = rest
        item = Evidence(KINDS[kind], name, sha, workbook, sheet, cell, part, WAYS[found_by])
        found.setdefault((upload, table, fact), []).append(item)
    return {key: tuple(items) for key, items in found.items()}
