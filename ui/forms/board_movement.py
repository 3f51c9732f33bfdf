"""变动说明: the way from one board to another, split exactly, and who overtook whom by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from scoring.analysis import movement_sentences
from scoring.analysis.movement import Movement
from scoring.documents.book import Field, Value
from scoring.documents.lists import Part, parts_xlsx
from scoring.model.rules import Rulebook
from scoring.store import end_of_day
from ui.session import shown, state
from ui.session.desk import Desk
from ui.session.view import FIRST_DAY, LAST_DAY, View
from ui.show import tables
from ui.show.finals import clauses_table, movement_table
from ui.show.text import day_name, moment_name, names

NOW, OTHER = "present", "other"
OFFERED = "另选一天的榜单"


@dataclass(frozen=True, slots=True)
class End:
    """One of the two boards: its name for a file, and the desk that it comes from."""

    title: str
    file: str
    desk: Desk


def show(view: View, desk: Desk) -> None:
    """Draw the account between two boards: final ones, the present one, or those of any days as they were known then."""
    rulebook = desk.rulebook
    receipts = {receipt.number: receipt for receipt in desk.publications()}
    finals = {n: f"{n}（{moment_name(receipt.published_at)}）" for n, receipt in reversed(receipts.items())}
    starts = finals | {OTHER: OFFERED}
    ends = {NOW: f"现在（截至{day_name(view.as_of)}，正式口径）"} | starts
    told, usual = desk.last_moved()
    first = state.choice("from", starts, told or OTHER)
    last = state.choice("to", ends, NOW)
    with st.container(horizontal=True, vertical_alignment="bottom", key="ends_row"):
        st.selectbox("从哪一份榜单", list(starts), format_func=starts.__getitem__, width=360,
                     **state.widget("from", first))  # fmt: skip
        st.selectbox("到哪一份", list(ends), format_func=ends.__getitem__, width=360, **state.widget("to", last))
        st.segmented_control("考评对象", list(rulebook.kinds), format_func=rulebook.kind_noun, required=True,
                             **state.widget("kind", view.kind))  # fmt: skip
    before, after = _end("from", first, desk, usual), _end("to", last, desk, view.as_of)
    if before is None or after is None:
        st.warning("当时的细则文本没有留存，无法说明变动。")
        return
    moved = after.desk.movement(before.desk)
    shown.html("movement", lambda: _account(view, moved, after, rulebook), before.desk.key, after.desk.key)
    title = f"变动说明：{before.title}到{after.title}"
    st.download_button(
        "下载变动说明", lambda: workbook(moved, after.desk.as_of, title), f"变动说明_{before.file}_{after.file}.xlsx",
        on_click="ignore", key="movement",
    )  # fmt: skip


def _account(view: View, found: Movement, after: End, rulebook: Rulebook) -> tables.Html:
    """Return who moved by how much, who passed whom, and what it comes from."""
    position = after.desk.position()
    heading = tables.heading(movement_sentences.sentence(position, found, view.kind))
    parts = [heading, movement_table(found, view.kind, rulebook)]
    for units, what in ((found.entered, "新列入"), (found.left, "不再列入")):
        if units:
            parts.append(tables.note(f"{what}的单位不作比较：{names(units)}。"))
    passed = [one for one in found.overtakings if rulebook.unit[one.unit].kind == view.kind]
    if passed:
        level = sum(one.is_level for one in passed)
        parts.append(tables.subheading(f"谁超过、追平了谁（超过{len(passed) - level}次，追平{level}次）"))
        parts.append(tables.bullets(movement_sentences.overtaking_sentence(position, one) for one in passed))
    return tables.stack(*parts, tables.subheading("逐项来源"), clauses_table(found, view.kind, rulebook))


def _end(side: str, word: str, desk: Desk, usual: date) -> End | None:
    """Return one of the two boards; None where it cannot be computed again."""
    if word == NOW:
        return End(f"现在（截至{day_name(desk.as_of)}）", "现在", desk.officially())
    if word == OTHER:
        return _picked(side, desk, usual)
    receipt = next(one for one in desk.publications() if one.number == word)
    final = desk.published(receipt, desk.published_board(word))
    return End(f"定稿{word}", word, final) if final else None


def _picked(side: str, desk: Desk, usual: date) -> End | None:
    """Ask for the two days of a board, what was true by one (first the ``usual`` one) and known by the other, and return it."""
    what = {"from": "起点", "to": "终点"}[side]
    as_of = state.day_within(f"{side}_as_of", usual, LAST_DAY)
    known = state.day_within(f"{side}_known_at", state.today(), state.today())
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{side}_days"):
        st.date_input(f"{what}：截至日期", format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=LAST_DAY, width=190,
                      **state.widget(f"{side}_as_of", as_of))  # fmt: skip
        st.date_input(f"{what}：按哪一天掌握的情况", format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=state.today(),
                      width=220, **state.widget(f"{side}_known_at", known))  # fmt: skip
    moment = end_of_day(known) if known < state.today() else None
    then = desk.back_then(as_of, moment)
    title = f"截至{day_name(as_of)}（按{day_name(known)}掌握的情况）"
    return End(title, f"截至{as_of}", then) if then else None


def workbook(found: Movement, as_of: date, title: str) -> bytes:
    """Return the account as ``.xlsx``: units, overtakings, clauses."""
    tables_of = {
        "各单位": movement_sentences.rows(found),
        "谁超过了谁": movement_sentences.overtaking_rows(found),
        "逐项来源": movement_sentences.clause_rows(found),
    }
    parts = [_part(name, rows) for name, rows in tables_of.items()]
    return parts_xlsx(title, "各来源相加等于变化合计", as_of, parts)


def _part(name: str, rows: list[tuple[object, ...]]) -> Part:
    header, *body = rows
    fields = [Field(str(title), 30 if number < 2 else 12) for number, title in enumerate(header)]
    return Part(name, fields, [[_value(cell) for cell in row] for row in body])


def _value(cell: object) -> Value:
    return cell if isinstance(cell, str | int) or cell is None else str(cell)
