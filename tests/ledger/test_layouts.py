"""Form never changes meaning: the same facts in two layouts drawn at random give equal boards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.judging.rank import make_board
from scoring.ledger.parse import parse_workbook
from scoring.model.board_json import finding_to_dict
from scoring.model.parsed import ParsedWorkbook
from scoring.problems import Severity
from scoring.rulebook.policies import make_policy
from tests.ledger.layouts import Layout, Meaning, Row, meanings
from tests.ledger.sheets import rulebook

AS_OF = date(2023, 12, 31)
SEEDS = st.integers(0, 2**32)


def parsed_in(meaning: Meaning, seed: int) -> ParsedWorkbook:
    parsed = parse_workbook(Layout(seed).workbook(meaning), rulebook())
    assert [p for p in parsed.problems if p.severity is Severity.ERROR] == []
    return parsed


def board_in(meaning: Meaning, seed: int) -> list[dict[str, Any]]:
    """Score it, and leave out what is form: the cells, and the reason, which quotes the words of the row."""
    board = make_board(parsed_in(meaning, seed).facts, rulebook(), AS_OF, make_policy(rulebook(), {}))
    return [
        {name: getattr(card, name) for name in ("unit", "rank", "raw", "reported")}
        | {
            f.clause: {**finding_to_dict(f), "sources": bool(f.sources), "evidence": len(f.evidence), "reason": ""}
            for f in card.findings
        }
        for card in board.cards
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(meaning=meanings(rulebook()), one=SEEDS, other=SEEDS)
def test_the_same_facts_in_two_layouts_give_equal_boards(meaning: Meaning, one: int, other: int) -> None:
    assert board_in(meaning, one) == board_in(meaning, other)


@settings(max_examples=40, deadline=None)
@given(meaning=meanings(rulebook()), seed=SEEDS)
def test_every_row_that_was_written_is_read(meaning: Meaning, seed: int) -> None:
    facts = parsed_in(meaning, seed).facts
    assert [s.clause for s in facts.statements] == [row.code for row in meaning.rows]
    assert [s.done_on for s in facts.statements] == [row.done_on for row in meaning.rows]
    assert [s.quantity for s in facts.statements] == [row.quantity for row in meaning.rows]
    assert [(c.task, c.title, c.day) for c in facts.cases] == [case[:3] for case in meaning.cases]
    assert [(r.enterprise, r.accepted, r.connected) for r in facts.roster] == [
        (i.enterprise, i.accepted, i.connected) for i in meaning.installations
    ]


def test_another_meaning_gives_another_board() -> None:
    """The property above can fail."""
    row = Row("4A", done=True, done_on=date(2023, 5, 1), quantity=None, evidence="文件")
    meaning = Meaning("五华区", 2, date(2023, 6, 8), (row,), (), ())
    undone = replace(meaning, rows=(replace(row, done=False),))
    assert board_in(meaning, 1) != board_in(undone, 1)
    with pytest.raises(AssertionError):
        assert board_in(meaning, 1) == board_in(replace(meaning, rows=()), 1)
