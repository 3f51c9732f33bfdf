"""Objections (申诉): conversations about a line of a board, by a unit or by the office for it, each turn dated and signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

from scoring.analysis.open_matters import Part
from scoring.board.wording import clause_title
from scoring.calendar.workdays import add_working_days
from scoring.model.doors import Doors
from scoring.model.findings import Finding
from scoring.model.publications import Objection, ObjectionState
from ui.forms import commands, open_work, signing
from ui.session import access, navigation, shown, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import finals, proofs, tables
from ui.show.text import day_name, signed

WORKING_DAYS = 5  # an objection is answered within five working days, unless another day is picked
FIRST = "初评（现在的得分）"
SEES = {True: "作出一项就看到一项", False: "定稿以后才看到"}


def show(view: View, desk: Desk) -> None:
    """Draw all objections, the one that the URL names with its conversation, and the form for a new one."""
    rulebook = desk.rulebook
    objections = desk.objections()
    chosen = next((one for one in objections if str(one.number) == state.word("pick")), None)
    if chosen:
        _conversation(chosen, desk)
        return
    waiting = [one for one in desk.open_matters() if one.part is Part.OBJECTION]
    late = sum(one.due < state.today() for one in waiting)
    heading = f"{len(waiting)}件申诉未结" + (f"，其中{late}件已超过期限" if late else "")
    st.html(
        tables.heading(heading if waiting else f"共{len(objections)}件申诉，都已答复" if objections else "没有申诉")
    )
    if waiting:
        open_work.account(desk, Part.OBJECTION)
    if objections:
        shown.html("objections", lambda: finals.objections_table(
            objections, rulebook, state.today(),
            lambda n: navigation.link("publication", pick=str(n), part="objections"),
        ))  # fmt: skip
    _file(desk)
    if access.may(Act.SET_DOORS):
        _doors(desk)


def _file(desk: Desk) -> None:
    """Ask which line of which board, in whose words, with what evidence, to be answered by when."""
    rulebook = desk.rulebook
    receipts = [receipt.number for receipt in reversed(desk.publications())]
    offered = [*([FIRST] if desk.doors().is_open_first(state.today()) else []), *receipts]
    if not offered:
        st.html(tables.empty("申诉是对定稿的某一项提出的，定稿以后、或管理员设定的初评申诉期内才能登记。"))
        return
    st.html(tables.subheading("登记一件申诉"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="objection_row"):
        receipt = st.selectbox("对哪一份定稿", offered, width=220, key=signing.key("objection_to"))
        board = desk.board() if receipt == FIRST else desk.published_board(receipt)
        units = [card.unit for card in board.cards if not desk.whose or card.unit in desk.whose]
        unit = st.selectbox("单位", units, width=240, format_func=rulebook.short, key=signing.key("objection_unit"))
        lines = {_line(finding): finding for finding in sorted(board.card[unit].findings, key=_loss)}
        line = st.selectbox(
            "哪一项", list(lines), width=420, key=signing.key("objection_line"),
            format_func=lambda word: f"{lines[word].clause} {clause_title(lines[word], rulebook)} {signed(lines[word].points)}",
        )  # fmt: skip
        due = _ask_due(desk)
    files = _ask_files()
    signed_by = signing.sign("objection", "申诉内容")

    def act() -> str:
        number = "" if receipt == FIRST else receipt
        kept = commands.object_to(number, lines[line], signed_by.reason, due, signed_by.name, desk, files)
        return f"已登记第{kept.number}号申诉，{day_name(kept.due)}前答复。"

    signing.finish("登记申诉", "objection", signing.missing(signed_by, "先写申诉内容"), act, Act.OBJECT, cancel="清空")


def _ask_due(desk: Desk) -> date:
    """Ask the office by when it will answer; a unit is told."""
    usual = add_working_days(state.today(), WORKING_DAYS)
    if desk.whose:
        return usual
    due = st.date_input("答复期限", usual, min_value=state.today(), format="YYYY-MM-DD", width=170,
                        key=signing.key("objection_due"))  # fmt: skip
    return due if isinstance(due, date) else usual


def _ask_files() -> list[tuple[str, bytes]]:
    """Ask for evidence."""
    sent = st.file_uploader("佐证材料（可不附）", accept_multiple_files=True, key=signing.key("objection_files"))
    return [(file.name, file.getvalue()) for file in sent or ()]


def _line(finding: Finding) -> str:
    """Name a line of a board: a clause's code, with an incentive item's 事项."""
    return f"{finding.clause}{f'《{finding.item}》' if finding.item else ''}"


def _loss(finding: Finding) -> Decimal:
    """Put deductions first, the largest first, and what is won last: an objection is mostly to a loss."""
    return finding.points if finding.points < 0 else 1 + finding.points


def _conversation(one: Objection, desk: Desk) -> None:
    """Show an objection turn by turn with the line that it is about, and ask for the next turn."""
    rulebook = desk.rulebook
    board = desk.published_board(one.publication) if one.publication else None
    finding = board.card[one.unit].finding(one.clause, one.item) if board else one.line
    st.html(
        tables.heading(
            f"第{one.number}号申诉：{rulebook.short(one.unit)}{finals.line_name(one)}，{finals.STATES[one.state]}"
        )
    )
    about = f"对定稿{one.publication}" if one.publication else "对初评"
    st.html(tables.note(f"{day_name(one.filed_on)} {one.by}登记；{day_name(one.due)}前答复；{about}"))
    st.html(finals.turns_table(one))
    files = {sha: name for turn in one.turns for name, sha in turn.files}
    _offer(one.number, files, desk)
    if finding:
        st.html(proofs.proof(finding, rulebook, {}))
    if access.may(Act.ANSWER):
        _answer(one, desk)
    elif one.may_reply and access.may(Act.OBJECT):
        _reply(one, desk)
    elif st.button("返回列表", key="back"):
        signing.leave()


def _offer(number: int, files: Mapping[str, str], desk: Desk) -> None:
    with st.container(horizontal=True, key="objection_files"):
        for sha, name in files.items():
            give = partial(desk.objection_file, number, sha)
            st.download_button(f"佐证：{name}", give, name, on_click="ignore", key=f"objection_{sha[:12]}")


def _answer(one: Objection, desk: Desk) -> None:
    """Ask the office for its answer; to a second objection it is the decision."""
    st.html(tables.note("采纳的，请再到“审核认定”改判，然后出一份更正定稿；不改判，得分不会变。"))
    words = {decision: finals.STATES[decision] for decision in (ObjectionState.UPHELD, ObjectionState.DISMISSED)}
    decided = st.segmented_control("决定", list(words), format_func=words.__getitem__, key=signing.key("decision"))
    signed_by = signing.sign("answer", "答复")
    missing = "先选采纳或不采纳" if decided is None else signing.missing(signed_by, "先写答复")

    def act() -> str:
        commands.answer(one.number, decided or one.state, signed_by.reason, signed_by.name, desk)
        return f"已答复第{one.number}号申诉。"

    signing.finish("答复", "answer", missing, act, Act.ANSWER, cancel="返回列表")
    if one.may_reply:
        with st.expander("替单位登记再申诉", key="reply_for"):
            _reply(one, desk)


def _reply(one: Objection, desk: Desk) -> None:
    """Ask why the answer is objected to, once."""
    st.html(tables.note("对答复不服的可以再申诉一次，再次答复就是决定。"))
    files: Sequence[tuple[str, bytes]] = _ask_files()
    signed_by = signing.sign("reply", "再申诉的理由")

    def act() -> str:
        due = add_working_days(state.today(), WORKING_DAYS)
        kept = commands.reply(one.number, signed_by.reason, due, signed_by.name, desk, files)
        return f"已登记第{kept.number}号的再申诉，{day_name(kept.due)}前答复。"

    signing.finish("再申诉", "reply", signing.missing(signed_by, "先写理由"), act, Act.OBJECT, cancel="不再申诉")


def _doors(desk: Desk) -> None:
    """Ask the administrator what units see and when they may object."""
    now = desk.doors()
    with st.expander("报送单位看到什么、什么时候可以申诉", key="doors"):
        at_once = st.segmented_control("认定和理由", list(SEES), default=now.verdicts_at_once, format_func=SEES.__getitem__,
                                       required=True, key=signing.key("doors_sees"))  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom", key="doors_row"):
            start = st.date_input("初评申诉从哪天起（不填：不开放）", now.first_from, format="YYYY-MM-DD", width=260,
                                  key=signing.key("doors_from"))  # fmt: skip
            end = st.date_input("到哪天为止", now.first_to, format="YYYY-MM-DD", width=180, key=signing.key("doors_to"))
            days = st.number_input("定稿后几个工作日内可以申诉（不填：不限）", 1, 250, now.final_days, width=320,
                                   key=signing.key("doors_days"))  # fmt: skip
        name = signing.ask_name(field="actor_doors")
        first, last = (start, end) if isinstance(start, date) and isinstance(end, date) else (None, None)
        wanted = Doors(bool(at_once), first, last, None if days is None else int(days))
        missing = "没有改动" if wanted == now else "" if name else "先填经办人姓名"

        def act() -> str:
            commands.set_doors(wanted, name, desk)
            return "已设定。"

        signing.finish("设定", "doors", missing, act, Act.SET_DOORS)
