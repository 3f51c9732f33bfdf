"""台账上传: problems and the instant score first; nothing is stored before 入库."""

import streamlit as st

from scoring.analysis.intake_lines_sentences import summary
from scoring.analysis.upload_effect import carried, changes
from scoring.ledger.template.blank import template_name
from ui.forms import intake, sending, signing
from ui.session import navigation, state
from ui.shell import frame
from ui.show import effects, intake_table, tables
from ui.show.text import quarter_name

FEW = 3  # units that are shown unfolded

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook

with st.container(key="bar", horizontal=True):
    frame.settings(view)

intake.show_receipts(state.collect("receipts"))
signing.show_done()
head = st.empty()
waiting = sending.pick(desk)
dropped = intake.drop(desk, waiting)
if waiting:
    sending.show_waiting(waiting, desk)
sent = dropped.sent
fresh = [one for one in sent if one.counts]
if not sent:
    act = "报送" if desk.whose else "入库"
    head.html(tables.heading(f"放入台账，先看问题和得分，确认后才{act}"))
    several = "一份工作簿可以是一个单位一个季度，也可以含多个单位、多个季度。"
    st.html(tables.note(f"{several}看不懂的地方会列出单元格和改法，不猜，也不悄悄丢掉。"))
else:
    before = desk.board()
    preview = desk.preview({one.reading: one.book for one in fresh})
    after = preview.board
    lines = intake.at_a_glance(dropped, desk, preview)
    head.html(tables.heading(summary(lines)))
    intake.show_errors(dropped, desk, preview)
    st.html(intake_table.lines_table(lines, rulebook))
    if fresh:
        (sending.offer(desk, dropped, fresh) if desk.whose else intake.offer(desk, dropped, fresh, waiting))
    intake.offer_originals(desk, dropped)
intake.show_beside(desk, dropped)

if fresh:
    units = intake.units_of(fresh, rulebook)
    others = carried(before, after, units)
    if others:
        said = f"另有{len(others)}个单位没有报这些文件，也随之变化"
        with st.expander(said, expanded=len(others) <= FEW, key="others"):
            st.html(effects.score_table(before, after, others, rulebook))

for one in sent:
    if not one.book.refused:
        intake.show(one, desk, preview.problems)

if fresh:
    st.html(tables.subheading("入库会改变哪些评分项"))
    touched = [unit for unit in others if changes(before, after, unit)]
    intake.show_changes(before, after, [*units, *touched], rulebook, ranked=not desk.whose)
    if desk.whose:
        sending.check(desk, fresh, after)

st.html(tables.subheading("空白台账模板：含该单位自己的评分项、下拉选项和填报说明"))
with st.container(horizontal=True, vertical_alignment="bottom", key="template"):
    units = [unit.name for unit in rulebook.units if unit.assessed]
    unit = st.selectbox("哪个单位的模板", units, index=units.index(view.unit) if view.unit in units else 0, width=280,
                        format_func=rulebook.short)  # fmt: skip
    quarter = st.selectbox("季度", list(rulebook.assessment.cut_offs), format_func=quarter_name, width=140, index=1)
    st.download_button(
        "下载模板", lambda: desk.template(unit, quarter), template_name(rulebook, unit, quarter), on_click="ignore"
    )
