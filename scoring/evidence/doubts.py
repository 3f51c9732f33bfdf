"""Doubts about what shows a claim: comparisons of what things look like. A doubt never moves a point by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Case, Facts, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.looks import Half, Look, ThingDoubt, ThingDoubtKind
from scoring.model.rules import Rulebook
from scoring.words.statuses import fold

NEAR = 10  # bits of 64: re-saved or halved differ by at most 4, turned and blurred by 10
FINE = 56  # bits of 256: the same picture turned by two degrees differs by 56, pages of one web site by 76 and more
TINY, LOGO = 64, 200  # pixels of the longer side
LOGO_ROWS = 3  # a logo lies on this many rows of one workbook
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
SHOWN = (*PICTURES, ".pdf")
# what only points to evidence and is none itself: 详见附件, 佐证材料附后
POINTING = re.compile(
    r"(?:详?见|详情见|请见|请看|参见|参阅|同)?(?:后附|随附|所附|已附|附|佐证|证明)?(?:附件|附后|附图|材料|后|上)?"
)
# the number behind such words: 附件1, 附件三
COUNTED = re.compile(r"[\d一二三四五六七八九十]+$")
# anything that can be read, not marks alone: the 五 of 五、, nothing of 、。
WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Fact:
    """A row that brings things: a statement (its clause), or a case (``clause`` is empty)."""

    ledger: Ledger
    clause: str
    done_on: date | None
    evidence: tuple[Evidence, ...]
    position: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Placed:
    """One thing at one place, with all clauses that it speaks for there."""

    ledger: Ledger
    clauses: tuple[str, ...]
    done_on: date | None
    item: Evidence
    position: tuple[int, int]

    @property
    def order(self) -> tuple[object, ...]:
        """Tell which one came first."""
        return (*self.ledger.order, self.position, self.item.name)


def doubts_about_things(facts: Facts, rulebook: Rulebook, looks: Mapping[str, Look]) -> tuple[ThingDoubt, ...]:
    """Return all doubts about the things of a year's rows; of two things that are alike, the later one is in doubt.

    ``looks`` tells by SHA-256 what a thing looks like; what it does not name was not looked at. Not in doubt: a thing
    that serves several rows from one place (a merged cell, a row of a whole task, a file put by its name), the same
    claim said again, and a logo, which is small and lies on several rows of one workbook.
    """
    rows = [*map(_of_statement, facts.statements), *map(_of_case, facts.cases)]
    placed = _without_logos(_placed(rows), looks)
    doubts = [*_words_only(facts.statements), *_alone(placed, looks, rulebook), *_alike(placed, looks, rulebook)]
    return tuple(doubts)


def _of_statement(one: Statement) -> _Fact:
    said_done = one.status is Status.DONE
    day = (one.done_on or one.ledger.submitted) if said_done else None
    return _Fact(one.ledger, one.clause, day, one.evidence, one.position)


def _of_case(one: Case) -> _Fact:
    return _Fact(one.ledger, "", None, one.evidence, one.position)


def _placed(rows: Sequence[_Fact]) -> list[_Placed]:
    """Return the things that have bytes by their places, in order of arrival."""
    by_place: dict[tuple[object, ...], list[tuple[_Fact, Evidence]]] = {}
    for row in rows:
        for item in row.evidence:
            if item.sha256:
                cell = (item.workbook, item.sheet, item.cell) if item.cell else ()
                spot = cell or (row.position if item.found_by is FoundBy.NAMED else item.name)
                by_place.setdefault((row.ledger.unit, row.ledger.upload, spot, item.sha256), []).append((row, item))
    return sorted((_at_place(together) for together in by_place.values()), key=lambda one: one.order)


def _at_place(held: Sequence[tuple[_Fact, Evidence]]) -> _Placed:
    first, item = min(held, key=lambda pair: (pair[0].ledger.order, pair[0].position))
    clauses = tuple(dict.fromkeys(row.clause for row, _ in held if row.clause))
    return _Placed(first.ledger, clauses, first.done_on, item, first.position)


def _without_logos(placed: Sequence[_Placed], looks: Mapping[str, Look]) -> list[_Placed]:
    rows: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for placing in placed:
        rows.setdefault((placing.ledger.upload, placing.item.sha256 or ""), set()).add(placing.position)

    def is_logo(placing: _Placed) -> bool:
        look = looks.get(placing.item.sha256 or "")
        small = look is not None and look.shown and max(look.wide, look.high) <= LOGO
        return small and len(rows[placing.ledger.upload, placing.item.sha256 or ""]) >= LOGO_ROWS

    return [placing for placing in placed if not is_logo(placing)]


def brought(facts: Facts, unit: str, clause: str, task: int) -> Iterator[Evidence]:
    """Yield all that a unit's ledgers ever brought for a clause, and for the cases of its task."""
    for statement in facts.statements:
        if (statement.ledger.unit, statement.clause) == (unit, clause):
            yield from statement.evidence
    for case in facts.cases:
        if (case.ledger.unit, case.task) == (unit, task):
            yield from case.evidence


