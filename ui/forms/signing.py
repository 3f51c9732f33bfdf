"""Who does something, why, and the two buttons at the end of every act: apply it, or cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from scoring.model.events import Event
from scoring.store import ChangedError, StoreError
from ui.session import access, acts, navigation, state, written
from ui.session.acts import Act
from ui.show import event_log, tables
from ui.show.text import md_escape

LONGEST_NAME, LONGEST_REASON = 30, 500


@dataclass(frozen=True, slots=True)
class Signed:
    """What was written under an act. ``name`` is ``""`` where none is given yet."""

    name: str
    reason: str


def key(name: str) -> str:
    """Return the key of a form's field: a new one once the form was done with, so that it is empty again."""
    return f"{name}_{state.forms()}"


def ask_name(label: str = "经办人（只问一次）", field: str = "actor") -> str:
    """Ask the local user's name once in each browser; who has logged in is named, not asked."""
    person = access.person()
    if not person.is_local:
        st.html(tables.note(f"{label.split('（', maxsplit=1)[0]}：{person.name}"))  # markdown makes a link of an e-mail
        return person.name
    return st.text_input(
        label, state.own_name(), max_chars=LONGEST_NAME, key=field, placeholder="您的姓名", width=280
    ).strip()


def name_now(field: str = "actor") -> str:
    """Return the name that stands in the field of ``ask_name`` as the browser sent it last."""
    person = access.person()
    return str(state.entered(field) or "").strip() if person.is_local else person.name


def sign(field: str, ask: str = "理由") -> Signed:
    """Ask why, and who."""
    own = key(f"reason_{field}")
    state.writes(own, ask)
    reason = st.text_area(ask, key=own, max_chars=LONGEST_REASON, height=88)
    return Signed(ask_name(field=f"actor_{field}"), reason.strip())


def missing(signed: Signed, ask: str) -> str:
    """Say what is still to be filled in; ``""`` where nothing is."""
    return ask if not signed.reason else "先填经办人姓名" if not signed.name else ""


def finish(
    label: str, field: str, lacking: str, do: Callable[[], str], act: Act, cancel: str = "取消", **then: str | None
) -> None:
    """Draw the two buttons; ``lacking`` says what is still to be filled in, ``do`` does it and says what was done.

    ``then`` is what the URL says afterwards.
    """
    if not access.may(act):
        lacking = f"这一步需要“{acts.needed(act)}”身份，您可以查看，不能办理。"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"buttons_{field}"):
        pressed = st.button(label, type="primary", disabled=bool(lacking), key=f"apply_{field}")
        if pressed and not lacking:  # a browser may send what its button would not
            carry_out(do, **then)
        if st.button(cancel, key=f"cancel_{field}"):
            leave()
        why_not(lacking)


def why_not(lacking: str) -> None:
    """Say beside a button why it is off; nothing where it is on."""
    if lacking:
        st.html(tables.note(lacking), width="content")


def carry_out(act: Callable[[], str], **then: str | None) -> None:
    """Do it, say what was done on the next run, and begin the forms anew; where it fails say why and keep them.

    ``then`` is what the URL says afterwards: by default nothing is chosen any more.
    """
    try:
        said = act()
    except StoreError as error:
        _say_why(error)
        return
    state.leave("done", said)
    leave(**then)


def before_the_page(act: Callable[[], str], **then: str | None) -> None:
    """Carry out what a key asks before the page is drawn, so that it is drawn once, as it is then."""
    try:
        said = act()
    except StoreError as error:
        state.leave("failed", error)
        return
    state.leave("done", said)
    turn(**then)


def _say_why(error: StoreError) -> None:
    st.error(md_escape(str(error)))
    if isinstance(error, ChangedError):
        _show_changes(error.events)


def _show_changes(events: Sequence[Event]) -> None:
    """Say what others did, and offer to look at the page as it is now; what was written in it stays."""
    st.html(event_log.changes(events, navigation.desk().rulebook))
    st.button("看现在的情况", key="look_again", on_click=state.look_anew)


def show_unsaved() -> None:
    """Say what others did where they took a form away in which something was written, and give the words back."""
    desk = navigation.desk()
    since, words = desk.overlooked(), desk.unsaved()
    if words and since:
        st.error("您写的没有保存：您看过以后又有变化，刚才那一步已经不用办或办不了。写的话在下面，可以复制。")
        for ask, text in words.items():
            st.html(tables.note(ask))
            st.code(text, language=None, wrap_lines=True)
        _show_changes(since)


def leave(**then: str | None) -> None:
    """Leave a form: nothing is chosen any more but what ``then`` names in the URL."""
    turn(**then)
    st.rerun()


def turn(**then: str | None) -> None:
    """Begin the forms anew, and choose nothing any more but what ``then`` names in the URL."""
    state.next_form()
    nothing = dict.fromkeys(("clause", "item", "ruling", "pick", "see", "sending", "joint"))
    state.put(**nothing | then)


def show_done() -> None:
    """Say what was done last, or why it was not; what is new is brought into view (script.js)."""
    with st.container(key="done"):
        failed = state.collect("failed")
        if isinstance(failed, StoreError):
            _say_why(failed)
        done = state.collect("done")
        if isinstance(done, str):
            st.success(md_escape(done))
        show_unwritten()


def show_unwritten() -> None:
    """Warn where everything is kept and the tables for other tools could not be brought up to date."""
    desk = navigation.desk()
    why = "" if desk.whose else written.fault(desk)
    if why:
        st.warning(md_escape(f"已经办好；给其他工具用的得分表没有更新：{why}"))
