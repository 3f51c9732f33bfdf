"""The cheapest plan equals what trying everything finds, caps and all, and the whole board proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis import actions, actions_sentences, improvement_sentences
from scoring.analysis.improvement import Rivals, best_plans, every_plan, improve
from scoring.analysis.options import Option, options
from scoring.analysis.position import Position
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.scenario.what_if import Scenario
from tests.analysis.worlds import FIVE, GUANDU, PANLONG, WUHUA, of_units, only, positions, world
from tests.builders import ledger, ruling, statement, with_caps
from tests.test_scoring_properties import FACTS, POLICIES

EFFORTS = st.dictionaries(
    st.sampled_from(["4A", "8A", "8B", "9C", "4C"]), st.sampled_from([Decimal(0), Decimal(2), Decimal(5)])
)
FEW = (WUHUA, "石林彝族自治县", "市政务服务局", "市交警支队")
CASES_DONE = "4C=done,5C=done,6C=done,10C=done,9C=4"


def tried(position: Position, unit: str, effort: dict[str, Decimal]) -> dict[Decimal, tuple[Decimal, int]]:
    """Try every mix of options on the scoring function: score -> least effort, and steps with it."""
    found: dict[Decimal, tuple[Decimal, int]] = {}
    for mix in product(*((None, *offered) for offered in options(position, unit).values())):
        chosen: list[Option] = [option for option in mix if option]
        scenario = Scenario(tuple(change for option in chosen for change in option.changes))
        score = position.rescored(unit, scenario).score
        cost = sum((effort.get(o.clause, Decimal(1)) * o.steps for o in chosen), Decimal(0))
        steps = sum(o.steps for o in chosen)
        found[score] = min(found.get(score, (cost, steps)), (cost, steps))
    return found


@settings(max_examples=25, deadline=None)
@given(positions(units=(WUHUA, PANLONG), most=6), EFFORTS, st.sampled_from([None, ("0.7", "100"), ("1.2", "96.3")]))
def test_plans_equal_what_trying_everything_finds(
    position: Position, effort: dict[str, Decimal], caps: tuple[str, str] | None
) -> None:
    if caps:
        case_cap, score_cap = map(Decimal, caps)
        position = replace(position, rulebook=with_caps(position.rulebook, case_cap, score_cap))
    size = 1
    for offered in options(position, WUHUA).values():
        size *= 1 + len(offered)
    if size > 200:
        return
    plans = {plan.score: (plan.effort, plan.steps) for plan in every_plan(position, WUHUA, effort)}
    assert plans == tried(position, WUHUA, effort)


@settings(max_examples=12, deadline=None)
@given(positions(most=14), st.sampled_from(FIVE), st.integers(1, 5), st.sampled_from(Rivals))
def test_the_whole_board_proves_every_answer(position: Position, unit: str, target: int, rivals: Rivals) -> None:
    found = improve(position, unit, target, rivals=rivals)
    taken = found.plan or found.best
    assert found.after.score == taken.score
    if found.plan is None:
        assert found.after.rank == found.best_rank > target
        assert found.best.score < found.needed
    else:
        assert found.after.rank <= target
    for rung in found.ladder:
        assert improve(position, unit, rung.rank, rivals=rivals).plan == rung.plan
    assert unit[:2] in improvement_sentences.sentence(position, found)
    assert len({len(row) for row in improvement_sentences.rows(found)}) == 1


@settings(max_examples=10, deadline=None)
@given(positions(most=14), st.sampled_from(FIVE))
def test_rivals_at_their_best_never_make_it_easier(position: Position, unit: str) -> None:
    frozen, best = (improve(position, unit, 1, rivals=rivals) for rivals in Rivals)
    assert best.needed >= frozen.needed
    assert best.best_rank >= frozen.best_rank


def test_plans_known_already_give_the_same_answer() -> None:
    position = world("五华区:4A=open,27A=open;盘龙区:4A=open,4C=done;官渡区:7A=open")
    known = best_plans(position, "county")
    found = improve(position, WUHUA, 1, rivals=Rivals.BEST)
    assert improve(position, WUHUA, 1, rivals=Rivals.BEST, best_of_all=known) == found
    assert found.needed == max(plan.score for unit, plan in known.items() if unit != WUHUA)


def test_what_is_only_unproved_can_be_proved_and_what_is_late_is_lost() -> None:
    position = world("五华区:1A=bare@20230601,2A=done@20230705,4A=open")
    found = options(position, WUHUA)
    assert [option.says for option in found["1A"]] == ["补齐佐证材料"]
    assert "2A" not in found
    assert found["4A"][0].faults == Decimal("0.2")
    assert "4A" not in options(replace(position, policy=Policy(late="strict")), WUHUA)


def test_the_fewest_actions_and_the_cheapest_differ() -> None:
    position = world("五华区:27A=open")
    few = improve(position, WUHUA, 1)
    assert [(o.clause, o.steps) for o in few.plan.options] == [("27A", 1)]
    cheap = improve(position, WUHUA, 1, effort={"27A": Decimal(9)})
    assert (cheap.plan.effort, cheap.plan.steps, cheap.plan.score) == (4, 4, Decimal(96))
    assert few.after.rank == cheap.after.rank == 1
    assert "至少要投入4（4个动作）" in improvement_sentences.sentence(position, cheap)
    assert improvement_sentences.sentence(position, few).startswith(
        "五华区升到第1名至少要做1个动作（其他单位不变）：27A完成并附佐证材料"
    )
    many = improve(world(f"盘龙区:{CASES_DONE}"), WUHUA, 1)
    said = improvement_sentences.sentence(position, many)
    assert said.count("并附佐证材料") == 3
    assert "，另有2项，得分由" in said


def test_ranks_below_the_one_that_nothing_more_holds_are_not_listed() -> None:
    position = world("五华区:4A=open;盘龙区:4A=open,6A=open")
    found = improve(position, WUHUA, 1)
    assert [(rung.rank, rung.plan.steps) for rung in found.ladder] == [(1, 1), (4, 0)]


def test_caps_hold_and_an_impossible_rank_says_why() -> None:
    position = world(f"盘龙区:{CASES_DONE},29=1;五华区:3A=done@20230801")
    found = improve(position, WUHUA, 1)
    assert found.plan is None
    assert (found.best.score, found.best_rank, found.best.steps) == (Decimal("99.80"), 2, 8)
    assert [o.clause for o in found.obstacles] == ["3A"]
    assert improvement_sentences.sentence(position, found).startswith("五华区到不了第1名（其他单位不变）：至少要100分")


@pytest.mark.parametrize(("text", "policy", "clause", "says"), [
    ("五华区:4A=open", Policy(late="strict"), "4A", "时限已过，逾期完成也扣分"),
    ("五华区:20A~2=open", Policy(late_ledger="rejected"), "20A", "该季度的截止日已过，迟报的台账不收"),
    ("五华区:20A=reject", Policy(), "20A", "审核已经认定，要先撤回认定"),
    ("五华区:2C=open", Policy(), "2C", "审核已经认定，要先撤回认定"),
])  # fmt: skip
def test_what_stays_lost_says_why(text: str, policy: Policy, clause: str, says: str) -> None:
    position = world(text, as_of=date(2023, 12, 1), policy=policy)
    lost = {obstacle.clause: obstacle for obstacle in improve(position, WUHUA, 1).obstacles}
    assert improvement_sentences.why_lost(lost[clause], WUHUA, position.rulebook).startswith(says)


@pytest.mark.parametrize(("case_cap", "score_cap", "best"), [("0.7", "100", "96.70"), ("4", "96.3", "96.30")])
def test_other_caps_hold_too(case_cap: str, score_cap: str, best: str) -> None:
    position = world()
    position = replace(position, rulebook=with_caps(position.rulebook, Decimal(case_cap), Decimal(score_cap)))
    found = improve(position, WUHUA, 1)
    assert found.best.score == position.with_scenario(found.best.scenario).board.card[WUHUA].score == Decimal(best)


def test_after_the_close_and_with_late_ledgers_refused_nothing_can_be_done() -> None:
    position = world("五华区:4A=open")
    assert options(replace(position, as_of=date(2024, 2, 1)), WUHUA) == {}
    assert options(replace(position, policy=Policy(late_ledger="rejected")), WUHUA) == {}


@pytest.mark.parametrize(("clause", "possible"), [("4A", True), ("20A", False)])
def test_a_refusal_can_be_outranked_only_on_milestones_and_counts(clause: str, possible: bool) -> None:
    refused = Facts(rulings=(ruling(clause, "rejected", date(2023, 12, 20)),))
    assert (clause in options(world(facts=refused), WUHUA)) is possible


def test_missed_quarters_are_made_up_together_where_they_cost_once() -> None:
    position = world("五华区:20A~2=open,20A~3=open")
    once = options(position, WUHUA)["20A"]
    assert [(o.steps, o.faults) for o in once] == [(2, Decimal("0.2"))]
    each = options(replace(position, policy=Policy(quarterly="each")), WUHUA)["20A"]
    assert [(o.steps, o.faults, o.says) for o in each] == [
        (1, Decimal("0.2"), "补报第二季度"), (1, Decimal("0.2"), "补报第三季度"), (2, Decimal("0.4"), "补报第二、三季度")
    ]  # fmt: skip
    assert [o.deadline for o in each] == [date(2023, 6, 30), date(2023, 9, 10), date(2023, 6, 30)]


def test_a_late_zero_report_still_lets_the_median_be_met() -> None:
    """Late under ``strict`` it is deducted itself, but a county that had no installations has no median to miss."""
    policy = Policy(late="strict")
    position = world("五华区:2B=open", policy=policy)
    without = replace(position.facts, rulings=tuple(r for r in position.facts.rulings if r.clause != "2C"))
    found = options(position.with_facts(without), WUHUA)["2B"]
    assert [(o.says, o.faults) for o in found] == [("补报第二、三、四季度", Decimal("0.2"))]


def test_quarters_to_come_are_actions_with_their_own_day() -> None:
    position = world("五华区:20A~4=open", as_of=date(2023, 11, 1))
    found = {a.option.clause: a.option for a in actions.single_actions(position, WUHUA)}
    assert (found["20A"].says, found["20A"].secures, found["20A"].deadline) == (
        "按时报送第四季度", Decimal("0.2"), date(2023, 12, 10)
    )  # fmt: skip


def test_a_part_of_a_count_keeps_a_part_from_being_lost() -> None:
    position = world("五华区:8A=1", as_of=date(2023, 11, 1))
    assert [(o.steps, o.secures) for o in options(position, WUHUA)["8A"]] == [(1, Decimal("0.2")), (2, Decimal("0.4"))]


def test_counts_go_up_one_action_at_a_time() -> None:
    sent = ledger(WUHUA, 3)
    stated = statement("9C", at=sent, quantity=2, evidence="")
    found = options(world(facts=Facts((sent,), (stated,))), WUHUA)["9C"]
    assert [(o.steps, o.won) for o in found] == [(1, Decimal(1)), (2, Decimal("1.5")), (3, Decimal(2))]


@settings(max_examples=20, deadline=None)
@given(positions(most=12), st.sampled_from(FIVE))
def test_single_actions_are_worth_what_the_whole_board_says(position: Position, unit: str) -> None:
    found = actions.single_actions(position, unit)
    before = position.board.card[unit]
    for action in found:
        after = position.with_scenario(action.option.scenario).board.card[unit]
        assert (action.raw, action.score) == (after.raw - before.raw, after.score - before.score)
        assert (action.rank_before, action.rank) == (before.rank, after.rank)
        assert action.raw > 0 or action.option.secures > 0
    assert [a.each for a in found] == sorted((a.each for a in found), reverse=True)
    assert actions_sentences.sentence(position, unit, found)
    assert len({len(row) for row in actions_sentences.rows(found)}) == 1


def test_what_is_not_due_yet_is_worth_what_it_keeps_from_being_lost() -> None:
    position = world("官渡区:27A=open,22A=open", as_of=date(2023, 6, 1))
    found = {a.option.clause: a for a in actions.single_actions(position, GUANDU)}
    plan = found["27A"].option
    assert (found["27A"].raw, plan.secures, plan.deadline) == (0, Decimal(2), date(2023, 6, 30))
    assert found["22A"].option.secures == Decimal("0.1")


def test_under_a_shared_hall_both_clauses_are_weighed_together() -> None:
    position = world("五华区:8A=open,8B=open", policy=Policy(shared_hall="exclusive"))
    plans = {plan.score: plan for plan in every_plan(position, WUHUA, {})}
    scores = sorted(score for score, plan in plans.items() if {o.clause for o in plan.options} <= {"8A", "8B"})
    assert scores[-1] - position.board.card[WUHUA].score == Decimal("0.3")
    assert PANLONG in position.board.card


@settings(max_examples=12, deadline=None)
@given(
    FACTS, st.sampled_from([date(2023, 7, 20), date(2023, 10, 10), date(2023, 12, 31)]), POLICIES, st.sampled_from(FEW)
)
def test_with_rosters_and_late_ledgers_too_the_whole_board_proves_the_plan(
    facts: Facts, as_of: date, policy: Policy, unit: str
) -> None:
    position = Position(of_units(facts, FEW), only(*FEW), as_of, policy)
    found = improve(position, unit, 1)
    assert found.after.score == (found.plan or found.best).score
    for action in actions.single_actions(position, unit):
        after = position.with_scenario(action.option.scenario).board.card[unit]
        assert action.raw == after.raw - position.board.card[unit].raw
