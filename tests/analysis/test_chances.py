"""Chances equal what every way in which the year can end gives on whole boards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.chances import chances, rank_chances
from scoring.analysis.chances_sentences import chance_rows, item_rows
from scoring.analysis.open_items import Doubt, OpenItem, open_items
from scoring.analysis.position import Position
from scoring.analysis.prospects import Prospect, even, prospect
from scoring.analysis.ruling_queue import Why, matters
from scoring.board.red_black import ends
from scoring.model.boards import Board
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.scenario.what_if import Act, Change, Scenario
from tests.analysis.worlds import FIVE, GUANDU, PANLONG, WUHUA, positions, world
from tests.builders import case, incentive, ledger, statement

THREE, AUTUMN, CLOSES = (WUHUA, PANLONG, GUANDU), date(2023, 11, 1), date(2024, 1, 31)
CHANCES = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(7, 10), Fraction(1)])


def turned_out(position: Position, item: OpenItem, points: Decimal) -> Position:
    """Let one item turn out in the facts, seen at the close of the assessment."""
    if item.doubt is Doubt.AWARD:
        items = tuple(
            replace(i, awarded=points) if (i.ledger.unit, i.title) == (item.unit, item.title) else i
            for i in position.facts.incentives
        )
        return position.with_facts(replace(position.facts, incentives=items))
    clause = position.rulebook.clause[item.clause]
    term = clause.term_for(item.unit)
    quarter = 4 if term.method in ("quarterly", "roster") else None
    change = Change(item.unit, item.clause, Act.DONE if points == item.outcomes[0] else Act.OPEN, quarter=quarter)
    if term.method == "shortfall":
        change = Change(item.unit, item.clause, Act.COUNT, number=term.of - int(points / term.points))
    return position.with_scenario(Scenario((change,)))


def endings(position: Position, items: tuple[OpenItem, ...]) -> list[tuple[tuple[int, ...], Board]]:
    """Every way in which the year can end: the place of each item's outcome, and the board at the close."""
    found = []
    for places in product(*(range(len(item.outcomes)) for item in items)):
        end = replace(position, as_of=CLOSES)
        for item, place in zip(items, places, strict=True):
            end = turned_out(end, item, item.outcomes[place])
        found.append((places, end.board))
    return found


@st.composite
def open_worlds(draw: st.DrawFn) -> Position:
    """November worlds in which only what a test opens is open: everything else of the year is settled already."""
    awards = draw(st.lists(st.sampled_from(THREE), max_size=1))
    items = tuple(
        replace(incentive(awarded="", at=ledger(unit, 3)), claimed=Decimal("0.5"), title=f"事项{unit}")
        for unit in awards
    )
    return world(
        draw(st.sampled_from(OPENED)), units=THREE, as_of=AUTUMN, policy=draw(LATE_FREE), facts=Facts(incentives=items)
    )


OPENED = [
    "五华区:11A=open,14A=open;盘龙区:15A=open,4A=open",
    "五华区:8A=open,8B=open;盘龙区:4A=open",
    "五华区:8B=open,4A=open;盘龙区:4C=done;官渡区:14A=open,22A=open",
    "五华区:14A=open;盘龙区:14A=open;官渡区:14A=open,15A=open",
    "五华区:4C=done,5C=done,6C=done,10C=done,9C=4,29=0.3,11A=open;盘龙区:29=4,14A=open",
]
LATE_FREE = st.builds(
    Policy,
    quarterly=st.sampled_from(["once", "each"]),
    shared_hall=st.sampled_from(["cumulative", "exclusive", "capped"]),
)


