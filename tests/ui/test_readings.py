import pytest

from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from tests.documents.boards import AS_OF, sample_facts
from tests.ui.reading import Shown
from ui.show import policy_tables


@pytest.fixture(scope="module")
def boards(rulebook: Rulebook) -> dict[tuple[str, str], Board]:
    others, facts = policy_tables.alternatives(rulebook, Policy()), sample_facts(rulebook)
    return {name: make_board(facts, rulebook, AS_OF, policy) for name, policy in others.items()}


def test_there_is_an_alternative_for_every_reading_that_differs_in_that_one_alone(rulebook: Rulebook) -> None:
    others = policy_tables.alternatives(rulebook, Policy())
    assert list(others) == [(rule.name, reading.name) for rule in rulebook.policies for reading in rule.readings]
    for (name, reading), policy in others.items():
        assert policy.as_dict() == Policy().as_dict() | {name: reading}


def test_who_moves_are_those_whose_score_or_rank_the_library_changes(
    board: Board, rulebook: Rulebook, boards: dict[tuple[str, str], Board]
) -> None:
    moving = 0
    for other in boards.values():
        moved = [
            card.unit
            for card in other.cards
            if card.unit not in board.card
            or (card.score, card.rank) != (board.card[card.unit].score, board.card[card.unit].rank)
        ]
        said = policy_tables.who_moves(board, other, rulebook)
        assert said.startswith(f"{len(moved)}个单位变动" if moved else policy_tables.UNMOVED)
        assert all(rulebook.unit[unit].short in said for unit in moved[: policy_tables.SHOWN])
        moving += bool(moved)
    said_of = {name: policy_tables.who_moves(board, other, rulebook) for name, other in boards.items()}
    assert policy_tables.count_moving(said_of) == moving > 0


def test_a_card_for_each_policy_says_sentence_question_and_readings(rulebook: Rulebook) -> None:
    policy = Policy()
    text = policy_tables.policy_cards(rulebook, policy, policy, {}, lambda name, reading: f"rules?{name}={reading}")
    read = Shown(text)
    for rule in rulebook.policies:
        for words in (rule.title, rule.quote, rule.question):
            assert words in read.text
        for reading in rule.readings:
            assert reading.title in read.text
            in_force = policy.as_dict()[rule.name] == reading.name
            assert (f"rules?{rule.name}={reading.name}" in read.links) is not in_force
    assert read.text.count("现在用这个") == read.text.count("正式") == len(rulebook.policies)
