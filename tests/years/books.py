"""The rules of two years, and ledgers of either."""

from __future__ import annotations

import re
from functools import cache

from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook

FIRST, NEXT = 2023, 2024


def rules_text(year: int = NEXT, *changes: tuple[str, str]) -> str:
    """The product's own rules, some years later, with changes: every old text must be there."""
    text = re.sub(
        r"202[34](?=[-年])|(?<=year = )2023", lambda m: str(int(m[0]) + year - FIRST), DEFAULT_RULES.read_text("utf-8")
    )
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@cache
def rulebook_of(year: int, *changes: tuple[str, str]) -> Rulebook:
    return parse_rulebook(rules_text(year, *changes).encode())
