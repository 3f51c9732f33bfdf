"""Days that do not fit wait for a reviewer: they stand among the matters to rule on, and cost nothing by themselves."""

from __future__ import annotations

from datetime import date

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import Why, matters
from scoring.analysis.ruling_queue_sentences import TITLES
from scoring.judging.rank import make_board
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.policy import Policy
from tests.builders import ruling
from tests.ledger.sheets import ledger, parse, rulebook, work_row

AS_OF, UNIT = date(2023, 12, 31), "五华区"


def sent(quarter: str, day: str | None, *rows: list[object]) -> Facts:
    titles: list[list[object]] = [[f"填报单位：{UNIT}"], [quarter], [f"报送日期：{day}" if day else ""]]
    return parse(ledger(*rows, titles=titles), name=f"{quarter}.xlsx").facts


def position(*facts: Facts, rulings: tuple[Ruling, ...] = ()) -> Position:
    joined = Facts.joined([*facts, Facts(rulings=rulings)])
    return Position(joined, rulebook(), AS_OF, Policy())


def doubtful(found: Position, **given: object) -> list[tuple[str, Why]]:
    whys = {Why.CONTRADICTED, Why.OLD_DAY, Why.UNDATED, Why.BACKDATED}
    return [(m.clause, m.why) for m in matters(found, **given) if m.unit == UNIT and m.why in whys]  # type: ignore[arg-type]


DENIED = work_row(status="未完成", done_on="", evidence="")
CLAIM = work_row(done_on=date(2023, 2, 20))


def test_a_claim_that_an_earlier_ledger_contradicts_waits_for_a_ruling_and_costs_nothing() -> None:
    before, after = sent("一季度", "2023-03-08", DENIED), sent("二季度", "2023-06-08", CLAIM)
    found = position(before, after)
    assert doubtful(found) == [("4A", Why.CONTRADICTED)]
    alone = make_board(after, rulebook(), AS_OF, Policy()).card[UNIT]
    assert found.board.card[UNIT].raw == alone.raw
    (matter,) = [m for m in matters(found) if m.why is Why.CONTRADICTED]
    assert {effect.verdict for effect in matter.effects} >= {Verdict.REJECTED}


def test_a_ruling_settles_it() -> None:
    ruled = ruling("4A", "accepted", date(2023, 7, 1))
    found = position(sent("一季度", "2023-03-08", DENIED), sent("二季度", "2023-06-08", CLAIM), rulings=(ruled,))
    assert doubtful(found) == []


def test_a_claim_that_no_longer_decides_is_no_matter() -> None:
    found = position(
        sent("一季度", "2023-03-08", DENIED), sent("二季度", "2023-06-08", CLAIM), sent("三季度", "2023-09-08", DENIED)
    )
    assert doubtful(found) == []


def test_an_old_day_a_missing_day_and_a_day_long_before_the_receipt() -> None:
    assert doubtful(position(sent("二季度", "2023-06-08", work_row(done_on=date(2003, 5, 26))))) == [
        ("4A", Why.OLD_DAY)
    ]
    assert doubtful(position(sent("二季度", None, work_row(), work_row("7A")))) == [("4A", Why.UNDATED)]
    dated = position(sent("二季度", "2023-06-08", work_row(), work_row("7A")))
    assert doubtful(dated) == []
    assert doubtful(dated, received={0: date(2023, 6, 15)}) == []
    assert doubtful(dated, received={0: date(2023, 6, 16)}) == [("4A", Why.BACKDATED)]
    assert set(TITLES) == set(Why)
