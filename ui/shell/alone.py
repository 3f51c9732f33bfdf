"""A part of a page that its own buttons draw anew, by itself: the frame and the settings stand as they are.

Whatever would make the rest of the page say something old draws the whole page instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from scoring.model.publications import Publication
from ui.session import access, navigation, state
from ui.session.once import one_page
from ui.session.view import View
from ui.shell import frame


def draw(part: Callable[[], None]) -> None:
    """Draw the rest of a page, its foot with it; ``part`` asks ``navigation`` for view and desk, as a page does."""
    around, with_its_page = _around(), True

    @st.fragment
    def alone() -> None:
        nonlocal with_its_page
        if with_its_page:
            with_its_page = False
            part()
            frame.foot()
            state.leave(frame.FOOTED, value=True)
            return
        with one_page():
            if not frame.opened_again() or _around() != around or state.collect(frame.TOLD):
                st.rerun()
            part()
            frame.foot()
            desk = navigation.desk()
            state.keep_seen(desk.store.address, desk.newest)

    alone()


def _around() -> tuple[View, tuple[str, Publication | None, str], access.Person]:
    """Return what the rest of the page rests on: who looks, the view but its unit, the final board and what differs from it."""
    view = navigation.view()
    return replace(view, unit=None), frame.standing(view), access.person()