@settings(max_examples=25, deadline=None)
@given(open_worlds(), st.data())
def test_chances_are_the_share_of_the_endings(position: Position, data: st.DataObject) -> None:
    items = tuple(item for item in open_items(position) if item.clause not in ("2B", "20A"))
    boards = endings(position, items)
    for unit in THREE:
        own, scores = prospect(position, unit, items), [board.card[unit].score for _, board in boards]
        assert (own.lowest, own.highest) == (min(scores), max(scores))
    weights = {item.key: data.draw(CHANCES) for item in items}
    exact = {c.unit: c for c in chances(position, items, weights)}
    for unit in THREE:
        expected = [Fraction(0)] * 3
        for places, board in boards:
            chance = Fraction(1)
            for item, place in zip(items, places, strict=True):
                good = weights[item.key]
                chance *= good if not place else 1 - good if place == len(item.outcomes) - 1 else 0
            expected[board.card[unit].rank - 1] += chance
        assert list(exact[unit].ranks) == expected


@settings(max_examples=15, deadline=None)
@given(positions(units=THREE, most=8, days=st.just(AUTUMN)))
def test_the_chances_of_any_world_add_up(position: Position) -> None:
    items = open_items(position)
    found = chances(position, items)
    assert all(sum(chance.ranks) == 1 for chance in found)
    for table in (item_rows(items), chance_rows(found, position.rulebook)):
        assert len({len(row) for row in table}) == 1


SCORES = st.dictionaries(st.sampled_from([Decimal(n) for n in (94, 95, 96)]), st.integers(1, 3), min_size=1)


@settings(max_examples=50, deadline=None)
@given(st.lists(SCORES, min_size=5, max_size=5))
def test_ranks_and_ends_of_any_scores_equal_enumeration(drawn_scores: list[dict[Decimal, int]]) -> None:
    """Five counties with any distribution of scores, ties everywhere: every combination is counted."""
    position = world()
    prospects = {
        unit: Prospect(unit, tuple(sorted(scores.items())), sum(scores.values()))
        for unit, scores in zip(FIVE, drawn_scores, strict=True)
    }
    expected = {unit: [Fraction(0)] * 5 for unit in FIVE}
    first, last = dict.fromkeys(FIVE, Fraction(0)), dict.fromkeys(FIVE, Fraction(0))
    for combination in product(*(prospects[unit].scores for unit in FIVE)):
        chance = Fraction(1)
        for unit, (_, weight) in zip(FIVE, combination, strict=True):
            chance *= Fraction(weight, prospects[unit].total)
        scores = {unit: score for unit, (score, _) in zip(FIVE, combination, strict=True)}
        cards = tuple(replace(position.board.card[unit], score=scores[unit]) for unit in FIVE)
        both = ends(replace(position.board, cards=cards), position.rulebook.kinds["county"])
        for unit in FIVE:
            expected[unit][sum(other > scores[unit] for other in scores.values())] += chance
            first[unit] += chance * (unit in both.first)
            last[unit] += chance * (unit in both.last)
    for found in rank_chances(position, prospects):
        assert list(found.ranks) == expected[found.unit]
        assert (found.first, found.last) == (first[found.unit], last[found.unit])


@pytest.mark.parametrize(("change", "doubt", "outcomes"), [
    ("14A=open", Doubt.PENDING, ["0", "-0.1"]),
    ("8A=1", Doubt.PENDING, ["0", "-0.2", "-0.4"]),
    ("8A=open", Doubt.PENDING, ["0", "-0.2", "-0.4", "-0.6"]),
    ("8A=3@20231120", Doubt.PENDING, ["0", "-0.2", "-0.4", "-0.6"]),
    ("8A=3", None, []),
    ("4A=open", None, []),
    ("20A~2=open", None, []),
    ("20A=done", None, []),
    ("20A~4=open", Doubt.PENDING, ["0", "-0.2"]),
    ("14A=reject", Doubt.PENDING, ["0", "-0.1"]),
])  # fmt: skip
def test_what_is_open(change: str, doubt: Doubt | None, outcomes: list[str]) -> None:
    found = [
        i for i in open_items(world(f"五华区:{change}", as_of=AUTUMN)) if i.key == f"五华区:{change[:3].rstrip('=')}"
    ]
    assert [(i.doubt, list(i.outcomes)) for i in found] == ([(doubt, [Decimal(p) for p in outcomes])] if doubt else [])


