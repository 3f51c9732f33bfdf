"""What a reviewer has to rule on, and what each ruling could move: points first, then places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scoring.analysis.position import Position
from scoring.board.red_black import rank_among
from scoring.methods import method_of
from scoring.methods.question import NO_POINTS
from scoring.methods.simulating import SIMULATED
from scoring.model.boards import ScoreCard
from scoring.model.doubts import Doubt
from scoring.model.evidence import CellRef, EvidenceKind
from scoring.model.facts import Incentive, Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.looks import ThingDoubt, ThingDoubtKind
from scoring.model.traits import ReadFrom

NOT_KNOWN: Mapping[int, date] = {}


class Why(StrEnum):
    """Why somebody has to rule."""

    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"
    NO_EVIDENCE = "no_evidence"
    UNPROVED = "unproved"
    CASE = "case"
    AWARD = "award"
    CONTRADICTED = "contradicted"
    OLD_DAY = "old_day"
    UNDATED = "undated"
    BACKDATED = "backdated"
    OTHER_UNIT = "other_unit"
    OTHER_CLAUSE = "other_clause"
    EARLIER_QUARTER = "earlier_quarter"
    MADE_LATE = "made_late"
    BLANK = "blank"
    TINY = "tiny"
    UNREADABLE_THING = "unreadable_thing"
    WORDS_ONLY = "words_only"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one verdict would do to the unit: signed raw points and score, and the rank that it leads to."""

    verdict: Verdict
    raw: Decimal
    score: Decimal
    rank: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to rule on. Grain: unit x clause, or one incentive item (``item`` is then its 事项, spaces dropped).

    ``effects`` are the verdicts that would change something. ``rank`` is the unit's rank now.
    """

    unit: str
    clause: str
    item: str
    why: Why
    finding: Finding
    rank: int
    effects: tuple[Effect, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Name what is ruled on: unit, clause, item."""
        return self.unit, self.clause, self.item

    @property
    def points(self) -> Decimal:
        """Return the most raw points that a ruling would move."""
        return max((abs(effect.raw) for effect in self.effects), default=NO_POINTS)

    @property
    def places(self) -> int:
        """Return the most places that a ruling would move the unit."""
        return max((abs(self.rank - effect.rank) for effect in self.effects), default=0)

    @property
    def is_unbounded(self) -> bool:
        """Tell whether nobody can say what it may come to: an incentive item without a claim."""
        return self.why is Why.AWARD and not self.effects


def matters(
    position: Position, received: Mapping[int, date] = NOT_KNOWN, about_things: Sequence[ThingDoubt] = ()
) -> tuple[Matter, ...]:
    """Return what has to be ruled on, by what it could move: points, then places, then the order of the rules.

    ``received`` tells by upload on which day a workbook came; a 报送日期 long before it is to be looked at.
    ``about_things`` are the doubts about what shows the claims; one counts where a finding rests on its thing.
    """
    open_matters = [matter for card in position.board.cards for matter in _of_unit(position, card)]
    settled = {(matter.unit, matter.clause) for matter in open_matters if not matter.item}
    for doubtful in (_doubtful(position, received), _shown_doubtfully(position, about_things)):
        taken = set(settled)
        for matter in doubtful:
            if (matter.unit, matter.clause) not in taken:
                taken.add((matter.unit, matter.clause))
                open_matters.append(matter)
    return tuple(sorted(open_matters, key=lambda m: (not m.is_unbounded, -m.points, -m.places)))


def _of_unit(position: Position, card: ScoreCard) -> Iterator[Matter]:
    cases = {c.code for c, term in position.rulebook.terms_of[card.unit] if term.traits.read_from is ReadFrom.CASES}
    awards = {item.key: item for item in position.dossiers[card.unit].incentives}
    for finding in card.findings:
        item = awards.get((finding.task, squeezed(finding.item))) if finding.item else None
        why = _award(item, finding) if item else _why(position, finding, cases)
        if why is not None:
            effects = tuple(_effects(position, card, finding, item))
            yield Matter(card.unit, finding.clause, squeezed(finding.item), why, finding, card.rank, effects)


def _doubtful(position: Position, received: Mapping[int, date]) -> Iterator[Matter]:
    """Yield what does not fit over time. A whole ledger's doubt stands at the first clause that the ledger decides."""
    for doubt in position.doubts(received):
        card = position.board.card.get(doubt.ledger.unit)
        if card is None or doubt.ledger.submitted > position.as_of:
            continue
        whole = position.cells_of.get(doubt.ledger, frozenset())
        cells = frozenset({doubt.statement.source}) if doubt.statement else whole
        finding = next((one for one in card.findings if _rests_on(one, doubt, cells)), None)
        if finding is not None and finding.ruling is None:
            effects = tuple(_effects(position, card, finding, None))
            yield Matter(card.unit, finding.clause, "", Why(doubt.kind.value), finding, card.rank, effects)


