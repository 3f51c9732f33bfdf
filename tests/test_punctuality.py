from datetime import date, timedelta

import pytest

from scoring.judging.punctuality import Timeliness, punctuality, quarter_in_question
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from tests.builders import CUT_OFFS, ledger

DAY = timedelta(days=1)
UNIT, QUARTER = "五华区", 2
CUT_OFF = CUT_OFFS[QUARTER]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.mark.parametrize(
    ("submitted", "as_of", "expected"),
    [
        (None, CUT_OFF - DAY, Timeliness.OPEN),
        (None, CUT_OFF, Timeliness.MISSING),  # as_of is read at the end of that day
        (CUT_OFF - DAY, CUT_OFF, Timeliness.IN_TIME),
        (CUT_OFF, CUT_OFF, Timeliness.IN_TIME),
        (CUT_OFF + DAY, CUT_OFF + DAY, Timeliness.LATE),
        (CUT_OFF + DAY, CUT_OFF, Timeliness.MISSING),  # it does not exist yet
    ],
)
def test_the_cut_off_day_itself_is_in_time(
    rulebook: Rulebook, submitted: date | None, as_of: date, expected: Timeliness
) -> None:
    ledgers = (ledger(UNIT, QUARTER, submitted),) if submitted else ()
    assert punctuality(Facts(ledgers=ledgers), rulebook, as_of)[UNIT, QUARTER].timeliness is expected


def test_a_correction_does_not_make_a_quarter_late(rulebook: Rulebook) -> None:
    first, second = ledger(UNIT, QUARTER, CUT_OFF, 0), ledger(UNIT, QUARTER, CUT_OFF + 30 * DAY, 1)
    found = punctuality(Facts(ledgers=(second, first)), rulebook, CUT_OFF + 40 * DAY)[UNIT, QUARTER]
    assert (found.timeliness, found.first, found.ledgers) == (Timeliness.IN_TIME, first, 2)


def test_a_ledger_is_counted_for_its_own_quarter_and_unit_only(rulebook: Rulebook) -> None:
    found = punctuality(Facts(ledgers=(ledger(UNIT, QUARTER),)), rulebook, rulebook.assessment.closes)
    came = [key for key, sent in found.items() if sent.first]
    assert came == [(UNIT, QUARTER)]
    assert len(found) == len(rulebook.units) * len(rulebook.assessment.cut_offs)
    assert all((sent.unit, sent.quarter) == key for key, sent in found.items())


@pytest.mark.parametrize(
    ("as_of", "quarter"),
    [(date(2023, 1, 1), 1), (CUT_OFFS[2] - DAY, 1), (CUT_OFFS[2], 2), (date(2024, 1, 31), 4)],
)
def test_the_quarter_in_question_is_the_one_cut_off_last(rulebook: Rulebook, as_of: date, quarter: int) -> None:
    assert quarter_in_question(rulebook.assessment, as_of) == quarter
