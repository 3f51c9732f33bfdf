"""A board survives its way through JSON."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from scoring.model.board_json import (
    board_from_json,
    board_to_json,
    finding_from_dict,
    finding_to_dict,
    ruling_from_dict,
    ruling_to_dict,
)
from scoring.model.boards import Board, ScoreCard
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.facts import Ruling
from scoring.model.findings import Finding


def test_a_board_comes_back_equal_and_is_written_in_one_form(board: Board) -> None:
    text = board_to_json(board)
    again = board_from_json(text, 2023)
    assert again == board
    assert board_to_json(again) == text
    assert [str(card.raw) for card in again.cards] == [str(card.raw) for card in board.cards]


def test_no_field_is_forgotten(board: Board) -> None:
    finding = next(f for card in board.cards for f in card.findings if f.ruling)
    assert finding_to_dict(finding).keys() | {"evidence"} == {field.name for field in fields(Finding)}
    assert finding.ruling is not None
    ruling = replace(finding.ruling, number_found=2)
    assert ruling_to_dict(ruling).keys() | {"year"} == {field.name for field in fields(Ruling)}
    assert ruling_from_dict(json.loads(json.dumps(ruling_to_dict(ruling))), 2023) == ruling
    card = json.loads(board_to_json(board))["cards"][0]
    assert card.keys() == {field.name for field in fields(ScoreCard)}


def test_evidence_comes_back_and_its_absence_leaves_no_trace(board: Board) -> None:
    """Boards that were kept before there was evidence are written again byte for byte."""
    bare = replace(next(f for card in board.cards for f in card.findings), evidence=(), computed=None)
    assert "evidence" not in finding_to_dict(bare)
    item = Evidence(EvidenceKind.PICTURE, "image1.png", "9f2c", "书.xlsx", "工作落实", "J7", "xl/media/image1.png")
    shown = replace(bare, evidence=(item, Evidence(EvidenceKind.TEXT, "见附件")))
    assert finding_from_dict(json.loads(json.dumps(finding_to_dict(shown))), 2023) == shown


def test_a_ruled_finding_keeps_what_stood_beneath_it(board: Board) -> None:
    finding = next(f for card in board.cards for f in card.findings if f.ruling and f.computed)
    ruled = replace(finding, if_done=Decimal("0.00"), item="=1+1 “引号”\n", remark="注", flagged=True)
    assert finding_from_dict(json.loads(json.dumps(finding_to_dict(ruled))), 2023) == ruled


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": 99}', "not json"])
def test_what_is_no_board_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a board|Expecting"):
        board_from_json(text, 2023)


def test_a_board_from_before_two_policies_had_names_is_read_as_it_was_scored(board: Board) -> None:
    whole = json.loads(board_to_json(board))
    del whole["policy"]["silence"], whole["policy"]["partners"]
    assert "number_found" not in json.dumps(whole), "rulings without it are written as they always were"
    again = board_from_json(json.dumps(whole, ensure_ascii=False), 2023)
    assert (again.policy.silence, again.policy.partners) == ("one", "three")
    assert again.cards == board.cards
