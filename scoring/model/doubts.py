"""What a unit's ledgers say of time that does not fit together. It costs nothing by itself and waits for a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.model.facts import Facts, Statement, Status
from scoring.model.ledgers import Ledger


class DoubtKind(StrEnum):
    """What does not fit."""

    CONTRADICTED = "contradicted"  # an earlier ledger said 未完成 on a day after the 完成日期 that this one gives
    OLD_DAY = "old_day"  # a 完成日期 more than a year before the assessment's
    UNDATED = "undated"  # no 报送日期 at all
    BACKDATED = "backdated"  # a 报送日期 much earlier than the day on which the workbook was received


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that does not fit. ``statement`` is None where it concerns a whole ledger, ``earlier`` what it contradicts."""

    kind: DoubtKind
    ledger: Ledger
    statement: Statement | None = None
    earlier: Statement | None = None


def contradicted(facts: Facts) -> tuple[Doubt, ...]:
    """Return the claims of done by a day on which, or after which, an earlier ledger still said not done."""
    by_clause: dict[tuple[str, int, str], list[Statement]] = {}
    for statement in facts.statements:
        if statement.status in (Status.DONE, Status.NOT_DONE):
            by_clause.setdefault((statement.ledger.unit, statement.ledger.year, statement.clause), []).append(statement)
    return tuple(doubt for claims in by_clause.values() for doubt in _among(claims))


def _among(said: list[Statement]) -> Iterator[Doubt]:
    in_turn = sorted(said, key=lambda statement: (statement.ledger.order, statement.position))
    denied = [statement for statement in in_turn if statement.status is Status.NOT_DONE]
    for statement in in_turn if denied else ():
        day = statement.done_on if statement.status is Status.DONE else None
        if day is not None:
            latest_first = (two for two in reversed(denied) if two.ledger.submitted > day)
            earlier = next((two for two in latest_first if _is_earlier(two.ledger, statement.ledger)), None)
            if earlier is not None:
                yield Doubt(DoubtKind.CONTRADICTED, statement.ledger, statement, earlier)


def _is_earlier(one: Ledger, other: Ledger) -> bool:
    """Tell whether a ledger comes before another: by its quarter, or by the day on which it was sent.

    A correction of the first quarter may be sent in July, after the ledger of the second.
    """
    return one.order < other.order or one.submitted < other.submitted


def is_old(day: date, year: int) -> bool:
    """Tell whether a 完成日期 lies more than a year before the assessment's year.

    >>> is_old(date(2021, 12, 31), 2023), is_old(date(2022, 1, 1), 2023)
    (True, False)
    """
    return day.year < year - 1


def is_backdated(submitted: date, received: date, days: int) -> bool:
    """Tell whether a 报送日期 lies more than so many days before the day of receipt."""
    return (received - submitted).days > days


def doubts(facts: Facts, year: int, received: Mapping[int, date], days: int) -> tuple[Doubt, ...]:
    """Return all that does not fit; ``received`` tells by upload on which day a workbook came, where that is known."""
    listed = list(contradicted(facts))
    old = (one for one in facts.statements if one.done_on is not None and one.status is Status.DONE)
    listed += [Doubt(DoubtKind.OLD_DAY, one.ledger, one) for one in old if one.done_on and is_old(one.done_on, year)]
    listed += _of_ledgers(facts.ledgers, received, days)
    return tuple(listed)


def _of_ledgers(ledgers: Iterable[Ledger], received: Mapping[int, date], days: int) -> Iterator[Doubt]:
    for ledger in dict.fromkeys(ledgers):
        came = received.get(ledger.upload)
        if not ledger.dated:
            yield Doubt(DoubtKind.UNDATED, ledger)
        elif came is not None and is_backdated(ledger.submitted, came, days):
            yield Doubt(DoubtKind.BACKDATED, ledger)
