import doctest
from decimal import Decimal

import htpy as h
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.reading import Shown
from ui.show import tables, text

LIVE = "[](){}*_`~$<>!|#\\"


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(text).failed == 0


@given(st.text())
def test_no_text_becomes_markup(data: str) -> None:
    read = Shown(tables.html(h.p(title=data)[data], data))
    assert read.tags == ["p"]
    assert read.text.replace(" ", "") == text.clean(data * 2).replace(" ", "")


@given(st.text(alphabet=LIVE + "a链接:/."))
def test_every_character_that_markdown_reads_is_escaped(data: str) -> None:
    said = text.md_escape(data)
    plain = said.replace("\\\\", "")
    for place, letter in enumerate(plain):
        if letter in LIVE.replace("\\", ""):
            assert plain[place - 1] == "\\"


def test_a_picture_in_a_ledger_stays_text() -> None:
    evil = "![x](http://example.invalid/a.png)<img src=http://example.invalid>"
    assert Shown(tables.table([tables.Column("值")], [[evil]])).links == []
    assert "](" not in text.md_escape(evil)


@pytest.mark.parametrize(
    ("value", "said"), [("0.5", "+0.50"), ("-0.2", f"{text.MINUS}0.20"), ("0", "0.00"), ("-10", f"{text.MINUS}10.00")]
)
def test_points_carry_their_sign(value: str, said: str) -> None:
    assert text.signed(Decimal(value)) == said


@pytest.mark.parametrize(("places", "said"), [(2, "▲2"), (-1, "▼1"), (0, "–"), (None, "")])
def test_movement_is_said_with_a_sign(places: int | None, said: str) -> None:
    assert text.moved(places) == said
