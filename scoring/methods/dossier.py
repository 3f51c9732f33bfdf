"""One unit's facts as they stand on the scoring day, sorted so that the last one decides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from operator import attrgetter
from typing import TypeVar

from scoring.calendar.workdays import working_days
from scoring.model.facts import Case, Facts, Incentive, Ruling, Statement
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROSTER, Roster
from scoring.model.rules import Assessment

ZERO_DAYS = Decimal(0)
Order = tuple[int, int, date, int]  # of a ledger
Fact = TypeVar("Fact", Statement, Case, Incentive)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one unit has said by ``as_of``. ``quarters`` are those whose ledger it sent; empty: it sent no ledger at all.

    ``statements`` are by clause, ``cases`` by task, both in deciding order. ``roster`` holds every row sent, ``united``
    one row an installation. ``rulings`` are by clause, the one in force. ``incentives`` hold one version an item.
    """

    unit: str
    quarters: frozenset[int]
    statements: Mapping[str, tuple[Statement, ...]]
    cases: Mapping[int, tuple[Case, ...]]
    roster: Roster
    united: Roster
    incentives: tuple[Incentive, ...]
    rulings: Mapping[str, Ruling]
    item_rulings: Mapping[tuple[int, str], Ruling]

    @property
    def reported(self) -> bool:
        """Tell whether the unit sent a ledger."""
        return bool(self.quarters)


def gather(facts: Facts, assessment: Assessment, as_of: date, *, late_ledgers: bool) -> dict[str, Dossier]:
    """Sort all facts of the assessment's year that exist on ``as_of`` by unit; units without any are not in the result.

    A ledger submitted after ``as_of`` does not exist yet (rules-reading 1). Where ``late_ledgers`` is False, nothing in
    a ledger sent after its quarter's cut-off counts (``late_ledger = rejected``).
    """
    counting: dict[Ledger, bool] = {}

    def counts(ledger: Ledger) -> bool:
        known = counting.get(ledger)
        if known is None:
            exists = ledger.year == assessment.year and ledger.submitted <= as_of
            in_time = exists and (late_ledgers or ledger.submitted <= assessment.cut_offs[ledger.quarter])
            known = counting[ledger] = in_time
        return known

    sent: dict[str, set[int]] = {}
    for ledger in facts.ledgers:
        if counts(ledger):
            sent.setdefault(ledger.unit, set()).add(ledger.quarter)
    statements, cases = _by_unit(facts.statements, counts), _by_unit(facts.cases, counts)
    rosters, incentives = _rosters_by_unit(facts.roster, counts), _by_unit(facts.incentives, counts)
    rulings = rulings_by_unit(facts.rulings, assessment, as_of)
    return {
        unit: Dossier(
            unit=unit,
            quarters=frozenset(sent.get(unit, ())),
            statements=_by_clause(statements.get(unit, [])),
            cases=_by_task(cases.get(unit, [])),
            roster=rosters.get(unit, NO_ROSTER),
            united=rosters.get(unit, NO_ROSTER).united(),
            incentives=tuple({item.key: item for item in incentives.get(unit, ())}.values()),
            rulings=clauses_ruled(rulings.get(unit, ())),
            item_rulings=items_ruled(rulings.get(unit, ())),
        )
        for unit in sorted(
            sent.keys() | statements.keys() | cases.keys() | rosters.keys() | incentives.keys() | rulings.keys()
        )
    }


def rulings_by_unit(rulings: Iterable[Ruling], assessment: Assessment, as_of: date) -> dict[str, list[Ruling]]:
    """Return unit -> the rulings of the year that exist on ``as_of``, the one in force last."""
    by_unit: dict[str, list[Ruling]] = {}
    for ruling in sorted(rulings, key=lambda ruling: (ruling.day, ruling.number)):
        if ruling.year == assessment.year and ruling.day <= as_of:
            by_unit.setdefault(ruling.unit, []).append(ruling)
    return by_unit


def clauses_ruled(rulings: Iterable[Ruling]) -> dict[str, Ruling]:
    """Return clause -> the ruling in force, of one unit's rulings in their order."""
    return {ruling.clause: ruling for ruling in rulings if ruling.item is None}


def items_ruled(rulings: Iterable[Ruling]) -> dict[tuple[int, str], Ruling]:
    """Return incentive item -> the ruling in force, of one unit's rulings in their order."""
    return {(int(ruling.clause), ruling.item): ruling for ruling in rulings if ruling.item is not None}


