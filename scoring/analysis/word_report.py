"""Words of 完成情况 that were read by a general pattern and not by a listed word, so that the office can extend the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.model.evidence import CellRef
from scoring.model.facts import Statement, Status
from scoring.words.statuses import LISTED, how_read


@dataclass(frozen=True, slots=True)
class MetWord:
    """Some words as they stood in ledgers. Grain: words x reading.

    ``status`` is how they were read, None where they could not be; ``by`` says what the pattern is for, ``""`` where none
    found anything. ``times`` counts the cells, ``first`` is one of them.
    """

    words: str
    status: Status | None
    by: str
    times: int
    first: CellRef


def met_words(statements: Iterable[Statement]) -> tuple[MetWord, ...]:
    """Return the words that no listed word read, the most frequent first."""
    cells: dict[tuple[str, Status | None, str], set[CellRef]] = {}
    for statement in statements:
        if statement.said:
            status, by = how_read(statement.said, statement.ledger.submitted, statement.ledger.year)
            if by != LISTED:
                cells.setdefault((statement.said, status, by), set()).add(statement.source)
    words_met = [MetWord(words, status, by, len(at), min(at)) for (words, status, by), at in cells.items()]
    return tuple(sorted(words_met, key=lambda met: (-met.times, met.words)))
