"""How a text is a shortened sentence of the rules: a piece of it, or it with words left out."""

from __future__ import annotations

import pytest

from scoring.ledger.rows.text_match import PART, THINNED, _level

NEITHER = 0
TWELVE, THIRTEEN = "公布供水企业办事指南流程", "公布供水企业的办事指南流程"


@pytest.mark.parametrize(
    ("text", "phrase", "level"),
    [
        (TWELVE, TWELVE, NEITHER),  # the sentence itself is no shortened one
        (THIRTEEN, TWELVE, NEITHER),
        (TWELVE, THIRTEEN, THINNED),
        ("公布", TWELVE, PART),
        ("办事指南流程", TWELVE, PART),
        ("公供企办指流", TWELVE, THINNED),  # 6 characters, half of the sentence
        ("公供企办指流", THIRTEEN, NEITHER),  # less than half
        ("公供企办指流程", THIRTEEN, THINNED),
        ("公供企办指", "公布供水企业办事指南", NEITHER),  # half of it, and too short
        ("流指办企供公", TWELVE, NEITHER),  # not in its order
        ("公供企办指乙", TWELVE, NEITHER),
    ],
)
def test_how_a_text_is_a_shortened_sentence(text: str, phrase: str, level: int) -> None:
    assert _level(text, phrase) == level
