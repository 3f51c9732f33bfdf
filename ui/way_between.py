"""变动说明: the way from one board to another, split exactly, and who overtook whom by what."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from scoring.analysis import movement
from scoring.analysis.movement import Movement
from scoring.analysis.position import Position
from scoring.documents.book import Field, Value
from scoring.documents.lists import Part, parts_xlsx
from scoring.model.rules import Kind, Rulebook
from scoring.store import Store
from ui import cache, computed, finals, state, tables
from ui.state import View
from ui.text import day_name, moment_name

NOW = "present"
KINDS = {Kind.COUNTY: "县（市）区", Kind.DEPARTMENT: "市级责任部门"}


@dataclass(frozen=True, slots=True)
class End:
    """One of the two boards: what it is computed from, and the fingerprint of its facts."""

    title: str
    position: Position
    facts: str


def show(view: View, rules: Rulebook, held: Store) -> None:
    """Draw the account between two boards: final ones, or the present one."""
    receipts = {receipt.number: receipt for receipt in held.publications()}
    if not receipts:
        st.html(tables.heading("还没有定稿可比"))
        st.html(tables.empty("定稿以后，可以说明每个单位从哪一份定稿到现在（或到另一份定稿）为什么变。"))
        return
    names = {NOW: f"现在（截至{day_name(view.as_of)}，正式口径）"} | {
        number: f"{number}（{moment_name(receipt.published_at)}）" for number, receipt in reversed(receipts.items())
    }
    first = state.choice("from", receipts, list(receipts)[-1])
    last = state.choice("to", names, NOW)
    with st.container(horizontal=True, vertical_alignment="bottom", key="ends_row"):
        st.selectbox("从哪一份定稿", list(receipts), format_func=names.__getitem__, width=360,
                     **state.widget("from", first))  # fmt: skip
        st.selectbox("到哪一份", list(names), format_func=names.__getitem__, width=360, **state.widget("to", last))
        st.segmented_control("考评对象", list(KINDS), format_func=KINDS.__getitem__, required=True,
                             **state.widget("kind", view.kind))  # fmt: skip
    before, after = _end(view, first, names[first], held), _end(view, last, names[last], held)
    if before is None or after is None:
        st.warning("当时的细则文本没有留存，无法说明变动。")
        return
    found = computed.movement(before.position, after.position, (before.facts, after.facts))
    st.html(tables.heading(movement.sentence(after.position, found, view.kind)))
    _tables(view, found, after, rules)
    title = f"变动说明：{before.title}到{after.title}"
    st.download_button(
        "下载变动说明", lambda: workbook(found, after.position, title), f"变动说明_{first}_{last}.xlsx".replace(NOW, "现在"),
        on_click="ignore", key="movement",
    )  # fmt: skip


def _tables(view: View, found: Movement, after: End, rules: Rulebook) -> None:
    st.html(finals.movement_table(found, view.kind, rules))
    passed = [one for one in found.overtakings if after.position.rulebook.unit[one.unit].kind is view.kind]
    if passed:
        st.html(tables.subheading(f"谁超过了谁（{len(passed)}次）"))
        st.html(tables.bullets(movement.overtaking_sentence(after.position, one) for one in passed))
    st.html(tables.subheading("逐项来源"))
    st.html(finals.clauses_table(found, view.kind, rules))


def _end(view: View, number: str, title: str, held: Store) -> End | None:
    """Return one of the two boards; None where it cannot be computed again."""
    if number == NOW:
        position = cache.position(view.as_of, view.official, examples=view.examples)
        return End(title, position, cache.known(examples=view.examples))
    receipt = next(one for one in held.publications() if one.number == number)
    found = computed.position_of(receipt, held.published_board(number), examples=view.examples)
    return End(title, found, receipt.facts) if found else None


def workbook(found: Movement, after: Position, title: str) -> bytes:
    """Return the account as ``.xlsx``: units, overtakings, clauses."""
    tables_of = {
        "各单位": movement.rows(found),
        "谁超过了谁": movement.overtaking_rows(found),
        "逐项来源": movement.clause_rows(found),
    }
    parts = [_part(name, rows) for name, rows in tables_of.items()]
    return parts_xlsx(title, "各来源相加等于变化合计", after.as_of, parts)


def _part(name: str, rows: list[tuple[object, ...]]) -> Part:
    header, *body = rows
    fields = [Field(str(title), 30 if number < 2 else 12) for number, title in enumerate(header)]
    return Part(name, fields, [[_value(cell) for cell in row] for row in body])


def _value(cell: object) -> Value:
    return cell if isinstance(cell, str | int) or cell is None else str(cell)
