"""全部未了事项: everything that is open, narrowed to a part or a unit, each line leading to where it is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

import streamlit as st

from scoring.analysis.open_matters import OpenMatter, Part, counted
from scoring.analysis.open_matters_sentences import OWNERS, TITLES, parts_said
from scoring.model.boards import ScoreCard
from ui.session import navigation, shown, state
from ui.session.desk import Desk
from ui.show import open_list, tables

ALL = "all"
Test = Callable[[OpenMatter], bool]


class Group(StrEnum):
    """What a page names together of the account: all that a ruling settles, all that blocks 定稿, all that may turn out otherwise."""

    RULED = "ruled"
    BLOCKING = "blocking"
    TURNING = "turning"


GROUPS: Mapping[Group, tuple[str, Test]] = {
    Group.RULED: ("待认定", lambda one: one.matter is not None),
    Group.BLOCKING: ("未决事项", lambda one: one.blocks),
    Group.TURNING: ("待定事项", lambda one: one.item is not None),
}


def show(desk: Desk, unit: str | None) -> None:
    """Draw the list; the URL names the group or part, whose turn it is, and the kind of units or the unit (else ``unit``)."""
    every, cards = desk.open_matters(), desk.board().card
    with st.container(horizontal=True, vertical_alignment="bottom", key="open_filters"):
        units = {"": "全部单位"} | {kind.name: kind.title for kind in desk.rulebook.kinds.values()}
        units |= {one.name: one.short for one in desk.rulebook.units if one.assessed}
        whose = state.choice("whose", units, unit or "")
        mine = [one for one in every if _is_whose(one, whose, cards)]
        kinds: dict[str, str] = {ALL: f"全部 {len(mine)}"}
        kinds |= {group.value: f"{title} {n}" for group, (title, test) in GROUPS.items() if (n := sum(map(test, mine)))}
        kinds |= {part.value: f"{TITLES[part]} {n}" for part, n in counted(mine).items()}
        chosen = _pick("哪一类", "open", kinds)
        owner = _pick("由谁办", "owner", {ALL: "全部", **{one.value: title for one, title in OWNERS.items()}})
        st.selectbox("单位", list(units), format_func=units.__getitem__, **state.widget("whose", whose))
    narrow = [one for one in mine if _is_of(one, chosen) and owner in (ALL, one.owner.value)]
    st.html(tables.note(f"共{len(narrow)}件：{parts_said(narrow)}" if narrow else "没有这样的未了事项"))
    if narrow:
        shown.html("open list", lambda: open_list.open_list(narrow, desk.rulebook, link))


def _is_of(one: OpenMatter, chosen: str) -> bool:
    return chosen in (ALL, one.part.value) or (chosen in GROUPS and GROUPS[Group(chosen)][1](one))


def account(desk: Desk, *of: Group | Part, whose: str = "", without: Iterable[str] = ()) -> None:
    """Draw a line: how much of the account a group or some parts are (none named: all), each leading to just that list.

    ``whose`` is a kind or a unit, ``""`` all; ``without`` names what the view's address is rid of. A 报送单位 has no list
    to be led to, and is told nothing.
    """
    if not desk.whose:
        shown.html("account", lambda: _account(desk, of, whose, without), desk.key, of, whose, tuple(without))


def _account(desk: Desk, of: Sequence[Group | Part], whose: str, without: Iterable[str]) -> tables.Html:
    cards, parts = desk.board().card, []
    mine = [matter for matter in desk.open_matters() if _is_whose(matter, whose, cards)]
    for owner in of or (None,):
        what = GROUPS[owner][0] if isinstance(owner, Group) else TITLES[owner] if owner else "未了事项"
        owned = [other for other in mine if _is_of(other, owner.value if owner else ALL)]
        query = {
            "part": "open",
            "open": owner and owner.value,
            "whose": whose or None,
            "unit": None,
            "clause": None,
            "item": None,
        }
        if owned or len(of) < 2:
            parts.append(open_list.account(owned, navigation.link("review", **query, **dict.fromkeys(without)), what))
    return tables.note(open_list.joined(parts) if parts else "没有未了事项")


def _is_whose(one: OpenMatter, whose: str, cards: Mapping[str, ScoreCard]) -> bool:
    return whose in ("", *one.units, *(cards[unit].kind for unit in one.units if unit in cards))


def about(unit: str, desk: Desk) -> tuple[OpenMatter, ...]:
    """Return what is open about a unit; the office is told in one line that leads to the list."""
    matters = tuple(one for one in desk.open_matters() if unit in one.units)
    account(desk, whose=unit)
    return matters


def of_unit(found: Sequence[OpenMatter], desk: Desk) -> None:
    """Draw what is open for a 报送单位, each line leading to a page that it may open."""
    if not found:
        st.html(tables.empty("没有未了事项。"))
        return
    st.html(tables.subheading(f"共{len(found)}件：{parts_said(found)}"))
    st.html(open_list.open_list(found, desk.rulebook, _own_link))


def _own_link(one: OpenMatter) -> str:
    if one.part in (Part.LEDGER, Part.SENDING):
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
    if one.part is Part.SENDING:
        return navigation.link("upload", sending=str(one.sending))
    if one.part is Part.OBJECTION:
        return navigation.link("publication", part="objections", unit=one.unit)
    if one.part is Part.TIE:
        return navigation.link("ranking", unit=None)
    if one.matter:
        return navigation.link("review", unit=one.unit, clause=one.clause, item=one.matter.item or None)
    return navigation.link("unit", unit=one.unit, part="won" if one.part is Part.NOT_DUE else "all")
