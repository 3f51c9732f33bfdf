"""定稿与通报: what is open, the final boards with their papers, objections, why boards differ, the official readings."""

import streamlit as st

from ui.forms import board_movement, letterhead, objecting, official_policy, publishing, signing
from ui.session import navigation, state
from ui.shell import frame

PARTS = {
    "final": "定稿",
    "finals": "已定稿",
    "objections": "申诉",
    "movement": "变动说明",
    "letterhead": "公文要素",
    "policy": "正式口径",
    "rules": "细则生效",
}
OF_LEDGERS = ("final", "movement")  # while there are none, there is nothing to make final or to compare
FOR_UNITS = ("finals", "objections")
SHOWS = {
    "final": publishing.show,
    "finals": publishing.show_finals,
    "objections": objecting.show,
    "movement": board_movement.show,
    "letterhead": letterhead.show,
    "policy": official_policy.show,
    "rules": official_policy.show_rules,
}

view = navigation.view()
desk = navigation.desk()
parts = {
    name: title
    for name, title in PARTS.items()
    if (name in FOR_UNITS if desk.whose else desk.facts.ledgers or name not in OF_LEDGERS)
}
part = state.choice("part", parts, next(iter(parts)) if desk.whose or desk.facts.ledgers else "rules")

with st.container(key="bar", horizontal=True):
    frame.settings(view)
signing.show_done()
st.segmented_control("看什么", list(parts), format_func=parts.__getitem__, label_visibility="collapsed", required=True,
                     **state.widget("part", part))  # fmt: skip
SHOWS[part](view, desk)
