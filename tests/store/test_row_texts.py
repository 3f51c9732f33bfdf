"""The text of a row that is hashed is what it has always been: JSON of all columns that say something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.model.events import compact
from scoring.store.row_texts import row_texts

NAMES = ("upload", "seq", "b", "a", "Z", "名称")
VALUES = st.one_of(
    st.none(),
    st.text(max_size=4),
    st.integers(-3, 3),
    st.booleans(),
    st.sampled_from([Decimal("2"), Decimal("2.0"), Decimal("2.00"), Decimal("0E+2")]),
    st.dates(date(2023, 1, 1), date(2023, 1, 3)),
    st.lists(st.text(max_size=2), max_size=2),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
)


@given(st.lists(st.tuples(*(VALUES for _ in NAMES)), min_size=1, max_size=12))
def test_it_is_the_json_of_the_row(rows: list[tuple[object, ...]]) -> None:
    told = [
        compact({name: str(value) for name, value in zip(NAMES, row, strict=True) if value not in (None, "")})
        for row in rows
    ]
    assert list(row_texts(NAMES, rows)) == told


@given(
    st.lists(
        st.tuples(st.just(1), st.integers(0, 3), *[st.text(alphabet='a"\\\n\0\u2028水', max_size=3)] * 4),
        min_size=1,
        max_size=9,
    )
)
def test_texts_that_json_escapes_are_written_as_json_does(rows: list[tuple[object, ...]]) -> None:
    told = [
        compact({name: str(value) for name, value in zip(NAMES, row, strict=True) if value not in (None, "")})
        for row in rows
    ]
    assert list(row_texts(NAMES, rows)) == told
