"""Boards as JSON and back, exactly: what a publication keeps, so that it needs no computing ever again."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.model.boards import Board, ScoreCard
from scoring.model.evidence import CellRef, Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Ruling, Verdict
from scoring.model.findings import Finding, Outcome
from scoring.model.plain_json import from_json, to_json
from scoring.model.policy import recorded_policy
from scoring.model.ties import TieDecision

Json = dict[str, Any]  # one JSON object, narrowed at once by the functions below

FORMAT = 1
POINTS = ("base", "responsibility", "case_points", "incentive", "deductions", "raw", "score")


def board_to_json(board: Board) -> str:
    """Write a board as one JSON text; equal boards give equal texts. Points are strings with their own digits.

    Decisions are written only where there are some: boards that were kept before there were any stay as they are.
    """
    decided = {"decisions": json.loads(to_json(board.decisions))} if board.decisions else {}
    whole = {
        "format": FORMAT,
        "as_of": board.as_of.isoformat(),
        "policy": board.policy.as_dict(),
        "rules": board.rules,
        "cards": [_card_to_dict(card) for card in board.cards],
        **decided,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def board_from_json(text: str, year: int) -> Board:
    """Read back what ``board_to_json`` wrote; the year stands with what keeps the text, so texts never change.

    Raises:
        ValueError: the text is something else, or of a format that this program does not know.
    """
    whole = json.loads(text)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ValueError("not a board in a known format")
    cards = tuple(_card_from_dict(card, year) for card in whole["cards"])
    decisions = from_json(json.dumps(whole.get("decisions", [])), tuple[TieDecision, ...])
    day, policy = date.fromisoformat(whole["as_of"]), recorded_policy(whole["policy"])
    return Board(year, day, policy, whole["rules"], cards, decisions)


def finding_to_dict(finding: Finding) -> Json:
    """Return a finding as JSON's own types, with the ruling on it and what stood beneath it.

    Evidence is written only where there is some: boards that were kept before it existed stay as they are.
    """
    evidence = {"evidence": [_evidence_to_list(item) for item in finding.evidence]} if finding.evidence else {}
    return {
        "unit": finding.unit,
        "clause": finding.clause,
        "task": finding.task,
        "outcome": finding.outcome.value,
        "points": str(finding.points),
        "deadline": _day(finding.deadline),
        "quote": finding.quote,
        "reason": finding.reason,
        "sources": [[cell.workbook, cell.sheet, cell.cell] for cell in finding.sources],
        "ruling": ruling_to_dict(finding.ruling) if finding.ruling else None,
        "computed": finding_to_dict(finding.computed) if finding.computed else None,
        "if_done": _points(finding.if_done),
        "flagged": finding.flagged,
        "remark": finding.remark,
        "item": finding.item,
        **evidence,
    }


def finding_from_dict(given: Json, year: int) -> Finding:
    """Return the finding of a year that ``finding_to_dict`` wrote."""
    return Finding(
        unit=given["unit"],
        clause=given["clause"],
        task=given["task"],
        outcome=Outcome(given["outcome"]),
        points=Decimal(given["points"]),
        deadline=_to_day(given["deadline"]),
        quote=given["quote"],
        reason=given["reason"],
        sources=tuple(CellRef(*cell) for cell in given["sources"]),
        ruling=ruling_from_dict(given["ruling"], year) if given["ruling"] else None,
        computed=finding_from_dict(given["computed"], year) if given["computed"] else None,
        if_done=_to_points(given["if_done"]),
        flagged=given["flagged"],
        remark=given["remark"],
        item=given["item"],
        evidence=tuple(_evidence_from_list(item) for item in given.get("evidence", ())),
    )


def _evidence_to_list(item: Evidence) -> list[str | None]:
    place = [item.workbook, item.sheet, item.cell]
    return [item.kind.value, item.name, item.sha256, *place, item.part, item.found_by.value]


def _evidence_from_list(given: list[Any]) -> Evidence:
    kind, name, sha, workbook, sheet, cell, part, found_by = given
    return Evidence(EvidenceKind(kind), name, sha, workbook, sheet, cell, part, FoundBy(found_by))


def ruling_to_dict(ruling: Ruling) -> Json:
    """Return a ruling as JSON's own types."""
    return {
        "unit": ruling.unit,
        "clause": ruling.clause,
        "verdict": ruling.verdict.value,
        "reason": ruling.reason,
        "reviewer": ruling.reviewer,
        "day": ruling.day.isoformat(),
        "number": ruling.number,
        "item": ruling.item,
        "points": _points(ruling.points),
        **(
            {} if ruling.number_found is None else {"number_found": ruling.number_found}
        ),  # boards before it stay as they are
    }


def ruling_from_dict(given: Json, year: int) -> Ruling:
    """Return the ruling that ``ruling_to_dict`` wrote; its year stands with what keeps it."""
    return Ruling(
        unit=given["unit"],
        year=year,
        clause=given["clause"],
        verdict=Verdict(given["verdict"]),
        reason=given["reason"],
        reviewer=given["reviewer"],
        day=date.fromisoformat(given["day"]),
        number=given["number"],
        item=given["item"],
        points=_to_points(given["points"]),
        number_found=given.get("number_found"),
    )


def _card_to_dict(card: ScoreCard) -> Json:
    points = {name: str(getattr(card, name)) for name in POINTS}
    findings = [finding_to_dict(finding) for finding in card.findings]
    head = {"unit": card.unit, "kind": card.kind, "reported": card.reported, "rank": card.rank}
    return {**head, **points, "findings": findings}


def _card_from_dict(given: Json, year: int) -> ScoreCard:
    points: Json = {name: Decimal(given[name]) for name in POINTS}
    findings = tuple(finding_from_dict(finding, year) for finding in given["findings"])
    head = {"unit": given["unit"], "kind": given["kind"], "reported": given["reported"], "rank": given["rank"]}
    return ScoreCard(**head, **points, findings=findings)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _points(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _to_points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
