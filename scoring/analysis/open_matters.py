"""The one account of what is open on a board: every part of it, who has to act, and by when. All numbers come from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.analysis.open_items import Doubt, OpenItem, open_items
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import Matter, Why, squeezed
from scoring.board.summary import pending
from scoring.board.ties import OpenTie, open_ties
from scoring.judging.punctuality import Timeliness, punctuality, quarter_in_question
from scoring.model.boards import Board
from scoring.model.publications import Objection, ObjectionState
from scoring.model.sendings import Sending, SendingState


class Part(StrEnum):
    """Why something is open. The names are the data interface's."""

    VERDICT = "verdict"
    UNREADABLE = "unreadable"
    EVIDENCE = "evidence"
    CONTRADICTED = "contradicted"
    NOT_DUE = "not_due"
    LATER = "later"
    TIE = "tie"
    OBJECTION = "objection"
    LEDGER = "ledger"
    SENDING = "sending"


class Owner(StrEnum):
    """Who has to act next."""

    UNIT = "unit"
    OFFICE = "office"


PART_OF = {
    Why.UNREADABLE: Part.UNREADABLE,
    Why.UNDECIDED: Part.VERDICT,
    Why.CASE: Part.VERDICT,
    Why.AWARD: Part.VERDICT,
    Why.CONTRADICTED: Part.CONTRADICTED,
    Why.OLD_DAY: Part.CONTRADICTED,
    Why.UNDATED: Part.CONTRADICTED,
    Why.BACKDATED: Part.CONTRADICTED,
}  # all other reasons are about evidence
BLOCKING = frozenset({Why.UNREADABLE, Why.UNDECIDED, Why.UNPROVED, Why.CASE, Why.AWARD})


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One open thing. Grain: part x unit x clause or incentive item; ledgers by quarter, ties and sendings of several units.

    ``due`` is the day by which ``owner`` has to act: a deadline, a cut-off, the day
    of an answer, else the close of the assessment. ``matter`` is what to rule on, None where a ruling settles nothing.
    ``item`` is how it can still turn out by itself, None where nothing comes of it. ``blocks``: it stands in the way
    of 定稿 until it is settled or passed over with a reason; a ``tie`` is to be decided, and cannot be passed over.
    ``quarter`` is the one whose ledger did not come, None where nothing of that is meant; ``silent``: its unit sent
    nothing at all. ``objection`` and ``sending`` are the numbers of an objection and of a sending not taken in yet.
    """

    part: Part
    units: tuple[str, ...]
    owner: Owner
    due: date
    clause: str = ""
    title: str = ""
    matter: Matter | None = None
    item: OpenItem | None = None
    tie: OpenTie | None = None
    blocks: bool = False
    quarter: int | None = None
    silent: bool = False
    objection: int | None = None
    sending: int | None = None

    @property
    def unit(self) -> str:
        """Return the unit that it concerns; ``""`` where it concerns several."""
        return self.units[0] if len(self.units) == 1 else ""


def open_matters(
    position: Position,
    found: Sequence[Matter],
    objections: Iterable[Objection] = (),
    sendings: Iterable[Sending] = (),
    board: Board | None = None,
) -> tuple[OpenMatter, ...]:
    """Return everything that is open: what to rule on in the order given, what time brings, ledgers, objections, ties.

    ``found`` are the matters to rule on, ``sendings`` all that units sent themselves: what nobody has taken in yet waits
    for the office, and since nobody has said for which quarter it is, its units owe none meanwhile. ``board`` is the
    position's with what people decided about ties (None: nothing was). What only time can change (未到期, or a later
    quarter of what counts today) blocks nothing, and neither does 未附佐证: by the rules it is no achievement, whether or
    not somebody looks at it again. A ledger blocks where its unit sent nothing at all, or nothing for the quarter whose
    cut-off passed last.
    """
    items = _ItemsByPlace(open_items(position))
    ruled = [_to_rule_on(position, matter, items) for matter in found]
    coming = [*_not_due(position, items), *_later(position, items)]
    waiting = tuple(_waiting(position, sendings))
    sent = frozenset(unit for one in waiting for unit in one.units)
    rest = (*_silent(position, sent), *_objected(position, objections), *_ties(position, board or position.board))
    return (*ruled, *coming, *waiting, *rest)


def counted(found: Iterable[OpenMatter]) -> dict[Part, int]:
    """Count by part, in the order of the parts; parts of which there are none are left out."""
    count = Counter(one.part for one in found)
    return {part: count[part] for part in Part if count[part]}


class _ItemsByPlace:
    """Hand out each open item once, by where it stands. It has state because items are taken away."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self._held: dict[tuple[str, str, str, bool], list[OpenItem]] = {}
        for item in items:
            self._held.setdefault(self._place(item), []).append(item)

    @staticmethod
    def _place(item: OpenItem) -> tuple[str, str, str, bool]:
        return item.unit, item.clause, squeezed(item.title) if item.number else "", item.doubt is Doubt.PENDING

    def take(self, unit: str, clause: str, title: str, *, in_time: bool) -> OpenItem | None:
        held = self._held.get((unit, clause, title, in_time))
        return held.pop(0) if held else None

    def rest(self) -> Iterator[OpenItem]:
        return (item for kept in self._held.values() for item in kept)


