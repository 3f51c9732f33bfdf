"""Each clause of the published table leads to the paragraphs that say how its sentence is read."""

from __future__ import annotations

import re

from scoring.model.boards import Board
from scoring.model.rules import Rulebook
from tests.ui.reading import Shown
from ui.show import published, rule_readings


def test_every_clause_leads_to_paragraphs_that_stand_on_the_page(board: Board, rulebook: Rulebook) -> None:
    table = published.published_table(board, rulebook, lambda clause, kind: f"{clause}-{kind}")
    text = rule_readings.readings()
    there = set(re.findall(r'id="(reading-\d+)"', text))
    led = {link.removeprefix("#") for link in Shown(table).links if link.startswith("#")}
    assert led
    assert led <= there
    for clause in rulebook.clauses:
        for term in clause.terms:
            assert rule_readings.cited(term), clause.code


def test_the_paragraph_of_a_clause_is_the_one_about_it(rulebook: Rulebook) -> None:
    by_number = {one.number: one for one in rule_readings.paragraphs()}
    titles = {
        clause.code: by_number[rule_readings.cited(term)[0]].title
        for clause in rulebook.clauses
        for term in clause.terms
    }
    assert "8A" in titles["8A"]
    assert "9C" in titles["9C"]
    assert "2C" in titles["2C"]
    assert titles["4C"] == "案例加分"
    assert titles["1A"] == "怎样算完成"


def test_no_paragraph_is_empty_and_no_mark_of_the_document_is_left() -> None:
    found = rule_readings.paragraphs()
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert one.quote, one.number
        assert not re.search(r"[`>|]|##", one.text), one.number
