"""A large table of what offices write in 完成情况 and 佐证材料, each with the reading that is right."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.words.statuses import LISTED, fold, how_read, read_evidence
from scoring.words.word_lists import word_lists

SAID_ON, YEAR = date(2023, 6, 8), 2023
PHRASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
STATUSES = [(words, reading) for reading, listed in PHRASES["status"].items() for words in listed]
EVIDENCE = [(words, counts == "counts") for counts, listed in PHRASES["evidence"].items() for words in listed]
PATTERNS = word_lists().status_patterns


def reads(words: str, said_on: date = SAID_ON) -> str:
    status, _ = how_read(words, said_on, YEAR)
    return status.value if status else "unsure"


@pytest.mark.parametrize(("words", "reading"), STATUSES)
def test_a_status_phrase(words: str, reading: str) -> None:
    assert reads(words) == reading


@pytest.mark.parametrize(("words", "counts"), EVIDENCE)
def test_an_evidence_phrase(words: str, counts: bool) -> None:
    assert bool(read_evidence(words)) is counts


@given(st.text() | st.text(st.sampled_from(" \t\u3000\u200b\ufe0f\u00ad\x85\ue000Ａ①㎡已完成a1")))
def test_folding_drops_what_cannot_be_seen_and_nothing_else(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).translate(dict.fromkeys(range(0xFE00, 0xFE10)))
    seen = [ch for ch in plain if not ch.isspace() and unicodedata.category(ch) not in {"Cc", "Cf", "Cs"}]
    assert fold(text) == "".join(seen)


def test_no_phrase_stands_twice() -> None:
    words = [words for words, _ in STATUSES]
    assert len(set(words)) == len(words) > 150


@pytest.mark.parametrize(
    ("words", "said_on", "reading"),
    [
        ("12月底完成", date(2023, 6, 8), "not_done"),
        ("12月底完成", date(2024, 1, 8), "done"),
        ("5月底完成", date(2023, 6, 8), "done"),
        ("6月完成", date(2023, 6, 8), "unsure"),
        ("6月完成", date(2023, 9, 8), "done"),
        ("年底完成", date(2023, 12, 8), "not_done"),
        ("二季度完成", date(2023, 9, 8), "done"),
        ("四季度完成", date(2023, 12, 8), "unsure"),
        ("上半年完成", date(2023, 9, 8), "done"),
        ("已于5月底完成", date(2023, 6, 8), "done"),
        ("已于12月底完成", date(2023, 6, 8), "unsure"),
    ],
)
def test_a_time_is_held_against_the_day_on_which_it_was_said(words: str, said_on: date, reading: str) -> None:
    assert reads(words, said_on) == reading


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.why)
def test_the_examples_of_a_pattern_are_found_by_it_and_read_as_it_says(pattern: Any) -> None:
    assert pattern.examples
    for example in pattern.examples:
        status, by = how_read(example)
        assert ((status.value if status else "unsure"), by) == (pattern.reading, pattern.why), example


@pytest.mark.parametrize("pattern", word_lists().none_patterns, ids=lambda pattern: pattern.why)
def test_the_examples_of_a_none_pattern_are_found_by_it(pattern: Any) -> None:
    assert pattern.examples
    for example in pattern.examples:
        assert pattern.find.search(fold(example).strip("()。")), example
        assert not read_evidence(example), example


def test_every_listed_word_is_read_by_the_list() -> None:
    for words, reading in word_lists().status.items():
        status, by = how_read(words)
        assert (status and status.value, by) == (reading, LISTED), words
    assert all(not read_evidence(words) for words in word_lists().none)
