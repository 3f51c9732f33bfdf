"""Three counties and one department, worked out by hand from the example ledgers, against the scoring."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.cli.report import board_json
from scoring.judging.rank import make_board
from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook
from scoring.rulebook.policies import make_policy
from scoring.rulebook.read import load_rulebook

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "data" / "examples"
HAND = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "cases").glob("hand_*.toml"))]
CASES = [pytest.param(told["unit"], day, id=f"{told['unit']}-{day['as_of']}") for told in HAND for day in told["day"]]
TOTALS = ("base", "responsibility", "case_points", "incentive", "deductions", "raw", "score")


@pytest.fixture(scope="module")
def year() -> tuple[Rulebook, Facts]:
    rulebook = load_rulebook()
    return rulebook, read_ledgers(find_ledgers([EXAMPLES]), (rulebook,))[0]


def _board(year: tuple[Rulebook, Facts], as_of: date) -> Board:
    rulebook, facts = year
    return make_board(facts, rulebook, as_of, make_policy(rulebook, {}))


def _findings(day: dict[str, Any]) -> Counter[tuple[str, str, str]]:
    told = [(finding["clause"], finding["outcome"], finding["points"]) for finding in day["finding"]]
    told += [(clause, "met", "0.00") for clause in day["met"]]
    told += [(clause, "pending", "0.00") for clause in day["pending"]]
    return Counter(told)


@pytest.mark.parametrize(("unit", "day"), CASES)
def test_the_scoring_agrees_with_the_calculation_by_hand(
    year: tuple[Rulebook, Facts], unit: str, day: dict[str, Any]
) -> None:
    scored = board_json(_board(year, day["as_of"]), [])["units"]
    card = next(card for card in scored if card["unit"] == unit)
    found = Counter((f["clause"], f["outcome"], f["points"]) for f in card["findings"])
    told = _findings(day)
    assert {"more than by hand": found - told, "less than by hand": told - found} == {
        "more than by hand": Counter(),
        "less than by hand": Counter(),
    }
    assert {name: card[name] for name in TOTALS} == {name: day[name] for name in TOTALS}


@pytest.mark.parametrize(("unit", "day"), CASES)
def test_the_calculation_by_hand_adds_up(unit: str, day: dict[str, Any]) -> None:
    points = [Decimal(finding["points"]) for finding in day["finding"]]
    assert -sum(p for p in points if p < 0) == Decimal(day["deductions"])
    assert sum(p for p in points if p > 0) == Decimal(day["case_points"]) + Decimal(day["incentive"])
    won = sum(Decimal(day[name]) for name in TOTALS[:4]) - Decimal(day["deductions"])
    assert won == Decimal(day["raw"])
    assert min(won, Decimal(100)) == Decimal(day["score"])
    assert all(finding["why"] for finding in day["finding"])
