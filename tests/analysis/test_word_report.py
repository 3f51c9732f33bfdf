"""Words that were read by a general pattern, listed so that the office can extend its list."""

from __future__ import annotations

from scoring.analysis.word_report import met_words
from scoring.model.facts import Status
from tests.ledger.sheets import ledger, parse, work_row


def test_listed_words_are_not_met_and_others_are_with_their_reading() -> None:
    rows = [
        work_row("1A", status="已完成"), work_row("3A", status="已在官网公示"), work_row("4A", status="已在官网公示"),
        work_row("7A", status="差不多了"), work_row("8B", status="正在推进"), work_row("12A", status=""),
    ]  # fmt: skip
    found = met_words(parse(ledger(*rows)).facts.statements)
    assert [(met.words, met.status, met.times) for met in found] == [
        ("已在官网公示", Status.DONE, 2),
        ("差不多了", None, 1),
        ("正在推进", Status.NOT_DONE, 1),
    ]
    assert found[0].first.cell == "E6"
    assert "开头" in found[0].by
