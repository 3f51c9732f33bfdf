"""A board is of one year, and nothing of another year is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scoring.judging.punctuality import Timeliness, punctuality
from scoring.judging.rank import make_board
from scoring.ledger.rows.roster_history import roster_problems
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from tests.builders import roster_row, ruling, statement
from tests.years.books import FIRST, NEXT, rulebook_of

UNIT = "五华区"
THEN, LATER = Ledger(UNIT, FIRST, 4, date(2024, 1, 12), True, 0), Ledger(UNIT, NEXT, 1, date(2024, 3, 8), True, 1)
BOTH = Facts(
    ledgers=(THEN, LATER),
    statements=(
        statement("4A", at=THEN, done_on=date(2023, 5, 1)),
        statement("4A", "not_done", at=LATER),
        statement("5A", at=LATER, done_on=date(2024, 3, 1)),
    ),
    rulings=(
        ruling("6A", "exempt", date(2024, 1, 15)),
        replace(ruling("7A", "exempt", date(2024, 5, 1), number=2), year=NEXT),
    ),
)


def test_each_year_is_scored_from_its_own_facts() -> None:
    then = make_board(BOTH, rulebook_of(FIRST), date(2024, 1, 31), Policy())
    later = make_board(BOTH, rulebook_of(NEXT), date(2024, 12, 31), Policy())
    assert (then.year, later.year) == (FIRST, NEXT)
    outcomes = [[str(board.card[UNIT].finding(c).outcome) for c in ("4A", "5A", "6A", "7A")] for board in (then, later)]
    assert outcomes == [["met", "not_stated", "waived", "not_stated"], ["not_done", "met", "not_stated", "waived"]]


def test_the_other_year_changes_no_word() -> None:
    for year, mine in ((FIRST, THEN), (NEXT, LATER)):
        alone = Facts(
            ledgers=(mine,),
            statements=tuple(s for s in BOTH.statements if s.ledger.year == year),
            rulings=tuple(r for r in BOTH.rulings if r.year == year),
        )
        for day in (date(year, 6, 30), date(year, 12, 31), date(year + 1, 1, 31)):
            assert make_board(BOTH, rulebook_of(year), day, Policy()) == make_board(
                alone, rulebook_of(year), day, Policy()
            )


def test_a_unit_that_is_silent_in_a_year_has_not_reported_in_it() -> None:
    silent = Facts(ledgers=(THEN,), statements=BOTH.statements[:1])
    card = make_board(silent, rulebook_of(NEXT), date(2024, 12, 31), Policy()).card[UNIT]
    assert not card.reported
    assert card.finding("4A").outcome == "not_reported"
    sent = punctuality(BOTH, rulebook_of(FIRST), date(2024, 1, 31))
    assert (sent[UNIT, 1].timeliness, sent[UNIT, 4].timeliness) == (Timeliness.MISSING, Timeliness.LATE)


def test_rosters_begin_anew_with_the_year() -> None:
    rows = (roster_row("甲", at=THEN), roster_row("乙", date(2024, 1, 8), at=LATER))
    assert roster_problems(Facts(roster=rows)) == ()
