"""口径敏感性: every combination of readings as a whole board: which ranks hang on which reading."""

import streamlit as st

from scoring.analysis import policy_combinations_sentences
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import answers, spans, tables

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
position = desk.position()

with st.container(key="bar", horizontal=True):
    st.segmented_control(
        "考评对象", list(rulebook.kinds), format_func=rulebook.kind_noun, required=True,
        **state.widget("kind", view.kind),
    )  # fmt: skip
    frame.settings(view)
    found = desk.readings()
    says = policy_combinations_sentences.sentence(position, found, rulebook.kinds[view.kind])
    sheets = {
        "名次": policy_combinations_sentences.rows(found, rulebook),
        "各读法的影响": policy_combinations_sentences.alternative_rows(position, found),
    }
    st.download_button(
        "下载", lambda: desk.answer("口径敏感性", (says,), sheets, simulated=True),
        f"口径敏感性{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book",
    )  # fmt: skip

st.html(tables.heading(says))
st.html(answers.band(f"{len(found.boards)}种读法各算一张完整的得分表；只有现行口径的名次是正式的。"))
st.html(tables.subheading("每个单位最好和最差能排第几：横线是各种读法下的范围，实心点是现名次"))
shown.chart("ranges", lambda colours: spans.ranges(spans.of_readings(found, view.kind, rulebook), colours))
if rulebook.kinds[view.kind].listed:
    st.html(tables.subheading("要定下哪几项口径"))
    shown.html("deciding", lambda: spans.deciding(found, view.kind, rulebook))
st.html(tables.subheading("每种读法单独换上，会改变什么"))
shown.html("alternatives", lambda: spans.alternatives(position, found, view.kind))
st.html(tables.subheading("各种读法里的名次和得分"))
shown.html(
    "standings",
    lambda: spans.standings_table(found, view.kind, rulebook, lambda unit: navigation.link("unit", unit=unit)),
)
