"""An edited rule file in a link comes back byte for byte; anything else is refused in a sentence."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.show.rule_edit import LONGEST, RuleEditError, edit_text, edited_rules

PRINT = "a" * 64
LINES = st.lists(st.sampled_from(["a = 1\n", "b = 2\n", "# 说明\n", "\n", "[[clause]]\r\n", "c = 3"]), max_size=12)


@given(base=LINES, edited=LINES)
def test_an_edit_comes_back_byte_for_byte(base: list[str], edited: list[str]) -> None:
    old, new = "".join(base).encode(), "".join(edited).encode()
    assert edited_rules(old, edit_text(old, new, PRINT), PRINT) == new


def test_an_edit_of_other_rules_is_refused() -> None:
    text = edit_text(b"a = 1\n", b"a = 2\n", PRINT)
    with pytest.raises(RuleEditError, match="另一版细则"):
        edited_rules(b"a = 1\n", text, "b" * 64)


@given(st.text(max_size=80))
def test_a_damaged_link_is_refused(text: str) -> None:
    with pytest.raises(RuleEditError, match=r"重新上传"):
        edited_rules(b"a = 1\n", text, PRINT)


@pytest.mark.parametrize(
    "inside",
    [b"[]", b'["aaaaaaaa", [[2, 1, []]]]', b'["aaaaaaaa", [[0, 1, [7]]]]', b'["aaaaaaaa", 3]', b"[" * 9_000, b" " * 50_000_000],
    ids=["nothing", "backwards", "no text", "no list", "deep", "a bomb"],
)  # fmt: skip
def test_a_made_up_link_is_refused(inside: bytes) -> None:
    text = urlsafe_b64encode(zlib.compress(inside, 9)).decode()
    with pytest.raises(RuleEditError):
        edited_rules(b"a = 1\n", text, PRINT)


def test_an_edit_too_large_for_a_link_gives_none() -> None:
    new = "".join(f"k{number} = {number * number}\n" for number in range(5_000)).encode()
    assert edit_text(b"", new, PRINT) == ""
    assert len(edit_text(b"a = 1\n", b"a = 2\n", PRINT)) < LONGEST
