"""会议模式: the board as slides for a room, by keyboard, without the frame around it."""

import htpy as h
import streamlit as st

from scoring.analysis import movement_sentences
from scoring.board.wording import policy_line
from ui.forms import minutes
from ui.session import access, navigation, shown
from ui.shell import frame
from ui.show import heatmap, slides, slides_compared, tables
from ui.show.tables import html
from ui.show.text import day_name, moment_name

BEGIN = "export default () => window.kMeet();"  # ui/assets/slides.js, which stands in the page itself

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()
heat = heatmap.Heat(board, view.kind, heatmap.clause_columns(rulebook, view.kind), rulebook, {})
foot = [
    *([access.OPEN_IN_SHORT] if access.is_exposed(frame.server_address()) else []),
    *(["示例数据，不是真实考评结果"] if view.examples else []),
    frame.standing(view)[0],
    rulebook.kinds[view.kind].noun,
    f"截至{day_name(view.as_of)}",
    f"口径：{policy_line(board, rulebook)}",
    *([f"按{moment_name(view.known_at)}掌握的情况"] if view.known_at else []),
    f"数据版本 {desk.facts_hash[:8]}",
]


def unit_link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=rulebook.short(unit))


def earlier() -> slides_compared.Earlier | None:
    """Return the board that the present one is held beside; None where its rules were not kept or it has no units."""
    number, day = desk.last_moved()
    receipt = next((one for one in desk.publications() if one.number == number), None)
    then = desk.published(receipt, desk.published_board(receipt.number)) if receipt else desk.on(day)
    if then is None or not then.board().ranking(view.kind):
        return None
    moved = desk.movement(then)
    says = movement_sentences.sentence(desk.position(), moved, view.kind)
    return slides_compared.Earlier(f"定稿{number}" if receipt else day_name(day), then.board(), moved, says)


def deck() -> tables.Html:
    """Return all slides."""
    why = slides.Why(
        board=navigation.link("ranking"),
        ranges=navigation.link("prospects", kind=view.kind),
        movement=navigation.link("publication", part="movement", kind=view.kind),
        heat=navigation.link("deadlines", kind=view.kind),
        cells=navigation.link("deadlines", unit=None, kind=view.kind),
        units=navigation.link("unit", unit=None, kind=view.kind),
    )
    meeting = slides.Meeting(heat, desk.ranges(), earlier())
    return slides.deck(slides.slides(meeting, unit_link, why), navigation.link(navigation.PAGES[0].url), foot)


shown.html("deck", deck, *foot)
with st.container(key="minute"):
    minutes.show(view, desk)
with st.container(key="hidden_slides"):
    st.components.v2.component("slides", js=BEGIN, html=html(h.span), isolate_styles=False)(key="slides")
