"""Change the facts as a scenario says, and score again: the same function, no arithmetic of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING

from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.evidence import CellRef, Evidence, EvidenceKind
from scoring.model.facts import Case, Facts, Incentive, Ledger, Ruling, Statement, Status, Verdict
from scoring.model.policy import Policy
from scoring.model.rules import Clause, Method, Rulebook, Term
from scoring.scenario.text import (
    ALL,
    RULINGS,
    Act,
    Change,
    ParsedScenario,
    Scenario,
    fault_of,
    parse_scenario,
    scenario_text,
)
from scoring.words.phrasing import quarter_name

__all__ = [
    "Act", "Change", "ImpossibleChangeError", "ParsedScenario", "Scenario", "all_cases", "all_evidence", "apply",
    "fault_of", "full_counts", "parse_scenario", "scenario_text", "simulate", "simulated",
]  # fmt: skip

SIMULATED = "模拟"
SIMULATED_EVIDENCE = (Evidence(EvidenceKind.TEXT, SIMULATED),)
LAST = 1_000_000_000  # after every real upload and every real ruling
VERDICTS = {Act.ACCEPT: Verdict.ACCEPTED, Act.REJECT: Verdict.REJECTED, Act.EXEMPT: Verdict.EXEMPT}


class ImpossibleChangeError(ValueError):
    """A scenario holds a change that cannot be made; ``parse_scenario`` never lets one through."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One change of one clause, with all that is needed to make it."""

    change: Change
    clause: Clause
    term: Term
    rulebook: Rulebook
    as_of: date

    @property
    def quarters(self) -> tuple[int, ...]:
        """Name the quarters that a change of a quarterly clause is about."""
        return self.rulebook.assessment.due_quarters if self.change.quarter is None else (self.change.quarter,)

    @property
    def day(self) -> date:
        """Return the day on which it is done: as given, else in time."""
        return self.change.day or min(self.clause.deadline or self.as_of, self.as_of)

    def sent(self, quarter: int | None = None) -> Ledger:
        """Return the simulated ledger of a quarter (None: the last one), sent in time and not after the scoring day."""
        cut_offs = self.rulebook.assessment.cut_offs
        quarter = max(cut_offs) if quarter is None else quarter
        return Ledger(self.change.unit, quarter, min(self.as_of, cut_offs[quarter]), dated=True, upload=LAST)

    def due_on(self, quarter: int) -> date:
        """Return the day on which the clause falls due for a quarter."""
        return max(self.clause.deadline or date.min, self.rulebook.assessment.cut_offs[quarter])


def simulate(facts: Facts, scenario: Scenario, rulebook: Rulebook, as_of: date, policy: Policy) -> Board:
    """Score the facts as they would be; the empty scenario gives the board as it stands."""
    return make_board(apply(facts, scenario, rulebook, as_of), rulebook, as_of, policy)


def apply(facts: Facts, scenario: Scenario, rulebook: Rulebook, as_of: date) -> Facts:
    """Return the facts as they would be. Every simulated fact names 模拟 as its workbook.

    Setting a clause takes the place of everything that the unit said of it, and of rulings on it. A simulated ledger
    is sent in time, so that it counts under every reading. 2C is set by a simulated ruling: no handling time is invented.

    Raises:
        ImpossibleChangeError: a unit or clause does not exist, or the clause cannot be changed in this way.
    """
    for number, change in enumerate(scenario.changes):
        if fault := fault_of(change, rulebook):
            raise ImpossibleChangeError(fault)
        facts = _made(facts, change, rulebook, as_of, number)
    return facts


def _made(facts: Facts, change: Change, rulebook: Rulebook, as_of: date, number: int) -> Facts:
    if change.act is Act.ADD:
        return _with_incentive(facts, change, rulebook, as_of, number)
    if change.clause == ALL:
        for clause, _ in rulebook.terms_of[change.unit]:
            facts = _proved(facts, change.unit, clause)
        return facts
    clause = rulebook.clause[change.clause]
    term = clause.term_for(change.unit)
    if term is None:
        raise ImpossibleChangeError(f"{change.clause} is not scored for {change.unit}")
    setting = Setting(change, clause, term, rulebook, as_of)
    if change.act in RULINGS:
        return _ruled(facts, setting, VERDICTS[change.act])
    if change.act is Act.PROVED:
        return _proved(facts, change.unit, clause, change.quarter)
    return WAYS[term.method](_without_rulings(facts, setting), setting)


def simulated(*place: object) -> CellRef:
    """Return the address of a simulated fact: it says so."""
    return CellRef(SIMULATED, "情景", " ".join(str(part) for part in place))


