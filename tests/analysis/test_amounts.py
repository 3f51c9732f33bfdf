"""What a user sets stands in the link, and comes back from it or is refused in Chinese."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.amounts import MOST_CHARACTERS, WHOLE, amounts_text, chances_of, parse_amounts

KEYS = ["4A", "9C", "五华区:4A", "五华区:29#1"]
AMOUNTS = st.dictionaries(st.sampled_from(KEYS), st.decimals(0, 100, places=2))


@given(AMOUNTS)
def test_amounts_come_back_from_their_text(amounts: dict[str, Decimal]) -> None:
    read = parse_amounts(amounts_text(amounts), KEYS, WHOLE)
    assert (read.amounts, read.problems) == (amounts, ())


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = parse_amounts(text, KEYS)
    assert read.problems or read.amounts or not text.strip(",")


@pytest.mark.parametrize(("text", "says"), [
    ("4A=-1", "看不懂"), ("4A", "看不懂"), ("4A=101", "应在0至100之间"), ("99Z=1", "不在可选范围"),
    ("4A=1," * MOST_CHARACTERS, "太长"), ("4A=١", "看不懂"),
])  # fmt: skip
def test_what_cannot_be_is_refused(text: str, says: str) -> None:
    assert says in parse_amounts(text, KEYS, WHOLE).problems[0]


def test_percents_become_exact_chances() -> None:
    assert chances_of({"4A": Decimal("33.3")}) == {"4A": Fraction(333, 1000)}
