"""A board and its problems as the command line prints them: one JSON object, or tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from scoring.model.boards import Board, ScoreCard
from scoring.model.evidence import Evidence
from scoring.model.findings import Finding
from scoring.model.rules import UnitKind
from scoring.problems import Problem, Severity

SEVERITY_TITLES = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
COLUMNS = ("名次", "单位", "得分", "原始分", "案例分", "激励加分", "责任加分", "扣分")


def points_text(points: Decimal) -> str:
    """Write points with two decimals; a zero has no sign.

    >>> points_text(Decimal("-0.2")), points_text(Decimal("-0.00"))
    ('-0.20', '0.00')
    """
    return f"{points + 0:.2f}" if points else "0.00"


def board_json(board: Board, problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the JSON object of ``score --json``: the units in the order of the rules, then all problems."""
    return {
        "year": board.year,
        "as_of": board.as_of.isoformat(),
        "policy": board.policy.as_dict(),
        "units": [card_json(card) for card in board.cards],
        **problems_json(problems),
    }


def problems_json(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the JSON object of ``check --json``."""
    return {
        "problems": [
            {
                "severity": problem.severity.value,
                "code": problem.code,
                "workbook": problem.workbook,
                "sheet": problem.sheet,
                "cell": problem.cell,
                "value": problem.value,
                "message": problem.message,
            }
            for problem in problems
        ]
    }


def card_json(card: ScoreCard) -> dict[str, Any]:
    """Return a unit's score and findings as JSON's own types."""
    return {
        "unit": card.unit,
        "kind": card.kind,
        "reported": card.reported,
        "base": points_text(card.base),
        "responsibility": points_text(card.responsibility),
        "case_points": points_text(card.case_points),
        "incentive": points_text(card.incentive),
        "deductions": points_text(card.deductions),
        "raw": points_text(card.raw),
        "score": points_text(card.score),
        "rank": card.rank,
        "findings": [finding_json(finding) for finding in card.findings],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON's own types."""
    return {
        "clause": finding.clause,
        "task": finding.task,
        "outcome": finding.outcome.value,
        "points": points_text(finding.points),
        "deadline": finding.deadline.isoformat() if finding.deadline else None,
        "quote": finding.quote,
        "reason": finding.reason + (f"。{finding.remark}" if finding.remark else ""),
        "sources": [
            {"workbook": source.workbook, "sheet": source.sheet, "cell": source.cell} for source in finding.sources
        ],
        "evidence": [_evidence(item) for item in finding.evidence],
    }


def _evidence(item: Evidence) -> dict[str, str | None]:
    place = {"workbook": item.workbook, "sheet": item.sheet, "cell": item.cell}
    return {"kind": item.kind.value, "name": item.name, "sha256": item.sha256, **place}


def ranking_table(board: Board, kind: UnitKind) -> str:
    """Return a kind's ranking as a table in plain text, ties sharing a rank."""
    rows = [COLUMNS, *(_ranking_row(card) for card in board.ranking(kind.name))]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [
        "  ".join(_pad(text, width, column == 1) for column, (text, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join([f"{kind.title}（{board.year}年度，截至{board.as_of}）", *(line.rstrip() for line in lines)])


def _ranking_row(card: ScoreCard) -> tuple[str, ...]:
    parts = (card.score, card.raw, card.case_points, card.incentive, card.responsibility, card.deductions)
    return (str(card.rank), card.unit, *(points_text(value) for value in parts))


def problem_lines(problems: Sequence[Problem]) -> str:
    """Return one line a problem: severity, place, message."""
    return "\n".join(
        f"[{SEVERITY_TITLES[problem.severity]}] {' › '.join(filter(None, (problem.workbook, problem.sheet, problem.cell)))}"
        f"：{problem.message}（{problem.code}）"
        for problem in problems
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if left else space + text
