"""The pages and the way to them: the list of pages, the sections of the navigation, addresses with the present view."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from ui.session import access, state
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.view import View

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its file below ``pages``, its name in the navigation, its name in the URL.

    ``rests_on_ledgers``: while there are none it shows what to do instead. ``simulated``: what it shows is no official board.
    ``acts``: something is done on it, so it shows the present only, whatever moment the URL asks for. ``for_units``: a
    报送单位 may open it too.
    """

    file: str
    title: str
    url: str
    rests_on_ledgers: bool = True
    simulated: bool = False
    acts: bool = False
    for_units: bool = False


PAGES = (
    Entry("board/ranking.py", "排名", "ranking"),
    Entry("board/unit.py", "单位", "unit", for_units=True),
    Entry("board/deadlines.py", "时限", "deadlines", for_units=True),
    Entry("ledgers/upload.py", "台账上传", "upload", rests_on_ledgers=False, acts=True, for_units=True),
    Entry("ledgers/review.py", "审核认定", "review", acts=True),
    Entry("ledgers/history.py", "报送与版本", "history", rests_on_ledgers=False, for_units=True),
    Entry("publication/final.py", "定稿与通报", "publication", rests_on_ledgers=False, acts=True, for_units=True),
    Entry("rules/clauses.py", "细则与口径", "rules", rests_on_ledgers=False, for_units=True),
    Entry("board/meeting.py", "会议模式", "meeting"),
    Entry("analysis/what_if.py", "情景模拟", "what_if", simulated=True),
    Entry("analysis/next_steps.py", "怎样提升", "next_steps", simulated=True),
    Entry("analysis/readings.py", "口径敏感性", "readings", simulated=True),
    Entry("analysis/prospects.py", "待定与必核", "prospects"),
    Entry("analysis/rule_changes.py", "改细则会怎样", "rule_changes"),
)

# The folders of ``pages`` are the sections of the navigation.
FOLDERS = {
    "board": "看板",
    "ledgers": "台账与审核",
    "analysis": "分析",
    "rules": "细则与口径",
    "publication": "定稿与通报",
}
SECTIONS = {
    title: tuple(entry for entry in PAGES if entry.file.startswith(f"{folder}/"))
    for folder, title in FOLDERS.items()
    if any(entry.file.startswith(f"{folder}/") for entry in PAGES)
}


def is_open(entry: Entry) -> bool:
    """Tell whether whoever is at the screen may open a page."""
    return entry in open_pages()


def open_pages() -> tuple[Entry, ...]:
    """List the pages that whoever is at the screen may open."""
    reads, enters = access.may(Act.READ_ALL), access.may(Act.ENTER)
    return tuple(entry for entry in PAGES if reads or (entry.for_units and enters))


def home() -> Entry:
    """Return the page that whoever is at the screen begins with."""
    return open_pages()[0]


def all_pages() -> dict[str, st.Page]:
    """Return the pages by their name in the URL; the first one is the home page."""
    return {entry.url: copy(_page(entry)) for entry in PAGES}


@cache
def _page(entry: Entry) -> st.Page:
    """Declare a page, once: a third of a millisecond each. Streamlit writes into pages that it shows, so it gets copies."""
    return st.Page(PAGES_FOLDER / entry.file, title=entry.title, url_path=entry.url, default=entry is PAGES[0])


def page(url: str) -> st.Page:
    """Return a page by its name in the URL, for a link to it."""
    return copy(_page(next(entry for entry in PAGES if entry.url == url)))


def view() -> View:
    """Return what is looked at; a page that was started without the frame starts over with it."""
    found = state.current()
    if found is None:
        PagesManager.uses_pages_directory = False
        st.rerun()
    return found


def desk() -> Desk:
    """Return what the view rests on; a page that was started without the frame starts over with it."""
    view()
    return cast("Desk", state.current_desk())


def link(url: str, **changes: str | None) -> str:
    """Return the address of a page with the present view."""
    shown = view()
    query = urlencode(state.shared_query(shown, **changes))
    path = "./" if url == PAGES[0].url else url
    return f"{path}?{query}" if query else path


def order(url: str, **orders: str) -> str:
    """Return the address that stays in a page's view and gives it an order."""
    return f"{url}?{urlencode({state.OVER: '1', **orders})}"
