from itertools import pairwise

import pytest

from scoring.board.summary import last_rank
from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.documents.boards import sample_board, silent_board
from ui.show import charts, theme
from ui.show.text import points


@pytest.mark.parametrize("make", [sample_board, silent_board])
def test_the_waterfall_of_every_unit_ends_at_its_score(make, rulebook: Rulebook) -> None:  # type: ignore[no-untyped-def]
    for card in make(rulebook).cards:
        steps = charts.waterfall_steps(card, rulebook, theme.LIGHT)
        assert steps[0].end == card.base
        assert steps[-2].end == card.score == steps[-1].end
        for above, below in pairwise(steps[:-1]):
            assert below.start == above.end


def test_each_deduction_is_a_step_of_its_own(board: Board, rulebook: Rulebook) -> None:
    card = max(board.cards, key=lambda card: card.deductions)
    losing = [
        step.title.split()[0] for step in charts.waterfall_steps(card, rulebook, theme.LIGHT) if step.end < step.start
    ]
    assert losing == [finding.clause for finding in card.findings if finding.points < 0]


def test_points_above_the_cap_are_taken_off_in_a_step_that_says_so(board: Board, rulebook: Rulebook) -> None:
    capped = [card for card in board.cards if card.raw > card.score]
    assert capped, "the sample has units over 100"
    for card in capped:
        last = charts.waterfall_steps(card, rulebook, theme.LIGHT)[-2]
        assert last.title == "按100分封顶"
        assert last.end - last.start == card.score - card.raw


def test_bars_are_drawn_from_where_the_axis_begins(board: Board, rulebook: Rulebook) -> None:
    card = max(board.cards, key=lambda card: card.deductions)
    figure = charts.waterfall(card, rulebook, theme.LIGHT)
    left, right = figure.layout.xaxis.range
    bars = figure.data[0]
    assert all(left <= base and base + long <= right for base, long in zip(bars.base, bars.x, strict=True))
    assert f"{left:.1f}" in figure.layout.xaxis.title.text
    assert bars.text[-1] == points(card.score)


def test_the_path_says_each_rank_and_score_beside_its_row_and_none_on_the_line(
    board: Board, rulebook: Rulebook
) -> None:
    card = next(card for card in board.cards if last_rank(board, card) > card.rank)
    figure = charts.rank_path([(board.as_of, "截至日期", board)], card.unit, rulebook, theme.LIGHT)
    first, last = figure.layout.xaxis.range
    assert first < 1 < last, "the first place is on the left"
    assert f"并列第{card.rank}名" in figure.layout.yaxis.ticktext[0]
    assert points(card.score) in figure.layout.yaxis.ticktext[0]
    assert [text.strip("</b>") for text in figure.data[0].text] == [str(card.rank)], "in the dot, nothing beside it"
