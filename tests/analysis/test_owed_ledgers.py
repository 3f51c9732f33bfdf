"""催报: nobody who has sent is ever asked, whatever came when; everybody is counted once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.open_matters import open_matters
from scoring.analysis.owed_ledgers import QuarterSent, quarters
from scoring.analysis.owed_ledgers_sentences import letter, message
from scoring.analysis.position import Position
from scoring.judging.punctuality import punctuality
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.sendings import Sending
from scoring.rulebook.read import load_rulebook

RULES = load_rulebook()
UNITS = [unit.name for unit in RULES.units if unit.assessed]
YEAR = st.integers(0, 390).map(lambda days: date(2023, 1, 1) + timedelta(days))
LEDGERS = st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 4), YEAR), max_size=30)


def told(sent: list[tuple[str, int, date]], waiting: set[str], as_of: date) -> tuple[QuarterSent, ...]:
    ledgers = tuple(Ledger(unit, 2023, quarter, day, True, n) for n, (unit, quarter, day) in enumerate(sent))
    facts = Facts(ledgers=ledgers)
    sendings = [Sending(1, 2023, tuple(sorted(waiting)), "赵", datetime(2023, 6, 1, tzinfo=UTC), ())] if waiting else []
    account = open_matters(Position(facts, RULES, as_of, Policy()), (), sendings=sendings)
    return quarters(punctuality(facts, RULES, as_of), facts.ledgers, waiting, account, RULES, as_of)


@given(LEDGERS, st.sets(st.sampled_from(UNITS), max_size=4), YEAR)
def test_nobody_who_has_sent_is_ever_asked(sent: list[tuple[str, int, date]], waiting: set[str], as_of: date) -> None:
    for one in told(sent, waiting, as_of):
        came = {unit for unit, quarter, _ in sent if quarter == one.quarter} | waiting
        assert set(one.owing) == set(UNITS) - came
        for text in (letter(one, one.owing, RULES, as_of, "昆明市水务局"), message(one, one.owing, RULES, as_of)):
            asked = text.split("：")[0].splitlines()[-1].split("、")
            assert not came & set(asked)
        assert one.received + len(one.owing) + len(one.waiting) == one.expected == len(UNITS)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2023-06-09", "请按时报送"), ("2023-06-10", "请按时报送"), ("2023-06-11", "请收函后立即补报")],
)
def test_the_letter_asks_before_the_cut_off_and_urges_after_it(day: str, said: str) -> None:
    one = told([], set(), date.fromisoformat(day))[1]
    text = letter(one, one.owing[:1], RULES, date.fromisoformat(day), "昆明市水务局")
    assert said in text
    assert "2023年6月10日" in text
    assert UNITS[0] in text


def test_in_time_and_late_are_counted_and_give_the_rate() -> None:
    sent = [(UNITS[0], 2, date(2023, 6, 10)), (UNITS[1], 2, date(2023, 6, 11)), (UNITS[2], 2, date(2023, 8, 1))]
    one = told(sent, set(), date(2023, 7, 1))[1]
    assert (one.in_time, one.late, one.later) == (1, 2, 1), (
        "what comes after the day in view is late: the cut-off has passed"
    )
    assert one.rate * len(UNITS) == 1
    before = told(sent, set(), date(2023, 6, 9))[1]
    assert (before.in_time, before.late, before.later, before.received) == (0, 0, 3, 3)