def _rests_on(finding: Finding, doubt: Doubt, cells: frozenset[CellRef]) -> bool:
    """Tell whether a finding was decided by one of these cells; of a doubt about a clause it is that clause's."""
    if finding.item or (doubt.statement is not None and doubt.statement.clause != finding.clause):
        return False
    sources = finding.computed.sources if finding.computed else finding.sources
    return any(source in cells for source in sources)


def _shown_doubtfully(position: Position, about_things: Sequence[ThingDoubt]) -> Iterator[Matter]:
    """Yield the findings that rest on a thing in doubt and were not ruled on, once each."""
    for card in position.board.cards:
        mine = [doubt for doubt in about_things if doubt.unit == card.unit]
        for finding in card.findings if mine else ():
            doubt = next((one for one in mine if rests_on_thing(finding, one)), None)
            if doubt is not None and finding.ruling is None:
                effects = tuple(_effects(position, card, finding, None))
                yield Matter(card.unit, finding.clause, "", Why(doubt.kind.value), finding, card.rank, effects)


def rests_on_thing(finding: Finding, doubt: ThingDoubt) -> bool:
    """Tell whether a finding rests on the thing in doubt; on words that stand for one, only where nothing came since."""
    if finding.item or finding.unit != doubt.unit or doubt.item not in finding.evidence:
        return False
    if doubt.clauses and finding.clause not in doubt.clauses:
        return False
    words = all(item.kind is EvidenceKind.TEXT for item in finding.evidence)
    return words or doubt.kind is not ThingDoubtKind.WORDS_ONLY


def squeezed(text: str) -> str:
    """Return an incentive item's 事项 as rulings name it: white space dropped."""
    return "".join(text.split())


def _award(item: Incentive, finding: Finding) -> Why | None:
    return Why.AWARD if item.awarded is None and finding.ruling is None else None


def _why(position: Position, finding: Finding, cases: set[str]) -> Why | None:
    """Say why a clause awaits a ruling; None where it does not."""
    if finding.ruling is not None:
        return None
    if finding.if_done is not None or finding.outcome is Outcome.UNREADABLE or _is_unread_bonus(position, finding):
        return Why.UNREADABLE
    if finding.clause in cases:
        return Why.CASE if finding.sources else None
    if position.is_undecided(finding):
        return Why.UNDECIDED
    if finding.outcome is Outcome.NO_EVIDENCE:
        return Why.NO_EVIDENCE
    return Why.UNPROVED if finding.flagged else None


def _is_unread_bonus(position: Position, finding: Finding) -> bool:
    """Tell whether a bonus counts for nothing only because its number could not be read."""
    clause = position.rulebook.clause.get(finding.clause)
    term = clause.term_for(finding.unit) if clause else None
    if (
        clause is None
        or term is None
        or not term.is_bonus
        or finding.outcome is not Outcome.NONE
        or not finding.sources
    ):
        return False
    return len(set(method_of(term).to_come(position.question(finding.unit, clause, term), finding))) > 1


def effects(position: Position, finding: Finding) -> tuple[Effect, ...]:
    """Return what each verdict on a finding would do to its unit, where it would do anything."""
    items = {item.key: item for item in position.dossiers[finding.unit].incentives}
    item = items.get((finding.task, squeezed(finding.item))) if finding.item else None
    return tuple(_effects(position, position.board.card[finding.unit], finding, item))


def _effects(position: Position, card: ScoreCard, finding: Finding, item: Incentive | None) -> Iterator[Effect]:
    """Yield what each verdict would do, where it does anything."""
    rivals = [rival.score for rival in position.rivals(card.unit)]
    for verdict in Verdict:
        ruling = Ruling(
            card.unit, position.rulebook.assessment.year, finding.clause, verdict, SIMULATED, SIMULATED, position.as_of
        )
        if item is not None:
            awarded = item.claimed if verdict is Verdict.ACCEPTED else None
            if verdict is Verdict.EXEMPT or (verdict is Verdict.ACCEPTED and awarded is None):
                continue
            ruling = replace(ruling, item=item.key[1], points=awarded)
        after = position.ruled(ruling)
        if after.raw != card.raw:
            rank = rank_among(after.score, rivals)
            yield Effect(verdict, after.raw - card.raw, after.score - card.score, rank)


def alike(matter: Matter, found: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return the other matters of the same clause and the same kind of doubt, in their order."""
    return tuple(one for one in found if one != matter and (one.clause, one.why) == (matter.clause, matter.why))


def narrowed(found: Sequence[Matter], unit: str = "", clause: str = "", why: str = "") -> tuple[Matter, ...]:
    """Return the matters of a unit, a clause and a kind of doubt, each ``""`` for all, in their order."""
    return tuple(
        one for one in found if unit in ("", one.unit) and clause in ("", one.clause) and why in ("", one.why.value)
    )
