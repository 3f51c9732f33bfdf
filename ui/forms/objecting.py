"""Objections (申诉): filed against one line of a final board, answered within the working days that the office sets."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.board.wording import clause_title
from scoring.calendar.workdays import add_working_days
from scoring.model.findings import Finding
from scoring.model.publications import Objection, ObjectionState
from ui.forms import commands, signing
from ui.session import navigation, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.state import View
from ui.show import change_tables, finals, proofs, tables
from ui.show.text import day_name, signed

WORKING_DAYS = 5  # an objection is answered within five working days, unless another day is picked


def show(view: View, desk: Desk) -> None:
    """Draw all objections, the one that the URL names with its answer, and the form for a new one."""
    rules, held = desk.rulebook, desk.store
    found = held.objections(view.year)
    chosen = next((one for one in found if str(one.number) == state.word("pick")), None)
    if chosen:
        _answer(chosen, desk)
        return
    waiting = [one for one in found if one.state is ObjectionState.OPEN]
    late = sum(one.due < state.today() for one in waiting)
    said = f"{len(waiting)}件申诉待答复" + (f"，其中{late}件已超过期限" if late else "")
    st.html(tables.heading(said if waiting else f"共{len(found)}件申诉，都已答复" if found else "没有申诉"))
    if found:
        table = finals.objections_table(
            found, rules, state.today(), lambda n: navigation.link("publication", pick=str(n), part="objections")
        )
        st.html(table)
    _file(desk)


def _file(desk: Desk) -> None:
    """Ask which line of which final board, in whose words, to be answered by when."""
    rules, held = desk.rulebook, desk.store
    receipts = [receipt.number for receipt in reversed(held.publications(desk.year))]
    if not receipts:
        st.html(tables.empty("申诉是对定稿的某一项提出的，定稿以后才能登记。"))
        return
    st.html(tables.subheading("登记一件申诉"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="objection_row"):
        receipt = st.selectbox("对哪一份定稿", receipts, width=220, key=signing.key("objection_to"))
        board = held.published_board(receipt)
        unit = st.selectbox("单位", [card.unit for card in board.cards], width=240, key=signing.key("objection_unit"))
        lines = {_line(finding): finding for finding in board.card[unit].findings}
        line = st.selectbox(
            "哪一项", list(lines), width=420, key=signing.key("objection_line"),
            format_func=lambda word: f"{lines[word].clause} {clause_title(lines[word], rules)} {signed(lines[word].points)}",
        )  # fmt: skip
        due = st.date_input("答复期限", add_working_days(state.today(), WORKING_DAYS), min_value=state.today(),
                            format="YYYY-MM-DD", width=170, key=signing.key("objection_due"))  # fmt: skip
    signed_by = signing.sign("objection", "申诉内容")

    def act() -> str:
        day = due if isinstance(due, date) else add_working_days(state.today(), WORKING_DAYS)
        kept = commands.object_to(receipt, lines[line], signed_by.reason, day, signed_by.name, desk)
        return f"已登记第{kept.number}号申诉，{day_name(kept.due)}前答复。"

    signing.finish("登记申诉", "objection", signing.missing(signed_by, "先写申诉内容"), act, Act.OBJECT, cancel="清空")


def _line(finding: Finding) -> str:
    """Name a line of a board: a clause's code, with an incentive item's 事项."""
    return f"{finding.clause}{f'《{finding.item}》' if finding.item else ''}"


def _answer(one: Objection, desk: Desk) -> None:
    """Show an objection with the line that it is about, and ask for the answer."""
    rules, held = desk.rulebook, desk.store
    finding = held.published_board(one.publication).card[one.unit].finding(one.clause, one.item)
    st.html(
        tables.heading(
            f"第{one.number}号申诉：{change_tables.short(one.unit, rules)}{finals.line_name(one)}，{finals.STATES[one.state]}"
        )
    )
    st.html(tables.note(f"{day_name(one.filed_on)} {one.by}登记；{day_name(one.due)}前答复；对定稿{one.publication}"))
    st.html(tables.figures([("申诉内容", one.text)] + ([("答复", one.answer)] if one.answer else [])))
    if finding:
        st.html(proofs.proof(finding, rules, {}))
    st.html(tables.note("采纳的，请再到“审核认定”改判，然后出一份更正定稿；不改判，得分不会变。"))
    words = {found: finals.STATES[found] for found in (ObjectionState.UPHELD, ObjectionState.DISMISSED)}
    decided = st.segmented_control("决定", list(words), format_func=words.__getitem__, key=signing.key("decision"))
    signed_by = signing.sign("answer", "答复")
    missing = "先选采纳或不采纳" if decided is None else signing.missing(signed_by, "先写答复")

    def act() -> str:
        commands.answer(one.number, decided or one.state, signed_by.reason, signed_by.name, desk)
        return f"已答复第{one.number}号申诉。"

    signing.finish("答复", "answer", missing, act, Act.ANSWER, cancel="返回列表")
