"""What each way of judging drafts for a unit: how many actions, which changes, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.analysis.options import Candidate
from scoring.analysis.position import Position
from scoring.methods import method_of
from scoring.methods.count_bonus import METHOD as COUNT_BONUS
from scoring.methods.count_bonus import full_count
from scoring.model.changes import Change
from scoring.model.facts import Case, Facts, Ruling, Statement
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from tests.builders import case, ledger, ruling, statement

RULEBOOK = load_rulebook()
TODAY = date(2023, 11, 1)
COUNTY, BUREAU = "五华区", "市政务服务局"
SUMMER = ledger(COUNTY, 2, date(2023, 6, 8))
AUTUMN = ledger(COUNTY, 3, date(2023, 9, 8))
AUTUMN_OF_BUREAU = ledger(BUREAU, 3, date(2023, 9, 8))
REFUSED = (ruling("8A", "rejected", date(2023, 7, 1)),)


def short(change: Change) -> str:
    number = "" if change.number is None else f"={change.number}"
    day = f"@{change.day:%m-%d}" if change.day else ""
    return f"{change.act.value}{number}{day}" + (f" Q{change.quarter}" if change.quarter else "")


def drafted(
    code: str,
    stated: Sequence[Statement] = (),
    unit: str = COUNTY,
    cases: Sequence[Case] = (),
    rulings: Sequence[Ruling] = (),
    today: date = TODAY,
    **policy: str,
) -> list[str]:
    """Return the drafts of a clause, one line each: steps, changes, words."""
    ledgers = tuple(dict.fromkeys(fact.ledger for fact in (*stated, *cases)))
    facts = Facts(ledgers, tuple(stated), cases=tuple(cases), rulings=tuple(rulings))
    position = Position(facts, RULEBOOK, today, Policy(**policy))  # type: ignore[arg-type]
    clause, term = next((clause, term) for clause, term in RULEBOOK.terms_of[unit] if clause.code == code)
    finding = position.board.card[unit].finding(code)
    assert finding is not None
    drafts = method_of(term).drafts(Candidate(position, clause, term, finding))
    return [f"{steps} {'，'.join(map(short, changes))} {says}" for steps, changes, says in drafts]


def halls(status: str = "done", **other: object) -> list[Statement]:
    return [statement("8A", status, at=SUMMER, **other)]


def windows(status: str = "done", **other: object) -> list[Statement]:
    return [statement("9A", status, at=AUTUMN_OF_BUREAU, **other)]


PROVED = "1 proved 补齐佐证材料"
DONE = "1 done@11-01 完成并附佐证材料"
ONE, TWO, THREE = (f"{n} count={n}@11-01 达到{n}个并附佐证材料" for n in (1, 2, 3))
THREE_FROM_TWO = "2 count=3@11-01 达到3个并附佐证材料"
ALL_WINDOWS = "count=0@11-01 全部达到要求并附佐证材料"
LESS = [f"{14 - left} count={left}@11-01 减少到{left}个" for left in range(13, 0, -1)]
TIMES = [f"{n} count={n}@11-01 累计达到{n}次并附佐证材料" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("stated", "rulings", "drafts"),
    [
        ([], (), [ONE, TWO, THREE]),
        (halls("not_done", evidence=""), (), [ONE, TWO, THREE]),
        (halls(quantity=0, evidence=""), (), [ONE, TWO, THREE]),
        (halls("unreadable", quantity=2, evidence=""), (), [ONE, TWO, THREE]),
        (halls(quantity=1), (), ["1 count=2@11-01 达到2个并附佐证材料", THREE_FROM_TWO]),
        (halls(quantity=2, evidence=""), (), [PROVED, THREE_FROM_TWO]),
        (halls(evidence=""), (), [PROVED]),
        (halls(), (), []),
        (halls(quantity=2, evidence="", done_on=date(2023, 12, 1)), (), [ONE, TWO, THREE]),
        (halls(quantity=2, evidence="", done_on=TODAY), (), [PROVED, THREE_FROM_TWO]),
        (halls(quantity=2), REFUSED, ["1 count=2@11-01 达到2个并附佐证材料", THREE_FROM_TWO]),
        (halls(quantity=4), REFUSED, ["1 count=3@11-01 达到3个并附佐证材料"]),
    ],
    ids=["silent", "not done", "none", "unreadable", "one", "two unproved", "all unproved", "all", "to come", "today",
         "two refused", "four refused"],
)  # fmt: skip
def test_partners_are_proved_or_added_one_at_a_time(
    stated: list[Statement], rulings: Sequence[Ruling], drafts: list[str]
) -> None:
    assert drafted("8A", stated, rulings=rulings) == drafts


def test_no_more_partners_are_drafted_than_are_asked_for() -> None:
    assert drafted("8A", partners="two") == [ONE, TWO]


@pytest.mark.parametrize(
    ("stated", "silence", "drafts"),
    [
        ([], "all", [*LESS, f"14 {ALL_WINDOWS}"]),
        ([], "one", [f"1 {ALL_WINDOWS}"]),
        (windows("unreadable"), "all", [f"1 {ALL_WINDOWS}"]),
        (windows("not_done"), "all", [f"1 {ALL_WINDOWS}"]),
        (windows(quantity=3), "all", [*(f"{3 - n} count={n}@11-01 减少到{n}个" for n in (2, 1)), f"3 {ALL_WINDOWS}"]),
        (windows(quantity=0, evidence=""), "all", [PROVED]),
        (windows(quantity=0), "all", []),
    ],
    ids=["silent", "silent counts as one", "unreadable", "not done", "three", "unproved", "all"],
)
def test_what_is_missing_is_brought_down_one_at_a_time(
    stated: list[Statement], silence: str, drafts: list[str]
) -> None:
    assert drafted("9A", stated, BUREAU, silence=silence) == drafts


@pytest.mark.parametrize(
    ("stated", "drafts"),
    [
        ([], TIMES),
        ([statement("9C", at=SUMMER, evidence="")], TIMES),  # done without a number counts as no time
        ([statement("9C", at=SUMMER, quantity=3, evidence="")], [PROVED, "2 count=4@11-01 累计达到4次并附佐证材料"]),
        ([statement("9C", at=SUMMER, quantity=4)], []),
    ],
    ids=["silent", "no number", "unproved", "the cap"],
)
def test_times_are_proved_or_added_up_to_the_cap(stated: list[Statement], drafts: list[str]) -> None:
    assert drafted("9C", stated) == drafts


def test_a_case_is_proved_or_brought_and_one_that_earned_needs_nothing() -> None:
    assert drafted("4C") == ["1 proved 给案例补齐佐证材料", "1 done@11-01 提供1个案例并附佐证材料"]
    assert drafted("4C", cases=[case(4, at=SUMMER)]) == []


@pytest.mark.parametrize(
    ("code", "stated", "drafts"),
    [
        ("4A", [], [PROVED, DONE]),
        ("4A", [statement("4A", at=SUMMER, done_on=date(2023, 6, 1))], []),
        ("4A", [statement("4A", at=AUTUMN, done_on=date(2023, 7, 1))], []),  # late, and lateness costs nothing here
        ("1A", [statement("1A", at=AUTUMN, done_on=date(2023, 7, 1))], [PROVED, DONE]),
        ("2C", [], []),
    ],
    ids=["silent", "met", "late for nothing", "late", "a median"],
)
def test_a_matter_is_proved_or_done(code: str, stated: list[Statement], drafts: list[str]) -> None:
    assert drafted(code, stated) == drafts


@pytest.mark.parametrize("code", ["20A", "2B"])
def test_quarters_are_sent_again_one_by_one_and_together(code: str) -> None:
    assert drafted(code) == [
        "1 done@11-01 Q2 补报第二季度",
        "1 done@11-01 Q3 补报第三季度",
        "2 done@11-01 Q2，done@11-01 Q3 补报第二、三季度",
        "1 done@11-01 Q4 按时报送第四季度",
    ]


def test_a_quarter_that_was_done_is_not_drafted() -> None:
    stated = [statement("20A", at=SUMMER, done_on=date(2023, 6, 1))]
    assert drafted("20A", stated) == ["1 done@11-01 Q3 补报第三季度", "1 done@11-01 Q4 按时报送第四季度"]


def test_a_quarter_that_lacks_only_evidence_is_proved() -> None:
    stated = [statement("20A", at=SUMMER, done_on=date(2023, 6, 1), evidence=""), statement("20A", at=AUTUMN)]
    assert drafted("20A", stated) == ["1 proved Q2 补报第二季度", "1 done@11-01 Q4 按时报送第四季度"]


@pytest.mark.parametrize(("today", "says"), [(date(2023, 9, 9), "按时报送"), (date(2023, 9, 10), "补报")])
def test_a_quarter_is_made_up_for_from_the_day_it_is_due(today: date, says: str) -> None:
    day = f"{today:%m-%d}"
    assert f"1 done@{day} Q3 {says}第三季度" in drafted("20A", [statement("20A", at=SUMMER)], today=today)


@pytest.mark.parametrize(
    ("cap", "points", "times"), [("2", "0.5", 4), ("2", "0.3", 7), ("2", "0.9", 3), (None, "0.5", 1)]
)
def test_how_many_times_reach_the_cap(cap: str | None, points: str, times: int) -> None:
    """2 points at 0.3 a time take 7 times; without a cap once is as much as can be said."""
    term = next(term for clause, term in RULEBOOK.terms_of[COUNTY] if clause.code == "9C")
    term = replace(term, cap=Decimal(cap) if cap else None, points=Decimal(points))
    assert full_count(term) == times
    assert list(COUNT_BONUS.numbers(term)) == list(range(times + 1))
