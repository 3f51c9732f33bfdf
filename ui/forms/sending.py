"""A unit's own door: what it would send, checked; sending it; and at the bureau what waits to be taken in or sent back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.analysis.open_matters import Part
from scoring.board.summary import deducted
from scoring.model.boards import Board
from scoring.model.ledgers import Ledger
from scoring.model.sendings import Sending, SendingState
from scoring.store import StoreError, numbered
from ui.forms import commands, intake, open_work, signing, whats_new
from ui.forms.intake import Dropped, ReadFile
from ui.session import navigation, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import lines, sendings, tables
from ui.show.text import md_escape, moment_name

LEFT = "sent"  # left for the next run: what was sent


def pick(desk: Desk) -> Sending | None:
    """Draw what was sent: to a unit its own, to the bureau what waits. Return the waiting one that the bureau looks at."""
    if isinstance(done := state.collect(LEFT), str):
        st.success(md_escape(done))
    sent = desk.sendings()
    if desk.whose:
        if sent:
            st.html(tables.subheading("已经报送的"))
            st.html(sendings.sendings_table(sent, desk.rulebook))
        return None
    waiting = [one for one in sent if one.state is SendingState.WAITING]
    chosen = next((one for one in waiting if str(one.number) == state.word("sending")), None)
    if waiting and not chosen:
        st.html(tables.subheading(f"待收{len(waiting)}件：单位自己报送的，收下后从报送那天起算"))
        open_work.account(desk, Part.SENDING)
        link = {one.number: navigation.link("upload", sending=str(one.number)) for one in waiting}
        st.html(sendings.sendings_table(waiting, desk.rulebook, link))
    return chosen


def show_waiting(waiting: Sending, desk: Desk) -> None:
    """Say who sent it and when, and offer to send it back with a reason."""
    st.html(
        tables.note(
            f"第{waiting.number}号报送，{waiting.by}，{moment_name(waiting.sent_at)}。看过后入库，或写明理由退回。"
        )
    )
    with st.expander("退回", key="send_back"):
        signed = signing.sign("sending", "退回理由")

        def act() -> str:
            commands.send_back(waiting.number, signed.reason, signed.name, desk)
            return f"已退回第{waiting.number}号报送。"

        signing.finish(
            "退回这件报送", "sending", signing.missing(signed, "先写退回理由"), act, Act.TAKE_IN, cancel="返回列表"
        )


def offer(desk: Desk, dropped: Dropped, fresh: Sequence[ReadFile]) -> None:
    """Offer to send what was dropped, where it is the viewer's units' and nobody else's."""
    ledgers = [ledger for one in fresh for ledger in one.book.facts.ledgers]
    units = sorted({ledger.unit for ledger in ledgers})
    others = [unit for unit in units if unit not in desk.whose]
    wrong = (
        "文件里有别的单位的台账，不能由您报送。" if others else "" if units else "文件里没有您单位的台账，不能报送。"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="send"):
        pressed = st.button("报送", type="primary", disabled=bool(wrong), key="send_now")
        if st.button("不报送，清空"):
            state.empty_uploader()
            st.rerun()
        signing.why_not(wrong)
    if pressed and not wrong:
        try:
            kept = commands.send(units, dropped.files, desk)
        except StoreError as error:
            st.error(md_escape(error))
            return
        state.leave(
            LEFT, f"第{kept.number}号，{moment_name(kept.sent_at)}收到，从这一天起算；市水务局收下或退回后在这里说明。"
        )
        state.empty_uploader()
        st.rerun()


def check(desk: Desk, fresh: Sequence[ReadFile], after: Board) -> None:
    """Draw what a unit wants to know before it sends: what is missing, what differs from last time, the score by clause."""
    rulebook = desk.rulebook
    for unit in intake.units_of(fresh, rulebook):
        card, short = after.card[unit], rulebook.short(unit)
        if missing := [finding for finding in deducted(card) if not finding.sources and not finding.ruling]:
            st.html(tables.subheading(f"{short}：还缺{len(missing)}项"))
            st.html(lines.silent_table(missing, rulebook))
        for sent in fresh:
            for ledger in sent.book.facts.ledgers:
                if ledger.unit == unit:
                    _differences(ledger, sent, desk)
        st.html(tables.subheading(f"{short}：草算得分，逐项（入库和认定之后才算数）"))
        st.html(lines.all_table(card, rulebook))


def _differences(ledger: Ledger, one: ReadFile, desk: Desk) -> None:
    """Draw what is new in a ledger beside what the unit has sent before."""
    own = numbered(one.book.facts, intake.NOT_STORED).of_units({ledger.unit}).of_quarter(ledger.year, ledger.quarter)
    earlier = whats_new.before(desk.ledger_versions_of_all_years(), ledger.unit, ledger.year, ledger.quarter)
    whats_new.draw(own, earlier, desk)
