"""情景模拟: what would be if, beside what is; nothing here can be written anywhere."""

import streamlit as st

from scoring.analysis import comparison_sentences, plays_sentences
from scoring.scenario.text import scenario_text
from ui.forms import scenario_form
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import answers, change_tables, scenarios, steps, tables
from ui.show.text import md_escape

view = navigation.view()
desk = navigation.desk()
rulebook, position = desk.rulebook, desk.position()
cards = position.board.card
unit = view.unit if view.unit and view.unit in cards else next(iter(cards))
slot = state.choice("slot", scenarios.SLOTS, "1")
also = [name for name in scenarios.units_of(state.text("also"), list(cards), rulebook) if name != unit]
texts = {key: state.text(scenarios.slot_name(key)) for key in scenarios.SLOTS}
edit = state.take("set")
change = scenarios.edited(texts[slot], edit, [unit, *also], rulebook)
if edit:
    texts[slot] = scenario_text(change.scenario, rulebook)
    state.put(**{scenarios.slot_name(slot): texts[slot] or None})
played = {key: desk.played(text, scenarios.SLOTS[key]) for key, text in texts.items() if text or key == slot}
now = played[slot]
before, after = cards[unit], now.position.board.card[unit]
compared = [found for found in played.values() if found.scenario]
short = rulebook.short(unit)


def link(edit: str) -> str:
    """Return the address that makes an edit of the scenario in view."""
    return navigation.order("what_if", set=edit)


def book() -> bytes:
    """Return the scenarios as ``.xlsx``."""
    sheets = {"各单位": plays_sentences.rows(position, compared)} | {
        f"{play.title}改动": plays_sentences.change_rows(play.scenario, rulebook) for play in compared
    } | {f"{play.title}逐项": comparison_sentences.clause_rows(play.comparison) for play in compared}  # fmt: skip
    says = [f"{one.title}：{plays_sentences.sentence(one)}" for one in compared] or [plays_sentences.sentence(now)]
    return desk.answer("情景模拟", says, sheets, simulated=True)


with st.container(key="bar", horizontal=True):
    st.selectbox("单位", list(cards), format_func=rulebook.short, **state.widget("unit", unit))
    shorts = {name: rulebook.short(name) for name in cards if name != unit}
    st.multiselect("同时改这些单位", list(shorts), format_func=shorts.__getitem__, placeholder="只改这一个单位",
                   **state.widget("also", also, scenarios.units_text))  # fmt: skip
    frame.settings(view)
with st.container(key="presets", horizontal=True, vertical_alignment="bottom"):
    st.segmented_control("改哪个情景", list(scenarios.SLOTS), format_func=scenarios.SLOTS.__getitem__, required=True,
                         **state.widget("slot", slot))  # fmt: skip
    scenario_form.presets(change.scenario, slot, [unit, *also], rulebook)
    scenario_form.more(unit, rulebook)
    scenario_form.link()
    st.download_button("下载", book, f"情景模拟{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book")
for problem in change.problems:
    st.warning(md_escape(problem))


def top() -> tables.Html:
    """Return the bonuses to switch, and what comes of the scenario."""
    turns = scenarios.turned(position.board, now.position.board, unit)
    band = answers.band(f"{scenarios.SLOTS[slot]}：{scenarios.extent(now)}。这里什么也不会写入。")
    switched = scenarios.bonuses(before, after, now.scenario, rulebook, link)
    return tables.stack(switched, tables.heading(scenarios.headline(now, unit)), band, turns)


shown.html("top", top, *texts.values())
left, right = st.columns([1, 1], gap="medium")
left.html(tables.subheading(f"点一下就改：{short}的评分项" + (f"（{len(also) + 1}个单位一起改）" if also else "")))
with left.container(height=720, border=False, key="switches"):
    shown.html("switches", lambda: scenarios.switches(before, after, now.scenario, rulebook, link), *texts.values())
with right:
    st.html(tables.subheading("得分怎样来：现在与模拟"))
    shown.chart("steps", lambda colours: steps.both(before, after, rulebook, colours), *texts.values())
if now.scenario:
    st.html(tables.subheading("这个情景里的改动"))
    shown.html("changes", lambda: scenarios.changes_table(now, rulebook, link), *texts.values())
    shown.html("preview", lambda: change_tables.preview(now.comparison, rulebook), *texts.values())
if len(compared) > 1:
    st.html(tables.subheading(f"{len(compared)}个情景对照：{short}"))
    st.html(scenarios.several(position.board, unit, [(found.title, found) for found in compared]))
    st.html(tables.subheading(f"{len(compared)}个情景对照：各单位的得分和名次"))
    st.html(answers.rows_table(plays_sentences.rows(position, compared)))
