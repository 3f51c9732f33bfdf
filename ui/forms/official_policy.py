"""Making readings the official ones, and a changed rule file the one in force, with whom that moves shown first."""

from __future__ import annotations

import streamlit as st

from scoring.analysis import rule_changes_sentences
from scoring.analysis.comparison import compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.model.rules import PolicyRule, Rulebook
from ui.forms import commands, new_year, signing
from ui.session import state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import change_tables, tables
from ui.show.tables import Column
from ui.show.text import listed, md_escape


def show(view: View, desk: Desk) -> None:
    """Draw the official readings beside those looked at, and the way to make these official."""
    rulebook = desk.rulebook
    looked_at, official = view.policy.as_dict(), view.official.as_dict()
    other = [rule for rule in rulebook.policies if looked_at[rule.name] != official[rule.name]]
    if not other:
        st.html(tables.heading("您看的就是正式口径"))
        st.html(tables.note("要改正式口径：先在右上“口径”里选另一种读法，这里会显示影响谁，再决定是否改为正式。"))
        st.html(_table(rulebook, official, official))
        return
    before = desk.officially().board()
    after = desk.board()
    comparison = compare(before, after)
    st.html(tables.heading(f"改{len(other)}项口径：{effect_sentence(comparison, rulebook)}"))
    st.html(_table(rulebook, official, looked_at))
    st.html(change_tables.preview(comparison, rulebook))
    signed = signing.sign("policy", "理由（依据哪份文件或哪次会议）")

    def act() -> str:
        commands.set_policy(view.policy, signed.reason, signed.name, desk)
        state.put(**{rule.name: None for rule in rulebook.policies})
        return "已改为正式口径，从现在起按它计算。"

    missing = signing.missing(signed, "先写明理由")
    signing.finish("改为正式口径", "policy", missing, act, Act.SET_POLICY, cancel="清空")


def show_rules(view: View, desk: Desk) -> None:
    """Draw what a changed rule file would do, and the way to put it in force."""
    rulebook = desk.rulebook
    edited = desk.pending_rules()
    if edited is None:
        st.html(tables.heading("细则文件就是现行细则"))
        st.html(
            tables.note(
                f"现行细则版本 {rulebook.rules_hash[:8]}。改了 rules.toml 以后，先在这里看影响谁，再决定是否生效。"
            )
        )
        new_year.show(desk)
        return
    changed = desk.officially().rule_change(edited)
    st.html(tables.heading(f"未生效：{rule_changes_sentences.sentence(changed)}"))
    st.html(tables.bullets(changed.says))
    if changed.left_aside:
        st.warning(md_escape(f"改后的细则用不上这些填报：{listed(rule_changes_sentences.left_aside(changed), 20)}"))
    st.html(change_tables.preview(changed.comparison, changed.after.rulebook))
    st.html(tables.note("不让它生效，就不要办理；要放弃修改，用现行细则换回 rules.toml。"))
    present = desk.rules_text()
    st.download_button("下载现行细则", present, "rules.toml", on_click="ignore", key="present_rules")
    signed = signing.sign("rules", "理由（依据哪份文件或哪次会议）")

    def act() -> str:
        commands.put_rules_in_force(edited, signed.reason, signed.name, desk)
        return "改后的细则已经生效，从现在起按它计算。"

    name = f"rules_{changed.after.rulebook.rules_hash[:8]}"
    signing.finish("让改后的细则生效", name, signing.missing(signed, "先写明理由"), act, Act.SET_RULES, cancel="清空")


def _table(rulebook: Rulebook, official: dict[str, str], looked_at: dict[str, str]) -> str:
    """Return all readings, the official one and the one looked at."""
    columns = [Column("口径"), Column("正式"), Column("您看的"), Column("原文", "wrap k-far")]
    rows = [
        [rule.title, title(rule, official), title(rule, looked_at) if rule.name in _changed(official, looked_at) else "相同",
         rule.quote]
        for rule in rulebook.policies
    ]  # fmt: skip
    return tables.table(columns, rows)


def _changed(official: dict[str, str], looked_at: dict[str, str]) -> set[str]:
    return {name for name, reading in looked_at.items() if official[name] != reading}


def title(rule: PolicyRule, chosen: dict[str, str]) -> str:
    """Return the name of the reading that is chosen."""
    return next(reading.title for reading in rule.readings if reading.name == chosen[rule.name])
