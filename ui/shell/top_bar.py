"""The top bar of every page: product, pages, year, whose data this is, the other theme."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h
import streamlit as st

from ui.session import access, navigation, shown, state
from ui.session.view import EXAMPLES, View
from ui.show import tables
from ui.show.tables import html
from ui.show.text import PRODUCT, listed, md_escape

EXAMPLE = "示例数据"


def draw(here: str, found: View) -> None:
    """Draw the top bar: product, pages, whose data this is, the other theme.

    The links are ours, so that a click costs one block and not two for every page.
    """
    opened = navigation.open_pages()
    mine = next(entries for entries in navigation.SECTIONS.values() if any(entry.url == here for entry in entries))
    beside = [entry for entry in mine if entry in opened]
    with st.container(key="top"):
        with st.container(key="sections", horizontal=True, vertical_alignment="center"):
            _sections(opened, mine, found)
            _mode(here, found)
        if len(beside) > 1:
            shown.html("beside", lambda: _beside(beside, here))


def _beside(entries: Sequence[navigation.Entry], here: str) -> tables.Html:
    """Return the pages of the section in view."""
    links = (_to(entry, entry.title, entry.url == here) for entry in entries)
    return html(h.nav(".k-pages.beside", aria_label="本栏页面")[links])


def _sections(opened: Sequence[navigation.Entry], mine: Sequence[navigation.Entry], found: View) -> None:
    """Draw the sections, and the years where there are several."""
    years = navigation.desk().years()
    only = len(years) == 1
    st.html(shown.shown("sections", lambda: _links(opened, mine, found, only=only), only), width="content")
    if not only:
        _years(state.current_page(), found, years)


def _links(
    opened: Sequence[navigation.Entry], mine: Sequence[navigation.Entry], found: View, *, only: bool
) -> tables.Html:
    """Return the sections, each a link to its first page, and the only year; the meeting has a hidden link for its key."""
    firsts = {
        name: (next(entry for entry in entries if entry in opened), entries is mine)
        for name, entries in navigation.SECTIONS.items()
        if any(entry in opened for entry in entries)
    }
    meeting = [h.a(".go", data_page=entry.url, href=navigation.link(entry.url), hidden=True) for entry in opened
               if entry.url == "meeting"]  # fmt: skip
    pages = h.nav(".k-pages", aria_label="栏目")[
        (_to(first, name, here) for name, (first, here) in firsts.items()), meeting
    ]
    badge = h.span(".k-badge.example")[EXAMPLE] if found.examples else None
    year = h.span(".k-quiet")[f"{found.year}年度"] if only else None
    return html(h.div(".k-sections")[h.span(".k-brand")[PRODUCT], pages, badge, year])


def _to(entry: navigation.Entry, words: str, is_here: bool) -> h.Node:
    return tables.going(navigation.link(entry.url), **({"aria_current": "page"} if is_here else {}))[words]


def _years(here: str, found: View, years: Sequence[int]) -> None:
    """Draw the way to the other assessment years; a day of one year says nothing in another, so it is left behind."""
    with st.popover(f"{found.year}年度"):
        for year in reversed(years):
            if year == found.year:
                st.html(tables.bold(f"{year}年度"))
            else:
                to = navigation.link(here, year=str(year), as_of=None, known_at=None)
                st.html(html(h.a(".k-mode", href=to)[f"换到{year}年度"]))


def _mode(here: str, found: View) -> None:
    """Draw the way between the real ledgers and the examples, and to the other theme.

    It is an anchor of ours: a link to the page in view would leave ``data`` in the address bar.
    """
    other, label = (None, "回到正式数据") if found.examples else (EXAMPLES, "用示例数据体验")

    def other_data() -> h.Element:
        return h.a(".k-mode.k-quiet", href=navigation.link(here, data=other))[label]

    theirs = h.a(".k-theme.k-quiet", href="#", title="浅色／深色")["◐"]
    person = access.person()
    if person.is_local:
        st.html(shown.shown("mode", lambda: html(h.div(".k-sections")[other_data(), theirs])), width="content")
        return
    st.html(html(other_data()), width="content")
    with st.popover(md_escape(person.name)):
        st.caption(md_escape(f"身份：{person.role}" + (f"（{listed(person.units, 20)}）" if person.units else "")))
        st.button("退出登录", on_click=st.logout)
    st.html(html(theirs), width="content")