def empty_dossier(unit: str) -> Dossier:
    """Return the dossier of a unit that sent nothing."""
    return Dossier(unit, frozenset(), {}, {}, NO_ROSTER, NO_ROSTER, (), {}, {})


def _by_unit(facts: Iterable[Fact], counts: Callable[[Ledger], bool]) -> dict[str, list[Fact]]:
    """Sort the facts that count into deciding order, by unit.

    Later by quarter, then by submission date, then by upload, then by place in the workbook (rules-reading 2). Facts of
    one ledger follow each other, so a ledger is looked at once for a run of them.
    """
    runs: dict[str, dict[Order, list[Fact]]] = {}
    for ledger, run in groupby(facts, key=attrgetter("ledger")):
        if counts(ledger):
            runs.setdefault(ledger.unit, {}).setdefault(ledger.order, []).extend(run)
    placed = attrgetter("position")
    return {
        unit: [fact for order in sorted(by_order) for fact in sorted(by_order[order], key=placed)]
        for unit, by_order in runs.items()
    }


def _rosters_by_unit(roster: Roster, counts: Callable[[Ledger], bool]) -> dict[str, Roster]:
    """Sort the rows of rosters that count into deciding order, by unit, as ``_by_unit`` does with other facts."""
    runs: dict[str, dict[Order, list[Sequence[int]]]] = {}
    for ledger, places in roster.by_ledger().items():
        if counts(ledger):
            runs.setdefault(ledger.unit, {}).setdefault(ledger.order, []).append(places)
    rosters = {}
    for unit, by_order in runs.items():
        parts = [
            roster.in_order(same_place[0] if len(same_place) == 1 else sorted(chain.from_iterable(same_place)))
            for _, same_place in sorted(by_order.items())
        ]
        rosters[unit] = roster.picked(parts[0] if len(parts) == 1 else tuple(chain.from_iterable(parts)))
    return rosters


def _by_clause(statements: list[Statement]) -> dict[str, tuple[Statement, ...]]:
    by_clause: dict[str, list[Statement]] = {}
    for statement in statements:
        by_clause.setdefault(statement.clause, []).append(statement)
    return {clause: tuple(items) for clause, items in by_clause.items()}


def _by_task(cases: list[Case]) -> dict[int, tuple[Case, ...]]:
    """Sort cases by task; the earliest day comes first, for the first one earns the points."""
    by_task: dict[int, list[Case]] = {}
    for case in sorted(cases, key=case_day):
        by_task.setdefault(case.task, []).append(case)
    return {task: tuple(items) for task, items in by_task.items()}


def case_day(case: Case) -> date:
    """Return the day of a case: its own, else its ledger's submission date."""
    return case.day or case.ledger.submitted


def handling_days(accepted: date, connected: date | None, deducted: Decimal, as_of: date) -> Decimal | None:
    """Return the working days that an installation took; None where it cannot be timed.

    Working days after 受理日期 up to and including 通水日期, less 扣除工作日, never below 0. It cannot be timed without a
    通水日期, with one before 受理日期, or with one after ``as_of``.
    """
    if connected is None or connected < accepted or connected > as_of:
        return None
    return max(ZERO_DAYS, working_days(accepted, connected) - deducted)


@dataclass(frozen=True, slots=True)
class HandlingTimes:
    """How long the installations of a roster took that can be timed.

    ``of_class`` counts the installations of each class of project (None: of no class) by their working days. ``spans``
    are their 受理日期 and 通水日期.
    """

    of_class: Mapping[str | None, Mapping[Decimal, int]]
    spans: frozenset[tuple[date, date]]

    @property
    def of_all(self) -> Mapping[Decimal, int]:
        """Count all installations by their working days."""
        total: Counter[Decimal] = Counter()
        for counted in self.of_class.values():
            total.update(counted)
        return total


def handling_times(roster: Roster, as_of: date) -> HandlingTimes:
    """Return the handling times of the rows that can be timed; what is equal in all that counts is timed once."""
    of_class: defaultdict[str | None, Counter[Decimal]] = defaultdict(Counter)
    spans = set()
    for (project_class, accepted, connected, deducted), rows in roster.timings():
        days = handling_days(accepted, connected, deducted, as_of)
        if days is not None and connected is not None:
            of_class[project_class][days] += rows
            spans.add((accepted, connected))
    return HandlingTimes(of_class, frozenset(spans))
