"""What an edited rule file would do: the same ledgers scored by it, beside today's board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.analysis.comparison import Comparison, compare
from scoring.analysis.position import Position
from scoring.methods.question import NO_POINTS
from scoring.model.facts import Facts, Incentive
from scoring.model.rules import Rulebook, Treatment
from scoring.rulebook.difference import differences, renamed


@dataclass(frozen=True, slots=True)
class Cause:
    """One clause (or incentive task), by its code in the edited rules, and the signed raw points that it moves by unit.

    ``clause`` is ``""`` for what no clause moves: base points, points a task, the cap on all cases.
    """

    clause: str
    moved: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Two rulebooks on the same ledgers. ``says`` are their differences, ``causes`` what moves the points.

    ``left_aside`` is what the edited one cannot use, incentive items and the codes of clauses that are stated; ``unread``
    are the new clauses that no ledger was read for. ``after`` is the position under the edited rules: simulated until it
    is made official.
    """

    before: Position
    after: Position
    says: tuple[str, ...]
    comparison: Comparison
    causes: tuple[Cause, ...]
    left_aside: tuple[Incentive | str, ...]
    unread: tuple[str, ...]


def change_rules(position: Position, rulebook: Rulebook, facts: Facts | None = None) -> RuleChange:
    """Score a position by an edited rulebook.

    ``facts`` are the same workbooks read by the edited rules, where they were (None: those of the position stand; a new
    clause then finds nothing stated). What was stated and ruled under a clause's old code stands under its new one.
    Incentive items of a task that is no longer one are left aside, and said so.
    """
    names = renamed(position.rulebook, rulebook)
    kept, left_aside = _usable(_under_new_names(position.facts if facts is None else facts, names), rulebook)
    after = replace(position, rulebook=rulebook, facts=kept)
    says = differences(position.rulebook, rulebook)
    comparison = compare(position.board, after.board)
    order = [clause.code for clause in (*rulebook.clauses, *position.rulebook.clauses)]
    known = {*position.rulebook.clause, *names.values()}
    unread = tuple(code for code in rulebook.clause if code not in known) if facts is None else ()
    return RuleChange(position, after, says, comparison, _causes(comparison, names, order), left_aside, unread)


def _under_new_names(facts: Facts, names: Mapping[str, str]) -> Facts:
    statements = tuple(replace(s, clause=names[s.clause]) if s.clause in names else s for s in facts.statements)
    rulings = tuple(replace(r, clause=names[r.clause]) if r.clause in names else r for r in facts.rulings)
    return replace(facts, statements=statements, rulings=rulings)


def _usable(facts: Facts, rulebook: Rulebook) -> tuple[Facts, tuple[Incentive | str, ...]]:
    tasks = {task.no for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE}
    items = tuple(item for item in facts.incentives if item.task in tasks)
    lost = [item for item in facts.incentives if item.task not in tasks]
    known = {clause.code for clause in rulebook.clauses}
    codes = dict.fromkeys(s.clause for s in facts.statements if s.clause not in known)
    return replace(facts, incentives=items), (*lost, *codes)


def _causes(comparison: Comparison, names: Mapping[str, str], order: Sequence[str]) -> tuple[Cause, ...]:
    """Add up by clause what moves each unit that both rule files score; what is left over is no clause's."""
    moved: dict[str, dict[str, Decimal]] = {}
    for unit in comparison.units:
        if unit.raw is None:
            continue
        left = unit.raw
        for change in unit.clauses:
            units = moved.setdefault(names.get(change.clause, change.clause), {})
            units[unit.unit] = units.get(unit.unit, NO_POINTS) + change.points
            left -= change.points
        moved.setdefault("", {})[unit.unit] = left
    known = [code for code in dict.fromkeys(order) if code in moved]
    codes = [*known, *sorted(code for code in moved if code and code not in known), ""]
    causes = [Cause(code, {unit: points for unit, points in moved.get(code, {}).items() if points}) for code in codes]
    return tuple(cause for cause in causes if cause.moved)
