"""What is new in a ledger beside earlier ones: cases as a table, and what holds of any two ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.analysis.ledger_news import Change, news
from scoring.analysis.ledger_news_sentences import against, counted
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts, Statement, Status
from scoring.model.ledgers import Ledger

DAYS = {1: date(2023, 3, 8), 2: date(2023, 6, 8), 3: date(2023, 9, 8)}
Told = tuple[str, Status, int | None]  # clause, what is said, the day of May on which it was done


def ledger(quarter: int, upload: int, *rows: Told) -> Facts:
    sent = Ledger("五华区", 2023, quarter, DAYS[quarter], dated=True, upload=upload)
    return Facts(ledgers=(sent,), statements=tuple(_row(sent, line, row) for line, row in enumerate(rows, 5)))


def _row(sent: Ledger, line: int, row: Told) -> Statement:
    clause, status, day = row
    done = date(2023, 5, day) if day else None
    return Statement(sent, clause, status, done, None, (), CellRef("a.xlsx", "工作落实", f"D{line}"), (0, line))


DONE, NOT = ("1A", Status.DONE, 3), ("1A", Status.NOT_DONE, None)


@pytest.mark.parametrize(
    ("now", "earlier", "found", "said"),
    [
        ((DONE,), (), [("1A", Change.NEW, "")], "新增1行"),
        ((DONE,), ((2, DONE),), [("1A", Change.AGAIN, "2")], "重报1行"),
        ((("3A", Status.DONE, 3),), ((2, DONE),), [("3A", Change.NEW, ""), ("1A", Change.GONE, "2")], "新增1行，删去1行"),
        ((("1A", Status.NOT_DONE, None),), ((2, DONE),), [("1A", Change.CHANGED, "2")], "改变1行"),
        ((DONE,), ((2, ("3A", Status.DONE, 3)), (1, DONE)), [("3A", Change.GONE, "2"), ("1A", Change.AGAIN, "1")],
         "删去1行，重报1行"),
    ],
)  # fmt: skip
def test_each_row_says_what_became_of_it(
    now: Sequence[Told], earlier: Sequence[tuple[int, Told]], found: list[tuple[str, Change, str]], said: str
) -> None:
    told = [(str(quarter), ledger(quarter, number, row)) for number, (quarter, row) in enumerate(earlier)]
    rows = news(ledger(3, 9, *now), told)
    assert sorted((row.name, row.change, row.since) for row in rows) == sorted(found)
    assert counted(rows) == said


def test_a_claim_that_an_earlier_ledger_denied_on_a_later_day_is_marked_and_comes_first() -> None:
    rows = news(ledger(3, 9, ("3A", Status.DONE, 1), DONE), [("第二季度第1版", ledger(2, 0, NOT))])
    assert [(row.name, row.against and against(row.against)) for row in rows] == [
        ("1A", "2023年6月8日还填“未完成”"),
        ("3A", None),
    ]
    assert counted(rows).endswith("前后矛盾1行")


ROWS = st.lists(
    st.tuples(st.sampled_from(["1A", "3A", "7A"]), st.sampled_from([Status.DONE, Status.NOT_DONE]), st.integers(1, 28)),
    max_size=6,
)


@given(ROWS, ROWS)
def test_every_row_of_both_is_told_once_and_nothing_else(now: list[Told], before: list[Told]) -> None:
    rows = news(ledger(3, 9, *now), [("前", ledger(2, 0, *before))])
    assert sum(row.change is not Change.GONE for row in rows) == len(now)
    assert sum(row.change in (Change.GONE, Change.CHANGED, Change.AGAIN) for row in rows) == len(before)


@given(ROWS)
def test_the_same_again_is_all_said_again(rows: list[Told]) -> None:
    once = ledger(2, 0, *rows)
    sent = replace(once.ledgers[0], upload=1)
    again = Facts(ledgers=(sent,), statements=tuple(replace(one, ledger=sent) for one in once.statements))
    assert {row.change for row in news(again, [("前", once)])} <= {Change.AGAIN}
