"""全部未了事项: everything that is open, narrowed to a part or a unit, each line leading to where it is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from scoring.analysis.open_matters import OpenMatter, Part, counted
from scoring.analysis.open_matters_sentences import OWNERS, TITLES, parts_said
from ui.session import navigation, state
from ui.session.desk import Desk
from ui.show import open_list, tables

ALL = "all"


def show(desk: Desk, unit: str | None) -> None:
    """Draw the list; the URL names the part and whose turn it is, ``unit`` the unit (None: all)."""
    every = desk.open_matters()
    found = [one for one in every if unit is None or unit in one.units]
    with st.container(horizontal=True, vertical_alignment="bottom", key="open_filters"):
        parts = {ALL: "全部", **{part.value: f"{TITLES[part]} {n}" for part, n in counted(found).items()}}
        part = _pick("哪一类", "open", parts)
        owners = {ALL: "全部", **{owner.value: title for owner, title in OWNERS.items()}}
        owner = _pick("由谁办", "owner", owners)
        short = {"": "全部单位"} | {one.name: one.short for one in desk.rulebook.units if one.assessed}
        st.selectbox("单位", list(short), format_func=short.__getitem__,
                     **state.widget("unit", unit or "", lambda picked: str(picked) or None))  # fmt: skip
    found = [one for one in found if part in (ALL, one.part.value) and owner in (ALL, one.owner.value)]
    st.html(tables.note(f"共{len(found)}件：{parts_said(found)}" if found else "没有这样的未了事项"))
    if found:
        st.html(open_list.open_list(found, desk.rulebook, link))


def account(found: Iterable[OpenMatter], what: str, unit: str | None = None) -> None:
    """Draw one line: how much of the account this is and of which part, leading to the list, narrowed to one part or unit."""
    held = tuple(found)
    parts = counted(held)
    only = next(iter(parts)).value if len(parts) == 1 else None
    to = navigation.link("review", part="open", open=only, unit=unit, clause=None, item=None)
    st.html(tables.note(open_list.account(held, to, what)))


def of_parts(desk: Desk, parts: Collection[Part], kind: str) -> None:
    """Draw the line of some parts for the units of a kind; a 报送单位 has no list to be led to."""
    if not desk.whose:
        cards = desk.board().card
        found = (one for one in desk.open_matters() if one.part in parts and one.unit in cards)
        account((one for one in found if cards[one.unit].kind == kind), "未了事项")


def about(unit: str, desk: Desk) -> tuple[OpenMatter, ...]:
    """Return what is open about a unit; the office is told in one line that leads to the list."""
    found = tuple(one for one in desk.open_matters() if unit in one.units)
    if not desk.whose:
        account(found, "本单位未了事项", unit)
    return found


def of_unit(found: Sequence[OpenMatter], desk: Desk) -> None:
    """Draw what is open for a 报送单位, each line leading to a page that it may open."""
    if not found:
        st.html(tables.empty("没有未了事项。"))
        return
    st.html(tables.subheading(f"共{len(found)}件：{parts_said(found)}"))
    st.html(open_list.open_list(found, desk.rulebook, _own_link))


def _own_link(one: OpenMatter) -> str:
    if one.part is Part.LEDGER:
        return navigation.link("upload")
    if one.part is Part.OBJECTION:
        return navigation.link("publication", part="objections")
    return navigation.link("unit", unit=one.unit, part="won" if one.part is Part.NOT_DUE else "all")


def _pick(label: str, name: str, options: dict[str, str]) -> str:
    picked = state.choice(name, options, ALL)
    word = {ALL: None}
    st.selectbox(label, list(options), format_func=options.__getitem__,
                 **state.widget(name, picked, lambda value: word.get(str(value), str(value))))  # fmt: skip
    return picked


def link(one: OpenMatter) -> str:
    """Return the address at which an open matter is settled, or shown."""
    if one.part is Part.LEDGER:
        return navigation.link("history", part="remind", unit=one.unit)
    if one.part is Part.OBJECTION:
        return navigation.link("publication", part="objections", unit=one.unit)
    if one.part is Part.TIE:
        return navigation.link("ranking", unit=None)
    if one.matter:
        return navigation.link("review", unit=one.unit, clause=one.clause, item=one.matter.item or None)
    return navigation.link("unit", unit=one.unit, part="won" if one.part is Part.NOT_DUE else "all")
