"""待定与必核: what is open and what it can still move, what to verify before 定稿, what is ruled differently."""

from functools import partial

import streamlit as st

from scoring.analysis import chances_sentences, consistency_sentences, ranges_sentences, verification_sentences
from scoring.analysis.amounts import chances_of
from ui.forms import open_work
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import answers, outlooks, spans, tables

PARTS = {"range": "名次区间", "odds": "概率推演", "verify": "必核清单", "same": "一致性"}
FAR = ("现在的理由", "事项", "现计分", "计分变为", "得分变为", "现名次", "名次变为")

view = navigation.view()
desk = navigation.desk()
rulebook, position = desk.rulebook, desk.position()
units, part = position.units(view.kind), state.choice("part", PARTS, "range")
unit = view.unit if view.unit and view.unit in units else units[0]


def unit_link(name: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=name)


with st.container(key="bar", horizontal=True):
    st.segmented_control("考评对象", list(rulebook.kinds), format_func=rulebook.kind_noun, required=True,
                         **state.widget("kind", view.kind))  # fmt: skip
    st.segmented_control("看什么", list(PARTS), format_func=PARTS.__getitem__, required=True,
                         **state.widget("part", part))  # fmt: skip
    frame.settings(view)
    book = st.container(width="content")

items = desk.open_items() if part in ("range", "odds") else ()
mine = [item for item in items if item.unit == unit]
full = {} if items else outlooks.linked(position.board.card, unit_link, rulebook)
if part == "range":
    found = desk.ranges()
    says = ranges_sentences.sentence(position, found, rulebook.kinds[view.kind])
    sheets = {"名次区间": ranges_sentences.rows(position, found), "待定事项": chances_sentences.item_rows(items)}
    frame.simulated(says, outlooks.explained(sum(matter.unit in units for matter in desk.matters())))
    open_work.account(desk, open_work.Group.TURNING, whose=view.kind)
    shown.chart("ranges", lambda colours: spans.ranges(outlooks.spans(found, view.kind, rulebook), colours))
    shown.html("table", lambda: tables.stack(
        tables.note(outlooks.KEY), outlooks.ranges_table(found, view.kind, rulebook, unit_link),
        tables.subheading("还有哪些待定"),
    ))  # fmt: skip
    st.selectbox("单位", units, width=320, format_func=rulebook.short, **state.widget("unit", unit))
    shown.html("items", lambda: outlooks.items_table(mine, rulebook))
elif part == "odds":
    now = outlooks.percents(state.text("odds"), items)
    text = outlooks.percents_text(now.amounts, state.take("set"), items)
    state.put(odds=text or None)
    percents, even = outlooks.percents(text, items).amounts, outlooks.even_of(state.text("even"))
    likely = desk.chances(chances_of(percents), even)
    says = outlooks.likeliest(likely, view.kind, rulebook)
    sheets = {
        "名次概率": chances_sentences.chance_rows(likely, rulebook),
        "待定事项": chances_sentences.item_rows(items),
    }
    frame.simulated(says, "概率是使用者假定的，各事项互不影响，按卷积精确计算；不是正式结论，不对外使用。")
    shown.html("chances", lambda: outlooks.chances_table(likely, view.kind, rulebook))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("没有单独设定的事项，取最好结果的概率", range(0, 101, 10), format_func="{}%".format, width=320,
                     **state.widget("even", int(even)))  # fmt: skip
        st.selectbox("设定哪个单位的事项", units, width=320, format_func=rulebook.short, **state.widget("unit", unit))
        if percents:
            st.button("清空设定", on_click=state.put, kwargs={"odds": None})
    shown.html("odds", lambda: outlooks.items_table(
        mine, rulebook, percents, lambda edit: navigation.order("prospects", set=edit)))  # fmt: skip
elif part == "verify":
    checks = desk.checks(view.kind)
    says = verification_sentences.sentence(position, checks, rulebook.kinds[view.kind])
    sheets = shown.shown("sheets", lambda: {"必核清单": verification_sentences.rows(position, checks)})
    frame.simulated(says, "逐一试算每项认定改成认可、不认可、豁免，影响大的在前；定稿之前先核这些。")
    shown.html("checks", lambda: answers.rows_table(
        sheets["必核清单"], changes=("现计分", "计分变为"), far=FAR, units=full) if checks else tables.empty(says)
    )  # fmt: skip
else:
    different = desk.inconsistencies()
    says = consistency_sentences.sentence(position, different)
    sheets = {"一致性": consistency_sentences.rows(different)}
    shown.html("different", lambda: tables.stack(tables.heading(says), answers.rows_table(
        sheets["一致性"], changes=("计分",), far=("认定人", "认定日期"), units=full
    ) if different else tables.empty("同样的填报和佐证，现在的认定都一样。")))  # fmt: skip
book.download_button("下载", partial(desk.answer, PARTS[part], [says], sheets, simulated=part != "same"),
                     f"{PARTS[part]}{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book")  # fmt: skip