# --- words that stand for a thing
def is_pointing(text: str) -> bool:
    """Tell whether words only point at a thing, and say nothing themselves.

    >>> [is_pointing(text) for text in ("见附件", "详见附件1。", "_", "官网公示截图", "昆水发2023年1号")]
    [True, True, True, False, False]
    """
    said = "".join(WORD.findall(fold(text)))
    return POINTING.fullmatch(COUNTED.sub("", said)) is not None


def _words_only(statements: Sequence[Statement]) -> Iterator[ThingDoubt]:
    for one in statements:
        if one.status is Status.DONE and one.evidence and all(map(_points_only, one.evidence)):
            yield ThingDoubt(ThingDoubtKind.WORDS_ONLY, one.ledger.unit, (one.clause,), one.evidence[0])


def _points_only(item: Evidence) -> bool:
    return item.kind is EvidenceKind.TEXT and is_pointing(item.name)


# --- a thing by itself
def _alone(placed: Sequence[_Placed], looks: Mapping[str, Look], rulebook: Rulebook) -> Iterator[ThingDoubt]:
    for placing in placed:
        look = looks.get(placing.item.sha256 or "")
        if look is None:
            continue
        kind = _fault(placing.item, look)
        if kind is not None:
            yield ThingDoubt(kind, placing.ledger.unit, placing.clauses, placing.item)
        late = [
            day
            for day in _deadlines(placing, rulebook)
            if look.made_on and placing.done_on and placing.done_on <= day < look.made_on
        ]
        if late:
            yield ThingDoubt(
                ThingDoubtKind.MADE_LATE,
                placing.ledger.unit,
                placing.clauses,
                placing.item,
                None,
                look.made_on,
                max(late),
            )


def _fault(item: Evidence, look: Look) -> ThingDoubtKind | None:
    if not look.shown:
        is_shown = item.kind is EvidenceKind.PICTURE or item.name.casefold().endswith(SHOWN)
        return ThingDoubtKind.UNREADABLE if is_shown else None
    if look.blank:
        return ThingDoubtKind.BLANK
    return ThingDoubtKind.TINY if not look.is_page and max(look.wide, look.high) < TINY else None


def _deadlines(one: _Placed, rulebook: Rulebook) -> Iterator[date]:
    """Yield the days by which the clauses of a thing are due, of a quarterly clause that of the ledger's quarter."""
    for code in one.clauses:
        clause = rulebook.clause.get(code)
        term = clause.term_for(one.ledger.unit) if clause else None
        if clause is not None and term is not None and clause.deadline is not None:
            quarterly = term.traits.by_quarter
            yield (
                max(clause.deadline, rulebook.assessment.cut_offs[one.ledger.quarter]) if quarterly else clause.deadline
            )


# --- two things that are alike
def _alike(placed: Sequence[_Placed], looks: Mapping[str, Look], rulebook: Rulebook) -> Iterator[ThingDoubt]:
    """Yield for each picture the nearest earlier one that it should not be the same as."""
    pictures = [(placing, looks[placing.item.sha256 or ""]) for placing in placed if placing.item.sha256 in looks]
    pictures = [(placing, look) for placing, look in pictures if look.shown and not look.blank and not look.is_page]
    patterns = np.array([look.pattern for _, look in pictures], dtype=np.uint64)
    for at, (placing, look) in enumerate(pictures):
        apart = np.bitwise_count(patterns[:at] ^ patterns[at])
        near = np.flatnonzero(apart <= NEAR)
        for before in sorted(near.tolist(), key=lambda index: (int(apart[index]), index)):
            kind = _relation(pictures[before][0], placing, rulebook)
            if kind is not None and (look.fine ^ pictures[before][1].fine).bit_count() <= FINE:
                yield ThingDoubt(
                    kind, placing.ledger.unit, placing.clauses, placing.item, _half(pictures[before][0], placing)
                )
                break


def _half(earlier: _Placed, later: _Placed) -> Half:
    clause = earlier.clauses[0] if earlier.clauses else ""
    exact = earlier.item.sha256 == later.item.sha256
    return Half(earlier.ledger.unit, clause, earlier.ledger.quarter, earlier.item, exact)


def _relation(earlier: _Placed, later: _Placed, rulebook: Rulebook) -> ThingDoubtKind | None:
    """Say why two things should not be alike; None where nothing is strange about it."""
    if earlier.ledger.unit != later.ledger.unit:
        return ThingDoubtKind.OTHER_UNIT
    if not set(earlier.clauses) & set(later.clauses):
        return ThingDoubtKind.OTHER_CLAUSE if earlier.clauses and later.clauses else None
    if later.ledger.quarter <= earlier.ledger.quarter:
        return None
    again = earlier.done_on == later.done_on and not _by_quarter(later, rulebook)
    return None if again else ThingDoubtKind.EARLIER_QUARTER


def _by_quarter(one: _Placed, rulebook: Rulebook) -> bool:
    terms = (rulebook.clause[code].term_for(one.ledger.unit) for code in one.clauses if code in rulebook.clause)
    return any(term is not None and term.traits.by_quarter for term in terms)
