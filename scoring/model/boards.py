"""Scores and ranks: what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from scoring.model.findings import Finding
from scoring.model.policy import Policy
from scoring.model.ties import TieDecision


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """One unit's score. ``raw`` = base + responsibility + case_points + incentive - deductions, in points.

    ``score`` is ``raw`` held between 0 and the score cap. ``deductions`` is positive. ``rank`` counts within the kind;
    equal scores share a rank and the next is skipped. ``reported`` False: the unit sent no ledger by ``as_of``.
    """

    unit: str
    kind: str
    reported: bool
    base: Decimal
    responsibility: Decimal
    case_points: Decimal
    incentive: Decimal
    deductions: Decimal
    raw: Decimal
    score: Decimal
    rank: int
    findings: tuple[Finding, ...]

    def finding(self, clause: str, item: str = "") -> Finding | None:
        """Return the finding of a clause, of an incentive task that of an ``item`` (``""``: the first); None: not scored."""
        return next((f for f in self.findings if f.clause == clause and item in ("", f.item)), None)


@dataclass(frozen=True)
class Board:
    """All score cards of one assessment year at one ``as_of`` under one policy, in the order of the rules.

    ``decisions`` are what people decided about ties at a cut, as far as it holds on this board.
    """

    year: int
    as_of: date
    policy: Policy
    rules: str
    cards: tuple[ScoreCard, ...]
    decisions: tuple[TieDecision, ...] = ()

    @cached_property
    def card(self) -> Mapping[str, ScoreCard]:
        """Look a score card up by the unit's full name."""
        return {card.unit: card for card in self.cards}

    def ranking(self, kind: str) -> tuple[ScoreCard, ...]:
        """Return the kind's cards by rank; those that share a rank stay in the order of the rules."""
        return tuple(sorted((card for card in self.cards if card.kind == kind), key=lambda card: card.rank))
