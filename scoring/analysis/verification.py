"""Every single ruling that would change the first three, the last three, or a tie at either cut: what to verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.position import Position, with_ruling
from scoring.board.red_black import Ends, ends, ends_of, rank_among, scores_of
from scoring.judging.assess import judge_clause, put_together
from scoring.judging.rank import score_card
from scoring.methods.dossier import Dossier
from scoring.methods.question import Question
from scoring.methods.simulating import SIMULATED
from scoring.model.facts import Incentive, Ruling, Verdict
from scoring.model.findings import Finding
from scoring.model.rules import UnitKind


@dataclass(frozen=True, slots=True)
class Check:
    """One clause or incentive item to verify, and what ruling on it (any of ``verdicts``, all to the same effect) does.

    ``finding`` stands today; ``points`` would. ``enter_first`` and so on name the units that the ruling moves into or
    out of an end of the ranking.
    """

    unit: str
    clause: str
    item: str
    verdicts: tuple[Verdict, ...]
    finding: Finding
    points: Decimal
    score_before: Decimal
    score: Decimal
    rank_before: int
    rank: int
    before: Ends
    after: Ends

    @property
    def moved(self) -> int:
        """Count the units that enter or leave an end."""
        first = set(self.before.first) ^ set(self.after.first)
        return len(first) + len(set(self.before.last) ^ set(self.after.last))

    @property
    def enter_first(self) -> tuple[str, ...]:
        """Name the units that come among the first."""
        return tuple(unit for unit in self.after.first if unit not in self.before.first)

    @property
    def leave_first(self) -> tuple[str, ...]:
        """Name the units that are no longer among the first."""
        return tuple(unit for unit in self.before.first if unit not in self.after.first)

    @property
    def enter_last(self) -> tuple[str, ...]:
        """Name the units that come among the last."""
        return tuple(unit for unit in self.after.last if unit not in self.before.last)

    @property
    def leave_last(self) -> tuple[str, ...]:
        """Name the units that are no longer among the last."""
        return tuple(unit for unit in self.before.last if unit not in self.after.last)


def checks(position: Position, kind: UnitKind) -> tuple[Check, ...]:
    """Return every single ruling of today that would change either end of a kind's ranking, worst first.

    Tried is each verdict on each clause of which a unit sent something or which was ruled on, and on each incentive item
    (认可 gives what is claimed): what was never sent cannot be verified. A tie at a cut is part of the end. Worst are
    those that move most units, then those that do it with the fewest points.
    """
    scores, before = scores_of(position.board, kind.name), ends(position.board, kind)
    check_of: dict[tuple[str, str, str, Decimal], Check] = {}
    for unit in scores if kind.listed else ():
        for tried in _tried(position, unit):
            after = ends_of({**scores, unit: tried.score}, kind.listed)
            if after == before:
                continue
            check = _check(position, tried, scores, before, after)
            key = check.unit, check.clause, check.item, check.score
            known = check_of.get(key)
            check_of[key] = check if known is None else _merged(known, check)
    return tuple(sorted(check_of.values(), key=lambda c: (-c.moved, abs(c.score - c.score_before))))


@dataclass(frozen=True, slots=True)
class _Tried:
    """One ruling, tried: the finding that it makes and the score that it leads to."""

    ruling: Ruling
    finding: Finding
    score: Decimal


def _check(position: Position, tried: _Tried, scores: dict[str, Decimal], before: Ends, after: Ends) -> Check:
    ruling, card = tried.ruling, position.board.card[tried.ruling.unit]
    rivals = [score for unit, score in scores.items() if unit != ruling.unit]
    item = tried.finding.item
    standing = next(f for f in card.findings if f.clause == ruling.clause and f.item == item)
    return Check(
        unit=ruling.unit,
        clause=ruling.clause,
        item=item,
        verdicts=(ruling.verdict,),
        finding=standing,
        points=tried.finding.points,
        score_before=card.score,
        score=tried.score,
        rank_before=card.rank,
        rank=rank_among(tried.score, rivals),
        before=before,
        after=after,
    )


def _merged(known: Check, other: Check) -> Check:
    return Check(
        known.unit, known.clause, known.item, known.verdicts + other.verdicts, known.finding, known.points,
        known.score_before, known.score, known.rank_before, known.rank, known.before, known.after,
    )  # fmt: skip


def _tried(position: Position, unit: str) -> Iterator[_Tried]:
    """Try every ruling on one unit; only the clause concerned is judged anew."""
    dossier, card = position.dossiers[unit], position.board.card[unit]
    terms = position.rulebook.terms_of[unit]
    judged = [judge_clause(position.question(unit, clause, term)) for clause, term in terms]
    for place, (clause, term) in enumerate(terms):
        for verdict in Verdict if judged[place].sources or judged[place].ruling else ():
            ruling = Ruling(
                unit, position.rulebook.assessment.year, clause.code, verdict, SIMULATED, SIMULATED, position.as_of
            )
            ruled = with_ruling(dossier, ruling)
            p = position
            finding = judge_clause(Question(ruled, clause, term, p.rulebook, p.as_of, p.policy, p.city))
            if (finding.points, finding.outcome) != (judged[place].points, judged[place].outcome):
                yield from _scored(
                    position, ruled, [*judged[:place], finding, *judged[place + 1 :]], ruling, card.score
                )
    for item in dossier.incentives:
        for ruling in _rulings_on(item, unit, position):
            yield from _scored(position, with_ruling(dossier, ruling), judged, ruling, card.score)


def _scored(
    position: Position, dossier: Dossier, judged: list[Finding], ruling: Ruling, score: Decimal
) -> Iterator[_Tried]:
    findings = put_together(judged, dossier, position.rulebook, position.policy)
    after = score_card(dossier, findings, position.rulebook, position.policy)
    if after.score != score:
        yield _Tried(ruling, next(f for f in findings if _is_about(f, ruling)), after.score)


def _is_about(finding: Finding, ruling: Ruling) -> bool:
    if finding.clause != ruling.clause:
        return False
    return ruling.item is None or "".join(finding.item.split()) == ruling.item


def _rulings_on(item: Incentive, unit: str, position: Position) -> Iterable[Ruling]:
    """Return the rulings to try on an incentive item: 认可 with what is claimed where nothing is awarded, and 不认可."""
    task, key = item.key
    points = item.claimed if item.awarded is None else item.awarded
    for verdict, points_given in ((Verdict.ACCEPTED, points), (Verdict.REJECTED, None)):
        yield Ruling(
            unit,
            position.rulebook.assessment.year,
            str(task),
            verdict,
            SIMULATED,
            SIMULATED,
            position.as_of,
            item=key,
            points=points_given,
        )