def _with(facts: Facts, statements: Iterable[Statement] = (), cases: Iterable[Case] = ()) -> Facts:
    """Add simulated facts; their ledgers count as sent."""
    statements, cases = tuple(statements), tuple(cases)
    sent = [*(statement.ledger for statement in statements), *(case.ledger for case in cases)]
    return replace(
        facts,
        ledgers=tuple(dict.fromkeys((*facts.ledgers, *sent))),
        statements=(*facts.statements, *statements),
        cases=(*facts.cases, *cases),
    )


def _said(
    setting: Setting, status: Status, day: date | None, quantity: int | None = None, quarter: int | None = None
) -> Statement:
    """State a clause in a simulated ledger."""
    change = setting.change
    evidence = () if change.act is Act.BARE or status is Status.NOT_DONE else SIMULATED_EVIDENCE
    place = (change.clause,) if quarter is None else (change.clause, quarter_name(quarter))
    return Statement(
        ledger=setting.sent(quarter),
        clause=change.clause,
        status=status,
        done_on=day,
        quantity=quantity,
        evidence=evidence,
        source=simulated(*place),
        position=(LAST, LAST),
        said=f"{'未完成' if status is Status.NOT_DONE else '已完成'}（{SIMULATED}）",
    )


def _silent(facts: Facts, setting: Setting, quarters: tuple[int, ...] | None = None) -> Facts:
    """Take away what the unit said of the clause (in these quarters)."""
    unit, code = setting.change.unit, setting.change.clause
    kept = tuple(
        s
        for s in facts.statements
        if s.ledger.unit != unit or s.clause != code or (quarters is not None and s.ledger.quarter not in quarters)
    )
    return replace(facts, statements=kept)


def _without_rulings(facts: Facts, setting: Setting) -> Facts:
    unit, code = setting.change.unit, setting.change.clause
    kept = tuple(r for r in facts.rulings if r.unit != unit or r.clause != code or r.item is not None)
    return facts if len(kept) == len(facts.rulings) else replace(facts, rulings=kept)


def _ruled(facts: Facts, setting: Setting, verdict: Verdict) -> Facts:
    change = setting.change
    ruling = Ruling(change.unit, change.clause, verdict, SIMULATED, SIMULATED, setting.as_of, number=LAST)
    later = tuple(r for r in facts.rulings if r != ruling)
    return replace(facts, rulings=(*later, ruling))


def _milestone(facts: Facts, setting: Setting) -> Facts:
    status = Status.NOT_DONE if setting.change.act is Act.OPEN else Status.DONE
    return _with(_silent(facts, setting), [_said(setting, status, setting.day if status is Status.DONE else None)])


def _quarterly(facts: Facts, setting: Setting) -> Facts:
    done = setting.change.act is not Act.OPEN
    facts = _silent(facts, setting, setting.quarters)
    return _with(facts, [_said_in(setting, quarter, done=done) for quarter in setting.quarters])


def _said_in(setting: Setting, quarter: int, *, done: bool, quantity: int | None = None) -> Statement:
    if not done:
        return _said(setting, Status.NOT_DONE, None, None, quarter)
    day = setting.change.day or min(setting.due_on(quarter), setting.as_of)
    return _said(setting, Status.DONE, day, quantity, quarter)


def _roster(facts: Facts, setting: Setting) -> Facts:
    """Send the roster in time: what was sent late was sent in time, and where nothing was sent, a zero report."""
    quarters = setting.quarters
    facts = _silent(facts, setting, quarters)
    if setting.change.act is not Act.DONE:
        unit = setting.change.unit
        kept = tuple(r for r in facts.roster if r.ledger.unit != unit or r.ledger.quarter not in quarters)
        done = setting.change.act is Act.BARE
        return _with(replace(facts, roster=kept), [_said_in(setting, q, done=done) for q in quarters])
    for quarter in quarters:
        facts = _roster_sent(facts, setting, quarter)
    return facts


def _roster_sent(facts: Facts, setting: Setting, quarter: int) -> Facts:
    unit, as_of = setting.change.unit, setting.as_of
    mine = [r for r in facts.roster if r.ledger.unit == unit and r.ledger.quarter == quarter]
    if not any(row.ledger.submitted <= as_of for row in mine) or setting.change.day is not None:
        return _with(facts, [_said_in(setting, quarter, done=True, quantity=0)])
    latest = min(setting.rulebook.assessment.cut_offs[quarter], as_of)
    moved = {row.ledger: replace(row.ledger, submitted=min(row.ledger.submitted, latest)) for row in mine}
    rows = tuple(
        replace(row, ledger=moved[row.ledger], header=_marked(row.header)) if row.ledger in moved else row
        for row in facts.roster
    )
    return replace(facts, roster=rows, ledgers=(*facts.ledgers, *moved.values()))


def _median(facts: Facts, setting: Setting) -> Facts:
    return _ruled(facts, setting, Verdict.REJECTED if setting.change.act is Act.OPEN else Verdict.ACCEPTED)


