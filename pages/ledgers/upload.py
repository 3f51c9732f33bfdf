"""台账上传: problems and the instant score first; nothing is stored before 入库."""

import streamlit as st

from scoring.analysis.upload_effect import carried, changes
from scoring.ledger.template.blank import template_name
from ui.forms import intake, signing
from ui.session import navigation, state
from ui.shell import frame
from ui.show import effects, tables
from ui.show.text import quarter_name

FEW = 3  # units that are shown unfolded

view = navigation.view()
desk = navigation.desk()
rules = desk.rulebook
held = desk.store

with st.container(key="bar", horizontal=True):
    frame.settings(view)

intake.show_receipts(state.collect("receipts"))
head = st.empty()
dropped = intake.drop(desk)
sent = dropped.sent
fresh = [one for one in sent if one.counts]
between = ()

if not sent:
    head.html(tables.heading("放入台账，先看问题和得分，确认后才入库"))
    st.html(
        tables.note(
            "一份工作簿可以是一个单位一个季度，也可以含多个单位、多个季度。看不懂的地方会列出单元格和改法，不猜，也不悄悄丢掉。"
        )
    )

for one in sent:
    if one.book.refused:
        st.error(intake.refusal(one))
intake.show_beside(dropped)

if fresh:
    before = desk.board()
    books = {one.reading: one.book for one in fresh}
    preview = desk.preview(books)
    after, between = preview.board, preview.problems
    units = intake.units_of(fresh, rules)
    head.html(tables.heading(effects.headline(before, after, units, rules)))
    st.html(effects.score_table(before, after, units, rules))
    others = carried(before, after, units)
    if others:
        said = f"另有{len(others)}个单位没有报这些文件，也随之变化"
        with st.expander(said, expanded=len(others) <= FEW, key="others"):
            st.html(effects.score_table(before, after, others, rules))
    with st.container(horizontal=True, vertical_alignment="bottom", key="store"):
        actor = intake.ask_reviewer(held)
        pressed = st.button("入库", type="primary", key=f"store_{signing.seen()}")
        if st.button("不入库，清空"):
            state.empty_uploader()
            st.rerun()
    if pressed and actor:
        intake.put_in(desk, fresh, dropped.things, actor)
        st.rerun()
    if pressed:
        st.warning("请先填入库人的姓名，再点“入库”。")
elif sent:
    head.html(
        tables.heading(
            "这些文件都不能入库" if all(one.book.refused for one in sent) else "这些文件以前已经入库，没有新内容"
        )
    )

for one in sent:
    if not one.book.refused:
        intake.show(one, rules, between)

if fresh:
    st.html(tables.subheading("入库会改变哪些评分项"))
    touched = [unit for unit in others if changes(before, after, unit)]
    intake.show_changes(before, after, [*units, *touched], rules)

st.html(tables.subheading("空白台账模板：含该单位自己的评分项、下拉选项和填报说明"))
with st.container(horizontal=True, vertical_alignment="bottom", key="template"):
    units = [unit.name for unit in rules.units if unit.assessed]
    unit = st.selectbox("哪个单位的模板", units, index=units.index(view.unit) if view.unit in units else 0, width=280)
    quarter = st.selectbox("季度", list(rules.assessment.cut_offs), format_func=quarter_name, width=140, index=1)
    st.download_button(
        "下载模板", lambda: desk.template(unit, quarter), template_name(rules, unit, quarter), on_click="ignore"
    )
