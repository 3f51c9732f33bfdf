"""Several matters of one kind ruled on at once: ticked, seen on the whole board, entered in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from scoring.analysis.comparison import Comparison, compare
from scoring.analysis.comparison_sentences import sentence as effect_sentence
from scoring.analysis.ruling_queue import Matter, alike
from scoring.judging.rulings import TITLES
from scoring.model.facts import Ruling, Verdict
from ui.forms import commands, signing
from ui.session import state
from ui.session.desk import Desk
from ui.show import change_tables, rulings, tables
from ui.show.text import md_escape


def words(matter: Matter | None) -> dict[str, str | None]:
    """Return what the URL says of a matter; of none nothing is chosen."""
    if matter is None:
        return {"clause": None, "item": None}
    return {"unit": matter.unit, "clause": matter.clause, "item": matter.item or None}


def tick(matter: Matter | None, found: Sequence[Matter], desk: Desk) -> tuple[Matter, ...]:
    """Name the matters that are like the one in view, and return those that are ticked.

    Their boxes are drawn once they are chosen: most verdicts are given one by one, and must not wait for them.
    """
    others = alike(matter, found) if matter else ()
    if not others:
        return ()
    keys = [state.begin_anew(f"tick_{'_'.join(like.key)}", value=False) for like in others]
    chosen = [state.is_ticked(key) for key in keys]
    names = [rulings.alike_says(like, desk.rulebook) for like in others]
    with st.container(horizontal=True, vertical_alignment="center", key="alike_row"):
        title = tables.subheading(f"同一评分项、同样情形的还有{len(others)}件，可以一起认定")
        st.html(tables.stack(title, None if any(chosen) else tables.note("、".join(names))), width="stretch")
        every = all(chosen)
        label = "全部放开" if every else "全部选中"
        st.button(label, shortcut="T", on_click=state.tick, args=(keys,), kwargs={"value": not every},
                  key="tick_all")  # fmt: skip
    if not any(chosen):
        return ()
    with st.container(horizontal=True, key="alike"):
        boxes = [st.checkbox(md_escape(name), key=key) for name, key in zip(names, keys, strict=True)]
    return tuple(like for like, is_ticked in zip(others, boxes, strict=True) if is_ticked)


def show(
    drafts: Mapping[Verdict, Ruling],
    pressed: Ruling | None,
    chosen: Sequence[Matter],
    following: Callable[[Sequence[Matter]], Matter | None],
    name: str,
    desk: Desk,
) -> None:
    """Draw what a verdict on all of them would do to the board; it is entered by a button of its own."""
    word = pressed.verdict.value if pressed else state.word("joint")
    draft = next((one for verdict, one in drafts.items() if verdict.value == word), None)
    if draft is None:
        st.html(tables.note(f"已选中{len(chosen)}件：按认定键先看对榜单的影响，再一起记入。"))
        return
    state.put(joint=word)
    unclaimed = [one for one in chosen if one.is_unbounded] if draft.verdict is Verdict.ACCEPTED else []
    if unclaimed:
        st.html(tables.note(f"其中{len(unclaimed)}件没有申报分值，请逐件认可。"))
        return
    rulings = [_for(one, draft, desk) for one in chosen]
    comparison = _compared(rulings, desk)
    effect = effect_sentence(comparison, desk.rulebook)
    st.html(tables.subheading(f"预览：{len(rulings)}件一起{TITLES[draft.verdict]}，{effect}"))

    def act() -> str:
        kept = commands.rule(rulings, name, desk)
        state.keep_ruled((*state.ruled(), tuple(one.number for one in kept)))
        return f"已记入第{kept[0].number}号至第{kept[-1].number}号认定，共{len(kept)}件，{TITLES[draft.verdict]}。"

    with st.container(horizontal=True, key="joint_buttons"):
        entered = st.button(f"记入{len(rulings)}件：{TITLES[draft.verdict]}", type="primary", shortcut="J",
                            key="joint_enter")  # fmt: skip
        if entered and name:
            signing.carry_out(act, **words(following(chosen)))
        if st.button("先不记", key="joint_leave"):
            state.put(joint=None)
            st.rerun()
    st.html(change_tables.preview(comparison, desk.rulebook))


def _for(matter: Matter, draft: Ruling, desk: Desk) -> Ruling:
    """Return the draft as it is for another matter: of an incentive item with its own points."""
    if not matter.item:
        return replace(draft, unit=matter.unit, number_found=None)
    items = desk.position().dossiers[matter.unit].incentives
    item = next(item for item in items if item.key == (matter.finding.task, matter.item))
    points = item.claimed if draft.verdict is Verdict.ACCEPTED else None
    return replace(draft, unit=matter.unit, item=matter.item, points=points)


def _compared(made: Sequence[Ruling], desk: Desk) -> Comparison:
    """Return the board beside the one on which all these rulings stand. Nothing is stored."""
    position, first = desk.position(), desk.next_ruling_number()
    more = tuple(replace(one, number=number, reviewer="预览") for number, one in enumerate(made, first))
    after = position.with_facts(replace(position.facts, rulings=position.facts.rulings + more))
    return compare(position.board, after.board)
