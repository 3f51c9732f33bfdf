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


def unit_link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


def says() -> str:
    """Return the answer in a sentence."""
    return policy_combinations_sentences.sentence(position, desk.readings(), rulebook.kinds[view.kind])


def book() -> bytes:
    """Return the answer as ``.xlsx``."""
    combined = desk.readings()
    sheets = {
        "名次": policy_combinations_sentences.rows(combined, rulebook),
        "各读法的影响": policy_combinations_sentences.alternative_rows(position, combined),
    }
    return desk.answer("口径敏感性", (says(),), sheets, simulated=True)


def top() -> tables.Html:
    """Return the answer, and what it rests on."""
    band = answers.band(f"{len(desk.readings().boards)}种读法各算一张完整的得分表；只有现行口径的名次是正式的。")
    spread = tables.subheading("每个单位最好和最差能排第几：横线是各种读法下的范围，实心点是现名次")
    return tables.stack(tables.heading(says()), band, spread)


def rest() -> tables.Html:
    """Return what hangs on which reading."""
    combined, kind = desk.readings(), rulebook.kinds[view.kind]
    cut = [tables.subheading("要定下哪几项口径"), spans.deciding(combined, kind.name, rulebook)] if kind.listed else []
    alone = tables.subheading("每种读法单独换上，会改变什么"), spans.alternatives(position, combined, kind.name)
    every = tables.subheading("各种读法里的名次和得分"), spans.standings_table(combined, kind.name, rulebook, unit_link)
    return tables.stack(*cut, *alone, *every)


with st.container(key="bar", horizontal=True):
    st.segmented_control(
        "考评对象", list(rulebook.kinds), format_func=rulebook.kind_noun, required=True,
        **state.widget("kind", view.kind),
    )  # fmt: skip
    frame.settings(view)
    st.download_button("下载", book, f"口径敏感性{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book")

shown.html("top", top)
shown.chart("ranges", lambda colours: spans.ranges(spans.of_readings(desk.readings(), view.kind, rulebook), colours))
shown.html("rest", rest)
