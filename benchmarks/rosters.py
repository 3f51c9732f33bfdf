"""Take a roster of a million rows to its clause on handling times: ``python -m benchmarks.rosters [ROWS]``.

``judged``: from facts in memory to the board. ``stored``: from the database to the board. Processor time; memory is what
this process grew by, facts included. The same roster as single rows gives the same findings (``tests/test_rosters.py``).
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import psutil

from scoring.judging.rank import make_board
from scoring.model.columns import Column
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.model.rosters import Roster, RosterColumns
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from scoring.store import open_store

ROWS, SEED, MEGABYTE = 1_000_000, 12, 1024 * 1024
SECONDS_GOAL, MEMORY_GOAL = 2.0, 600


def roster_of(rulebook: Rulebook, ledger: Ledger, rows: int) -> Roster:
    """Make a county's list of enterprises; one in fifty is listed twice."""
    dice = random.Random(SEED)
    days = [ledger.submitted - timedelta(days=n) for n in range(200)]
    accepted = [dice.randrange(10, 150) for _ in range(rows)]
    numbers = array("q", range(5, rows + 5))
    return Roster(
        RosterColumns(
            ledger=Column.repeated(ledger, rows),
            enterprise=[f"示例企业{number - number % 50 // 49}有限公司" for number in range(rows)],
            project_class=Column.of([dice.choice(rulebook.project_classes).name for _ in range(rows)]),
            accepted=Column.of([days[n] for n in accepted]),
            connected=Column.of([days[n - dice.randrange(10)] for n in accepted]),
            deducted=Column.of([Decimal(dice.randrange(3)) for _ in range(rows)]),
            place=Column.repeated(("台账.xlsx", "企业全量名单", "B"), rows),
            source_row=numbers,
            header=Column.repeated(CellRef("台账.xlsx", "企业全量名单", "B4"), rows),
            sheet=Column.repeated(0, rows),
            row=numbers,
            credit_code=[f"91530100MA{number:08d}" for number in range(rows)],
            project_type=Column.repeated("具备安装条件", rows),
            stated_days=Column.repeated(None, rows),
            steps=Column.repeated("1", rows),
            materials=Column.repeated("0", rows),
            fee=Column.repeated("0", rows),
        )
    )


def spent(work: Callable[[], object]) -> float:
    """Return the processor seconds that something takes."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print times and memory beside the goals."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rulebook, own = load_rulebook(), psutil.Process()
    unit = next(unit.name for unit in rulebook.units if unit.kind == "county" and unit.assessed)
    ledger = Ledger(unit, rulebook.assessment.year, 2, date(rulebook.assessment.year, 6, 8), dated=True, upload=0)
    before = own.memory_info().rss
    facts = Facts((ledger,), roster=roster_of(rulebook, ledger, rows))

    def judge(known: Facts) -> None:
        board = make_board(known, rulebook, rulebook.assessment.closes, Policy())
        print(next(f.reason for f in board.card[unit].findings if "中位数" in f.reason)[:60])

    print(f"{rows:,} rows")
    print(f"judged: {spent(lambda: judge(facts)):.2f} s (goal {SECONDS_GOAL})")
    print(f"memory: +{(own.memory_info().rss - before) / MEGABYTE:.0f} MB (goal {MEMORY_GOAL})")
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "roster.duckdb")
        print(f"saved:  {spent(lambda: store.save(b'x', ParsedWorkbook('台账.xlsx', facts), '测试')):.2f} s")
        print(f"stored: {spent(lambda: judge(store.facts(rulebook.assessment.year))):.2f} s")
        store.close()


if __name__ == "__main__":
    main()
