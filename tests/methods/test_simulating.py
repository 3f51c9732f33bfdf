"""What a what-if makes of facts: whose are changed, from when they count, and that they say what they are."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.model.changes import Act, Change
from scoring.model.facts import Facts, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.rosters import RosterRow
from scoring.rulebook.read import load_rulebook
from scoring.scenario.text import Scenario
from scoring.scenario.what_if import apply
from tests.builders import case, ledger, roster_row, statement

RULEBOOK = load_rulebook()
COUNTY, OTHER, YEAR_END = "五华区", "盘龙区", date(2023, 12, 31)
CUT_OFF = {2: date(2023, 6, 10), 3: date(2023, 9, 10), 4: date(2023, 12, 10)}


def after(facts: Facts, *changes: Change, as_of: date = YEAR_END) -> Facts:
    return apply(facts, Scenario(changes), RULEBOOK, as_of)


def rows_of(facts: Facts) -> list[tuple[str, int, date, str, str]]:
    return [_shown(row) for row in facts.roster]


def _shown(row: RosterRow) -> tuple[str, int, date, str, str]:
    return row.ledger.unit, row.ledger.quarter, row.ledger.submitted, row.enterprise, row.header.workbook


LATE = ledger(COUNTY, 2, date(2023, 7, 20))
LATER = ledger(COUNTY, 3, date(2023, 9, 8))
OTHERS = ledger(OTHER, 2, date(2023, 7, 21))


def test_a_late_roster_is_sent_in_time_and_nobody_elses_rows_are_touched() -> None:
    rows = tuple(roster_row(at=at) for at in (OTHERS, LATE, LATER))
    made = after(Facts((OTHERS, LATE, LATER), roster=rows), Change(COUNTY, "2B", Act.DONE, quarter=2))
    book = rows[0].header.workbook
    assert sorted(rows_of(made)) == sorted([
        (OTHER, 2, OTHERS.submitted, rows[0].enterprise, book),
        (COUNTY, 2, CUT_OFF[2], rows[1].enterprise, f"模拟：{book}"),
        (COUNTY, 3, LATER.submitted, rows[2].enterprise, book),
    ])  # fmt: skip
    assert {(one.unit, one.quarter, one.submitted) for one in made.ledgers} >= {(COUNTY, 2, CUT_OFF[2])}
    assert not made.statements


@pytest.mark.parametrize(("as_of", "zero"), [(date(2023, 7, 19), True), (date(2023, 7, 20), False)])
def test_a_roster_not_sent_by_the_scoring_day_becomes_a_zero_report(as_of: date, zero: bool) -> None:
    made = after(Facts((LATE,), roster=(roster_row(at=LATE),)), Change(COUNTY, "2B", Act.DONE, quarter=2), as_of=as_of)
    assert [(one.clause, one.quantity, one.ledger.quarter) for one in made.statements] == [("2B", 0, 2)] * zero


def test_a_day_of_its_own_is_a_zero_report_of_that_day() -> None:
    change = Change(COUNTY, "2B", Act.DONE, date(2023, 8, 1), quarter=2)
    made = after(Facts((LATE,), roster=(roster_row(at=LATE),)), change)
    assert [(one.quantity, one.done_on) for one in made.statements] == [(0, date(2023, 8, 1))]


def test_what_is_marked_as_simulated_is_marked_once() -> None:
    bare = statement("4A", at=LATE, evidence="")
    once = after(Facts((LATE,), (bare,)), Change(COUNTY, "4A", Act.PROVED))
    assert [one.source.workbook for one in once.statements] == [f"模拟：{bare.source.workbook}"]
    rows = Facts((LATE,), roster=(roster_row(at=LATE),))
    twice = after(after(rows, Change(COUNTY, "2B", Act.DONE, quarter=2)), Change(COUNTY, "2B", Act.DONE, quarter=2))
    assert [row.header.workbook for row in twice.roster] == [f"模拟：{roster_row(at=LATE).header.workbook}"]


@pytest.mark.parametrize(
    ("as_of", "submitted"), [(YEAR_END, CUT_OFF[4]), (date(2023, 11, 1), date(2023, 11, 1))], ids=["closed", "before"]
)
def test_a_simulated_ledger_is_sent_in_time_dated_and_after_every_upload(as_of: date, submitted: date) -> None:
    (sent,) = after(Facts(), Change(COUNTY, "4A", Act.DONE), as_of=as_of).ledgers
    assert sent == Ledger(COUNTY, 2023, 4, submitted, dated=True, upload=sent.upload)
    assert sent.upload > 1_000_000


@pytest.mark.parametrize(
    ("act", "verdict"), [(Act.OPEN, Verdict.REJECTED), (Act.DONE, Verdict.ACCEPTED)], ids=["open", "done"]
)
def test_a_median_is_set_by_a_ruling(act: Act, verdict: Verdict) -> None:
    (made,) = after(Facts(), Change(COUNTY, "2C", act)).rulings
    assert (made.verdict, made.clause, made.reviewer, made.day) == (verdict, "2C", "模拟", YEAR_END)


def test_only_the_units_own_cases_of_the_task_are_proved() -> None:
    cases = tuple(case(task, at=at, evidence="") for task, at in ((4, LATE), (5, LATE), (4, OTHERS)))
    proved = after(Facts((LATE, OTHERS), cases=cases), Change(COUNTY, "4C", Act.PROVED)).cases
    assert [bool(one.evidence) for one in proved] == [True, False, False]
    assert [one.source.workbook for one in proved] == [f"模拟：{cases[0].source.workbook}", *["台账.xlsx"] * 2]
    assert [one.source.cell for one in proved] == [one.source.cell for one in cases]
