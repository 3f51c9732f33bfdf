"""What pages drew before: finished HTML and figures by everything that they may say. The next click looks them up.

A page gives each of its parts a name and a function that makes it. What the function reads has to be named by ``_about``:
the desk, the newest event of the whole database, who looks, the address, the page and the day. What hangs on anything
else (a widget that has no place in the address, the clock, a file) is named in ``also``, or is no part for this.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import plotly.graph_objects as go
import streamlit as st

from ui.session import access, cache, navigation, state
from ui.session.once import once
from ui.session.recent import Recent
from ui.show import charts, theme

Value = TypeVar("Value")

MOST = 400  # parts of pages that are remembered, of all viewers
LONG, MOST_LONG = 400_000, 16  # characters of a part with many pictures of evidence, and how many such are remembered

_held: Recent[object] = cache.held(Recent(MOST))
_long: Recent[object] = cache.held(Recent(MOST_LONG))


def shown(name: str, make: Callable[[], Value], *also: Hashable) -> Value:
    """Return a part of the page in view as it was made for the same view before, else make it.

    ``name`` tells the parts of a page apart.
    """
    key = name, once("about", _about), tuple(state.asked().items()), also
    if not _long.lacks(key):
        return _long.get(key, make)  # type: ignore[return-value]
    kept = _held.get(key, make)
    if isinstance(kept, str) and len(kept) > LONG:
        _held.forget(key)
        _long.get(key, lambda: kept)
    return kept  # type: ignore[return-value]


def html(name: str, make: Callable[[], str], *also: Hashable) -> None:
    """Draw a part of the page; nothing where it is empty."""
    if found := shown(name, make, *also):
        st.html(found)


def chart(name: str, make: Callable[[theme.Palette], go.Figure], *also: Hashable) -> None:
    """Draw a chart of the page in the colours of the viewer's theme; it is made anew for the other theme."""
    dark = st.context.theme.type == "dark"

    def kept() -> Kept:
        return Kept(make(theme.palette(dark=dark)))

    figure = shown(name, kept, dark, *also)
    st.plotly_chart(figure, theme=None, config=charts.STILL, key=name, width="stretch")


class Kept(go.Figure):  # type: ignore[misc]
    """A figure that does not change any more: what it is made of is copied once and not for every click."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__(figure)
        self.__dict__["_once"] = super().to_dict()

    def to_dict(self) -> dict[str, object]:
        """Return the figure as plain values, to be read only."""
        found: dict[str, object] = self.__dict__["_once"]
        return found


def _about() -> tuple[Hashable, ...]:
    """Name all that a part may say, as far as it stays the same while a page is drawn."""
    desk, person = navigation.desk(), access.person()
    newest = cache.store(examples=desk.examples).newest()  # a unit's own view says less of what others do
    seen = desk.key, desk.official, desk.known_at, newest
    return state.current_page(), seen, (person.role, person.units, person.is_local), state.today()
