"""Time every combination of readings for 20 units over a year of ledgers: ``python -m benchmarks.policy_combinations``."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from scoring.analysis.policy_combinations import every_board, every_policy, read_every_way
from scoring.analysis.position import Position
from scoring.judging.rank import make_board
from scoring.model.evidence import CellRef, Evidence, EvidenceKind
from scoring.model.facts import Facts, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rosters import RosterRow
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from scoring.scenario.what_if import all_cases, apply

YEAR_END, SEED, TARGET = date(2023, 12, 31), 2023, 1.5
ROWS_A_QUARTER = 20
RUNS = 3
UNSTATED = ("median", "case")


def year_of_facts(rulebook: Rulebook, seed: int = SEED) -> Facts:
    """Make a year of ledgers: every unit, every quarter, every clause, one in seven late, one in ten unproved."""
    dice = random.Random(seed)
    facts = Facts()
    for unit in (unit for unit in rulebook.units if unit.assessed):
        for quarter, cut_off in rulebook.assessment.cut_offs.items():
            late = dice.random() < 1 / 7
            ledger = Ledger(
                unit.name,
                rulebook.assessment.year,
                quarter,
                cut_off + timedelta(days=5 if late else -3),
                dated=True,
                upload=0,
            )
            statements = statements_of(rulebook, ledger, dice)
            roster = roster_of(rulebook, ledger, dice) if unit.kind == "county" else ()
            facts += Facts(ledgers=(ledger,), statements=statements, roster=roster)
    return apply(facts, all_cases([unit.name for unit in rulebook.units[:7]], rulebook), rulebook, YEAR_END)


def statements_of(rulebook: Rulebook, ledger: Ledger, dice: random.Random) -> tuple[Statement, ...]:
    """Make what one ledger states of its unit's clauses."""
    made = []
    for row, (clause, term) in enumerate(rulebook.terms_of[ledger.unit], 5):
        if term.method in UNSTATED:
            continue
        done = dice.random() < (0.6, 0.85, 0.95, 0.97)[ledger.quarter - 1]
        day = ledger.submitted - timedelta(days=dice.randrange(60)) if done else None
        evidence = () if dice.random() < 1 / 10 else (Evidence(EvidenceKind.TEXT, "截图.jpg"),)
        source = CellRef(f"{ledger.unit}{ledger.quarter}.xlsx", "工作落实", f"E{row}")
        status = Status.DONE if done else Status.NOT_DONE
        made.append(Statement(ledger, clause.code, status, day, dice.randrange(4), evidence, source, (0, row)))
    return tuple(made)


def roster_of(rulebook: Rulebook, ledger: Ledger, dice: random.Random) -> tuple[RosterRow, ...]:
    """Make the installations of one ledger, on some ledgers none."""
    book, rows = f"{ledger.unit}{ledger.quarter}.xlsx", []
    for row in range(dice.choice([0, ROWS_A_QUARTER, ROWS_A_QUARTER])):
        accepted = ledger.submitted - timedelta(days=dice.randrange(10, 80))
        kind = dice.choice(rulebook.project_classes).name
        cell, header = CellRef(book, "企业全量名单", f"A{row + 5}"), CellRef(book, "企业全量名单", "A4")
        connected = accepted + timedelta(days=dice.randrange(5))
        name = f"{ledger.unit}{ledger.quarter}-{row}"
        zero = rulebook.assessment.score_cap * 0
        rows.append(RosterRow(ledger, name, kind, accepted, connected, zero, cell, header, (2, row)))
    return tuple(rows)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the time of all combinations beside one board's, and beside as many boards made one by one.

    The fastest of a few runs counts: another program on the machine is not ours to measure.
    """
    rulebook = load_rulebook()
    position = Position(year_of_facts(rulebook), rulebook, YEAR_END, Policy())
    one = min(_timed(lambda: make_board(position.facts, rulebook, YEAR_END, Policy())) for _ in range(RUNS))
    every = min(_timed(lambda: list(every_board(replace(position)))) for _ in range(RUNS))
    boards = list(every_board(position))
    report = min(_timed(lambda: read_every_way(replace(position))) for _ in range(RUNS))
    equal = all(
        board == make_board(position.facts, rulebook, YEAR_END, policy)
        for board, policy in list(zip(boards, every_policy(rulebook), strict=True))[::7]
    )
    print(f"facts: {len(position.facts.statements)} statements, {len(position.facts.roster)} roster rows")
    print(f"one board                 {one * 1000:8.1f} ms")
    print(f"{len(boards)} boards, one by one   {one * len(boards) * 1000:8.1f} ms (reckoned)")
    print(f"{len(boards)} boards, remembered   {every * 1000:8.1f} ms = {every / one:.1f} x one board")
    print(f"with the whole report     {report * 1000:8.1f} ms (target {TARGET * 1000:.0f} ms)")
    print(f"each seventh board equals make_board: {equal}")


if __name__ == "__main__":
    main()