def _shortfall(facts: Facts, setting: Setting) -> Facts:
    return _counted(facts, setting, full=setting.term.of or 0, none=0)


def _missing(facts: Facts, setting: Setting) -> Facts:
    return _counted(facts, setting, full=0, none=1)


def _count_bonus(facts: Facts, setting: Setting) -> Facts:
    return _counted(facts, setting, full=full_count(setting.term), none=0)


def _counted(facts: Facts, setting: Setting, *, full: int, none: int) -> Facts:
    act, number = setting.change.act, setting.change.number
    quantity = (number or 0) if act is Act.COUNT else none if act is Act.OPEN else full
    status = Status.NOT_DONE if act is Act.OPEN else Status.DONE
    return _with(_silent(facts, setting), [_said(setting, status, setting.day, quantity)])


def full_count(term: Term) -> int:
    """Return how many times a count bonus must be earned to reach its cap (1 where it has none)."""
    return 1 if term.cap is None else int((term.cap / term.points).to_integral_value(ROUND_CEILING))


def _case(facts: Facts, setting: Setting) -> Facts:
    unit, task = setting.change.unit, setting.clause.task
    facts = replace(facts, cases=tuple(c for c in facts.cases if c.ledger.unit != unit or c.task != task))
    if setting.change.act is Act.OPEN:
        return facts
    proof = () if setting.change.act is Act.BARE else SIMULATED_EVIDENCE
    day = setting.change.day or setting.as_of
    source = simulated(setting.change.clause)
    return _with(facts, cases=[Case(setting.sent(), task, f"{SIMULATED}案例", day, proof, source, (LAST, LAST))])


WAYS: Mapping[Method, Callable[[Facts, Setting], Facts]] = {
    Method.MILESTONE: _milestone,
    Method.QUARTERLY: _quarterly,
    Method.ROSTER: _roster,
    Method.MEDIAN: _median,
    Method.SHORTFALL: _shortfall,
    Method.MISSING: _missing,
    Method.CASE: _case,
    Method.COUNT_BONUS: _count_bonus,
}


def _marked(source: CellRef) -> CellRef:
    """Say of a real cell that it is read otherwise than it stands."""
    return (
        source if source.workbook.startswith(SIMULATED) else replace(source, workbook=f"{SIMULATED}：{source.workbook}")
    )


def _proved(facts: Facts, unit: str, clause: Clause, quarter: int | None = None) -> Facts:
    """Give evidence to everything that the unit said of a clause and left without."""

    def lacks(fact: Statement | Case) -> bool:
        return fact.ledger.unit == unit and not fact.evidence and quarter in (None, fact.ledger.quarter)

    statements = tuple(
        replace(s, evidence=SIMULATED_EVIDENCE, source=_marked(s.source)) if s.clause == clause.code and lacks(s) else s
        for s in facts.statements
    )
    term = clause.term_for(unit)
    if term is None or term.method is not Method.CASE:
        return replace(facts, statements=statements)
    cases = tuple(
        replace(c, evidence=SIMULATED_EVIDENCE, source=_marked(c.source)) if c.task == clause.task and lacks(c) else c
        for c in facts.cases
    )
    return replace(facts, statements=statements, cases=cases)


def _with_incentive(facts: Facts, change: Change, rulebook: Rulebook, as_of: date, number: int) -> Facts:
    cut_offs = rulebook.assessment.cut_offs
    quarter = max(cut_offs)
    sent = Ledger(change.unit, quarter, min(as_of, cut_offs[quarter]), dated=True, upload=LAST)
    title, source = f"{SIMULATED}事项{number + 1}", simulated(change.clause, number + 1)
    item = Incentive(sent, int(change.clause), title, change.points, change.points, SIMULATED, source, (LAST, number))
    return replace(facts, incentives=(*facts.incentives, item))


def all_evidence(units: Iterable[str]) -> Scenario:
    """Preset 补齐全部佐证: whatever was said without evidence has it."""
    return Scenario(tuple(Change(unit, ALL, Act.PROVED) for unit in units))


def all_cases(units: Iterable[str], rulebook: Rulebook) -> Scenario:
    """Preset 四个案例全部提供: every case that the unit can earn points with is given."""
    return _set_all(units, rulebook, Method.CASE)


def full_counts(units: Iterable[str], rulebook: Rulebook) -> Scenario:
    """Preset 一站式4次: every count bonus is earned up to its cap."""
    return _set_all(units, rulebook, Method.COUNT_BONUS)


def _set_all(units: Iterable[str], rulebook: Rulebook, method: Method) -> Scenario:
    return Scenario(
        tuple(
            Change(unit, clause.code, Act.DONE)
            if method is Method.CASE
            else Change(unit, clause.code, Act.COUNT, number=full_count(term))
            for unit in units
            for clause, term in rulebook.terms_of[unit]
            if term.method is method
        )
    )
