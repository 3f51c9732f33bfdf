"""One verdict more or less: only its unit is judged anew, and nothing differs from a board made from the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.model.facts import Ruling, Verdict
from tests.analysis.worlds import FIVE, positions
from tests.builders import ruling

DAY = date(2023, 5, 1)
CODES = ("1A", "4A", "8A", "9C", "2C", "14A")


@st.composite
def rulings(draw: st.DrawFn) -> list[Ruling]:
    told = draw(
        st.lists(st.tuples(st.sampled_from(FIVE), st.sampled_from(CODES), st.sampled_from(Verdict)), max_size=6)
    )
    return [ruling(code, verdict.value, DAY, unit=unit, number=n) for n, (unit, code, verdict) in enumerate(told, 1)]


@settings(max_examples=30, deadline=None)
@given(positions(most=4), rulings(), rulings())
def test_other_rulings_make_the_board_that_is_made_from_the_start(
    position: Position, before: list[Ruling], after: list[Ruling]
) -> None:
    held = position.with_rulings(before)
    matters(held)  # remembers what each verdict would do
    one, other = held.with_rulings(after), position.with_facts(replace(position.facts, rulings=tuple(after)))
    assert one.facts == other.facts
    assert one.dossiers == other.dossiers
    assert one.board == other.board
    assert matters(one) == matters(other)
