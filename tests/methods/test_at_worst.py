"""What a clause costs where nothing of it is accepted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scoring.analysis.position import Position
from scoring.methods import method_of
from scoring.methods.median import at_the_close
from scoring.model.facts import Facts, Statement
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.builders import ledger, statement

RULEBOOK = load_rulebook()
YEAR_END, SUMMER, SPRING = date(2023, 12, 31), date(2023, 7, 1), date(2023, 5, 1)


@pytest.mark.parametrize(
    ("code", "as_of", "policy", "costs"),
    [
        ("20A", YEAR_END, {"quarterly": "each"}, "-0.6"),  # three quarters are due
        ("20A", SUMMER, {"quarterly": "each"}, "-0.2"),
        ("20A", SPRING, {"quarterly": "each"}, "-0.2"),  # none is due: as one
        ("20A", YEAR_END, {"quarterly": "once"}, "-0.2"),
        ("8A", YEAR_END, {}, "-0.6"),
        ("8A", YEAR_END, {"partners": "two"}, "-0.4"),
        ("4A", YEAR_END, {}, "-0.2"),
        ("4C", YEAR_END, {}, "0"),
        ("9C", YEAR_END, {}, "0"),
    ],
)
def test_what_a_clause_costs_where_a_reviewer_accepts_nothing(
    code: str, as_of: date, policy: dict[str, str], costs: str
) -> None:
    position = Position(Facts(), RULEBOOK, as_of, Policy(**policy))  # type: ignore[arg-type]
    clause, term = next((clause, term) for clause, term in RULEBOOK.terms_of["五华区"] if clause.code == code)
    fault = method_of(term).full_fault(position.question("五华区", clause, term))
    assert fault == Decimal(costs)


def zero_reports(*quarters: int) -> tuple[Statement, ...]:
    day = {2: date(2023, 6, 8), 3: date(2023, 9, 8), 4: date(2023, 12, 8)}
    return tuple(statement("2B", at=ledger("五华区", q, day[q]), quantity=0, done_on=None) for q in quarters)


@pytest.mark.parametrize(
    ("as_of", "reports", "now", "close"),
    [
        (SPRING, (), "0", "-0.2"),  # not due yet, and no roster is final
        (SUMMER, (2,), "0", "-0.2"),  # met by the zero report of the only quarter that is due
        (YEAR_END, (2, 3, 4), "0", "0"),
        (YEAR_END, (2,), "-0.2", "-0.2"),
    ],
)
def test_what_a_median_costs_at_the_close_where_nothing_more_is_sent(
    as_of: date, reports: tuple[int, ...], now: str, close: str
) -> None:
    """Zero reports of some quarters leave it unmet once the others are due (rules-reading 12)."""
    said = zero_reports(*reports)
    position = Position(Facts(tuple(one.ledger for one in said), said), RULEBOOK, as_of, Policy())
    clause, term = next((clause, term) for clause, term in RULEBOOK.terms_of["五华区"] if clause.code == "2C")
    finding = position.board.card["五华区"].finding("2C")
    assert finding is not None
    assert (finding.points, at_the_close(position.question("五华区", clause, term), finding)) == (
        Decimal(now),
        Decimal(close),
    )
