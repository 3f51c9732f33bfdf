"""The product's rules with some clauses judged in three ways that only this folder defines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scoring.analysis.position import Position
from scoring.methods import METHODS
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook
from tests.documents.boards import sample_facts
from tests.methods_toy import praise, stories, tally
from tests.ui.stored import filled_under

TALLIED, TALLIED_BY_DEPARTMENT, PRAISED, TOLD = "7A", "9B", "6C", "22A"
COUNTY, DEPARTMENT = "五华区", "市住房城乡建设局"
AUTUMN = date(2023, 10, 10)


@pytest.fixture(autouse=True, scope="module")
def toys() -> Iterator[None]:
    """Register the two ways of judging: all that a new file in ``scoring/methods`` would do."""
    with pytest.MonkeyPatch.context() as patched:
        for toy in (tally.METHOD, praise.METHOD, stories.METHOD):
            patched.setitem(METHODS, toy.traits.name, toy)
        yield


@pytest.fixture(scope="module")
def toy_rules() -> bytes:
    text = DEFAULT_RULES.read_text("utf-8")
    for code, old, new in (
        (TALLIED, 'method = "milestone"', 'method = "tally"\nof = 2'),
        (TALLIED_BY_DEPARTMENT, 'method = "milestone"', 'method = "tally"\nof = 2'),
        (PRAISED, 'method = "case"', 'method = "praise"'),
        (TOLD, 'method = "milestone"', 'method = "stories"\nof = 1'),
    ):
        before, mark, after = text.partition(f'code = "{code}"')
        assert old in after
        text = before + mark + after.replace(old, new, 1)
    return text.encode()


@pytest.fixture(scope="module")
def toy_rulebook(toy_rules: bytes) -> Rulebook:
    return parse_rulebook(toy_rules)


@pytest.fixture
def toy_position(toy_rulebook: Rulebook) -> Position:
    """Everybody stated everything in the second quarter, 数量 2, with faults that differ; the third is missing."""
    return Position(sample_facts(toy_rulebook), toy_rulebook, AUTUMN, Policy())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, toy_rules: bytes, toy_rulebook: Rulebook) -> Iterator[Path]:
    """A folder with the app's database, the board of many faces in it, and the toy rules in the place of the product's own."""
    with filled_under(toy_rules, toy_rulebook, tmp_path_factory.mktemp("data")) as folder:
        yield folder
