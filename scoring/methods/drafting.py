"""What a method drafts for a unit that wants to do better; whether a draft helps is for the scoring function to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from scoring.methods.question import Question
from scoring.model.changes import Act, Change
from scoring.model.findings import Finding, Outcome
from scoring.model.rules import Clause, Term

DONE = frozenset({Outcome.MET, Outcome.LATE})
Draft = tuple[int, tuple[Change, ...], str]
"""How many single actions it takes, the changes, and what to do in Chinese."""


class Candidate(Protocol):
    """One clause of one unit, looked at for what can be done about it."""

    @property
    def clause(self) -> Clause:
        """Return the clause."""

    @property
    def term(self) -> Term:
        """Return what it means for the unit."""

    @property
    def finding(self) -> Finding:
        """Return how it stands."""

    @property
    def question(self) -> Question:
        """Return the clause's question as the board asks it."""

    @property
    def day(self) -> date:
        """Return the day that a ledger sent again would name."""

    @property
    def closes(self) -> date:
        """Return the day on which the assessment closes, or today where that has passed."""

    def change(self, act: Act, day: date | None = None, count: int | None = None, quarter: int | None = None) -> Change:
        """Return a change of this clause."""

    def mends(self, change: Change, day: date) -> bool:
        """Tell whether the clause costs less on a day with the change made."""


def draft_nothing(_: Candidate) -> Iterator[Draft]:
    """Draft nothing."""
    return iter(())


def draft_done(candidate: Candidate) -> Iterator[Draft]:
    """Draft what a matter to be completed takes: its evidence, or doing it."""
    finding = candidate.finding
    if finding.outcome in DONE and not finding.points:
        return
    yield 1, (candidate.change(Act.PROVED),), "补齐佐证材料"
    yield 1, (candidate.change(Act.DONE, candidate.day),), "完成并附佐证材料"
