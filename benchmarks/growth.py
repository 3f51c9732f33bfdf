"""Time one board, all readings and the ranges as the counties grow in number: ``python -m benchmarks.growth``.

What is kept is processor time, each size the fastest of a few runs, and what counts is how it grows.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.policy_combinations import SEED, YEAR_END, roster_of, statements_of
from scoring.analysis.policy_combinations import every_board
from scoring.analysis.position import Position
from scoring.analysis.ranges import ranges as unit_ranges
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook

SMALL, LARGE, NATION = 140, 1_400, 2_850
GOALS = {LARGE: 11, NATION: 22}
READINGS_GOAL, RUNS = 15, 3


def many_counties(rulebook: Rulebook, count: int) -> Rulebook:
    """Return the rules with so many counties, the first ones those that there are."""
    own = [unit for unit in rulebook.units if unit.kind == "county" and unit.assessed]
    made = [replace(own[n % len(own)], name=f"{own[n % len(own)].name}{n}", short=f"县{n}") for n in range(count)]
    names = tuple(unit.name for unit in made)
    clauses = tuple(
        replace(c, terms=tuple(replace(t, units=names) if t.kind == "county" else t for t in c.terms))
        for c in rulebook.clauses
    )
    others = tuple(unit for unit in rulebook.units if unit.kind != "county")
    return replace(rulebook, units=(*made, *others), clauses=clauses)


def facts_of(rulebook: Rulebook) -> Facts:
    """Make a year of ledgers of every county."""
    dice = random.Random(SEED)
    parts = []
    for unit in (unit for unit in rulebook.units if unit.assessed):
        for quarter, cut_off in rulebook.assessment.cut_offs.items():
            ledger = Ledger(unit.name, rulebook.assessment.year, quarter, cut_off, dated=True, upload=0)
            roster = roster_of(rulebook, ledger, dice) if unit.kind == "county" else ()
            parts.append(Facts((ledger,), statements_of(rulebook, ledger, dice), roster=roster))
    return Facts.joined(parts)


def spent(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the processor seconds of the fastest of some runs."""
    found = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print the times and their ratios beside the goals."""
    first, boards, ranges = load_rulebook(), {}, {}
    for count in (SMALL, LARGE, NATION):
        rulebook = many_counties(first, count)
        facts = facts_of(rulebook)
        boards[count] = spent(lambda: make_board(facts, rulebook, YEAR_END, Policy()))  # noqa: B023 - called at once
        ranges[count] = spent(lambda: unit_ranges(Position(facts, rulebook, YEAR_END, Policy())), 1)  # noqa: B023
        print(f"{count:5} counties: one board {boards[count] * 1000:8.0f} ms   ranges {ranges[count] * 1000:8.0f} ms")
        if count == SMALL:
            position = Position(facts, rulebook, YEAR_END, Policy())
            every = spent(lambda: list(every_board(replace(position))), 1)  # noqa: B023
            print(f"      all readings / one board {every / boards[SMALL]:6.1f} (goal {READINGS_GOAL})")
    for count, goal in GOALS.items():
        print(f"board at {count} / at {SMALL}: {boards[count] / boards[SMALL]:5.1f} (goal {goal})")
        print(f"ranges at {count} / at {SMALL}: {ranges[count] / ranges[SMALL]:5.1f}")


if __name__ == "__main__":
    main()
