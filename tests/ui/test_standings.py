from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.board.summary import losses
from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.documents.boards import silent_board, with_scores
from tests.ui.reading import Shown
from ui.show import standings
from ui.show.standings import Band
from ui.show.text import points

COUNTIES = 14


def link(unit: str) -> str:
    return f"unit?unit={unit}"


def shown(board: Board, rulebook: Rulebook, kind: str = "county") -> Shown:
    return Shown(standings.ranking_table(board, kind, rulebook, link, {}, ""))


def scores(best: str, *others: str) -> list[str]:
    """Give the counties these scores and the rest distinct ones in between."""
    given = [best, *others]
    return given + [f"{95 - place * 0.1:.1f}" for place in range(COUNTIES - len(given))]


@pytest.mark.parametrize("kind", ["county", "department"])
def test_the_table_holds_the_numbers_of_the_board(board: Board, rulebook: Rulebook, kind: str) -> None:
    read = shown(board, rulebook, kind)
    order = board.ranking(kind)
    assert len(read.rows) == len(order) + 1
    for row, card in zip(read.rows[1:], order, strict=True):
        line = " ".join(row)
        assert rulebook.unit[card.unit].short in line
        assert {points(card.score), points(card.raw)} <= set(row)


def test_a_tie_has_one_rank_cell_for_all_that_share_it(board: Board, rulebook: Rulebook) -> None:
    tied = with_scores(board, "county", scores("99", "98", "98", "98", "97"))
    rows = shown(tied, rulebook).rows[1:]
    assert [row[0] for row in rows[:2]] == ["1", "2并列"]
    assert len(rows[1]) == len(rows[0])
    assert len(rows[2]) == len(rows[3]) == len(rows[0]) - 1, "the rank cell above reaches down"
    assert rows[4][0] == "5"


def test_units_on_a_list_are_named_so_and_a_tie_across_the_cut_leaves_it_open(board: Board, rulebook: Rulebook) -> None:
    tied = with_scores(board, "county", scores("99", "98", "97", "97"))
    marks = standings.list_marks(tied, rulebook.kinds["county"])
    order = [card.unit for card in tied.ranking("county")]
    assert ["红榜待定" in marks[unit] for unit in order[:4]] == [False, False, True, True]
    assert [("黑榜" in marks.get(unit, "")) for unit in order[-4:]] == [False, True, True, True]


def test_nobody_is_on_a_list_where_all_are_equal(rulebook: Rulebook) -> None:
    equal = silent_board(rulebook)
    assert standings.list_marks(equal, rulebook.kinds["county"]) == {}
    assert set(standings.bands(equal, rulebook.kinds["county"]).values()) == {Band.UPPER}


def test_movement_counts_places_upwards(board: Board, rulebook: Rulebook) -> None:
    earlier = with_scores(board, "county", scores("90", "99", "98"))
    now = with_scores(board, "county", scores("100", "99", "98"))
    first = next(card.unit for card in board.cards if card.kind == "county")
    moves = standings.movement(now, earlier)
    assert moves[first] == COUNTIES - 1
    read = Shown(standings.ranking_table(now, "county", rulebook, link, moves, "比6月30日"))
    assert read.rows[0][-1] == "比6月30日"
    assert read.rows[1][-1] == f"▲{COUNTIES - 1}"


def test_a_unit_that_sent_nothing_says_so(board: Board, rulebook: Rulebook) -> None:
    silent = {rulebook.unit[card.unit].short for card in board.cards if not card.reported and card.kind == "county"}
    assert silent
    named = {row[0 if len(row) < 8 else 1] for row in shown(board, rulebook).rows[1:] if "未报送" in "".join(row)}
    assert {name.split("黑榜")[0].split("∅")[0].strip() for name in named} == silent


def test_the_tile_map_has_a_tile_in_its_place_for_each_county(board: Board, rulebook: Rulebook) -> None:
    text = standings.tile_map(board, "county", rulebook, link)
    assert Shown(text).tags.count("a") == COUNTIES
    for unit in rulebook.units:
        if unit.tile:
            row, column = unit.tile
            assert f'grid-row:{row + 1};grid-column:{column + 1}"><strong>{unit.short}' in text


def test_a_county_without_a_place_of_its_own_stands_below_the_map(board: Board, rulebook: Rulebook) -> None:
    units = tuple(replace(unit, tile=None) if unit.name == board.cards[0].unit else unit for unit in rulebook.units)
    text = standings.tile_map(board, "county", replace(rulebook, units=units), link)
    lowest = max(unit.tile[0] for unit in units if unit.tile)
    assert text.count('<a class="go') == COUNTIES
    assert f"grid-row:{lowest + 2};grid-column:1" in text


def test_every_colour_of_the_tiles_has_its_word(board: Board, rulebook: Rulebook) -> None:
    read = Shown(standings.tile_map(board, "county", rulebook, link)).text
    for band in set(standings.bands(board, rulebook.kinds["county"]).values()):
        assert standings.LIST_WORDS.get(band, standings.BAND_WORDS[band]) in read


def test_losses_are_those_of_the_library(board: Board, rulebook: Rulebook) -> None:
    rows = Shown(standings.losses_table(board, "county", rulebook, limit=99)).rows[1:]
    expected = losses(board, "county", rulebook)
    assert [row[0].split()[0] for row in rows] == [loss.clause for loss in expected]
    assert [row[1] for row in rows] == [points(-loss.total) for loss in expected]


def test_a_name_in_the_rules_cannot_become_markup(board: Board, rulebook: Rulebook) -> None:
    first = rulebook.units[0]
    evil = replace(rulebook, units=(replace(first, short="<img src=x>"), *rulebook.units[1:]))
    text = standings.ranking_table(board, "county", evil, link, {}, "") + standings.tile_map(
        board, "county", evil, link
    )
    assert "img" not in Shown(text).tags


def test_a_bar_is_as_long_as_the_distance_to_the_cap(board: Board, rulebook: Rulebook) -> None:
    wide = with_scores(board, "county", scores("100", "98", "96", "90"))
    read = shown(wide, rulebook).text
    assert "满分" in read
    assert f"差 {points(Decimal(10))}" in read
