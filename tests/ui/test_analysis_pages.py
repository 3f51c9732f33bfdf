"""The analysis pages under AppTest: what each shows is what the library answers, and nothing is written."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit import config
from streamlit.testing.v1 import AppTest

from scoring.analysis import (
    actions,
    actions_sentences,
    chances,
    chances_sentences,
    consistency,
    consistency_sentences,
    improvement,
    improvement_sentences,
    plays,
    policy_combinations,
    policy_combinations_sentences,
    ranges,
    ranges_sentences,
    rule_changes,
    rule_changes_sentences,
    ruling_queue,
    verification,
    verification_sentences,
)
from scoring.analysis.amounts import chances_of
from scoring.analysis.improvement import Rivals
from scoring.analysis.open_items import open_items
from scoring.analysis.position import Position
from scoring.calendar.clock import day_of
from scoring.documents.answer import answer_xlsx
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook
from scoring.scenario.text import parse_scenario, scenario_text
from scoring.scenario.what_if import all_cases, all_evidence, full_counts
from scoring.store import Store
from tests.documents.boards import AS_OF, HOSTILE
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import fill_with_all
from ui.session import address
from ui.show import outlooks, rule_edit, scenarios
from ui.show.text import points, standing

DAY = AS_OF.isoformat()
UNIT = "盘龙区"


@pytest.fixture
def store(data: Path, rulebook: Rulebook) -> Store:
    """The real database with one workbook of each unit in it."""
    return fill_with_all(data, rulebook)


@pytest.fixture
def position(store: Store, rulebook: Rulebook) -> Position:
    return Position(store.facts(2023), rulebook, AS_OF, Policy())


def shown(app: AppTest) -> Shown:
    return Shown(html(app))


def page(url: str, **query: str) -> Shown:
    return shown(opened(url, as_of=DAY, **query))


def in_url(app: AppTest, name: str) -> str:
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def is_marked(found: Shown) -> bool:
    return "模拟，不是正式得分" in found.text


def test_a_scenario_in_the_link_is_scored_by_the_library(store: Store, position: Position) -> None:
    before = store.fingerprint(2023)
    text = f"{UNIT}:9C=4,4A=open,29=0.5"
    played = plays.play(position, parse_scenario(text, position.rulebook).scenario)
    found = page("what_if", unit=UNIT, scenario=text)
    assert scenarios.headline(played, UNIT) in found.text
    assert scenarios.extent(played) in found.text
    card = played.position.board.card[UNIT]
    for figure in (card.score, card.raw):
        assert points(figure) in found.words
    assert is_marked(found)
    assert store.fingerprint(2023) == before


def test_without_a_scenario_the_page_shows_the_board_as_it_stands(position: Position) -> None:
    card = position.board.card[UNIT]
    assert f"现在{points(card.score)}分、{standing(position.board, card)}；" in page("what_if", unit=UNIT).text


def test_four_scenarios_stand_beside_each_other(position: Position) -> None:
    texts = [f"{UNIT}:9C={count}" for count in (1, 2, 3, 4)]
    names = [scenarios.slot_name(slot) for slot in scenarios.SLOTS]
    found = page("what_if", unit=UNIT, **dict(zip(names, texts, strict=True)))
    for title, text in zip(scenarios.SLOTS.values(), texts, strict=True):
        board = position.with_scenario(parse_scenario(text, position.rulebook).scenario).board
        card = board.card[UNIT]
        assert any(row[:3] == [title, points(card.score), standing(board, card)] for row in found.rows), title


@pytest.mark.parametrize("label", ["补齐全部佐证", "四个案例全部提供", "一站式4次"])
def test_a_preset_makes_what_the_library_makes(position: Position, label: str) -> None:
    rulebook = position.rulebook
    preset = {
        "补齐全部佐证": all_evidence([UNIT]),
        "四个案例全部提供": all_cases([UNIT], rulebook),
        "一站式4次": full_counts([UNIT], rulebook),
    }[label]
    app = opened("what_if", as_of=DAY, unit=UNIT)
    next(button for button in app.button if button.label == label).click().run()
    assert in_url(app, "scenario") == scenario_text(preset, rulebook)
    assert scenarios.headline(plays.play(position, preset), UNIT) in shown(app).text


def test_an_order_in_a_link_changes_the_scenario_once(store: Store) -> None:
    app = opened("what_if", as_of=DAY, unit=UNIT, also="五华区", scenario=f"{UNIT}:4A=done", set="9C=2")
    assert in_url(app, "scenario") == f"{UNIT}:4A=done,9C=2;五华区:9C=2"
    assert "set" not in app.query_params


def test_what_cannot_be_read_of_a_scenario_is_said(store: Store) -> None:
    app = opened("what_if", as_of=DAY, unit=UNIT, scenario=f"{UNIT}:4A=done,4A=,{'x' * 50};<b>某</b>:4A=done")
    assert len(app.warning) >= 2
    assert not any("<b>" in warning.value for warning in app.warning)


def test_the_way_up_is_the_librarys(position: Position) -> None:
    for rivals in Rivals:
        found = improvement.improve(position, UNIT, 1, rivals=rivals, effort={"9C": Decimal(3)})
        said = page("next_steps", unit=UNIT, target="1", rivals=rivals.value, effort="9C=3")
        assert improvement_sentences.sentence(position, found) in said.text
        for rung in found.ladder:
            assert any(row[0] == f"第{rung.rank}名" and points(rung.plan.score) in row for row in said.rows)
    assert actions_sentences.sentence(position, UNIT, actions.single_actions(position, UNIT)) in said.text


@pytest.mark.parametrize("kind", ["county", "department"])
def test_every_reading_is_counted(position: Position, kind: str) -> None:
    found = policy_combinations.read_every_way(position)
    said = page("readings", kind=kind)
    assert policy_combinations_sentences.sentence(position, found, position.rulebook.kinds[kind]) in said.text
    for one in (one for one in found.standings if one.kind == kind):
        first = f"{one.first}/{one.boards}" if one.first else "–"
        row = next(row for row in said.rows if row[0] == position.short(one.unit) and len(row) >= 8)
        ends = row[8:9] if kind == "county" else [first]
        assert [*row[1:4], *ends] == [str(one.rank or "–"), str(one.best_rank), str(one.worst_rank), first]
    assert is_marked(said)


def test_how_far_ranks_can_go_is_the_librarys_and_each_range_has_its_name(store: Store, position: Position) -> None:
    received = {one.upload: day_of(one.received_at) for one in store.uploads()}
    found = ranges.ranges(position, ruling_queue.matters(position, received))
    said = page("prospects")
    assert ranges_sentences.sentence(position, found, position.rulebook.kinds["county"]) in said.text
    heads = next(row for row in said.rows if row[:2] == ["单位", "现名次"])
    assert heads[3:6] == list(ranges_sentences.NAMES.values())
    for one in (one for one in found if one.kind == "county"):
        row = next(row for row in said.rows if row[0] == position.short(one.unit))
        assert row[1:3] == [str(one.rank), points(one.score)]
        before = None
        for shown_as, spread in zip(row[3:6], one.spreads.values(), strict=True):
            if before is not None and spread.same(before):
                assert shown_as == "同左"
            else:
                assert shown_as.startswith(f"第{spread.best_rank}名")
                assert points(spread.lowest) in shown_as
                assert points(spread.highest) in shown_as
            before = spread


def test_chances_are_exact_and_marked(position: Position) -> None:
    items = open_items(position)
    item = next(item for item in items if item.unit == UNIT)
    text = f"{item.key}=75"
    exact = chances.chances(position, items, chances_of(outlooks.percents(text, items).amounts))
    said = page("prospects", part="odds", odds=text)
    assert outlooks.likeliest(exact, "county", position.rulebook) in said.text
    mine = next(one for one in exact if one.unit == UNIT)
    row = next(row for row in said.rows if row[0] == position.short(UNIT))
    assert row[3:] == [chances_sentences.percent(chance) if chance else "" for chance in mine.ranks]
    assert is_marked(said)


def test_what_to_verify_and_what_is_uneven_are_the_librarys(position: Position) -> None:
    checks = verification.checks(position, position.rulebook.kinds["county"])
    said = page("prospects", part="verify")
    assert verification_sentences.sentence(position, checks, position.rulebook.kinds["county"]) in said.text
    assert sum(len(row) == len(verification_sentences.HEADER) for row in said.rows) == len(checks) + 1
    uneven = page("prospects", part="same")
    assert consistency_sentences.sentence(position, consistency.inconsistencies(position)) in uneven.text
    assert not is_marked(uneven)


def edited_rules() -> bytes:
    return DEFAULT_RULES.read_bytes().replace(b"case_cap = 4", b"case_cap = 1")


def test_an_edited_rule_file_in_the_link_is_scored(position: Position) -> None:
    edited = edited_rules()
    found = rule_changes.change_rules(position, parse_rulebook(edited, lenient=True))
    assert found.says
    link = rule_edit.edit_text(DEFAULT_RULES.read_bytes(), edited, position.rulebook.rules_hash)
    said = page("rule_changes", edit=link)
    assert rule_changes_sentences.sentence(found) in said.text
    assert all(sentence in said.text for sentence in found.says)
    assert all(rule_changes_sentences.title(found, cause) in said.text for cause in found.causes)
    assert found.causes
    assert is_marked(said)


def test_every_mistake_of_an_edited_rule_file_is_listed_with_its_path(position: Position) -> None:
    edited = DEFAULT_RULES.read_bytes().replace(b"[2, 3, 4] ", b"[2, 3, 9] ").replace(b'"county"', b'"village"', 1)
    link = rule_edit.edit_text(DEFAULT_RULES.read_bytes(), edited, position.rulebook.rules_hash)
    said = page("rule_changes", edit=link)
    assert {"unit[0].kind", "assessment.due_quarters"} <= {row[0] for row in said.rows}
    assert "得分和名次的变化" not in said.text


def test_a_damaged_link_is_refused_in_one_sentence(store: Store) -> None:
    app = opened("rule_changes", as_of=DAY, edit="eJwrAAAA___")
    assert not app.exception
    assert "读不出来" in app.warning[0].value


def test_a_download_says_that_it_is_simulated_and_keeps_text_as_text(position: Position) -> None:
    table = [("单位", "说明", "分"), (UNIT, HOSTILE, position.board.card[UNIT].score)]
    answer = ("情景模拟", ["一句话"], {"表": table}, position.board, position.rulebook, "ab12cd34ef")
    data = answer_xlsx(*answer, simulated=True)
    assert data == answer_xlsx(*answer, simulated=True)
    sheet = load_workbook(BytesIO(data))["表"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "情景模拟（模拟）"
    assert "数据版本 ab12cd34 " in values[1][0]
    assert values[2][0] == "一句话"
    assert values[5][0] == UNIT
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_what_helps_opens_on_the_unit_looked_at_last_else_the_one_with_most_to_gain(position: Position) -> None:
    plans = improvement.best_plans(position, "county")
    gains = {unit: plan.score - position.board.card[unit].score for unit, plan in plans.items()}
    app = opened("next_steps", as_of=DAY)
    unit = next(box for box in app.selectbox if box.label == "单位")
    assert gains[unit.value] == max(gains.values()) > 0
    assert unit.value != UNIT
    looked_at = opened("what_if", as_of=DAY, unit=UNIT)
    del looked_at.query_params["unit"]
    looked_at._page_hash = app._page_hash
    looked_at.run()
    assert next(box for box in looked_at.selectbox if box.label == "单位").value == UNIT


@pytest.mark.parametrize(
    ("seen", "configured", "link"),
    [
        ("http://localhost:8501/what_if", "", "http://localhost:8501/what_if"),
        ("http://localhost:8501/what_if", "http://10.1.2.3:8501/", "http://10.1.2.3:8501/what_if"),
        ("http://localhost:8501/water/what_if", "https://km.gov.cn/water", "https://km.gov.cn/water/what_if"),
        ("https://shui.km.gov.cn/what_if", "", "https://shui.km.gov.cn/what_if"),
        ("http://127.0.0.1:8501/what_if", "shui.km.gov.cn", "http://shui.km.gov.cn/what_if"),
    ],
)
def test_the_link_of_a_scenario_carries_the_address_that_others_open(
    store: Store, monkeypatch: pytest.MonkeyPatch, seen: str, configured: str, link: str
) -> None:
    monkeypatch.setenv(address.VARIABLE, configured)
    monkeypatch.setattr(type(st.context), "url", seen)
    app = opened("what_if", as_of=DAY, unit=UNIT, scenario=f"{UNIT}:9C=4")
    app.session_state["link"] = True  # the box is opened
    app.run()
    query = urlencode({"as_of": DAY, "unit": UNIT, "scenario": f"{UNIT}:9C=4"})
    assert [element.value for element in app.code] == [f"{link}?{query}"]
    assert any("只在本机能打开" in caption.value for caption in app.caption) == ("localhost" in link)


def test_streamlits_own_address_stands_in_where_the_app_is_looked_at_on_its_machine(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "url", "http://localhost:8501/what_if")
    before = config.get_option("browser.serverAddress")
    config._set_option("browser.serverAddress", "shui.km.gov.cn", "a test")
    try:
        assert address.shared_address({}) == "http://shui.km.gov.cn/what_if"
    finally:
        config._set_option("browser.serverAddress", before, "<default>")
    assert not config.is_manually_set("browser.serverAddress")
