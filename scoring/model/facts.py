"""What the ledgers say: one small value per row that states something, each with the cell that it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from scoring.model.evidence import CellRef, Evidence
from scoring.model.ledgers import Ledger
from scoring.model.rosters import NO_ROSTER, Roster


class Status(StrEnum):
    """How a row's 完成情况 was understood."""

    DONE = "done"
    NOT_DONE = "not_done"
    BLANK = "blank"  # states nothing, unless the clause is a count and the row has a 数量
    UNDECIDED = "undecided"  # 不涉及, 待定, —: states nothing, a reviewer must decide
    UNREADABLE = "unreadable"  # could not be understood: states nothing, 待人工确认


class MatchedBy(StrEnum):
    """How a row of 工作落实 found its clause."""

    CODE = "code"
    NUMBER = "number"
    TEXT = "text"
    REVIEWER = "reviewer"


class Verdict(StrEnum):
    """A reviewer's verdict on a unit's clause: 认可, 不认可, 豁免."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row of 工作落实 says of one clause. Grain: row x clause (a row for a whole task makes several).

    ``done_on`` is 完成日期, None where blank or unreadable. ``quantity`` is 数量, None where blank. ``evidence`` is
    what shows it: the words of 佐证材料 (无, 暂无, — and 待补 are none), pictures, embedded files, links, files that came
    along. ``source`` is the 完成情况 cell (the 数量 cell where 完成情况 is blank).
    ``position`` is (number of the sheet in the workbook, row number): the lower one is later.
    ``text`` is what the row's text columns said (for the preview), ``said`` the words of its 完成情况.
    ``day_cell`` is the 完成日期 cell, for messages only: it is not stored.
    """

    ledger: Ledger
    clause: str
    status: Status
    done_on: date | None
    quantity: int | None
    evidence: tuple[Evidence, ...]
    source: CellRef
    position: tuple[int, int]
    matched_by: MatchedBy = MatchedBy.CODE
    text: str = ""
    said: str = ""
    day_cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Case:
    """One row of 工作案例. ``day`` is None where no date was given: the ledger's submission date then stands in."""

    ledger: Ledger
    task: int
    title: str
    day: date | None
    evidence: tuple[Evidence, ...]
    source: CellRef
    position: tuple[int, int]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Publicity:
    """One row of 政策宣传. Kept and shown; worth nothing by itself (task 30 is entered under 激励加分)."""

    ledger: Ledger
    title: str
    media: str
    level: str
    day: date | None
    link: str
    source: CellRef
    position: tuple[int, int]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Incentive:
    """One row of 激励加分. ``awarded`` is 认定分值 in points; None means 待认定 and counts nothing."""

    ledger: Ledger
    task: int
    title: str
    claimed: Decimal | None
    awarded: Decimal | None
    basis: str
    source: CellRef
    position: tuple[int, int]
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> tuple[int, str]:
        """Tell incentive items apart: 类别 (as its task) and 事项 without white space."""
        return self.task, "".join(self.title.split())


@dataclass(frozen=True, slots=True)
class Ruling:
    """A reviewer's ruling on a unit's clause in an assessment year, dated; it counts from ``day`` on.

    ``item`` names one incentive item (its 事项, white space dropped) where ``clause`` is an incentive task's number, and
    ``points`` are the 认定分值 given to it. Both are None for a ruling on a clause. ``number_found`` is the 数量 that the
    reviewer found where a count is not accepted; None: none was given.
    """

    unit: str
    year: int
    clause: str
    verdict: Verdict
    reason: str
    reviewer: str
    day: date
    number: int = 0
    item: str | None = None
    points: Decimal | None = None
    number_found: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of all units. ``ledgers`` holds every ledger that makes its unit 'reported'.

    ``roster`` may be given as rows; it is held as columns.
    """

    ledgers: tuple[Ledger, ...] = ()
    statements: tuple[Statement, ...] = ()
    cases: tuple[Case, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    roster: Roster = NO_ROSTER
    incentives: tuple[Incentive, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def __post_init__(self) -> None:
        """Hold the roster as columns."""
        object.__setattr__(self, "roster", Roster.of(self.roster))

    @staticmethod
    def joined(parts: Iterable[Facts]) -> Facts:
        """Put several sets of facts side by side; order carries no meaning."""
        given = tuple(parts)
        named = {name: tuple(chain.from_iterable(getattr(part, name) for part in given)) for name in ROW_BY_ROW}
        return Facts(**named, roster=Roster.joined(part.roster for part in given))

    def where(self, wanted: Callable[[Ledger], bool], ruled: Callable[[Ruling], bool] | None = None) -> Facts:
        """Return what the wanted ledgers say, and the rulings that are wanted (None: none)."""
        known: dict[Ledger, bool] = {}

        def is_wanted(ledger: Ledger) -> bool:
            kept = known.get(ledger)
            if kept is None:
                kept = known[ledger] = wanted(ledger)
            return kept

        return Facts(
            ledgers=tuple(filter(is_wanted, self.ledgers)),
            statements=tuple(fact for fact in self.statements if is_wanted(fact.ledger)),
            cases=tuple(fact for fact in self.cases if is_wanted(fact.ledger)),
            publicity=tuple(fact for fact in self.publicity if is_wanted(fact.ledger)),
            roster=self.roster.where(is_wanted),
            incentives=tuple(fact for fact in self.incentives if is_wanted(fact.ledger)),
            rulings=tuple(filter(ruled, self.rulings)) if ruled else (),
        )

    def of_units(self, units: Collection[str]) -> Facts:
        """Return what is known of some units, by their full names."""
        return self.where(lambda ledger: ledger.unit in units, lambda ruling: ruling.unit in units)

    def of_quarter(self, year: int, quarter: int) -> Facts:
        """Return what the ledgers of one quarter say; rulings are of no quarter and left out."""
        return self.where(lambda ledger: ledger.year == year and ledger.quarter == quarter)

    def __add__(self, other: Facts) -> Facts:
        """Put two sets of facts side by side."""
        return Facts.joined((self, other))


ROW_BY_ROW = tuple(f.name for f in fields(Facts) if f.name != "roster")
