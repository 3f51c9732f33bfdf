"""Load and judge a nation in one process: ``python -m benchmarks.nation [COUNTIES]`` (2,850, four quarters each).

Every ledger is stored as a workbook of its own first. What is timed is the processor time from the open database to the
board, a second time with the facts in memory.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.growth import NATION, facts_of, many_counties
from benchmarks.policy_combinations import YEAR_END
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from scoring.store import BEIJING, Incoming, Store, open_store

GOAL, AT_ONCE = 10.0, 500
T = TypeVar("T")


def workbooks(facts: Facts) -> Iterator[Incoming]:
    """Yield each ledger as a workbook that came at the end of the year."""
    statements: dict[Ledger, list[int]] = {}
    for place, fact in enumerate(facts.statements):
        statements.setdefault(fact.ledger, []).append(place)
    rows = facts.roster.by_ledger()
    for number, ledger in enumerate(facts.ledgers):
        said = tuple(facts.statements[place] for place in statements.get(ledger, ()))
        own = Facts((ledger,), said, roster=facts.roster.picked(rows.get(ledger, ())))
        at = datetime.combine(YEAR_END, datetime.min.time(), BEIJING)
        yield Incoming(f"{number}".encode(), ParsedWorkbook(f"{number}.xlsx", own), "测试", "", "", at=at)


def fill(store: Store, facts: Facts) -> None:
    """Store all workbooks."""
    waiting: list[Incoming] = []
    for one in workbooks(facts):
        waiting.append(one)
        if len(waiting) == AT_ONCE:
            store.save_all(waiting)
            waiting = []
    store.save_all(waiting)


def timed(what: str, work: Callable[[], T]) -> tuple[T, float]:
    """Print and return the processor seconds of some work, and what it gave."""
    gc.collect()
    start = time.process_time()
    given = work()
    spent = time.process_time() - start
    print(f"{what:<10}{spent:7.2f} s")
    return given, spent


def main() -> None:
    """Print the times beside the goal."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NATION
    rulebook = many_counties(load_rulebook(), count)
    facts = facts_of(rulebook)
    print(
        f"{count} counties: {len(facts.ledgers)} ledgers, {len(facts.statements)} statements, {len(facts.roster)} installations"
    )
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "nation.duckdb")
        timed("stored", lambda: fill(store, facts))
        loaded, first = timed("loaded", lambda: store.facts(rulebook.assessment.year))
        _, second = timed("judged", lambda: make_board(loaded, rulebook, YEAR_END, Policy()))
        print(f"{'together':<10}{first + second:7.2f} s (goal {GOAL})")
        store.close()


if __name__ == "__main__":
    main()
