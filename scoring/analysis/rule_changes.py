"""What an edited rule file would do: the same ledgers scored by it, beside today's board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoring.analysis.comparison import ClauseChange, Comparison, compare
from scoring.analysis.comparison import sentence as comparison_sentence
from scoring.analysis.position import Position
from scoring.analysis.rule_difference import differences
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook, Treatment


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Two rulebooks on the same ledgers. ``says`` are their differences, ``left_aside`` what the edited one cannot use.

    ``after`` is the position under the edited rules: simulated until it is made official.
    """

    before: Position
    after: Position
    says: tuple[str, ...]
    comparison: Comparison
    left_aside: tuple[str, ...]


def change_rules(position: Position, rulebook: Rulebook, facts: Facts | None = None) -> RuleChange:
    """Score a position by an edited rulebook.

    ``facts`` are the same workbooks read by the edited rules, where they were (None: those of the position stand; a new
    clause then finds nothing stated). Incentive items of a task that is no longer one are left aside, and said so.
    """
    kept, left_aside = _usable(position.facts if facts is None else facts, rulebook)
    after = replace(position, rulebook=rulebook, facts=kept)
    says = differences(position.rulebook, rulebook)
    return RuleChange(position, after, says, compare(position.board, after.board), left_aside)


def _usable(facts: Facts, rulebook: Rulebook) -> tuple[Facts, tuple[str, ...]]:
    tasks = {task.no for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE}
    items = tuple(item for item in facts.incentives if item.task in tasks)
    lost = [f"{i.ledger.unit}激励事项《{i.title}》" for i in facts.incentives if i.task not in tasks]
    known = {clause.code for clause in rulebook.clauses}
    codes = dict.fromkeys(s.clause for s in facts.statements if s.clause not in known)
    lost += [f"台账里对条款{code}的填报" for code in codes]
    return replace(facts, incentives=items), tuple(dict.fromkeys(lost))


def by_clause(found: RuleChange) -> tuple[tuple[str, tuple[ClauseChange, ...]], ...]:
    """Return clause -> the findings that move points because of it, in the order of the edited rules."""
    moved: dict[str, list[ClauseChange]] = {}
    for change in found.comparison.clauses:
        if change.points:
            moved.setdefault(change.clause, []).append(change)
    order = [clause.code for clause in (*found.after.rulebook.clauses, *found.before.rulebook.clauses)]
    known = [code for code in dict.fromkeys(order) if code in moved]
    return tuple((code, tuple(moved[code])) for code in [*known, *(c for c in sorted(moved) if c not in known)])


def sentence(found: RuleChange) -> str:
    """Say what is changed and whom it moves."""
    if not found.says:
        return "两份细则内容相同"
    return f"细则有{len(found.says)}处改动；{comparison_sentence(found.comparison, found.after.rulebook)}"


HEADER = ("序号", "细则的改动")


def rows(found: RuleChange) -> Sequence[tuple[object, ...]]:
    """Return the differences as a table, its header first."""
    return [HEADER, *enumerate(found.says, 1)]
