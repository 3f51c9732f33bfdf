import pytest

from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.documents.boards import silent_board, with_scores
from ui.show import sentences

CASES = {
    "clear cuts": (
        ["100", "99", "98", "97", "96", "96", "96", "96", "96", "96", "96", "95", "94", "93"],
        "五华区、盘龙区、官渡区居前三；石林县、禄劝县、寻甸县列后三",
        "第3名与第4名相差1分；第11名与第12名相差1分",
    ),
    "a tie inside the first three": (
        ["99", "99", "98", "97", "96", "96", "96", "96", "96", "96", "96", "95", "94", "93"],
        "五华区、盘龙区、官渡区居前三；",
        "第3名与第4名相差1分；第11名与第12名相差1分",
    ),
    "a tie across the third place": (
        ["99", "98", "98", "98", "97", "96", "96", "96", "96", "96", "96", "95", "94", "93"],
        "五华区居前，盘龙区、官渡区、西山区并列第2至4名；",
        "第3名与第4名同分；第11名与第12名相差1分",
    ),
    "the last three share a rank": (
        ["99", "98", "97", "96.5", "96", "96", "96", "96", "96", "96", "96", "95.9", "95.9", "95.9"],
        "并列第12至14名",
        "第3名与第4名相差0.5分；第11名与第12名相差0.1分",
    ),
    "a tie across both cuts": (
        ["99", "98", *["97"] * 10, "96", "95"],
        "五华区、盘龙区居前，10个单位并列第3至12名，红榜黑榜都待定；禄劝县、寻甸县居末",
        "第3名与第4名同分；第11名与第12名同分",
    ),
    "a tie across the third-last place": (
        ["99", "98", "97", "96.5", "96", "96", "96", "96", "96", "96", "95", "95", "95", "93"],
        "并列第11至13名，",
        "第3名与第4名相差0.5分；第11名与第12名同分",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_says_who_and_how_firm(board: Board, rulebook: Rulebook, name: str) -> None:
    scores, said, firm = CASES[name]
    given = with_scores(board, "county", scores)
    assert said in sentences.ranking(given, "county", rulebook)
    assert sentences.firmness(given, "county", rulebook) == firm


def test_where_all_are_equal_there_is_no_list(rulebook: Rulebook) -> None:
    said = sentences.ranking(silent_board(rulebook), "county", rulebook)
    assert "14个单位同为" in said
    assert "红黑榜无从分出" in said


def test_a_unit_hears_its_score_its_rank_and_what_comes_next(board: Board, rulebook: Rulebook) -> None:
    card = next(card for card in board.cards if card.reported and card.deductions)
    said = sentences.unit(board, card, rulebook)
    assert f"得{card.score}分" in said
    assert f"第{card.rank}名" in said
    assert "未到期，最近" in said


def test_a_silent_unit_hears_that_it_sent_nothing(board: Board, rulebook: Rulebook) -> None:
    card = next(card for card in board.cards if not card.reported)
    assert "没有报送台账" in sentences.unit(board, card, rulebook)
