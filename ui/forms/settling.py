"""A workbook that says two things at once: both places side by side, and the reviewer's word which one stands."""

from __future__ import annotations

import streamlit as st

from scoring.model.parsed import Contradiction, ParsedWorkbook
from ui.session import state
from ui.show import problems, tables
from ui.show.text import md_escape

OPEN = "还没有定（两处都不采用）"


def draw(sha: str, book: ParsedWorkbook) -> None:
    """Draw each contradiction of a sent file with its choice; nothing where there is none."""
    if not book.contradictions:
        return
    st.html(tables.subheading(f"{len(book.contradictions)}处说法不一，请审核人指定以哪一处为准"))
    for number, contradiction in enumerate(book.contradictions):
        st.html(problems.sides_table(contradiction))
        _choice(sha, number, contradiction)


def _choice(sha: str, number: int, one: Contradiction) -> None:
    names = ["", *(side.name for side in one.sides)]
    shown = {"": OPEN} | {side.name: md_escape(side.shown) for side in one.sides}
    chosen = st.selectbox(
        f"以哪一处为准（{md_escape(one.title)}）", names, index=names.index(one.stands), format_func=shown.__getitem__,
        key=f"stands_{sha[:12]}_{number}", width=460,
    )  # fmt: skip
    if chosen is not None and chosen != one.stands:
        state.settle(sha, one.key, chosen)
        st.rerun()
