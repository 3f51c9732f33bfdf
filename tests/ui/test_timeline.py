from datetime import timedelta
from itertools import pairwise

import pytest

from scoring.analysis.open_matters import open_matters
from scoring.analysis.position import Position
from scoring.judging.punctuality import punctuality
from scoring.model.boards import Board
from scoring.model.findings import Outcome
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.reading import Shown
from ui.show import timeline
from ui.show.text import short_day

QUARTER = 2


def test_days_stand_on_the_line_in_their_order_and_inside_it(rulebook: Rulebook) -> None:
    days = sorted(
        {*rulebook.assessment.cut_offs.values(), *timeline.deadlines(rulebook, "county"), rulebook.assessment.closes}
    )
    places = [timeline.place_on_line(day, rulebook.assessment) for day in days]
    assert all(one < other for one, other in pairwise(places))
    far = timeline.place_on_line(rulebook.assessment.closes + timedelta(days=999), rulebook.assessment)
    assert 0 < places[0] < places[-1] == far < 100


def test_the_line_names_every_cut_off_every_deadline_and_as_of(rulebook: Rulebook) -> None:
    text = Shown(timeline.line_of_days(rulebook, "county", AS_OF)).text
    year = rulebook.assessment.year
    for day in (*rulebook.assessment.cut_offs.values(), *timeline.deadlines(rulebook, "county"), AS_OF):
        assert short_day(day, year) in text
    assert f"截至 {short_day(AS_OF, year)}" in text


@pytest.mark.parametrize(("ahead", "seen"), [(0, False), (5, True), (-5, True), (9999, False)])
def test_today_is_marked_where_it_is_another_day_of_the_assessment(rulebook: Rulebook, ahead: int, seen: bool) -> None:
    text = Shown(timeline.line_of_days(rulebook, "county", AS_OF, AS_OF + timedelta(days=ahead))).text
    assert ("今天" in text) is seen


@pytest.mark.parametrize("kind", ["county", "department"])
def test_the_headline_counts_what_the_board_holds(board: Board, rulebook: Rulebook, kind: str) -> None:
    findings = [finding for card in board.ranking(kind) for finding in card.findings]
    lost = [finding for finding in findings if finding.points < 0]
    coming = min(day for day in timeline.deadlines(rulebook, kind) if day > board.as_of)
    waiting = sum(f.outcome is Outcome.PENDING and f.deadline == coming for f in findings)
    said = timeline.headline(board, kind, rulebook)
    assert f"{len({f.unit for f in lost})}个单位共{len(lost)}处扣分" in said
    assert f"还有{waiting}处未完成" in said


def test_the_table_says_of_every_unit_whether_its_ledger_came(board: Board, rulebook: Rulebook) -> None:
    sent = punctuality(sample_facts(rulebook), rulebook, AS_OF)
    rows = Shown(timeline.punctuality_table(sent, board, "county", rulebook, str)).rows[1:]
    silent = {rulebook.unit[card.unit].short for card in board.ranking("county") if not card.reported}
    assert silent
    assert {row[0] for row in rows if "未报" in row[QUARTER]} == silent
    assert all("按时" in row[QUARTER] for row in rows if row[0] not in silent)
    assert all("未到截止日" in row[QUARTER + 1] for row in rows)
    position = Position(sample_facts(rulebook), rulebook, AS_OF, Policy())
    said = timeline.punctuality_headline(sent, board, "county", QUARTER, rulebook, open_matters(position, ()))
    assert f"{len(silent)}个未到（{'、'.join(sorted(silent))}）" in said
