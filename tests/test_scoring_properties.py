"""What must hold of any board, whatever the ledgers say."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.judging.rank import make_board
from scoring.methods.dossier import gather, handling_days, handling_times
from scoring.methods.median import median
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts, Statement, Status
from scoring.model.findings import Finding, Outcome, UnprovenPointsError
from scoring.model.policy import Policy
from scoring.model.rosters import Roster, RosterRow
from scoring.rulebook.read import load_rulebook
from tests.builders import case, incentive, ledger, roster_row, ruling, statement

RULEBOOK = load_rulebook()
UNITS = ["五华区", "石林彝族自治县", "市交警支队", "市政务服务局"]
DAYS = st.dates(date(2023, 5, 1), date(2024, 1, 31))
POLICIES = st.builds(
    Policy,
    late=st.sampled_from(["by_wording", "strict", "lenient"]),
    quarterly=st.sampled_from(["once", "each"]),
    shared_hall=st.sampled_from(["cumulative", "exclusive", "capped"]),
    evidence=st.sampled_from(["required", "flagged"]),
    late_ledger=st.sampled_from(["accepted", "rejected"]),
    responsible=st.sampled_from(["scored", "named"]),
    median=st.sampled_from(["standard", "citywide"]),
    silence=st.sampled_from(["all", "one"]),
    partners=st.sampled_from(["three", "two"]),
)
LEDGERS = st.builds(ledger, st.sampled_from(UNITS), st.sampled_from([1, 2, 3, 4]), st.none() | DAYS, st.integers(0, 2))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    at = draw(LEDGERS)
    clause = draw(
        st.sampled_from([c.code for c, t in RULEBOOK.terms_of[at.unit] if t.method not in ("median", "case")])
    )
    return statement(
        clause, draw(st.sampled_from(list(Status))), at=at, row=draw(st.integers(5, 60)), done_on=draw(st.none() | DAYS),
        quantity=draw(st.none() | st.integers(0, 5)), evidence=draw(st.sampled_from(["", "截图"])),
    )  # fmt: skip


FACTS = st.builds(
    lambda said, cases, rows, items: Facts(
        ledgers=tuple({f.ledger: None for f in (*said, *cases, *rows)}),
        statements=tuple(said),
        cases=tuple(cases),
        roster=tuple(rows),
        incentives=tuple(items),
    ),
    st.lists(statements(), max_size=25),
    st.lists(
        st.builds(
            lambda at, task, day: case(task, at=at, day=day), LEDGERS, st.sampled_from([4, 5, 7]), st.none() | DAYS
        ),
        max_size=3,
    ),
    st.lists(
        st.builds(
            lambda at, a, b: roster_row(accepted=a, connected=b, at=at),
            LEDGERS.filter(lambda x: x.unit == "五华区"),
            DAYS,
            st.none() | DAYS,
        ),
        max_size=4,
    ),
    st.lists(
        st.builds(lambda at, points: incentive(awarded=points, at=at), LEDGERS, st.sampled_from(["", "0.50", "2.00"])),
        max_size=2,
    ),
)


@settings(max_examples=60, deadline=None)
@given(FACTS, DAYS, POLICIES)
def test_findings_add_up_to_the_score_and_every_clause_has_one(facts: Facts, as_of: date, policy: Policy) -> None:
    board = make_board(facts, RULEBOOK, as_of, policy)
    for card in board.cards:
        moved = sum((finding.points for finding in card.findings), Decimal(0))
        assert card.raw == card.base + card.responsibility + moved
        assert card.score == min(max(card.raw, Decimal(0)), Decimal(100))
        assert [f.clause for f in card.findings if not f.item] == [c.code for c, _ in RULEBOOK.terms_of[card.unit]]
        better = sum(other.score > card.score for other in board.cards if other.kind is card.kind)
        assert card.rank == better + 1
        for finding in card.findings:
            assert finding.reason
            assert finding.quote
            assert finding.points >= 0 or finding.deadline is None or finding.deadline <= as_of


@settings(max_examples=40, deadline=None)
@given(FACTS, DAYS, POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_facts_carries_no_meaning(
    facts: Facts, as_of: date, policy: Policy, shuffle: random.Random
) -> None:
    """Rows that say different things at the very same place cannot exist, so ties in the deciding order are left out."""
    single = {(s.ledger, s.clause, s.position): s for s in facts.statements}
    facts = replace(facts, statements=tuple(single.values()), roster=(), cases=(), incentives=())
    same_order = {(s.ledger.order, s.ledger.unit, s.clause, s.position) for s in facts.statements}
    if len(same_order) < len(facts.statements):
        return
    mixed = replace(facts, statements=tuple(shuffle.sample(facts.statements, len(facts.statements))))
    assert make_board(mixed, RULEBOOK, as_of, policy) == make_board(facts, RULEBOOK, as_of, policy)


@settings(max_examples=60, deadline=None)
@given(FACTS, POLICIES, st.sampled_from(UNITS), st.data())
def test_a_further_item_done_never_lowers_a_score(facts: Facts, policy: Policy, unit: str, data: st.DataObject) -> None:
    as_of = date(2024, 1, 31)
    milestones = [c.code for c, t in RULEBOOK.terms_of[unit] if t.method == "milestone"]
    if not milestones:
        return
    code = data.draw(st.sampled_from(milestones))
    before = make_board(facts, RULEBOOK, as_of, policy).card[unit]
    done = statement(code, at=ledger(unit, 4, date(2023, 12, 10), 9), row=99, done_on=date(2023, 6, 1))
    more = replace(facts, statements=(*facts.statements, done), ledgers=(*facts.ledgers, done.ledger))
    after = make_board(more, RULEBOOK, as_of, policy).card[unit]
    assert after.finding(code).points == 0 or policy.shared_hall != "cumulative"
    if policy.shared_hall == "cumulative":
        assert after.raw >= before.raw


def test_points_without_a_proof_cannot_be_constructed() -> None:
    good = {
        "unit": "五华区",
        "clause": "4A",
        "task": 4,
        "outcome": Outcome.NOT_DONE,
        "points": Decimal("-0.20"),
        "deadline": date(2023, 6, 30),
        "quote": "未出台文件，扣0.2分。",
        "reason": "未完成",
    }
    with pytest.raises(UnprovenPointsError):
        Finding(**good)
    with pytest.raises(UnprovenPointsError):
        Finding(**good | {"clause": "", "outcome": Outcome.NOT_STATED})
    with pytest.raises(UnprovenPointsError):
        Finding(**good | {"quote": "", "outcome": Outcome.NOT_STATED})
    assert Finding(**good | {"outcome": Outcome.NOT_STATED}).points == Decimal("-0.20")


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    first = Facts(incentives=(incentive(awarded="2.00", at=ledger("官渡区")),))
    board = make_board(first, RULEBOOK, date(2023, 6, 15), Policy())
    assert [(c.unit, c.rank) for c in board.ranking("county")][:3] == [("官渡区", 1), ("五华区", 2), ("盘龙区", 2)]


def test_above_a_hundred_the_raw_score_tells_units_apart_and_the_score_does_not() -> None:
    items = (incentive(awarded="6.00", at=ledger("官渡区")), incentive(awarded="7.00", at=ledger("五华区")))
    board = make_board(Facts(incentives=items), RULEBOOK, date(2023, 6, 15), Policy())
    assert {(c.score, c.rank) for c in (board.card["官渡区"], board.card["五华区"])} == {(Decimal(100), 1)}
    assert board.card["五华区"].raw == Decimal(103)


@pytest.mark.parametrize(("responsible", "unit", "points"), [
    ("scored", "市自然资源规划局", "1.00"), ("scored", "市住房城乡建设局", "1.20"), ("scored", "市园林绿化局", "0.80"),
    ("scored", "市交警支队", "0.80"), ("scored", "市政务服务局", "0.20"), ("scored", "市水务局", "0.40"),
    ("named", "市水务局", "0.80"), ("named", "市发展改革委", "0.20"), ("named", "市财政局", "0.20"),
])  # fmt: skip
def test_points_for_tasks_that_a_department_is_responsible_for(responsible: str, unit: str, points: str) -> None:
    board = make_board(Facts(), RULEBOOK, date(2023, 5, 1), Policy(responsible=responsible))
    assert board.card[unit].responsibility == Decimal(points)
    assert board.card[unit].raw == 100 + Decimal(points)


def test_departments_that_are_only_named_are_not_scored_by_default() -> None:
    assert len(make_board(Facts(), RULEBOOK, date(2023, 5, 1), Policy()).cards) == 20
    assert len(make_board(Facts(), RULEBOOK, date(2023, 5, 1), Policy(responsible="named")).cards) == 22


def test_a_ruling_keeps_what_was_computed_beneath_it() -> None:
    said = statement("4A", "not_done")
    ruled = Facts((said.ledger,), (said,), rulings=(ruling("4A", "accepted", date(2023, 7, 5)),))
    finding = make_board(ruled, RULEBOOK, date(2023, 12, 31), Policy()).card["五华区"].finding("4A")
    assert finding.computed.outcome is Outcome.NOT_DONE
    assert finding.ruling.reviewer == "张工"
    assert finding.computed.sources == finding.sources == (said.source,)


ROSTERS = st.lists(
    st.builds(
        lambda at, row, name, accepted, connected, deducted, header, kind: replace(
            roster_row(at=at),
            enterprise=name, accepted=accepted, connected=connected, deducted=deducted, position=(1, row),
            project_class=kind, header=CellRef("台账.xlsx", "企业全量名单", header),
        ),
        LEDGERS, st.integers(5, 12), st.sampled_from(["甲公司", "甲 公司", "乙公司"]),
        st.dates(date(2023, 5, 1), date(2023, 5, 9)), st.none() | st.dates(date(2023, 4, 25), date(2023, 6, 30)),
        st.sampled_from([Decimal(0), Decimal(2), Decimal("0.5"), Decimal("2.0")]), st.sampled_from(["B3", "B4"]),
        st.sampled_from([None, *(kind.name for kind in RULEBOOK.project_classes)]),
    ),
    max_size=20,
)  # fmt: skip


@settings(deadline=None)
@given(ROSTERS, DAYS, st.booleans())
def test_a_roster_is_gathered_and_timed_as_row_by_row(rows: list[RosterRow], as_of: date, late: bool) -> None:
    found = gather(Facts(roster=tuple(rows)), RULEBOOK.assessment, as_of, late_ledgers=late)
    for unit in UNITS:
        said = [row for row in rows if row.ledger.unit == unit and row.ledger.submitted <= as_of]
        own = [row for row in said if late or row.ledger.submitted <= RULEBOOK.assessment.cut_offs[row.ledger.quarter]]
        own.sort(key=lambda row: (row.ledger.order, row.position))
        assert list(found[unit].roster if unit in found else ()) == own
        united = list({row.key: row for row in own}.values())
        assert list(found[unit].united if unit in found else ()) == united
        assert Roster.of(own).headers == tuple(dict.fromkeys(row.header for row in own))
        plain = [(row, handling_days(row.accepted, row.connected, row.deducted, as_of)) for row in united]
        timed = [(row, days) for row, days in plain if days is not None]
        times = handling_times(Roster.of(united), as_of)
        assert times.spans == {(row.accepted, row.connected) for row, _ in timed}
        for kind in {row.project_class for row in united}:
            assert times.of_class.get(kind, {}) == Counter(days for row, days in timed if row.project_class == kind)
        if timed:
            assert median(times.of_all) == statistics.median(days for _, days in timed)
