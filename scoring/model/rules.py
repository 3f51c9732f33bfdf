"""The rulebook as values: units, tasks, clauses and what each costs. Read from ``rules.toml`` by ``scoring.rulebook.read``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from scoring.model.policy import Policy
from scoring.model.traits import MethodTraits, ReadFrom


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit; each kind is scored by its own base points and ranked by itself.

    ``title`` heads its tables (各县（市）区), ``noun`` names it in sentences (县（市）区). ``column`` is the key of a task under
    which the published table's sentences for it stand. ``by_task``: the tasks themselves name which of its units they
    concern (市级责任部门), and each such task adds ``responsibility`` points. ``case_cap`` is the most that its bonuses earn
    together. ``listed`` is how many units a red and a black list hold; 0: none are drawn.
    """

    name: str
    title: str
    noun: str
    base: Decimal
    column: str
    by_task: bool
    responsibility: Decimal
    case_cap: Decimal
    listed: int


class Treatment(StrEnum):
    """What a task of the published table means for the score."""

    SCORED = "scored"
    ROUTINE = "routine"  # 查验方法 is 日常掌握情况: not scored in this year
    REPORTING = "reporting"  # task 28: 未报送视为未开展
    INCENTIVE = "incentive"  # tasks 29 and 30: points come from an outside rule and are entered


@dataclass(frozen=True, slots=True)
class Unit:
    """A county or department. ``short`` is for charts, ``name`` for documents. ``assessed`` False: known, not scored.

    ``left_out`` is what ``rules.toml`` says of it; a department is assessed where some clause is scored for it and it
    is not left out. ``tile`` is (row, column) on the tile map, None for departments.
    """

    name: str
    short: str
    kind: str
    code: str | None
    aliases: tuple[str, ...]
    assessed: bool
    left_out: bool = False
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the published table, its eight columns verbatim, and how it is treated.

    ``columns`` is the name of a kind of unit -> what the table's column for it says (评分标准). ``departments`` are the units
    that the table names as responsible (市级责任部门). ``deadline`` is None where the table sets no day.
    """

    no: int
    section: str
    goal: str
    work: str
    requirement: str
    time_limit: str
    columns: Mapping[str, str]
    evidence: str
    treatment: Treatment
    deadline: date | None
    departments: tuple[str, ...]

    def text_for(self, kind: str) -> str:
        """Return what the table says for a kind of unit; where its own column is empty, what it says for another."""
        return self.columns[kind] or next(filter(None, self.columns.values()), "")


@dataclass(frozen=True, slots=True)
class Term:
    """What a clause means for one kind of unit.

    ``traits`` are those of its method, the way in which it is judged. ``points`` is signed: negative for what a fault
    costs, positive for what one bonus item earns. ``units`` are the units it is scored for. ``of`` is how many there
    should be (共享的部门: 3); ``cap`` the most that the clause can earn. ``asked_after`` and ``joint_cap`` serve the policy
    ``shared_hall``: the clause that must be done first, and the most that both may cost together. ``compared_with`` names
    the clause of the counties whose faults are shown beside it.
    """

    kind: str
    traits: MethodTraits
    points: Decimal
    quote: str
    units: tuple[str, ...]
    of: int | None = None
    cap: Decimal | None = None
    asked_after: str | None = None
    joint_cap: Decimal | None = None
    compared_with: str | None = None

    @property
    def method(self) -> str:
        """Name the method, as ``rules.toml`` does."""
        return self.traits.name

    @property
    def is_bonus(self) -> bool:
        """Tell whether the term adds points."""
        return self.points > 0


@dataclass(frozen=True)
class Clause:
    """One sentence that moves points. ``deadline`` is None for bonuses; ``on_time`` is True where it says 未按时.

    ``words`` are further wordings by which a row of a ledger may name it. A row of its task whose text holds all words
    of ``all_of`` and none of ``none_of`` names it too (empty: no such rule). ``continues`` (``2023:4A``) names the clause
    of an earlier year that it goes on from under another sentence.
    """

    code: str
    task: int
    title: str
    deadline: date | None
    on_time: bool
    words: tuple[str, ...]
    terms: tuple[Term, ...]
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    continues: str = ""

    def is_for(self, kind: str) -> bool:
        """Tell whether the clause is scored for a kind of unit."""
        return any(term.kind == kind for term in self.terms)

    def term_for(self, unit: str) -> Term | None:
        """Return what the clause means for a unit; None where it is not scored for it."""
        return self._term_of.get(unit)

    @cached_property
    def _term_of(self) -> Mapping[str, Term]:
        return {unit: term for term in reversed(self.terms) for unit in term.units}


@dataclass(frozen=True, slots=True)
class ProjectClass:
    """A class of installation and its limit in working days (the median must not be over it).

    ``external_line`` is None where the class does not ask for it. ``names`` are the wordings of 项目类型.
    """

    name: str
    project_type: str
    names: tuple[str, ...]
    external_line: bool | None
    limit: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One alternative of a policy, in a sentence that a reader understands."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """A sentence that can be read in more than one way: the readings, the default, the words that leave it open."""

    name: str
    title: str
    default: str
    readings: tuple[Reading, ...]
    quote: str
    question: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The year's frame: days, base points, caps. ``cut_offs`` are quarter -> last day for sending its ledger.

    ``due_quarters`` are those in which quarterly clauses fall due. ``receipt_days``: a 报送日期 that lies more days before
    the day of receipt waits for a reviewer.
    """

    title: str
    year: int
    closes: date
    cut_offs: Mapping[int, date]
    due_quarters: tuple[int, ...]
    score_cap: Decimal
    due_soon_days: int
    receipt_days: int = 7

    def last_day(self, policy: Policy) -> date:
        """Return the last day on which a ledger that is sent still counts (policy ``late_ledger``)."""
        return min(self.closes, max(self.cut_offs.values())) if policy.late_ledger == "rejected" else self.closes


