"""Add findings up to scores and put the units in order: ``findings -> score cards -> board``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from scoring.judging.assess import assess_dossiers, open_dossiers, responsible_tasks
from scoring.methods.dossier import Dossier
from scoring.model.boards import Board, ScoreCard
from scoring.model.facts import Facts
from scoring.model.findings import Finding
from scoring.model.gc_pause import no_collecting
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook

ZERO = Decimal("0.00")


def make_board(facts: Facts, rulebook: Rulebook, as_of: date, policy: Policy) -> Board:
    """Score every unit: the one scoring function behind every page, scenario, test and command.

    ``facts x rulebook x as_of x policy -> board``; ``as_of`` is read as 'at the end of that day'.
    """
    with no_collecting():
        return board_of_dossiers(open_dossiers(facts, rulebook, as_of, policy), rulebook, as_of, policy)


def board_of_dossiers(dossiers: Mapping[str, Dossier], rulebook: Rulebook, as_of: date, policy: Policy) -> Board:
    """Score dossiers that were opened for the same day and the same reading of ``late_ledger``."""
    return board_of_findings(assess_dossiers(dossiers, rulebook, as_of, policy), dossiers, rulebook, as_of, policy)


def board_of_findings(
    findings: Mapping[str, tuple[Finding, ...]],
    dossiers: Mapping[str, Dossier],
    rulebook: Rulebook,
    as_of: date,
    policy: Policy,
) -> Board:
    """Add up the findings of every unit and put the units in order."""
    cards = [score_card(dossier, findings[unit], rulebook, policy) for unit, dossier in dossiers.items()]
    return Board(rulebook.assessment.year, as_of, policy, rulebook.rules_hash, ranked(cards))


def score_card(dossier: Dossier, findings: tuple[Finding, ...], rulebook: Rulebook, policy: Policy) -> ScoreCard:
    """Add one unit's findings up; its rank is still 0.

    County: 96 + min(case points, 4) + incentive - deductions. Department: 100 + 0.2 x tasks + incentive - deductions.
    """
    assessment, kind = rulebook.assessment, rulebook.kind_of(dossier.unit)
    incentive_tasks = rulebook.incentive_tasks
    responsibility = kind.responsibility * len(responsible_tasks(rulebook, dossier.unit, policy))
    incentive = sum((f.points for f in findings if f.task in incentive_tasks), ZERO)
    won = sum((f.points for f in findings if f.points > 0 and f.task not in incentive_tasks), ZERO)
    case_points = min(won, kind.case_cap)
    deductions = -sum((f.points for f in findings if f.points < 0 and f.task not in incentive_tasks), ZERO)
    raw = kind.base + responsibility + case_points + incentive - deductions
    return ScoreCard(
        unit=dossier.unit,
        kind=kind.name,
        reported=dossier.reported,
        base=kind.base,
        responsibility=responsibility,
        case_points=case_points,
        incentive=incentive,
        deductions=deductions,
        raw=raw,
        score=max(ZERO, min(raw, assessment.score_cap)),
        rank=0,
        findings=findings,
    )


def ranked(cards: list[ScoreCard]) -> tuple[ScoreCard, ...]:
    """Give each card its rank within its kind: highest score first, equal scores share a rank (1, 2, 2, 4)."""
    return tuple(replace(card, rank=rank) for card, rank in zip(cards, ranks(cards), strict=True))


def ranks(cards: Sequence[ScoreCard]) -> list[int]:
    """Return the rank of each card within its kind, in the order of the cards."""
    scores: dict[str, list[Decimal]] = {}
    for card in cards:
        scores.setdefault(card.kind, []).append(card.score)
    places = {kind: _rank_of(own) for kind, own in scores.items()}
    return [places[card.kind][card.score] for card in cards]


def _rank_of(scores: list[Decimal]) -> dict[Decimal, int]:
    """Return score -> rank: one more than there are higher scores."""
    rank_of_score: dict[Decimal, int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), 1):
        rank_of_score.setdefault(score, place)
    return rank_of_score
