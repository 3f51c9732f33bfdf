"""Problems that only show beside other ledgers: claims that contradict an earlier one, rosters that lost a row."""

from __future__ import annotations

from scoring.ledger.rows.roster_history import roster_problems
from scoring.model.doubts import Doubt, contradicted
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.problems import CATALOGUE, Problem
from scoring.words.phrasing import day_name


def problems_over_time(facts: Facts) -> tuple[Problem, ...]:
    """Return what is wrong with ledgers only beside each other; each is reported in the later one."""
    contradictions = (_contradicted(doubt) for doubt in contradicted(facts))
    return (*dict.fromkeys(problem for problem in contradictions if problem), *roster_problems(facts))


def _contradicted(doubt: Doubt) -> Problem | None:
    statement, earlier = doubt.statement, doubt.earlier
    if statement is None or earlier is None or statement.done_on is None:
        return None
    place = CellRef(statement.source.workbook, statement.source.sheet, statement.day_cell or statement.source.cell)
    return CATALOGUE["done-contradicted"].at(
        place, day_name(statement.done_on), clause=statement.clause, day=day_name(earlier.ledger.submitted), said=earlier.said or "未完成",
        workbook=earlier.source.workbook, sheet=earlier.source.sheet, cell=earlier.source.cell,
    )  # fmt: skip
