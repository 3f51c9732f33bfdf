"""The controls of a scenario: which of the four, presets, anything that no chip offers, the link. Drawn into a row."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.analysis.plays_sentences import SAID
from scoring.methods import method_of
from scoring.model.rules import Rulebook, Treatment
from scoring.scenario.text import MOST_POINTS, MOST_TIMES, RULINGS, Act, Scenario, scenario_text
from scoring.scenario.what_if import all_cases, all_evidence, full_counts
from scoring.words.phrasing import quarter_name
from ui.session import address, state
from ui.show import scenarios

TITLES = {**SAID, Act.COUNT: "数量改为"}


def presets(scenario: Scenario, slot: str, units: Sequence[str], rulebook: Rulebook) -> None:
    """Draw the presets, for all units that are changed together, and the button that empties the scenario."""
    counties = [unit for unit in units if rulebook.kind_of(unit).case_cap]
    offered = {
        "补齐全部佐证": all_evidence(units),
        "四个案例全部提供": all_cases(counties, rulebook),
        "一站式4次": full_counts(counties, rulebook),
    }
    for label, preset in offered.items():
        text = scenario_text(scenarios.merged(scenario, preset), rulebook)
        if preset:
            st.button(label, on_click=_take_over, args=(slot, text))
    if scenario:
        st.button("清空", on_click=_take_over, args=(slot, None))


def _take_over(slot: str, text: str | None) -> None:
    state.put(**{scenarios.slot_name(slot): text})


def more(unit: str, rulebook: Rulebook) -> None:
    """Draw the form for what no chip offers: a quarter, a day, any number or points, a ruling."""
    opened = st.popover("更多改法", key="more", on_change="rerun")
    if opened.open:
        with opened:
            _more(unit, rulebook)


def _more(unit: str, rulebook: Rulebook) -> None:
    terms = {clause.code: (clause, term) for clause, term in rulebook.terms_of[unit]}
    tasks = {str(task.no): task for task in rulebook.tasks if task.treatment is Treatment.INCENTIVE}
    names = {code: f"{code} {clause.title}" for code, (clause, _) in terms.items()}
    names |= {number: f"{number} 激励加分" for number in tasks}
    code = st.selectbox("评分项", list(names), format_func=names.__getitem__, key=f"more_clause_{unit}")
    if code in tasks:
        points = st.number_input("再加多少分", 0.01, float(MOST_POINTS), 0.5, 0.1, format="%.2f", key="more_points")
        edit = f"{code}={points:.2f}"
    else:
        term = terms[code][1]
        quarters = rulebook.assessment.due_quarters
        edit = _clause_edit(code, method_of(term).acts, by_quarter=term.traits.by_quarter, quarters=quarters)
    st.button("加入情景", on_click=state.put, kwargs={"set": edit}, type="primary", key="more_add")


def _clause_edit(code: str, allowed: frozenset[Act], *, by_quarter: bool, quarters: Sequence[int]) -> str:
    """Draw what a clause can be changed to, and return the edit."""
    acts = [act for act in Act if act in allowed]
    act = st.selectbox("改成", acts, format_func=TITLES.__getitem__, key=f"more_act_{code}")
    quarter = None
    if by_quarter and act not in RULINGS:
        quarter = st.selectbox(
            "哪个季度",
            [None, *quarters],
            format_func=lambda q: "各季度" if q is None else quarter_name(q),
            key="more_quarter",
        )
    edit = act.value
    if act is Act.COUNT:
        edit = str(int(st.number_input("数量", 0, MOST_TIMES, 1, key="more_count")))
    day = None
    if act in (Act.DONE, Act.BARE, Act.COUNT):
        day = st.date_input("哪天完成（不填就算按时）", None, format="YYYY-MM-DD", key="more_day")
    return code + (f"~{quarter}" if quarter else "") + f"={edit}" + (f"@{day:%Y%m%d}" if day else "")


def link() -> None:
    """Draw the link that reopens all of it elsewhere."""
    opened = st.popover("保存为链接", key="link", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.caption("这个链接记着四个情景、日期和口径；在别的电脑上打开，看到的一样。")
        shared = address.shared_address(state.asked())
        if address.is_local(shared):
            st.caption(f"这个地址只在本机能打开；要给别人，请管理员用环境变量 {address.VARIABLE} 写明大家用的地址。")
        st.code(shared, language=None, wrap_lines=True)
