"""What of the queue is gone through: a unit, a clause, a kind of doubt. The choice lives in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from scoring.analysis.ruling_queue import Matter, narrowed
from scoring.analysis.ruling_queue_sentences import TITLES
from scoring.model.rules import Rulebook
from ui.session import state

NAMES = ("by_unit", "by_clause", "by_why")
ALL = "全部"


def words() -> dict[str, str | None]:
    """Return the words of the URL that narrow the queue: a link that carries them leads into the same queue."""
    return {name: state.word(name) or None for name in NAMES}


def chosen(found: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return the matters that the URL asks for, in their order."""
    return narrowed(found, *(state.word(name) for name in NAMES))


def show(found: Sequence[Matter], rulebook: Rulebook) -> None:
    """Draw the three choices; each offers what the other two leave."""
    unit, clause, why = (state.word(name) for name in NAMES)
    units = {one.unit: rulebook.short(one.unit) for one in narrowed(found, "", clause, why)}
    clauses = {one.clause: one.clause for one in narrowed(found, unit, "", why)}
    kinds = {one.why.value: TITLES[one.why] for one in narrowed(found, unit, clause, "")}
    with st.container(horizontal=True, vertical_alignment="bottom", key="queue_filters"):
        _pick("单位", "by_unit", units, (one.unit for one in found))
        _pick("评分项", "by_clause", clauses, (one.clause for one in found))
        _pick("存疑情形", "by_why", kinds, (one.why.value for one in found))


def _pick(label: str, name: str, titles: dict[str, str], order: Iterable[str]) -> None:
    options = ["", *dict.fromkeys(word for word in order if word in titles)]
    picked = state.choice(name, options, "")
    st.selectbox(label, options, format_func=lambda word: titles.get(word, ALL), width=220,
                 **state.widget(name, picked, lambda word: str(word) or None))  # fmt: skip
