"""Boards are written back as tables that other tools read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.store import RefusedError, Store
from scoring.store.fact_tables import Row
from tests.store.workbooks import row_counts, sha, workbook


def ask(store: Store, sql: str) -> list[Row]:
    with store._database.reading() as cursor:
        return cursor.execute(sql).fetchall()


def test_the_views_hold_what_the_board_holds(store: Store, board: Board) -> None:
    store.write_board(board)
    scores = ask(store, "SELECT unit, kind, rank, score, raw, deductions, reported, as_of FROM latest_scores")
    assert sorted(scores) == sorted(
        (c.unit, c.kind, c.rank, c.score, c.raw, c.deductions, c.reported, board.as_of) for c in board.cards
    )
    found = ask(store, "SELECT unit, clause, item, outcome, points, quote, reason, deadline FROM latest_findings")
    assert found == [
        (f.unit, f.clause, f.item, f.outcome.value, f.points, f.quote, f.reason, f.deadline)
        for card in board.cards
        for f in card.findings
    ]
    places = ask(
        store,
        "SELECT workbook, sheet, cell, coalesce(array_length(sources, 1), 0), ruling, computed_points FROM latest_findings",
    )
    findings = [finding for card in board.cards for finding in card.findings]
    for row, finding in zip(places, findings, strict=True):
        first = finding.sources[0] if finding.sources else None
        assert row[:3] == ((first.workbook, first.sheet, first.cell) if first else (None, None, None))
        assert row[3] == len(finding.sources)
        assert row[4:] == (
            finding.ruling.number if finding.ruling else None,
            finding.computed.points if finding.computed else None,
        )
    assert any(row[4] for row in places)


def test_scores_are_the_sum_of_their_parts_in_sql_too(store: Store, board: Board) -> None:
    store.write_board(board)
    wrong = ask(
        store,
        "SELECT unit FROM latest_scores WHERE raw != base + responsibility + case_points + incentive - deductions",
    )
    lost = ask(store, "SELECT unit, -sum(points) FROM latest_findings WHERE points < 0 GROUP BY unit")
    assert wrong == []
    assert dict(lost) == {card.unit: card.deductions for card in board.cards if card.deductions}


def test_points_are_exact_decimals(store: Store) -> None:
    types = ask(
        store,
        "SELECT DISTINCT data_type LIKE 'DECIMAL%' OR data_type = 'numeric', numeric_precision, numeric_scale "
        "FROM information_schema.columns WHERE table_name IN ('scores', 'findings') AND column_name IN "
        "('points', 'score', 'raw', 'base', 'responsibility', 'case_points', 'incentive', 'deductions', 'if_done')",
    )
    assert types == [(True, 6, 2)]


def test_points_beyond_the_columns_are_refused_with_the_unit_to_look_at(store: Store, board: Board) -> None:
    card = replace(board.cards[0], incentive=Decimal("99999.00"), raw=Decimal("100095.00"))
    before = row_counts(store)
    with pytest.raises(RefusedError, match=f"{card.unit}的激励加分合计99999.00分"):
        store.write_board(replace(board, cards=(card, *board.cards[1:])))
    assert row_counts(store) == before


def test_the_same_board_twice_adds_nothing(store: Store, board: Board) -> None:
    key = store.write_board(board)
    before = row_counts(store)
    assert store.write_board(board) == key
    assert row_counts(store) == before


def test_another_policy_or_other_facts_are_another_board(store: Store, board: Board) -> None:
    keys = {store.write_board(board), store.write_board(replace(board, policy=Policy(late="strict")))}
    store.save(b"one", workbook(), "张三")
    keys.add(store.write_board(board))
    assert len(keys) == 3
    assert ask(store, "SELECT count(*) FROM boards") == [(3,)]


def test_a_board_that_is_right_again_is_the_latest_again(store: Store, board: Board) -> None:
    poorer = replace(board, cards=tuple(replace(card, score=Decimal("1.00")) for card in board.cards))
    first = store.write_board(board)
    store.save(b"one", workbook(), "张三")
    store.write_board(poorer)
    assert ask(store, "SELECT DISTINCT score FROM latest_scores") == [(Decimal("1.00"),)]
    store.withdraw_upload(sha(b"one"), "张三", "误传")
    before = row_counts(store)["scores"]
    assert store.write_board(board) == first
    assert len(ask(store, "SELECT * FROM latest_scores")) == len(board.cards)
    assert ask(store, "SELECT max(score) FROM latest_scores") == [(max(card.score for card in board.cards),)]
    assert row_counts(store)["scores"] == before


def test_versions_and_rosters_read_in_plain_columns(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    store.withdraw_upload(sha(b"one"), "张三", "误传")
    versions = ask(store, "SELECT unit, quarter, version, withdrawn FROM ledger_versions")
    assert versions == [("五华区", 2, 1, True)]
    assert ask(store, "SELECT unit, enterprise, deducted_days FROM roster_rows ORDER BY 2") == [
        ("五华区", "企业0", Decimal(0)),
        ("五华区", "企业1", Decimal(0)),
    ]
