"""The product's rules with a third kind of unit: two water companies, one clause each quarter's reviewer would ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook
from tests.documents.boards import sample_facts
from tests.ui.stored import filled_under

KIND, FIRST, SECOND, CLAUSE = "company", "东部供水公司", "西部供水公司", "7B"
DAY = date(2023, 7, 7)
DECLARED = """
[[kind]]
name = "company"
title = "各供水企业"
noun = "供水企业"
base = 90
column = "company"
listed = 1

[[unit]]
name = "东部供水公司"
short = "东部供水"
kind = "company"
aliases = ["东部水司"]

[[unit]]
name = "西部供水公司"
short = "西部供水"
kind = "company"
aliases = ["西部水司"]

[[clause]]
code = "7B"
task = 7
title = "企业实现客户经理制"
deadline = 2023-06-30
[[clause.term]]
kind = "company"
method = "milestone"
points = -0.4
quote = "企业未实现扣0.4分。"
"""


@pytest.fixture(scope="session")
def third_rules() -> bytes:
    text = DEFAULT_RULES.read_text("utf-8")
    county = 'county = "未实现扣0.2分。"\n'
    before, mark, after = text.partition("no = 7\n")
    assert county in after
    return (before + mark + after.replace(county, f'{county}company = "企业未实现扣0.4分。"\n', 1) + DECLARED).encode()


@pytest.fixture(scope="session")
def third_rulebook(third_rules: bytes) -> Rulebook:
    return parse_rulebook(third_rules)


@pytest.fixture
def third_board(third_rulebook: Rulebook) -> Board:
    return make_board(sample_facts(third_rulebook), third_rulebook, DAY, Policy())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, third_rules: bytes, third_rulebook: Rulebook) -> Iterator[Path]:
    """A folder with the app's database, the board of many faces in it, and these rules in the place of the product's own."""
    with filled_under(third_rules, third_rulebook, tmp_path_factory.mktemp("data")) as folder:
        yield folder
