"""The short form of fuzzing; ``python -m tests.ledger.fuzz`` is the long one."""

from __future__ import annotations

from tests.ledger.fuzz import run

MUTANTS = 250


def test_every_mutant_is_read_or_refused_with_one_problem() -> None:
    found = run(MUTANTS, seed=0)
    assert found.faults == []
    assert sum(found.answers.values()) == MUTANTS
    assert found.answers["read"] > MUTANTS // 20  # not all are refused at the door
    assert len(found.answers) > 4
