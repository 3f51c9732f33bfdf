"""The rules by example: every table of tests/cases/*.toml is one test, and all that is said of it stays word for word.

After a deliberate change look at what differs and write the words anew: ``python -m tests.test_cases``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.findings import Finding
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.builders import facts_from
from tests.golden.telling import finding_line

FOLDER = Path(__file__).parent / "cases"
TOLD = FOLDER.parent / "golden" / "told" / "cases.txt"
RULEBOOK = load_rulebook()


def _cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("clause_*.toml")):
        book = tomllib.loads(path.read_text("utf-8"))
        for entry in book["case"]:
            merged = {"clause": book["clause"], "unit": book.get("unit", "五华区")} | entry
            yield f"{path.stem}: {entry['name']}", merged


CASES = dict(_cases())


def _scored(case: dict[str, Any]) -> tuple[Board, list[Finding]]:
    """Return the board of a case, and what it finds of the case's clause."""
    policy = Policy(**case.get("policy", {}))
    board = make_board(facts_from(case, case["unit"]), RULEBOOK, case["as_of"], policy)
    return board, [f for f in board.card[case["unit"]].findings if f.clause == case["clause"]]


def _line(name: str, findings: list[Finding]) -> str:
    return f"{name} → {' | '.join(map(finding_line, findings))}"


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case = CASES[name]
    board, found = _scored(case)
    assert (board.year, board.rules) == (2023, RULEBOOK.rules_hash)
    assert (board.as_of, board.policy) == (case["as_of"], Policy(**case.get("policy", {})))
    assert [f.outcome.value for f in found][-1] == case["outcome"], found
    assert found[-1].points == Decimal(case["points"]), found
    for text in case.get("says", []):
        assert text in found[-1].reason + found[-1].remark
    for text in case.get("does_not_say", []):
        assert text not in found[-1].reason + found[-1].remark
    if "sources" in case:
        assert [source.cell for source in found[-1].sources] == case["sources"]
    if "if_done" in case:
        assert found[-1].if_done == Decimal(case["if_done"])
    assert _line(name, found) in TOLD.read_text("utf-8").splitlines()


def test_every_scored_clause_has_its_cases() -> None:
    covered = {tomllib.loads(path.read_text("utf-8"))["clause"] for path in FOLDER.glob("clause_*.toml")}
    methods = {t.method for c in RULEBOOK.clauses if c.code in covered for t in c.terms}
    assert methods == {t.method for c in RULEBOOK.clauses for t in c.terms}


@pytest.mark.parametrize("code", [clause.code for clause in RULEBOOK.clauses if clause.deadline])
def test_nothing_sent_costs_from_the_deadlines_own_day_on(code: str) -> None:
    """Whatever its method, a clause is pending the day before its deadline and deducted on it."""
    clause = RULEBOOK.clause[code]
    for term in clause.terms:
        unit = term.units[0]
        for shift, free in ((-1, True), (0, False)):
            day = date.fromordinal(clause.deadline.toordinal() + shift)
            board = make_board(facts_from({}, unit), RULEBOOK, day, Policy())
            finding = board.card[unit].finding(code)
            assert finding is not None
            assert (finding.outcome.value == "pending") is free
            counties = sum(len(t.units) for t in clause.terms if t.kind is not term.kind)
            silent = counties if term.compared_with else term.of or 1
            assert finding.points == (0 if free else term.points * silent)
            assert finding.quote == term.quote


@pytest.mark.parametrize(("unit", "says"), [
    ("五华区", "96.00 0.00 0.00 0.00 0.00 96.00"),
    ("市住房城乡建设局", "100.00 1.20 0.00 0.00 0.00 101.20"),  # tasks 4, 5, 6, 9, 10 and 15
])  # fmt: skip
def test_before_anything_is_due_a_card_holds_its_base_and_tasks_to_two_places(unit: str, says: str) -> None:
    card = make_board(facts_from({}, unit), RULEBOOK, date(2023, 1, 1), Policy()).card[unit]
    amounts = (card.base, card.responsibility, card.case_points, card.incentive, card.deductions, card.raw)
    assert " ".join(map(str, amounts)) == says
    assert card.reported is False


def test_a_county_that_has_done_it_is_not_counted_as_open() -> None:
    case = {"statements": [{"clause": "9A", "done_on": date(2023, 5, 10)}]}
    board = make_board(facts_from(case, "五华区"), RULEBOOK, date(2023, 9, 30), Policy())
    remark = board.card["市政务服务局"].finding("9A").remark
    counties = [RULEBOOK.short(unit) for unit in RULEBOOK.clause["9A"].terms[0].units if unit != "五华区"]
    assert f"{len(counties)}个县（市）区的9A没有完成（{'、'.join(counties)}）" in remark


if __name__ == "__main__":
    TOLD.write_text("\n".join(_line(name, _scored(case)[1]) for name, case in CASES.items()) + "\n", "utf-8")
