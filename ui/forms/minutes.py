"""会议决定: what a meeting decided, noted while it lasts as a dated and signed entry of the history."""

from __future__ import annotations

import streamlit as st

from ui.forms import commands, signing
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View
from ui.show import event_log, tables

WHOLE = "全部单位"


def show(view: View, desk: Desk) -> None:
    """Ask what was decided about whom, and list what has been noted."""
    rulebook = desk.rulebook
    st.html(tables.subheading("记会议决定"))
    signing.show_done()
    units = [card.unit for card in desk.board().ranking(view.kind)]
    about = st.selectbox(
        "关于", [WHOLE, *units], format_func=rulebook.short, width=280, key=signing.key("minute_about")
    )
    signed = signing.sign("minute", "决定")

    def act() -> str:
        event = commands.note_minute(about, signed.reason, signed.name, desk)
        return f"已记入全部记录，第{event.number}条。"

    signing.finish("记下", "minute", signing.missing(signed, "先写决定"), act, Act.NOTE_MINUTE, cancel="清空")
    if noted := desk.minutes():
        st.html(event_log.minutes(noted, rulebook))
