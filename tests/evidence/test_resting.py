"""Scoring counts things as it counts words, and says what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.judging.rank import make_board
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.facts import Facts, Statement
from scoring.model.findings import Finding, Outcome
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.builders import case, ledger, statement

RULES = load_rulebook()
PICTURE = Evidence(EvidenceKind.PICTURE, "image1.png", "a" * 64, "书.xlsx", "工作落实", "J7", "xl/media/image1.png")
FILE = Evidence(EvidenceKind.FILE, "附件.pdf", "b" * 64)
LINK = Evidence(EvidenceKind.LINK, "https://a.cn", None, "书.xlsx", "工作落实", "J7")


def finding(
    clause: str, *facts: Statement, cases: tuple = (), as_of: date = date(2023, 7, 1), **policy: str
) -> Finding:
    ledgers = tuple(dict.fromkeys(fact.ledger for fact in (*facts, *cases)))
    board = make_board(Facts(ledgers=ledgers, statements=facts, cases=cases), RULES, as_of, Policy(**policy))
    return next(f for card in board.cards if card.unit == "五华区" for f in card.findings if f.clause == clause)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ((PICTURE,), "佐证：截图 1 张"),
        ((PICTURE, FILE), "佐证：截图 1 张、随附文件 1 个"),
        ((LINK,), "佐证：链接 1 个"),
    ],
)
def test_a_thing_is_evidence_and_the_reason_names_it(evidence: tuple[Evidence, ...], said: str) -> None:
    found = finding("4A", statement("4A", evidence=evidence, done_on=date(2023, 5, 1)))
    assert (found.outcome, found.points, found.evidence) == (Outcome.MET, 0, evidence)
    assert found.reason.endswith(said)


def test_words_alone_leave_the_reason_as_it_was() -> None:
    found = finding("4A", statement("4A", done_on=date(2023, 5, 1)))
    assert "佐证：" not in found.reason
    assert [item.kind for item in found.evidence] == [EvidenceKind.TEXT]


@pytest.mark.parametrize("reading", ["required", "flagged"])
def test_a_thing_needs_no_flag(reading: str) -> None:
    found = finding("4A", statement("4A", evidence=(PICTURE,), done_on=date(2023, 5, 1)), evidence=reading)
    assert (found.outcome, found.flagged) == (Outcome.MET, False)


def test_evidence_of_an_earlier_done_serves_the_latest() -> None:
    first = statement("4A", at=ledger(quarter=1), evidence=(PICTURE,), row=7)
    again = statement("4A", at=ledger(quarter=2), evidence=(), row=8)
    assert finding("4A", first, again).evidence == (PICTURE,)
    own = replace(again, evidence=(FILE,), done_on=date(2023, 5, 1))
    assert finding("4A", first, own).evidence == (FILE,), "what the latest statement brings itself decides"


def test_a_good_number_rests_on_a_picture() -> None:
    found = finding("8A", statement("8A", quantity=2, evidence=(PICTURE,)), as_of=date(2023, 12, 31))
    assert (found.outcome, str(found.points), found.evidence) == (Outcome.SHORT, "-0.20", (PICTURE,))
    assert found.reason.endswith("佐证：截图 1 张")


def test_a_case_earns_with_a_file() -> None:
    found = finding("4C", cases=(case(4, evidence=(FILE,)),))
    assert (found.outcome, found.evidence) == (Outcome.EARNED, (FILE,))
    assert finding("4C", cases=(case(4, evidence=()),)).outcome is Outcome.NONE


def test_what_is_not_done_lists_its_evidence_and_rests_on_nothing() -> None:
    found = finding("4A", statement("4A", "not_done", evidence=(PICTURE,)))
    assert (found.outcome, found.evidence) == (Outcome.NOT_DONE, (PICTURE,))
    assert "佐证：" not in found.reason
