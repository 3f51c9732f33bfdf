"""Change the facts as a scenario says, and score again: the same function, no arithmetic of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from scoring.judging.rank import make_board
from scoring.methods import method_of
from scoring.methods.simulating import LAST, SIMULATED, Setting, ruled, simulated
from scoring.model.boards import Board
from scoring.model.changes import ALL, RULINGS, Act, Change, Scenario
from scoring.model.facts import Facts, Incentive, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.model.traits import ReadFrom
from scoring.scenario.text import ParsedScenario, fault_of, parse_scenario, scenario_text

__all__ = [
    "SIMULATED", "Act", "Change", "ImpossibleChangeError", "ParsedScenario", "Scenario", "all_cases", "all_evidence",
    "apply", "fault_of", "full_counts", "parse_scenario", "scenario_text", "simulate", "simulated",
]  # fmt: skip

VERDICTS = {Act.ACCEPT: Verdict.ACCEPTED, Act.REJECT: Verdict.REJECTED, Act.EXEMPT: Verdict.EXEMPT}


class ImpossibleChangeError(ValueError):
    """A scenario holds a change that cannot be made; ``parse_scenario`` never lets one through."""


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
        for clause, term in rulebook.terms_of[change.unit]:
            facts = method_of(term).prove(facts, Setting(change, clause, term, rulebook, as_of))
        return facts
    clause = rulebook.clause[change.clause]
    own = clause.term_for(change.unit)
    if own is None:
        raise ImpossibleChangeError(f"{change.clause} is not scored for {change.unit}")
    setting, method = Setting(change, clause, own, rulebook, as_of), method_of(own)
    if change.act in RULINGS:
        return ruled(facts, setting, VERDICTS[change.act])
    if change.act is Act.PROVED:
        return method.prove(facts, setting)
    return method.simulate(_without_rulings(facts, setting), setting)


def _without_rulings(facts: Facts, setting: Setting) -> Facts:
    unit, code = setting.change.unit, setting.change.clause
    kept = tuple(r for r in facts.rulings if r.unit != unit or r.clause != code or r.item is not None)
    return facts if len(kept) == len(facts.rulings) else replace(facts, rulings=kept)


def _with_incentive(facts: Facts, change: Change, rulebook: Rulebook, as_of: date, number: int) -> Facts:
    cut_offs = rulebook.assessment.cut_offs
    quarter = max(cut_offs)
    year = rulebook.assessment.year
    sent = Ledger(change.unit, year, quarter, min(as_of, cut_offs[quarter]), dated=True, upload=LAST)
    title, source = f"{SIMULATED}事项{number + 1}", simulated(change.clause, number + 1)
    item = Incentive(sent, int(change.clause), title, change.points, change.points, SIMULATED, source, (LAST, number))
    return replace(facts, incentives=(*facts.incentives, item))


def all_evidence(units: Iterable[str]) -> Scenario:
    """Preset 补齐全部佐证: whatever was said without evidence has it."""
    return Scenario(tuple(Change(unit, ALL, Act.PROVED) for unit in units))


def all_cases(units: Iterable[str], rulebook: Rulebook) -> Scenario:
    """Preset 四个案例全部提供: every case that the unit can earn points with is given."""
    return Scenario(
        tuple(
            Change(unit, clause.code, Act.DONE)
            for unit in units
            for clause, term in rulebook.terms_of[unit]
            if term.traits.read_from is ReadFrom.CASES and Act.DONE in method_of(term).acts
        )
    )


def full_counts(units: Iterable[str], rulebook: Rulebook) -> Scenario:
    """Preset 一站式4次: every count bonus is earned up to its cap."""
    return Scenario(
        tuple(
            Change(unit, clause.code, Act.COUNT, number=max(method_of(term).numbers(term), default=0))
            for unit in units
            for clause, term in rulebook.terms_of[unit]
            if term.traits.is_bonus and Act.COUNT in method_of(term).acts
        )
    )
