"""Numbers that a user sets per clause or per open item, as a short plain string for a link."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.analysis import amounts_sentences as says
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
        return ParsedAmounts({}, (says.too_long(MOST_CHARACTERS),))
    amounts: dict[str, Decimal] = {}
    problems: list[str] = []
    for part in filter(None, text.split(",")):
        entry = ENTRY.fullmatch(part)
        if entry is None:
            problems.append(says.unreadable(part))
        elif entry["key"] not in known:
            problems.append(says.unknown(entry["key"]))
        elif Decimal(entry["amount"]) > most:
            problems.append(says.out_of_range(part, most))
        else:
            amounts[entry["key"]] = Decimal(entry["amount"])
    return ParsedAmounts(amounts, tuple(dict.fromkeys(problems)))


def chances_of(percents: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Turn percents (0 to 100) into exact chances."""
    return {key: Fraction(percent) / 100 for key, percent in percents.items()}
