"""排名: who stands where, how firm the cuts are, what is lost most."""

import streamlit as st

from ui.session import navigation, state
from ui.shell import frame
from ui.show import marked_days, sentences, standings, tables, years
from ui.show.text import short_day

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()

with st.container(key="bar", horizontal=True):
    st.segmented_control(
        "考评对象",
        list(rulebook.kinds),
        format_func=rulebook.kind_noun,
        required=True,
        **state.widget("kind", view.kind),
    )
    frame.settings(view)
    days = marked_days.earlier_days(view.as_of, rulebook)
    _, usual = desk.last_moved()
    since = state.day("since", usual)
    if days:
        since = next((day for day in (since, usual) if day in days), next(iter(days)))
        st.selectbox("与哪天比", list(days), format_func=days.__getitem__, **state.widget("since", since))

st.html(tables.heading(sentences.ranking(board, view.kind, rulebook)))
st.html(
    tables.note(
        "；".join(
            filter(
                None, (sentences.firmness(board, view.kind, rulebook), sentences.dearest(board, view.kind, rulebook))
            )
        )
    )
)

earlier = desk.on(since).board() if since else None
moves = standings.movement(board, earlier)
heading = f"比{short_day(since, rulebook.assessment.year)}" if since else ""


def link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


ranking = standings.ranking_table(board, view.kind, rulebook, link, moves, heading)
if standings.has_map(board, view.kind, rulebook):
    left, right = st.columns([7, 4], gap="medium")
    left.html(ranking)
    right.html(standings.tile_map(board, view.kind, rulebook, link))
    right.html(standings.band_key())
else:
    st.html(ranking)

st.html(tables.subheading(f"{rulebook.kinds[view.kind].noun}失分最多的评分项"))
st.html(standings.losses_table(board, view.kind, rulebook))

if before := desk.year_before():
    st.html(years.ranking(desk.over_years(before), view.kind, link))
