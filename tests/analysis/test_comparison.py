"""What two boards differ in is what the difference moves."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings

from scoring.analysis import comparison_sentences
from scoring.analysis.comparison import compare
from scoring.analysis.position import Position
from tests.analysis.worlds import PANLONG, WHOLE, WUHUA, positions, total, world


@settings(max_examples=15, deadline=None)
@given(positions(most=6), positions(most=6))
def test_the_clauses_account_for_every_raw_difference(one: Position, other: Position) -> None:
    found = compare(one.board, other.board)
    for change in found.units:
        assert (change.before, change.after) == (one.board.card.get(change.unit), other.board.card.get(change.unit))
        if change.before is None or change.after is None:
            continue
        capped = change.after.responsibility - change.before.responsibility
        assert change.raw == total(clause.points for clause in change.clauses) + capped
        assert change.score == change.after.score - change.before.score
        assert change.is_moved == (change in found.moved)
    assert comparison_sentences.sentence(found, WHOLE)
    assert len({len(row) for row in comparison_sentences.rows(found)}) == 1
    assert len({len(row) for row in comparison_sentences.clause_rows(found)}) == 1


@settings(max_examples=15, deadline=None)
@given(positions(most=8))
def test_a_board_does_not_differ_from_itself(position: Position) -> None:
    found = compare(position.board, position.board)
    assert found.moved == found.clauses == ()
    assert comparison_sentences.sentence(found, WHOLE) == "没有单位的得分和名次变化"


def test_who_moves_is_said_in_words() -> None:
    before, after = world("五华区:4A=open,3A=open"), world("五华区:3A=open")
    found = compare(before.board, after.board)
    assert comparison_sentences.sentence(found, WHOLE) == "影响1个单位；五华区由95.6分到95.8分、名次不变"
    assert [(c.unit, c.clause, c.points) for c in found.clauses] == [(WUHUA, "4A", Decimal("0.2"))]
    climbed = compare(before.board, world("盘龙区:3A=open").board)
    assert {c.unit: c.places for c in climbed.moved} == {WUHUA: 4, PANLONG: -4}
