"""Numbers that a user sets per clause or per open item, as a short plain string for a link."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.problems import shorten
from scoring.words.phrasing import number

MOST_CHARACTERS = 20_000
MOST_EFFORT = Decimal(1000)
WHOLE = Decimal(100)
# one setting with its amount: 五华区/4A=0.5, 2B=30
ENTRY = re.compile(r"(?P<key>[^=,]+)=(?P<amount>[0-9]{1,4}(?:\.[0-9]{1,2})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParsedAmounts:
    """What could be read, and in Chinese what could not; the rest is kept."""

    amounts: Mapping[str, Decimal]
    problems: tuple[str, ...] = ()


def amounts_text(amounts: Mapping[str, Decimal]) -> str:
    """Write amounts as a plain string, by key: ``4A=2,9C=0.5``."""
    return ",".join(f"{key}={number(amounts[key])}" for key in sorted(amounts))


def parse_amounts(text: str, known: Collection[str], most: Decimal = MOST_EFFORT) -> ParsedAmounts:
    """Read amounts from untrusted text: known keys only, from 0 to ``most``."""
    if len(text) > MOST_CHARACTERS:
        return ParsedAmounts({}, (f"设定太长（超过{MOST_CHARACTERS}个字符），没有读取",))
    amounts: dict[str, Decimal] = {}
    problems: list[str] = []
    for part in filter(None, text.split(",")):
        found = ENTRY.fullmatch(part)
        if found is None:
            problems.append(f"看不懂的设定“{shorten(part)}”")
        elif found["key"] not in known:
            problems.append(f"设定里的“{shorten(found['key'])}”不在可选范围内")
        elif Decimal(found["amount"]) > most:
            problems.append(f"设定“{shorten(part)}”应在0至{number(most)}之间")
        else:
            amounts[found["key"]] = Decimal(found["amount"])
    return ParsedAmounts(amounts, tuple(dict.fromkeys(problems)))


def chances_of(percents: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Turn percents (0 to 100) into exact chances."""
    return {key: Fraction(percent) / 100 for key, percent in percents.items()}
