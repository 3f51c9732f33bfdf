"""The page on problems says what the program says."""

from __future__ import annotations

import re

import pytest

from scoring.cli.problem_docs import DOCUMENT, problems_document
from scoring.model.evidence import CellRef
from scoring.problems import CATALOGUE, ProblemKind


def test_the_page_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == problems_document(), "run: python -m scoring.cli.problem_docs"


def test_every_code_is_on_the_page_once() -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", problems_document(), re.MULTILINE)
    assert sorted(listed) == sorted(CATALOGUE)


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.code)
def test_a_code_is_kebab_case_and_its_words_are_for_people(kind: ProblemKind) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", kind.code)
    for text in (kind.title, kind.template, kind.advice):
        assert re.search(r"[\u4e00-\u9fff]", text), text
    assert len(kind.title) <= 16


def test_a_value_is_shortened_and_on_one_line() -> None:
    kind = next(iter(CATALOGUE.values()))
    problem = kind.at(CellRef("a.xlsx", "表", "A1"), "长\n" * 1000, detail="x")
    assert len(problem.value) <= 60
    assert "\n" not in problem.value
