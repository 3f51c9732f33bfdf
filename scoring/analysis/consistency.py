"""The same clause, the same kind of statement and evidence, ruled differently: one measure for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis.position import Position
from scoring.model.facts import Status, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.traits import ReadFrom


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two units' matters alike: what was computed of them, the last status stated, whether it was proved.

    ``status`` is None where nothing was stated (or a clause is not stated at all: rosters, cases). ``points`` are what
    was computed, so that two of three partners are not taken for one.
    """

    clause: str
    kind: str
    outcome: Outcome
    points: Decimal
    status: Status | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Ruled:
    """One unit's matter and the verdict on it; None: nobody has ruled on it."""

    unit: str
    verdict: Verdict | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Matters that are alike and are treated differently.

    ``is_conflict`` tells that verdicts contradict each other; else some were ruled on, to an effect, and others with the
    same matter were not. For an incentive item ``item`` is its 事项 and ``likeness`` is None.
    """

    clause: str
    item: str
    likeness: Likeness | None
    matters: tuple[Ruled, ...]
    is_conflict: bool


def inconsistencies(position: Position) -> tuple[Inconsistency, ...]:
    """Return what is ruled differently though alike, contradictions first, then in the order of the rules."""
    found = [*_clauses(position), *_items(position)]
    return tuple(sorted(found, key=lambda inconsistency: not inconsistency.is_conflict))


def _clauses(position: Position) -> Iterator[Inconsistency]:
    alike: dict[Likeness, list[Ruled]] = {}
    order = [clause.code for clause in position.rulebook.clauses]
    for card in position.board.cards:
        for finding in card.findings:
            if not finding.item and finding.clause in position.rulebook.clause:
                verdict = finding.ruling.verdict if finding.ruling else None
                alike.setdefault(_likeness(position, finding), []).append(Ruled(card.unit, verdict, finding))
    for likeness in sorted(alike, key=lambda likeness: order.index(likeness.clause)):
        matters = tuple(alike[likeness])
        verdicts = {m.verdict for m in matters if m.verdict is not None}
        if len({m.finding.points for m in matters}) > 1 and verdicts:
            yield Inconsistency(likeness.clause, "", likeness, matters, len(verdicts) > 1)
        elif len(verdicts) > 1:
            yield Inconsistency(likeness.clause, "", likeness, matters, is_conflict=True)


def _likeness(position: Position, finding: Finding) -> Likeness:
    computed = finding
    while computed.computed is not None:
        computed = computed.computed
    clause, dossier = position.rulebook.clause[finding.clause], position.dossiers[finding.unit]
    term = clause.term_for(finding.unit)
    kind = position.rulebook.unit[finding.unit].kind
    if term is not None and term.traits.read_from is ReadFrom.CASES:
        proved = any(case.evidence for case in dossier.cases.get(clause.task, ()))
        return Likeness(clause.code, kind, computed.outcome, computed.points, None, proved)
    latest_of_each = [
        s for s in dossier.statements.get(clause.code, ()) if s.status is not Status.BLANK or s.quantity is not None
    ]
    latest = latest_of_each[-1] if latest_of_each else None
    status, proved = (latest.status, bool(latest.evidence)) if latest else (None, False)
    return Likeness(clause.code, kind, computed.outcome, computed.points, status, proved)


def _items(position: Position) -> Iterator[Inconsistency]:
    """Hold incentive items of the same 类别 and 事项 against each other."""
    alike: dict[tuple[str, str], list[Ruled]] = {}
    for card in position.board.cards:
        for finding in card.findings:
            if finding.item:
                verdict = finding.ruling.verdict if finding.ruling else None
                alike.setdefault((finding.clause, "".join(finding.item.split())), []).append(
                    Ruled(card.unit, verdict, finding)
                )
    for (clause, item), matters in sorted(alike.items()):
        verdicts = {m.verdict for m in matters if m.verdict is not None}
        if verdicts and len({m.finding.points for m in matters}) > 1:
            yield Inconsistency(clause, item, None, tuple(matters), len(verdicts) > 1)
