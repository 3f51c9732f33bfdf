"""会议模式: the board as slides for a room, by keyboard, without the frame around it."""

import htpy as h
import streamlit as st

from scoring.board.wording import policy_line
from ui.session import access, navigation
from ui.shell import frame
from ui.show import heatmap, slides
from ui.show.tables import html
from ui.show.text import day_name, moment_name
from ui.show.theme import ASSETS

SCRIPT = (ASSETS / "slides.js").read_text(encoding="utf-8")

view = navigation.view()
desk = navigation.desk()
rules = desk.rulebook
board = desk.board()
heat = heatmap.Heat(board, view.kind, heatmap.clause_columns(rules, view.kind), rules, {})
foot = [
    *([access.OPEN_IN_SHORT] if access.is_exposed(frame.server_address()) else []),
    *(["示例数据，不是真实考评结果"] if view.examples else []),
    frame.standing(view)[0],
    rules.kinds[view.kind].noun,
    f"截至{day_name(view.as_of)}",
    f"口径：{policy_line(board, rules)}",
    *([f"按{moment_name(view.known_at)}掌握的情况"] if view.known_at else []),
    f"数据版本 {desk.facts_hash[:8]}",
]


cell_link = navigation.unit_links("deadlines", "at", kind=view.kind)


def unit_link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


st.html(slides.deck(slides.slides(heat, cell_link, unit_link), navigation.link(navigation.PAGES[0].url), foot))
with st.container(key="hidden_slides"):
    st.components.v2.component("slides", js=SCRIPT, html=html(h.span), isolate_styles=False)(key="slides")
