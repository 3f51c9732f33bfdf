"""时限, 细则与口径 and 会议模式 under AppTest: every number is the library's."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.board.summary import losses
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import fill_with_all
from ui.show import heatmap, published, sentences, timeline
from ui.show.text import points

DAY = AS_OF.isoformat()


@pytest.fixture
def stored(data: Path, rulebook: Rulebook) -> Board:
    """Store a workbook of each unit, and return the board that the library makes of them."""
    return make_board(fill_with_all(data, rulebook).facts(2023), rulebook, AS_OF, Policy())


@pytest.mark.parametrize("kind", ["county", "department"])
def test_the_heat_map_shows_the_board(stored: Board, rulebook: Rulebook, kind: str) -> None:
    shown = Shown(html(opened("deadlines", as_of=DAY, kind=kind)))
    assert timeline.headline(stored, kind, rulebook) in shown.text
    made = heatmap.Heat(stored, kind, heatmap.clause_columns(rulebook, kind), rulebook, {})
    for card, cells in made.rows:
        expected = [rulebook.unit[card.unit].short, *(cell.mark.sign if cell.mark else "" for cell in cells)]
        assert any(row[:-1] == expected for row in shown.rows), card.unit


def test_every_kind_of_cell_opens(stored: Board, rulebook: Rulebook) -> None:
    card = stored.ranking("county")[0]
    for column in heatmap.task_columns(rulebook, "county"):
        app = opened("deadlines", as_of=DAY, by="task", unit=card.unit, at=column.key)
        assert rulebook.unit[card.unit].short in html(app)
        cell = heatmap.cell_of(column, card, rulebook, AS_OF)
        assert all(finding.reason in Shown(html(app)).text for finding in cell.findings)


@pytest.mark.parametrize("value", ["", "99Z", "<img src=x>", "13"])
def test_a_cell_that_is_not_there_is_left_alone(stored: Board, rulebook: Rulebook, value: str) -> None:
    shown = Shown(html(opened("deadlines", as_of=DAY, at=value, unit="五华区")))
    assert timeline.headline(stored, "county", rulebook) in shown.text
    assert "img" not in shown.tags


def test_the_rules_count_the_losers_and_list_them(stored: Board, rulebook: Rulebook) -> None:
    loss = losses(stored, "county", rulebook)[0]
    shown = Shown(html(opened("rules", as_of=DAY, lost=loss.clause, of="county")))
    assert published.headline(stored, rulebook) in shown.text
    for finding in loss.findings:
        assert any(rulebook.unit[finding.unit].short in row and finding.reason in row[-1] for row in shown.rows)


def test_the_readings_name_who_moves(stored: Board, rulebook: Rulebook) -> None:
    text = Shown(html(opened("rules", as_of=DAY, part="readings"))).text
    flagged = make_board(sample_facts(rulebook), rulebook, AS_OF, Policy(evidence="flagged"))
    moved = [card.unit for card in flagged.cards if card.score != stored.card[card.unit].score]
    assert moved
    card, before = flagged.card[moved[0]], stored.card[moved[0]]
    assert f"{points(before.score)}→{points(card.score)}" in text


def test_the_meeting_shows_every_unit_and_no_frame_number_differs(stored: Board, rulebook: Rulebook) -> None:
    text = Shown(html(opened("meeting", as_of=DAY))).text
    assert sentences.ranking(stored, "county", rulebook) in text
    for card in stored.ranking("county"):
        assert sentences.unit(stored, card, rulebook) in text


def test_without_ledgers_the_rules_can_be_read_and_the_rest_says_what_to_do(data: Path) -> None:
    assert "30项任务" in html(opened("rules"))
    for page in ("deadlines", "meeting"):
        assert "还没有台账" in html(opened(page))
