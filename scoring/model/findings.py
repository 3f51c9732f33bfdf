"""The judgement on one clause of one unit, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scoring.model.evidence import CellRef, Evidence
from scoring.model.facts import Ruling


class Outcome(StrEnum):
    """What was found. The names are the command line's."""

    MET = "met"
    LATE = "late"
    NOT_DONE = "not_done"
    NO_EVIDENCE = "no_evidence"
    NOT_STATED = "not_stated"
    NOT_REPORTED = "not_reported"
    UNREADABLE = "unreadable"
    PENDING = "pending"
    WAIVED = "waived"
    SHORT = "short"
    OVER_LIMIT = "over_limit"
    EARNED = "earned"
    NONE = "none"


NAMED_ABSENCES = frozenset({Outcome.NOT_STATED, Outcome.NOT_REPORTED})


class UnprovenPointsError(ValueError):
    """Points were to be moved without a clause, a sentence, a reason, or something that decided it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Judge one clause (or one incentive item) for one unit. Grain: unit x clause, zeros included.

    ``points`` are signed. ``deadline`` is None for bonuses. ``sources`` are the deciding cells, empty where nothing was
    sent. ``ruling`` is the reviewer's ruling that decided it and ``computed`` what stood beneath it. ``if_done`` are the
    points that would stand if an unreadable cell meant done (None: nothing is unreadable). ``flagged`` marks 待补佐证.
    ``remark`` is a further sentence beside the reason. ``item`` is an incentive's 事项.
    ``evidence`` is what the deciding statements (or cases) bring.
    """

    unit: str
    clause: str
    task: int
    outcome: Outcome
    points: Decimal
    deadline: date | None
    quote: str
    reason: str
    sources: tuple[CellRef, ...] = ()
    ruling: Ruling | None = None
    computed: Finding | None = None
    if_done: Decimal | None = None
    flagged: bool = False
    remark: str = ""
    item: str = ""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse points that cannot be proved.

        Raises:
            UnprovenPointsError: points move, and the clause, the sentence, the reason, or all of a cell, a ruling and a
                named absence are missing.
        """
        if not self.points:
            return
        proved = self.sources or self.ruling is not None or self.outcome in NAMED_ABSENCES
        if not (self.clause and self.quote and self.reason and proved):
            raise UnprovenPointsError(f"{self.unit} {self.clause}: {self.points} points without a proof")
