import pytest

from scoring.board.summary import deducted
from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.ui.reading import Shown
from ui.show import heatmap, sentences, slides
from ui.show.heatmap import Heat
from ui.show.text import points


def made(board: Board, rules: Rulebook, kind: str) -> list[str]:
    heat = Heat(board, kind, heatmap.clause_columns(rules, kind), rules, {})
    return [Shown(slide).text for slide in slides.slides(heat, lambda unit, key: f"{unit}{key}", str)]


@pytest.mark.parametrize("kind", ["county", "department"])
def test_ranking_then_heat_map_then_every_unit_from_the_last_to_the_first(
    board: Board, rules: Rulebook, kind: str
) -> None:
    ranking, _, *units = made(board, rules, kind)
    order = board.ranking(kind)
    assert ranking.startswith(sentences.ranking(board, kind, rules))
    for card, text in zip(reversed(order), units, strict=True):
        assert text.startswith(sentences.unit(board, card, rules))
        assert points(card.score) in text
        assert rules.unit[card.unit].short in ranking


@pytest.mark.parametrize("kind", ["county", "department"])
def test_what_does_not_fit_on_a_slide_is_summed_up(board: Board, rules: Rulebook, kind: str) -> None:
    units = made(board, rules, kind)[2:]
    longest = 0
    for card, text in zip(reversed(board.ranking(kind)), units, strict=True):
        rest = len(deducted(card)) - slides.LONGEST
        longest = max(longest, rest)
        assert (f"另有{rest}项扣分" in text) is (rest > 0)
    assert longest > 0 or kind == "department"


def test_words_from_a_ledger_stay_words(board: Board, rules: Rulebook) -> None:
    for kind in ("county", "department"):
        heat = Heat(board, kind, heatmap.clause_columns(rules, kind), rules, {})
        text = slides.deck(slides.slides(heat, lambda unit, key: "#", lambda unit: "#"), "#", ["<b>口径"])
        assert not {"script", "img", "w:t"} & set(Shown(text).tags)
        assert "&lt;b&gt;口径" in text
