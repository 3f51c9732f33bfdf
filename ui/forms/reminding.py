"""催报: what came for each quarter, who owes a ledger, and the words that ask for it."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.open_matters import Part
from scoring.analysis.owed_ledgers import QuarterSent, quarters
from scoring.analysis.owed_ledgers_sentences import letter, message
from scoring.documents.bulletin import ISSUER
from scoring.judging.punctuality import quarter_in_question
from ui.forms import open_work, signing
from ui.session import shown, state
from ui.session.desk import Desk
from ui.show import tables, versions
from ui.show.text import day_name, listed, quarter_name

ALL = "全部未报单位"


def title(desk: Desk) -> str:
    """Say of how many units the ledger of the quarter in question is missing."""
    chosen = _chosen(desk, _quarters(desk))
    word, count = quarter_name(chosen.quarter), len(chosen.owing) + len(chosen.waiting)
    return f"{word}台账还有{count}个单位未报" if count else f"{word}台账{chosen.expected}个单位都已报"


def show(desk: Desk) -> None:
    """Draw what came quarter by quarter, and the letter and the message for those of whom nothing came."""
    rulebook = desk.rulebook
    quarters_due = _quarters(desk)
    shown.html("quarters", lambda: versions.quarters_table(quarters_due))
    chosen = _chosen(desk, quarters_due)
    words = {str(one.quarter): quarter_name(one.quarter) for one in quarters_due}
    st.segmented_control("季度", list(words), format_func=words.__getitem__, required=True,
                         **state.widget("quarter", str(chosen.quarter)))  # fmt: skip
    open_work.account(desk, Part.LEDGER)
    if chosen.waiting:
        short = listed(rulebook.short(unit) for unit in chosen.waiting)
        st.html(tables.note(f"{short}自己报送的还在待收，不催。"))
        open_work.account(desk, Part.SENDING)
    if chosen.later:
        st.html(tables.note(f"其中{chosen.later}份在{day_name(desk.as_of)}之后报到，不催。"))
    if not chosen.owing:
        st.html(tables.empty(f"{quarter_name(chosen.quarter)}没有要催的单位。"))
        return
    unit = st.selectbox("催哪个单位", [ALL, *chosen.owing], format_func=rulebook.short, width=360,
                        key=signing.key(f"remind_{chosen.quarter}"))  # fmt: skip
    units = chosen.owing if unit == ALL else (unit,)
    day = state.today()
    st.html(tables.subheading("函"))
    st.code(letter(chosen, units, rulebook, day, ISSUER), language=None, wrap_lines=True)
    st.html(tables.subheading("短信"))
    st.code(message(chosen, units, rulebook, day), language=None, wrap_lines=True)


def _quarters(desk: Desk) -> tuple[QuarterSent, ...]:
    account = desk.open_matters()
    return quarters(desk.punctuality(), desk.facts.ledgers, desk.waiting(), account, desk.rulebook, desk.as_of)


def _chosen(desk: Desk, quarters_due: tuple[QuarterSent, ...]) -> QuarterSent:
    by = {str(one.quarter): one for one in quarters_due}
    return by[state.choice("quarter", by, str(quarter_in_question(desk.rulebook.assessment, desk.as_of)))]
