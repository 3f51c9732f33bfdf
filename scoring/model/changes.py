"""What a what-if changes, as values: one change of one clause, and a scenario of several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ALL = "*"  # every clause of the unit


class Act(StrEnum):
    """What is changed. The values stand in links, so they are short and stay as they are."""

    DONE = "done"  # done with evidence; a case given; a count complete
    OPEN = "open"  # not done; no case; nothing counted
    BARE = "bare"  # done without evidence
    PROVED = "proved"  # what was said stands, its evidence is given
    COUNT = "count"  # the number is set, with evidence
    ADD = "add"  # one more incentive item with these points
    ACCEPT = "accept"
    REJECT = "reject"
    EXEMPT = "exempt"


RULINGS = frozenset({Act.ACCEPT, Act.REJECT, Act.EXEMPT})
STATED = frozenset({Act.DONE, Act.OPEN, Act.BARE, Act.PROVED}) | RULINGS
COUNTED = STATED | {Act.COUNT}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise. Grain: unit x clause (x quarter).

    ``clause`` is a clause's code, an incentive task's number (``ADD``), or ``ALL`` (``PROVED``). ``day`` is the day on
    which it is done; None means in time, yet not after the scoring day. ``number`` is what ``COUNT`` sets, ``points``
    what ``ADD`` adds. ``quarter`` narrows a quarterly clause to one quarter; None means every due quarter.
    """

    unit: str
    clause: str
    act: Act
    day: date | None = None
    number: int | None = None
    points: Decimal | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes, applied one after the other. The empty scenario is the board as it stands."""

    changes: tuple[Change, ...] = ()

    def __add__(self, other: Scenario) -> Scenario:
        """Make the changes of one scenario after those of another."""
        return Scenario(self.changes + other.changes)

    def __bool__(self) -> bool:
        """Tell whether anything would be otherwise."""
        return bool(self.changes)

    @property
    def units(self) -> tuple[str, ...]:
        """Name the units that the scenario changes, in the order of its changes."""
        return tuple(dict.fromkeys(change.unit for change in self.changes))