def _to_rule_on(position: Position, matter: Matter, items: _ItemsByPlace) -> OpenMatter:
    part = PART_OF.get(matter.why, Part.EVIDENCE)
    return OpenMatter(
        part,
        (matter.unit,),
        Owner.UNIT if matter.why in (Why.NO_EVIDENCE, Why.UNPROVED) else Owner.OFFICE,
        position.rulebook.assessment.closes,
        matter.clause,
        matter.item,
        matter,
        items.take(matter.unit, matter.clause, matter.item, in_time=False),
        blocks=matter.why in BLOCKING,
    )


def _not_due(position: Position, items: _ItemsByPlace) -> Iterator[OpenMatter]:
    for card in position.board.cards:
        for finding in pending(card):
            item = items.take(card.unit, finding.clause, squeezed(finding.item), in_time=True)
            due = (item.deadline if item else None) or finding.deadline or position.rulebook.assessment.closes
            yield OpenMatter(Part.NOT_DUE, (card.unit,), Owner.UNIT, due, finding.clause, finding.item, item=item)


def _later(position: Position, items: _ItemsByPlace) -> Iterator[OpenMatter]:
    """Yield what counts today and can still turn out otherwise: a later quarter, a day that is still to come."""
    for item in items.rest():
        due = item.deadline or position.rulebook.assessment.closes
        yield OpenMatter(Part.LATER, (item.unit,), Owner.UNIT, due, item.clause, item.title, item=item)


def _waiting(position: Position, sendings: Iterable[Sending]) -> Iterator[OpenMatter]:
    """Yield what units sent and nobody took in, to be done before the cut-off that follows, or the close after the last."""
    assessment = position.rulebook.assessment
    for sending in sendings:
        if sending.state is SendingState.WAITING:
            due = min((day for day in assessment.cut_offs.values() if day >= sending.day), default=assessment.closes)
            yield OpenMatter(Part.SENDING, sending.units, Owner.OFFICE, due, blocks=True, sending=sending.number)


def _silent(position: Position, sent_now: frozenset[str]) -> Iterator[OpenMatter]:
    """Yield the quarters of which nothing came, and the units that sent nothing though no cut-off has passed yet."""
    assessment = position.rulebook.assessment
    sent = punctuality(position.facts, position.rulebook, position.as_of)
    last = quarter_in_question(assessment, position.as_of)
    for card in position.board.cards:
        if card.unit in sent_now:
            continue
        for quarter, cut_off in sorted(assessment.cut_offs.items()):
            in_question = quarter == last
            if sent[card.unit, quarter].timeliness is not Timeliness.MISSING and (card.reported or not in_question):
                continue
            nothing = in_question and not card.reported
            yield OpenMatter(
                Part.LEDGER, (card.unit,), Owner.UNIT, cut_off, blocks=in_question, quarter=quarter, silent=nothing
            )


def _objected(position: Position, objections: Iterable[Objection]) -> Iterator[OpenMatter]:
    for one in objections:
        if one.state is ObjectionState.OPEN and one.unit in position.board.card:
            yield OpenMatter(
                Part.OBJECTION,
                (one.unit,),
                Owner.OFFICE,
                one.due,
                one.clause,
                one.item,
                blocks=True,
                objection=one.number,
            )


def _ties(position: Position, board: Board) -> Iterator[OpenMatter]:
    """Yield the ties across the cuts of the lists that nobody has decided."""
    for tie in open_ties(board, position.rulebook):
        units = tuple(card.unit for card in tie.cards)
        closes = position.rulebook.assessment.closes
        yield OpenMatter(Part.TIE, units, Owner.OFFICE, closes, tie=tie, blocks=True)
