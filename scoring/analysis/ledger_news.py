"""What is new in a ledger, row by row, beside what its unit has sent before: new, changed, gone, said again, contradictory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from scoring.analysis.ledger_entries_sentences import Key, by_name, entries
from scoring.model.doubts import contradicted
from scoring.model.facts import Facts, Statement

WORK = "工作落实"  # the sheet whose rows state clauses


class Change(IntEnum):
    """What became of a row, in the order in which it is read."""

    NEW = 0
    CHANGED = 1
    GONE = 2
    AGAIN = 3


@dataclass(frozen=True, slots=True)
class RowNews:
    """One row. ``since`` names the ledger that it is compared with; ``against`` is what an earlier one said against it."""

    sheet: str
    name: str
    change: Change
    before: str
    after: str
    since: str = ""
    against: Statement | None = None


def news(now: Facts, earlier: Sequence[tuple[str, Facts]]) -> tuple[RowNews, ...]:
    """Return every row of a ledger beside the earlier ones (name and facts), what contradicts them first.

    The first of ``earlier`` is what it takes the place of, or the one before it: a row is gone where that one had it. A
    row is compared with the first of them that says it.
    """
    by_ledger = [(name, by_name(entries(facts))) for name, facts in earlier]
    torn = _contradictions(now, [facts for _, facts in earlier])
    here = by_name(entries(now))
    rows = [_row(key, after, by_ledger, torn) for key, after in here.items()]
    rows += [
        RowNews(key[0], key[1], Change.GONE, before, "", name)
        for name, rows_then in by_ledger[:1]
        for key, before in rows_then.items()
        if key not in here
    ]
    return tuple(sorted(rows, key=lambda row: (not row.against, row.change)))


def _row(
    key: Key, after: str, by_ledger: Sequence[tuple[str, Mapping[Key, str]]], torn: Mapping[str, Statement]
) -> RowNews:
    against = torn.get(key[1]) if key[0] == WORK else None
    name, before = next(((name, rows_then[key]) for name, rows_then in by_ledger if key in rows_then), ("", ""))
    change = Change.NEW if not name else Change.AGAIN if before == after else Change.CHANGED
    return RowNews(key[0], key[1], change, before, after, name, against)


def _contradictions(now: Facts, earlier: Sequence[Facts]) -> dict[str, Statement]:
    """Return clause -> what an earlier ledger stated on a day after the one that this one gives."""
    against = {}
    for doubt in contradicted(Facts.joined([now, *earlier])):
        if doubt.ledger in now.ledgers and doubt.statement and doubt.earlier:
            against[doubt.statement.clause] = doubt.earlier
    return against
