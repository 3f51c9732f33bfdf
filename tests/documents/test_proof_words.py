"""扣分单 and 一县一单 say of each deduction what was sent."""

from __future__ import annotations

from dataclasses import replace

from scoring.board.wording import reason, reason_and_sent
from scoring.model.evidence import Evidence, EvidenceKind
from scoring.model.findings import Outcome
from scoring.rulebook.read import load_rulebook
from tests.documents.boards import sample_board

PICTURE = Evidence(EvidenceKind.PICTURE, "a.png", "0" * 64)
WORDS = Evidence(EvidenceKind.TEXT, "见附件")


def test_what_was_sent_is_said_of_each_deduction_that_a_row_decides() -> None:
    lost = [f for card in sample_board(load_rulebook()).cards for f in card.findings if f.points < 0]
    told = next(finding for finding in lost if finding.sources)
    assert reason_and_sent(replace(told, evidence=())).endswith("；送来：无")
    assert reason_and_sent(replace(told, evidence=(WORDS, PICTURE))).endswith("；送来：见附件；截图 1 张")
    silent = next(finding for finding in lost if finding.outcome is Outcome.NOT_STATED)
    assert reason_and_sent(silent) == reason(silent)
