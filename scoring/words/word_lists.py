"""The words of ``words.toml``: lists that a clerk can extend, and patterns for what is said more freely."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS_FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A general pattern: what it finds reads as ``reading``. ``why`` says in Chinese what it is for."""

    reading: str
    why: str
    find: re.Pattern[str]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordLists:
    """All listed words, folded and in lower case, and the patterns in the order in which they are tried.

    ``status`` maps a word of 完成情况 to its reading; ``none`` are words of 佐证材料 that say there is none.
    """

    status: Mapping[str, str]
    status_patterns: tuple[Pattern, ...]
    none: frozenset[str]
    none_patterns: tuple[Pattern, ...]
    yes: frozenset[str]
    no: frozenset[str]


@cache
def word_lists() -> WordLists:
    """Return the words of the file beside this module, read once."""
    with WORDS_FILE.open("rb") as file:
        raw = tomllib.load(file)
    status, evidence = raw["status"], raw["evidence"]
    readings = ("done", "not_done", "undecided")
    return WordLists(
        {word: reading for reading in readings for word in status[reading]["words"]},
        _patterns(status["pattern"]),
        frozenset(evidence["none"]["words"]),
        _patterns(evidence["pattern"]),
        frozenset(raw["yes"]["words"]),
        frozenset(raw["no"]["words"]),
    )


def _patterns(raw: Sequence[Mapping[str, Any]]) -> tuple[Pattern, ...]:
    """Compile patterns; white space in them is only for the reader of the file."""
    return tuple(
        Pattern(
            one.get("reading", "none"),
            one["why"],
            # each says in words.toml what it is for: why and examples stand beside find
            re.compile("".join(one["find"].split())),
            tuple(one["examples"]),
        )
        for one in raw
    )
