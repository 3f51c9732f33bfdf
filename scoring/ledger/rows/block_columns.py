"""The cells of a block a column at a time: each distinct value is understood once, and facts are made a field at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import Any, TypeVar, cast

from scoring.ledger.rows.row_reader import Reading
from scoring.ledger.sheet.columns import QUARTER, SUBMITTED, UNIT
from scoring.model.ledgers import Ledger
from scoring.words.statuses import as_text

T = TypeVar("T")
UNREAD = date.min  # a day that asks for a word with the sender
SENDER = (UNIT, QUARTER, SUBMITTED)


class BlockColumns:
    """The rows of one block by columns, as they are written: merged ranges and settled columns are not looked at."""

    def __init__(self, reading: Reading, rows: Sequence[int]) -> None:
        self.reading, self.rows = reading, rows
        self._lines = [reading.page.rows[row] for row in rows]
        self._shortest = min(map(len, self._lines), default=0)

    def column(self, name: str) -> Sequence[object]:
        """Return a field's values, ``""`` throughout where there is no such column."""
        column = self.reading.where[name]
        if name not in self.reading.has:
            return [""] * len(self.rows)
        if column < self._shortest:
            return list(map(itemgetter(column), self._lines))
        return [line[column] if column < len(line) else "" for line in self._lines]

    def texts(self, name: str) -> list[str]:
        """Return a field's values as text."""
        return as_texts(self.column(name))

    def days(self, name: str) -> list[date | None]:
        """Return a field's days: None where it is blank, ``UNREAD`` where it is no day or a month only."""
        read = self.reading.envelope.days.read

        def day(value: object) -> date | None:
            if value == "":
                return None
            told = read(value)
            return UNREAD if told is None or told.month_only else told.day

        return understood(self.column(name), day)

    def senders(self) -> list[tuple[object, object, object]]:
        """Return what each row says of its sender; nothing where it has no such column."""
        if not self.reading.names_sender:
            return []
        return list(zip(*(self.column(name) for name in SENDER), strict=True))

    def ledgers(self) -> list[Ledger | None]:
        """Return the ledger of every row, in order; None keeps the row out, and a problem says why."""
        reading, known = self.reading, self.reading.sender.known
        if not reading.names_sender:
            return [reading.ledger(row, []) for row in self.rows]
        rows_and_senders = zip(self.rows, self.senders(), strict=True)
        return [known.get(sender) or reading.ledger(row, reading.grid.values(row)) for row, sender in rows_and_senders]


def understood(values: Sequence[Any], meaning: Callable[[Any], T]) -> list[T]:
    """Return the meaning of every value, asked once for each distinct one."""
    known = {value: meaning(value) for value in set(values)}
    return list(map(known.__getitem__, values))


def as_texts(values: Sequence[object]) -> list[str]:
    """Return a column as text; texts stay as they are."""
    kinds = set(map(type, values))
    if kinds <= {str}:
        return cast("list[str]", list(values))
    if kinds == {float}:
        return understood(values, as_text)
    return [str(value) if value.__class__ is str else as_text(value) for value in values]


def filled(kind: type[T], count: int, columns: Sequence[Iterable[Any]]) -> list[T]:
    """Make many frozen values at once, a field at a time, in the order of the class's own fields.

    It gives what ``kind(*row)`` gives for every row, in a third of the time: a frozen dataclass sets its fields one by
    one in Python, this sets a whole column of them in C.
    """
    made: list[T] = list(map(object.__new__, repeat(kind, count)))
    for name, column in zip(kind.__slots__, columns, strict=True):  # type: ignore[attr-defined]
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made
