"""Boards written back as tables, for other tools: ``scores``, ``findings`` and the views on them."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from scoring.calendar.clock import now, to_column
from scoring.model.boards import Board, ScoreCard
from scoring.model.events import compact
from scoring.model.findings import Finding
from scoring.store.errors import RefusedError
from scoring.store.homes.database import Cursor
from scoring.store.queries import query

MOST = Decimal("9999.99")  # DECIMAL(6, 2)


def board_key(board: Board, facts: str) -> str:
    """Return the SHA-256 over everything that a board follows from; ``facts`` is the fingerprint of its facts."""
    whole = [facts, board.rules, board.as_of.isoformat(), board.policy.as_dict()]
    return sha256(compact(whole).encode()).hexdigest()


def insert_board(cursor: Cursor, board: Board, facts: str) -> str:
    """Make a board the latest one, and write it where it is new. Return its key; the latest one again adds nothing.

    Raises:
        RefusedError: points go beyond what the tables hold; no rule gives as much, so somebody mistyped an award.
    """
    _must_fit(board)
    key = board_key(board, facts)
    known, latest = cursor.execute(query("board_known"), [key, board.year]).fetchone() or (False, False)
    if not known:
        rests_on = board.year, board.as_of, board.rules, facts, compact(board.policy.as_dict())
        cursor.execute(query("insert_board"), [key, *rests_on])
        findings = [_finding_row(finding) for card in board.cards for finding in card.findings]
        cursor.insert("scores", [(key, number, *_score_row(card)) for number, card in enumerate(board.cards)])
        cursor.insert("findings", [(key, number, *row) for number, row in enumerate(findings)])
    if not latest:
        cursor.execute(query("insert_board_write"), [key, to_column(now())])
    return key


def _must_fit(board: Board) -> None:
    """Refuse points that a column of four figures before the point does not hold."""
    for card in board.cards:
        if max(abs(card.raw), card.incentive) > MOST:
            raise RefusedError(f"{card.unit}的激励加分合计{card.incentive:.2f}分，超出{MOST}分，请先核对认定分值。")


def _score_row(card: ScoreCard) -> tuple[object, ...]:
    """Return a row of ``scores``."""
    parts = card.base, card.responsibility, card.case_points, card.incentive, card.deductions
    return (card.unit, card.kind, card.rank, card.score, card.raw, *parts, card.reported)


def _finding_row(finding: Finding) -> tuple[object, ...]:
    """Return a row of ``findings``."""
    computed, ruling = finding.computed, finding.ruling
    first = finding.sources[0] if finding.sources else None
    return (
        finding.unit,
        finding.clause,
        finding.item,
        finding.task,
        finding.outcome.value,
        finding.points,
        finding.deadline,
        finding.quote,
        finding.reason,
        finding.remark,
        finding.flagged,
        finding.if_done,
        computed.outcome.value if computed else None,
        computed.points if computed else None,
        ruling.number if ruling else None,
        ruling.reviewer if ruling else None,
        first.workbook if first else None,
        first.sheet if first else None,
        first.cell if first else None,
        [str(cell) for cell in finding.sources],
    )
