"""Every combination of readings is the board that make_board makes, and the deciding policies are the fewest."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis import policy_combinations, policy_combinations_sentences
from scoring.analysis.policy_combinations import every_board, every_policy, read_every_way
from scoring.analysis.position import Position
from scoring.board.red_black import ends
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from tests.analysis.worlds import FIVE, PANLONG, WHOLE, WUHUA, XISHAN, YEAR_END, of_units, only, positions, world
from tests.builders import ledger, roster_row, statement
from tests.test_scoring_properties import FACTS

SILENT = "市政务服务局"
NAMES = [policy.name for policy in WHOLE.policies]
FEW = (WUHUA, "石林彝族自治县", "市政务服务局", "市财政局")


@settings(max_examples=6, deadline=None)
@given(FACTS, st.sampled_from([date(2023, 7, 20), YEAR_END]), st.data())
def test_every_board_is_the_one_that_make_board_makes(facts: Facts, as_of: date, data: st.DataObject) -> None:
    rulebook = only(*FEW)
    mine = of_units(facts, FEW)
    boards = list(every_board(Position(mine, rulebook, as_of, Policy())))
    assert len(boards) == len({board.policy for board in boards}) == 1152
    for board in data.draw(st.permutations(boards))[:60]:
        assert board == make_board(mine, rulebook, as_of, board.policy)


def everything_at_once() -> Position:
    """A world in which every alternative of every policy tells."""
    sent = ledger(PANLONG, 3, date(2023, 9, 20))
    slow = roster_row("某公司", date(2023, 5, 8), date(2023, 5, 10), at=ledger(WUHUA))
    quick = roster_row("另一公司", date(2023, 5, 8), date(2023, 5, 8), at=ledger(XISHAN))
    said = statement("14A", at=sent, done_on=date(2023, 9, 1))
    facts = Facts((sent,), (said,), roster=(slow, quick))
    text = "五华区:4A=done@20230801,1A=done@20230801,20A~2=open,20A~3=open,8A=open,8B=open,17A=bare;盘龙区:14A=open"
    position = world(text, units=(*FIVE, "市财政局", "市水务局", SILENT), facts=facts)
    unsaid = ((PANLONG, "14A"), (SILENT, "9A"))
    kept = tuple(s for s in position.facts.statements if (s.ledger.unit, s.clause) not in unsaid or s == said)
    return position.with_facts(replace(position.facts, statements=kept, rulings=()))


def test_every_alternative_is_exercised() -> None:
    found = read_every_way(everything_at_once())
    assert {(a.policy, a.reading) for a in found.alternatives} == {
        (p.name, r.name) for p in WHOLE.policies for r in p.readings
    }
    for alternative in found.alternatives:
        assert bool(alternative.scores) != alternative.in_force, alternative
    for policy in WHOLE.policies:
        for reading in policy.readings:
            boards = [b for b in found.boards if getattr(b.policy, policy.name) == reading.name]
            assert len(boards) == 1152 // len(policy.readings)


def test_standings_say_what_the_boards_say() -> None:
    position = everything_at_once()
    found = read_every_way(position)
    for standing in found.standings:
        cards = [b.card[standing.unit] for b in found.boards if standing.unit in b.card]
        assert standing.boards == len(cards)
        assert (standing.best_rank, standing.worst_rank) == (min(c.rank for c in cards), max(c.rank for c in cards))
        assert standing.first == sum(
            standing.unit in ends(b, position.rulebook.kinds[standing.kind]).first for b in found.boards
        )
        assert standing.stable == (len(cards) == 1152 and len({c.rank for c in cards}) == 1)
    finance = next(s for s in found.standings if s.unit == "市财政局")
    assert (finance.boards, finance.rank) == (576, None)
    assert policy_combinations_sentences.stability(finance) == "部分读法列入"
    assert len(policy_combinations_sentences.rows(found, position.rulebook)) == 1 + len(found.standings)
    assert len(policy_combinations_sentences.alternative_rows(position, found)) == 1 + 20


@settings(max_examples=3, deadline=None)
@given(positions(most=14))
def test_the_deciding_policies_settle_the_ends_and_no_smaller_set_does(position: Position) -> None:
    found = read_every_way(position)
    for deciding in found.deciding:
        seen = {board.policy: ends(board, position.rulebook.kinds[deciding.kind]) for board in found.boards}
        check_deciding(seen, deciding.hang_on, deciding.enough, position.policy)
    for kind in position.rulebook.kinds.values():
        assert "1152" in policy_combinations_sentences.sentence(position, found, kind)


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False), st.sets(st.sampled_from(NAMES), max_size=4))
def test_deciding_policies_of_any_outcome(dice: random.Random, real: set[str]) -> None:
    worth = {name: dice.randrange(3) for name in real}
    policies = list(every_policy(WHOLE))
    first = policies[0]
    outcome = {p: sum(w for n, w in worth.items() if getattr(p, n) != getattr(first, n)) >= 2 for p in policies}
    check_deciding(
        outcome,
        policy_combinations._hang_on(outcome, NAMES),
        policy_combinations._enough(outcome, NAMES, Policy()),
        Policy(),
    )


def check_deciding(outcome: dict, hang_on: tuple[str, ...], enough: tuple[str, ...], today: Policy) -> None:
    for count in range(len(NAMES) + 1):
        for chosen in combinations(NAMES, count):
            groups: dict[tuple[str, ...], set] = {}
            for policy, end in outcome.items():
                groups.setdefault(tuple(getattr(policy, n) for n in chosen), set()).add(end)
            assert all(len(g) == 1 for g in groups.values()) == (set(hang_on) <= set(chosen))
            settles = len(groups[tuple(getattr(today, n) for n in chosen)]) == 1
            assert not settles or count >= len(enough)
            assert settles or chosen != enough


@pytest.mark.parametrize("kind", ["county", "department"])
def test_where_no_reading_matters_it_says_so(kind: str) -> None:
    position = world(units=(*FIVE, "市水务局"))
    found = read_every_way(position)
    said = policy_combinations_sentences.sentence(position, found, position.rulebook.kinds[kind])
    assert ("与口径无关" in said) is (kind == "county")
    assert "前三" not in said or kind == "county"
