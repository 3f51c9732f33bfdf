"""审核认定: what needs a ruling, the most weighty first; every clause with its proof; whom a ruling moves before it counts."""

import streamlit as st

from scoring.analysis import ruling_queue_sentences
from scoring.analysis.word_report import met_words
from ui.forms import open_work, placing, ruling_desk, ruling_filters, ruling_form, signing
from ui.session import navigation, shown, state
from ui.shell import alone, frame
from ui.show import rulings, tables
from ui.show.met_words import met_table as met_words_table

PARTS = {
    "queue": "待认定", "open": "全部未了事项", "unit": "按单位逐项", "records": "已作认定", "words": "没有列进词表的话",
    "loose": "没有对上的佐证",
}  # fmt: skip

view = navigation.view()
desk = navigation.desk()
rulebook = desk.rulebook
board = desk.board()
units = [card.unit for card in board.cards]
unit = ruling_form.unit_in_view(view, desk)
part = state.choice("part", PARTS, "queue")
chosen = ruling_form.find(desk, unit, state.word("clause"), state.word("item"))
idle = ruling_form.find_idle(state.word("ruling"), chosen, desk)


def link(to_unit: str, clause: str, item: str, ruling: str | None = None) -> str:
    """Return the address of one matter, or of one ruling on it."""
    named = {"unit": to_unit, "clause": clause, "item": item or None, "ruling": ruling, "part": part}
    return navigation.link("review", **named, **ruling_filters.words())


def met_words_shown() -> tables.Html:
    """Return the words that no list holds."""
    met = met_words(desk.facts.statements)
    note = tables.note("完成情况里没有列进词表、按句式读出或待人工确认的话。常见的可以补进 scoring/words/words.toml。")
    return tables.stack(note, met_words_table(met) if met else tables.empty("台账里的话都在词表里。"))


with st.container(key="bar", horizontal=True):
    frame.settings(view)
if idle or not chosen:
    signing.show_done()

if idle:
    ruling_form.show_idle(view, idle, chosen, desk)
elif chosen:
    alone.draw(lambda: ruling_desk.draw(queued=part == "queue"))
else:
    position = desk.position()
    found = desk.matters()
    shown.html("says", lambda: tables.heading(ruling_queue_sentences.sentence(position, found)))
    if part == "queue":
        open_work.account(desk, open_work.Group.RULED)
    st.segmented_control("看什么", list(PARTS), format_func=PARTS.__getitem__, label_visibility="collapsed", required=True,
                         **state.widget("part", part))  # fmt: skip

    if part == "queue":
        st.html(tables.note("按能影响的分值、再按能影响的名次排列。点一行开始，一件一屏，按键认定，自动到下一件。"))
        ruling_desk.undo(desk)
        if found:
            ruling_filters.show(found, rulebook)
            shown.html("queue", lambda: rulings.queue_table(ruling_filters.chosen(found), rulebook, link))
        else:
            st.html(tables.empty("没有待认定的事项。", "要逐项核对，请点“按单位逐项”。"))
    elif part == "open":
        open_work.show(desk, view.unit)
    elif part == "unit":
        st.selectbox("单位", units, format_func=rulebook.short, **state.widget("unit", unit))
        shown.html("unit", lambda: rulings.unit_table(board.card[unit], rulebook, link))
    elif part == "loose":
        placing.draw_loose(desk)
    elif part == "words":
        shown.html("words", met_words_shown)
    else:
        records = desk.ruling_records()
        if records:
            shown.html("records", lambda: rulings.records_table(records, rulebook, link))
        else:
            st.html(tables.empty("还没有作过认定。"))
