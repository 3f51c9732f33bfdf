"""A scenario beside the board as it stands says what it changes and what comes of it."""

from __future__ import annotations

from hypothesis import given, settings

from scoring.analysis import plays_sentences
from scoring.analysis.plays import play
from scoring.analysis.plays_sentences import describe
from scoring.scenario.text import Scenario, parse_scenario
from scoring.scenario.what_if import simulate
from tests.analysis.worlds import FIVE, WHOLE, world
from tests.test_what_if import SCENARIOS


@settings(max_examples=40, deadline=None)
@given(SCENARIOS)
def test_every_change_can_be_said(scenario: Scenario) -> None:
    table = plays_sentences.change_rows(scenario, WHOLE)
    assert [row[0] for row in table[1:]] == [change.unit for change in scenario.changes]
    assert all(row[1] for row in table)


def test_plays_stand_beside_the_board_as_it_stands() -> None:
    position = world("五华区:4A=open,3A=open")
    scenarios = [
        parse_scenario(text, position.rulebook).scenario for text in ("五华区:4A=done", "盘龙区:9C=4,29=0.5", "")
    ]
    played = [play(position, scenario) for scenario in scenarios]
    for each, scenario in zip(played, scenarios, strict=True):
        assert each.position.board == simulate(
            position.facts, scenario, position.rulebook, position.as_of, position.policy
        )
    table = plays_sentences.rows(position, played)
    assert [row[0] for row in table[1:]] == list(FIVE)
    assert {len(row) for row in table} == {3 + 2 * 3}
    assert (
        plays_sentences.sentence(played[0]) == "模拟：改变1个单位的1项，影响1个单位；五华区由95.6分到95.8分、名次不变"
    )
    assert plays_sentences.sentence(played[2]) == "没有改动，就是现在的得分"


def test_only_what_turns_out_otherwise_is_counted() -> None:
    position = world("五华区:4A=open")
    cases = [
        ("五华区:4A=open", "所选的与现在一样", [True]),
        ("五华区:1A=done,3A=done", "所选的与现在一样", [True, True]),
        ("五华区:1A=done,4A=done", "改变1个单位的1项", [True, False]),
        ("五华区:1A=open;盘龙区:1A=done;官渡区:9C=4", "改变2个单位的2项", [False, True, False]),
        ("五华区:*=proved", "所选的与现在一样", [True]),
        ("五华区:29=0.5", "改变1个单位的1项", [False]),
    ]
    for text, extent, idle in cases:
        played = play(position, parse_scenario(text, position.rulebook).scenario)
        assert plays_sentences.extent(played) == extent, text
        assert [played.is_idle(change) for change in played.scenario.changes] == idle, text


def test_changes_read_as_a_clerk_would_say_them() -> None:
    text = "五华区:4A=done@20230620,20A~2=open,9C=4,29=0.5,*=proved,2C=exempt"
    found = [describe(change, WHOLE) for change in parse_scenario(text, WHOLE).scenario.changes]
    assert found == [
        "4A出台文件：完成并附佐证，2023年6月20日", "20A按季度公布信息（第二季度）：没有完成", "9C“一站式”服务报装：数量为4",
        "第29项激励加分增加0.5分", "全部条款补齐佐证", "2C达到中位置要求：审核豁免",
    ]  # fmt: skip