@dataclass(frozen=True)
class Rulebook:
    """Everything that ``rules.toml`` says, checked. ``rules_hash`` is the SHA-256 of the file's bytes."""

    assessment: Assessment
    kinds: Mapping[str, UnitKind]
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    clauses: tuple[Clause, ...]
    project_classes: tuple[ProjectClass, ...]
    policies: tuple[PolicyRule, ...]
    notes: tuple[str, ...]
    rules_hash: str

    @cached_property
    def clause(self) -> Mapping[str, Clause]:
        """Look a clause up by its code."""
        return {clause.code: clause for clause in self.clauses}

    @cached_property
    def task(self) -> Mapping[int, Task]:
        """Look a task up by its number."""
        return {task.no: task for task in self.tasks}

    @cached_property
    def incentive_tasks(self) -> frozenset[int]:
        """Number the tasks that are an incentive (激励加分): what they give is no part of the case points."""
        return frozenset(task.no for task in self.tasks if task.treatment is Treatment.INCENTIVE)

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Look a unit up by its full name."""
        return {unit.name: unit for unit in self.units}

    @cached_property
    def assessed(self) -> tuple[str, ...]:
        """Name the units that are scored, in order."""
        return tuple(unit.name for unit in self.units if unit.assessed)

    def narrowed(self, units: Collection[str]) -> Rulebook:
        """Return the same rules with some units only to be scored, and the kinds that these are of; all stay known by name."""
        scored = tuple(
            unit if unit.name in units else replace(unit, assessed=False, left_out=True) for unit in self.units
        )
        kinds = {unit.kind for unit in scored if unit.name in units}
        return replace(self, units=scored, kinds={name: kind for name, kind in self.kinds.items() if name in kinds})

    def short(self, unit: str) -> str:
        """Return a unit's short name (简称), which screens use; the name itself where these rules do not know it."""
        known = self.unit.get(unit)
        return known.short if known else unit

    def kind_of(self, unit: str) -> UnitKind:
        """Return the kind of a unit, by the unit's full name."""
        return self.kinds[self.unit[unit].kind]

    def kind_noun(self, kind: str) -> str:
        """Return what a kind of unit is called in sentences."""
        return self.kinds[kind].noun

    def reads(self, unit: str, sheet: ReadFrom) -> bool:
        """Tell whether some clause of a unit is decided by a sheet of its ledger."""
        return any(term.traits.read_from is sheet for _, term in self.terms_of[unit])

    @cached_property
    def terms_of(self) -> Mapping[str, tuple[tuple[Clause, Term], ...]]:
        """List, per unit's name, the clauses that are scored for it with their terms, in the order of the rules."""
        return {
            unit.name: tuple((c, t) for c in self.clauses if (t := c.term_for(unit.name)) is not None)
            for unit in self.units
        }