def test_what_is_not_done_by_the_end_costs_what_stands_then() -> None:
    """A count costs what is stated, and a quarter's ledger that came early is no longer open."""
    centre, summer = "市政务服务局", date(2023, 6, 20)
    short = open_items(world(f"{centre}:9A=3", units=(centre,), as_of=summer))
    assert [(i.clause, i.outcomes) for i in short] == [("9A", tuple(map(Decimal, ("0", "-0.2", "-0.4", "-0.6"))))]
    early = world("五华区:20A=open,20A~2=done", as_of=summer, policy=Policy(quarterly="each"))
    item = next(i for i in open_items(early) if i.key == "五华区:20A")
    assert item.outcomes == (0, Decimal("-0.2"), Decimal("-0.4"))


def test_a_quarter_that_is_still_to_come_is_due_on_its_own_day() -> None:
    item = next(i for i in open_items(world("五华区:20A~4=open", as_of=AUTUMN)) if i.key == "五华区:20A")
    assert item.deadline == date(2023, 12, 10)


@pytest.mark.parametrize(("third", "awaits"), [("not_done", False), ("undecided", True)])
def test_only_an_undecided_row_awaits_a_verdict(third: str, awaits: bool) -> None:
    """Nothing is said of the second quarter: the cell of the third decides beside that absence."""
    sent = ledger(PANLONG, 3)
    facts = Facts((sent,), (statement("20A", third, at=sent),))
    position = replace(world(units=(WUHUA,), as_of=AUTUMN), rulebook=world(units=(WUHUA, PANLONG)).rulebook)
    position = position.with_facts(position.facts + facts)
    assert ("盘龙区:20A" in {i.key for i in open_items(position, [Doubt.UNDECIDED])}) is awaits
    assert ((PANLONG, "20A") in {(m.unit, m.clause) for m in matters(position) if m.why is Why.UNDECIDED}) is awaits


def test_doubtful_cells_undecided_rows_missing_proof_and_awards_are_open() -> None:
    sent = ledger(PANLONG, 3)
    said = (
        statement("4A", "unreadable", at=sent, row=5),
        statement("6A", "undecided", at=sent, row=6),
        statement("17A", evidence="", at=sent, row=7, done_on=date(2023, 6, 1)),
        statement("9C", "unreadable", at=sent, row=8),
    )
    claimed = replace(incentive(awarded="", at=sent), claimed=Decimal("1.5"))
    unclaimed = replace(incentive("另一事项", "", at=sent, row=4))
    facts = Facts((sent,), said, (case(4, at=sent, day=date(2023, 12, 1)),), incentives=(claimed, unclaimed))
    position = world(units=(WUHUA,), rulebook=None, as_of=AUTUMN, policy=Policy(evidence="flagged"))
    rulebook = world(units=(WUHUA, PANLONG)).rulebook
    position = replace(position, rulebook=rulebook, facts=position.facts + facts)
    found = {i.key: i for i in open_items(position)}
    assert found["盘龙区:4A"].doubt is Doubt.UNREADABLE
    assert found["盘龙区:6A"].doubt is Doubt.UNDECIDED
    assert (found["盘龙区:17A"].doubt, found["盘龙区:17A"].now) == (Doubt.UNPROVED, 0)
    assert found["盘龙区:9C"].outcomes == tuple(Decimal(p) for p in ("2", "1.5", "1", "0.5", "0"))
    assert (found["盘龙区:4C"].doubt, found["盘龙区:4C"].outcomes[0]) == (Doubt.PENDING, Decimal("0.5"))
    assert found["盘龙区:29#1"].outcomes == (Decimal("1.5"), 0)
    assert {i.doubt for i in open_items(position, [Doubt.AWARD])} == {Doubt.AWARD}
    low = prospect(position, PANLONG, list(found.values()), even)
    assert low.lowest < position.board.card[PANLONG].score < low.highest


def test_chances_must_be_chances() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        chances(world(), (), {"五华区:4A": Fraction(3, 2)})
