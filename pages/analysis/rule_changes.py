"""改细则会怎样: an edited rule file on the same ledgers, beside today's board; the rules in force stay as they are."""

from functools import partial

import streamlit as st

from scoring.analysis import comparison_sentences, rule_changes_sentences
from scoring.rulebook.read import RulebookError
from ui.session import navigation, state
from ui.shell import frame
from ui.show import answers, causes, change_tables, rule_edit, tables
from ui.show.text import listed, md_escape

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
position = desk.position()
base = desk.rules_text()

with st.container(key="bar", horizontal=True):
    frame.settings(view)
    st.download_button("下载现行细则", base, "rules.toml", on_click="ignore", key="rules")
    book = st.container(width="content")
sent = st.file_uploader("改好的细则文件", key="rules_file", max_upload_size=1)
edited, link = sent.getvalue() if sent else None, state.text("edit")
if edited is not None:
    link = rule_edit.edit_text(base, edited, rulebook.rules_hash)
    state.put(edit=link or None)
found, mistakes = None, ()
try:
    if edited is None and link:
        edited = rule_edit.edited_rules(base, link, rulebook.rules_hash)
    if edited is not None:
        found = desk.rule_change(edited)
except rule_edit.RuleEditError as error:
    st.warning(md_escape(error))
except RulebookError as error:
    mistakes = error.mistakes

if mistakes:
    st.html(tables.heading(f"改好的文件里有{len(mistakes)}处错误，改好之前不能试算"))
    st.html(rule_edit.mistakes_table(mistakes))
elif found is None:
    st.html(tables.heading("改一改细则，看看谁的得分和名次会变"))
    st.html(
        tables.empty(
            "先“下载现行细则”，用记事本改分值、时限、上限或条款，再把改好的文件放到上面。",
            "只在这里试算；现行细则和数据都不会改动。",
        )
    )
else:
    says = rule_changes_sentences.sentence(found)
    carried = "" if link else "改动太多，链接里放不下，要给别人看请把文件一起转发。"
    frame.simulated(f"模拟：{says}", f"同一批台账按改后的细则重算，现行细则没有改动。{carried}")
    if found.left_aside:
        st.warning(md_escape(f"改后的细则用不上这些填报：{listed(rule_changes_sentences.left_aside(found), 20)}"))
    if found.unread:
        unread = md_escape(listed(found.unread, 20))
        st.warning(f"新增的条款{unread}：已入库的台账没有按它读过，到期的一律按未填报计。")
    st.html(tables.subheading(f"细则的{len(found.says)}处改动"))
    st.html(answers.rows_table(rule_changes_sentences.rows(found)))
    if units := change_tables.unit_table(found.comparison, found.after.rulebook):
        st.html(tables.subheading("得分和名次的变化") + units)
        st.html(tables.subheading("是哪些条款引起的（封顶前）") + causes.causes_table(found))
    else:
        st.html(tables.empty("没有单位的得分和名次会变。"))
    sheets = {
        "细则的改动": rule_changes_sentences.rows(found), "各单位": comparison_sentences.rows(found.comparison),
        "引起变化的条款": rule_changes_sentences.cause_rows(found), "逐项": comparison_sentences.clause_rows(found.comparison),
    }  # fmt: skip
    book.download_button(
        "下载结果", partial(desk.answer, "改细则会怎样", [says], sheets, simulated=True),
        f"改细则会怎样{view.year}年度{view.as_of}.xlsx", on_click="ignore", key="book",
    )  # fmt: skip
