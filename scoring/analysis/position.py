"""What a board is computed from, held together, and one unit of it scored again on other facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from scoring.judging.assess import (
    assess_judged,
    city_median,
    judge_clause,
    judge_clauses,
    judge_unit,
    open_dossiers,
    put_together,
)
from scoring.judging.pairs import Comparison
from scoring.judging.rank import board_of_findings, score_card
from scoring.methods.dossier import Dossier, clauses_ruled, empty_dossier, gather, items_ruled, rulings_by_unit
from scoring.methods.question import NO_POINTS, Question
from scoring.model.boards import Board, ScoreCard
from scoring.model.doubts import Doubt, doubts
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts, Ruling, Status
from scoring.model.findings import Finding
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rules import Clause, Rulebook, Term, Treatment
from scoring.scenario.text import Scenario
from scoring.scenario.what_if import apply


@dataclass(frozen=True)
class Position:
    """The four arguments of a board. ``facts`` hold the rulings too."""

    facts: Facts
    rulebook: Rulebook
    as_of: date
    policy: Policy

    @cached_property
    def dossiers(self) -> Mapping[str, Dossier]:
        """Return the dossier of every scored unit, in the order of the rules."""
        return open_dossiers(self.facts, self.rulebook, self.as_of, self.policy)

    @cached_property
    def board(self) -> Board:
        """Return the board: what ``make_board`` returns."""
        findings = assess_judged(self.judged, self.dossiers, self.rulebook, self.policy)
        return board_of_findings(findings, self.dossiers, self.rulebook, self.as_of, self.policy)

    @cached_property
    def city(self) -> Decimal | None:
        """Return the counties' median in working days; None where the reading does not ask for it."""
        if self.policy.median != "citywide":
            return None
        return city_median(self.dossiers.values(), self.rulebook, self.as_of)

    @cached_property
    def facts_of(self) -> Mapping[str, Facts]:
        """Return each unit's own facts."""
        return {unit: self.facts.of_units({unit}) for unit in self.dossiers}

    def units(self, kind: str) -> tuple[str, ...]:
        """Name the scored units of a kind, in the order of the rules."""
        return tuple(card.unit for card in self.board.cards if card.kind == kind)

    def with_facts(self, facts: Facts) -> Position:
        """Return the same position on other facts."""
        return replace(self, facts=facts)

    def with_rulings(self, rulings: Sequence[Ruling]) -> Position:
        """Return the same position under other rulings; only units of which a ruling came or went are judged anew."""
        after = self.with_facts(replace(self.facts, rulings=tuple(rulings)))
        changed = {ruling.unit for ruling in {*self.facts.rulings} ^ {*rulings}}
        rulings_of = rulings_by_unit(rulings, self.rulebook.assessment, self.as_of)
        dossiers = {
            unit: _under(dossier, rulings_of.get(unit, ())) if unit in changed else dossier
            for unit, dossier in self.dossiers.items()
        }
        known = vars(after)  # where cached properties lie
        known["dossiers"], known["city"] = dossiers, self.city
        known["judged"] = {u: after._judged(d) if u in changed else self.judged[u] for u, d in dossiers.items()}
        known["_doubts"], known["cells_of"] = self._doubts, self.cells_of
        known["_cards"] = {ruling: card for ruling, card in self._cards.items() if ruling.unit not in changed}
        return after

    def with_scenario(self, scenario: Scenario) -> Position:
        """Return the position as a scenario would make it."""
        return self.with_facts(apply(self.facts, scenario, self.rulebook, self.as_of)) if scenario else self

    def rescored(self, unit: str, scenario: Scenario) -> ScoreCard:
        """Score one unit under a scenario of its own, its rank still 0; equal to the card of the whole board.

        The others' handling times stay as they are, and so does the counties' median: a scenario that sends real
        rosters anew must be scored as a whole board.
        """
        return self.scored(unit, self.opened(apply(self.facts_of[unit], scenario, self.rulebook, self.as_of), unit))

    def opened(self, facts: Facts, unit: str) -> Dossier:
        """Open one unit's dossier from its own facts."""
        late_ledgers = self.policy.late_ledger == "accepted"
        dossiers = gather(facts, self.rulebook.assessment, self.as_of, late_ledgers=late_ledgers)
        return dossiers.get(unit) or empty_dossier(unit)

    def scored(self, unit: str, dossier: Dossier) -> ScoreCard:
        """Score one unit's dossier, its rank still 0."""
        findings = judge_unit(dossier, self.rulebook, self.as_of, self.policy, self.city)
        if any(term.compared_with for _, term in self.rulebook.terms_of[unit]):
            others = {card.unit: card.findings for card in self.board.cards} | {unit: findings}
            findings = Comparison(others, self.rulebook).remarked(findings)
        return score_card(dossier, findings, self.rulebook, self.policy)

    @cached_property
    def judged(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return each unit's clauses, each judged by itself, in the order of the rules."""
        return {unit: self._judged(dossier) for unit, dossier in self.dossiers.items()}

    def _judged(self, dossier: Dossier) -> tuple[Finding, ...]:
        return judge_clauses(dossier, self.rulebook, self.as_of, self.policy, self.city)

    @cached_property
    def cells_of(self) -> Mapping[Ledger, frozenset[CellRef]]:
        """Return the cells of each ledger's statements."""
        cells: dict[Ledger, set[CellRef]] = {}
        for statement in self.facts.statements:
            cells.setdefault(statement.ledger, set()).add(statement.source)
        return {ledger: frozenset(own) for ledger, own in cells.items()}

    def doubts(self, received: Mapping[int, date]) -> tuple[Doubt, ...]:
        """Return what does not fit over time; ``received`` tells by upload on which day a workbook came."""
        days = frozenset(received.items())
        if days not in self._doubts:
            assessment = self.rulebook.assessment
            self._doubts[days] = doubts(self.facts, assessment.year, received, assessment.receipt_days)
        return self._doubts[days]

    @cached_property
    def _doubts(self) -> dict[frozenset[tuple[int, date]], tuple[Doubt, ...]]:
        """Remember what ``doubts`` returned."""
        return {}

    @cached_property
    def _cards(self) -> dict[Ruling, ScoreCard]:
        """Remember what ``ruled`` returned."""
        return {}

    def ruled(self, ruling: Ruling) -> ScoreCard:
        """Score the unit of one more ruling, its rank still 0 and no remarks written; only that clause is judged anew."""
        if ruling not in self._cards:
            self._cards[ruling] = self._ruled(ruling)
        return self._cards[ruling]

    def _ruled(self, ruling: Ruling) -> ScoreCard:
        dossier, judged = with_ruling(self.dossiers[ruling.unit], ruling), list(self.judged[ruling.unit])
        for place, (clause, term) in enumerate(self.rulebook.terms_of[ruling.unit]):
            if clause.code == ruling.clause and ruling.item is None:
                question = Question(dossier, clause, term, self.rulebook, self.as_of, self.policy, self.city)
                judged[place] = judge_clause(question)
        findings = put_together(judged, dossier, self.rulebook, self.policy)
        return score_card(dossier, findings, self.rulebook, self.policy)

    def won(self, card: ScoreCard) -> Decimal:
        """Return a card's bonus points before the cap on all of them, incentive points left aside."""
        tasks = self.rulebook.task
        clauses = (f for f in card.findings if f.points > 0 and tasks[f.task].treatment is not Treatment.INCENTIVE)
        return sum((finding.points for finding in clauses), NO_POINTS)

    def reached(self, card: ScoreCard, faults: Decimal, won: Decimal) -> Decimal:
        """Return the score that a card would have with so much less deducted and so much more won, under the caps."""
        assessment = self.rulebook.assessment
        case_points = min(self.won(card) + won, self.rulebook.kind_of(card.unit).case_cap)
        raw = card.raw - card.case_points + case_points + faults
        return max(NO_POINTS, min(raw, assessment.score_cap))

    def question(self, unit: str, clause: Clause, term: Term) -> Question:
        """Return the question that the board asks of a unit's clause."""
        dossier = self.dossiers[unit]
        return Question(dossier, clause, term, self.rulebook, self.as_of, self.policy, self.city)

    def is_undecided(self, finding: Finding) -> bool:
        """Tell whether a row that says 不涉及 or the like is among what decided a clause: a reviewer must rule."""
        said = self.dossiers[finding.unit].statements.get(finding.clause, ())
        return any(s.status is Status.UNDECIDED and s.source in finding.sources for s in said)

    def rivals(self, unit: str) -> tuple[ScoreCard, ...]:
        """Return the other cards of the unit's kind, in the order of the rules."""
        kind = self.rulebook.unit[unit].kind
        return tuple(card for card in self.board.cards if card.kind == kind and card.unit != unit)

    def short(self, unit: str) -> str:
        """Say a unit's short name."""
        return self.rulebook.short(unit)

    def shorts(self, units: Iterable[str]) -> str:
        """Say several units' short names."""
        return "、".join(self.short(unit) for unit in units)


def _under(dossier: Dossier, rulings: Sequence[Ruling]) -> Dossier:
    return replace(dossier, rulings=clauses_ruled(rulings), item_rulings=items_ruled(rulings))


def with_ruling(dossier: Dossier, ruling: Ruling) -> Dossier:
    """Return a dossier in which one more ruling is in force."""
    if ruling.item is None:
        return replace(dossier, rulings={**dossier.rulings, ruling.clause: ruling})
    return replace(dossier, item_rulings={**dossier.item_rulings, (int(ruling.clause), ruling.item): ruling})
