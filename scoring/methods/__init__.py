"""One small pure file for each way of judging a clause, and the register that names them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from scoring.methods import case, count_bonus, median, milestone, missing, quarterly, roster, shortfall
from scoring.methods.question import Question
from scoring.model.findings import Finding
from scoring.model.rules import Method

JUDGES: Mapping[Method, Callable[[Question], Finding]] = {
    Method.MILESTONE: milestone.judge,
    Method.QUARTERLY: quarterly.judge,
    Method.ROSTER: roster.judge,
    Method.MEDIAN: median.judge,
    Method.SHORTFALL: shortfall.judge,
    Method.MISSING: missing.judge,
    Method.CASE: case.judge,
    Method.COUNT_BONUS: count_bonus.judge,
}

FULL_FAULTS: Mapping[Method, Callable[[Question], Decimal]] = {
    Method.MILESTONE: milestone.full_fault,
    Method.QUARTERLY: quarterly.full_fault,
    Method.ROSTER: quarterly.full_fault,
    Method.MEDIAN: median.full_fault,
    Method.SHORTFALL: shortfall.full_fault,
    Method.MISSING: missing.full_fault,
}
