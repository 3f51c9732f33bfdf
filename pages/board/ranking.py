"""排名: who stands where, how firm the cuts are, what is lost most."""

import streamlit as st

from ui.session import navigation, shown, state
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


def says() -> tables.Html:
    """Return who stands in front, and how firm the cuts are."""
    front = tables.heading(sentences.ranking(board, view.kind, rulebook))
    return tables.stack(front, tables.note(sentences.firm_and_dearest(board, view.kind, rulebook)))


def link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


def ranking() -> tables.Html:
    """Return the table of ranks, with what moved since the other day."""
    moves = standings.movement(board, desk.on(since).board() if since else None)
    heading = f"比{short_day(since, rulebook.assessment.year)}" if since else ""
    return standings.ranking_table(board, view.kind, rulebook, link, moves, heading)


def over_years() -> tables.Html | str:
    """Return the board beside that of the year before; nothing where there is none."""
    before = desk.year_before()
    return years.ranking(desk.over_years(before), view.kind, link) if before else ""


def losses() -> tables.Html:
    """Return what is lost most, and the board beside that of the year before."""
    heading = tables.subheading(f"{rulebook.kinds[view.kind].noun}失分最多的评分项")
    return tables.stack(heading, standings.losses_table(board, view.kind, rulebook), over_years())


shown.html("says", says)
if standings.has_map(board, view.kind, rulebook):
    left, right = st.columns([7, 4], gap="medium")
    left.html(shown.shown("ranking", ranking, since))
    right.html(
        shown.shown(
            "map", lambda: tables.stack(standings.tile_map(board, view.kind, rulebook, link), standings.band_key())
        )
    )
else:
    shown.html("ranking", ranking, since)

shown.html("losses", losses)
