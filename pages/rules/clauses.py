"""评分细则与口径: the published table with who loses on what, and the readings that a viewer can switch for himself."""

import streamlit as st

from ui.forms import holidays
from ui.session import navigation, shown, state
from ui.shell import frame
from ui.show import policy_tables, published, rule_readings, tables
from ui.show.text import md_escape

PARTS = {"table": "评分细则", "readings": "口径", "holidays": "节假日"}

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()


def loss_link(clause: str, kind: str) -> str:
    """Return the address of the units of a kind that lose on a clause."""
    return navigation.link("rules", lost=clause, of=kind)


def unit_link(unit: str) -> str:
    """Return the address of a unit's page."""
    return navigation.link("unit", unit=unit)


def reading_link(name: str, reading: str) -> str:
    """Return the address of this page under another reading."""
    official = view.official.as_dict()[name]
    return navigation.link("rules", part="readings", **{name: None if reading == official else reading})


def rules() -> tables.Html:
    """Return the published table and the notes under it."""
    note = tables.note("每个评分项旁边是分值和失分的单位数，点开看是哪些单位。原文照录，以正式印发的为准。")
    table = published.published_table(board, rulebook, loss_link)
    notes = tables.subheading("表后三条说明"), published.notes(rulebook)
    return tables.stack(tables.heading(published.headline(board, rulebook)), note, table, *notes)


def readings() -> tables.Html:
    """Return every open sentence with its readings, and whom each one moves."""
    others = policy_tables.alternatives(rulebook, view.policy)
    boards = desk.otherwise(tuple(others.values()))
    moves = {name: policy_tables.who_moves(board, other, rulebook) for name, other in zip(others, boards, strict=True)}
    heading = tables.heading(policy_tables.headline(view.chosen, rulebook, policy_tables.count_moving(moves)))
    note = tables.note("换一种读法，只在您打开的这个链接里重算全部页面，不改变正式口径，也不影响别人。")
    official = navigation.link("rules", part="readings", **dict.fromkeys(view.chosen))
    back = tables.note(tables.anchor(official, "全部回到正式口径")) if view.chosen else None
    cards = policy_tables.policy_cards(rulebook, view.policy, view.official, moves, reading_link)
    return tables.stack(heading, note, back, cards)


def close() -> None:
    """Take the clause that was looked at out of the URL."""
    state.put(lost=None, of=None)


part = state.choice("part", PARTS, "table")
with st.container(key="bar", horizontal=True):
    st.segmented_control(
        "看什么", list(PARTS), format_func=PARTS.__getitem__, required=True, **state.widget("part", part)
    )
    frame.settings(view)

if part == "table":
    shown.html("rules", rules)
    shown.html(
        "readings", lambda: tables.stack(tables.subheading("细则读法：系统怎样读每一句"), rule_readings.readings())
    )
elif part == "holidays":
    holidays.show(desk)
else:
    shown.html("policies", readings)

lost = state.choice("lost", list(rulebook.clause), "")
kind = state.choice("of", list(rulebook.kinds), next(iter(rulebook.kinds)))
if part == "table" and lost and any(term.kind == kind for term in rulebook.clause[lost].terms):
    clause = rulebook.clause[lost]

    @st.dialog(md_escape(published.losers_title(clause, rulebook.kinds[kind])), width="large", on_dismiss=close)
    def show() -> None:
        """Show who loses on the clause that was clicked."""
        st.html(published.losers_table(board, clause, kind, rulebook, unit_link))

    show()
