"""Begin a year on the page: a draft after last year's rules, confirmed line by line, put in force when all of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from scoring.rulebook.begin import Line, apart, lines, year_of
from scoring.rulebook.difference import LABELS
from scoring.rulebook.read import RulebookError, parse_rulebook
from ui.forms import commands, signing
from ui.session import data_folders
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import tables
from ui.show.tables import Column
from ui.show.text import md_escape, quarter_name

LARGEST, SHOWN = 2, 20  # megabytes of a draft; mistakes that are listed
GROUPS = {
    "assessment": "总则", "published": "说明", "kind": "类别", "unit": "考评对象", "task": "任务", "clause": "条款",
    "project_class": "项目类型", "policy": "口径",
}  # fmt: skip
FIELDS = {"name": "名称", "points": "分值", "notes": "说明"} | {
    field: label for labels in LABELS.values() for field, label in labels.items()
}


def show(desk: Desk) -> None:
    """Draw the way to the next year's rules, wherever somebody stands on it."""
    if desk.examples:
        return
    year = max(desk.years()) + 1
    path = data_folders.draft_of_rules(year)
    st.html(tables.subheading(f"开始{year}年度"))
    if not path.exists():
        _begin(desk, year)
        return
    text = path.read_text("utf-8")
    try:
        draft_lines, mistakes = lines(text), _mistakes(text, year)
    except ValueError as error:
        st.warning(md_escape(f"草稿读不出来：{error}"))
        draft_lines, mistakes = (), ("草稿读不出来",)
    _edit(desk, year, text)
    if draft_lines:
        _confirm(desk, year, draft_lines)
    _put_in_force(desk, year, text, draft_lines, mistakes)


def _begin(desk: Desk, year: int) -> None:
    last = desk.in_year(year - 1)
    st.html(
        tables.note(
            f"照{year - 1}年度的细则写一份草稿，属于本年度的日期顺延一年；每句原文、每个分值和日期都要有人核对。"
        )
    )
    name = signing.ask_name(field="actor_begin")

    def act() -> str:
        commands.begin_year(year, last.rules_text(), name, desk)
        return f"已写出{year}年度的细则草稿，请对照新印发的文件逐条核对。"

    signing.finish(f"写{year}年度草稿", "begin", "" if name else "先填经办人姓名", act, Act.SET_RULES)


def _edit(desk: Desk, year: int, text: str) -> None:
    """Offer the draft to be edited elsewhere and put back."""
    name = f"{year}年细则草稿.toml"
    st.download_button("下载草稿", text.encode(), name, on_click="ignore", key="draft")
    given = st.file_uploader("换上改好的草稿", ["toml"], key=signing.key("draft_edited"), max_upload_size=LARGEST)
    if given is None:
        return
    edited = given.getvalue().decode("utf-8-sig", "replace")
    try:
        draft_lines = lines(edited)
    except ValueError as error:
        st.warning(md_escape(f"{name} 不是正确的 TOML：{error}"))
        return
    if year_of(edited) != year:
        st.warning(f"这份文件写的不是{year}年度，没有换上。")
        return
    left = sum(not line.by for line in draft_lines)
    who = signing.ask_name(field="actor_edited")

    def act() -> str:
        commands.replace_draft(year, edited, who, desk)
        return f"已换上改好的草稿，还有{left}处要核对。"

    signing.finish("换上这份草稿", "edited", "" if who else "先填经办人姓名", act, Act.SET_RULES)


def _confirm(desk: Desk, year: int, found: tuple[Line, ...]) -> None:
    """List one table of the draft, and take down who held which of its lines against the text.

    What is not last year's to the letter is confirmed line by line; the rest of a table may be confirmed at once.
    """
    left = Counter(line.group for line in found if not line.by)
    st.html(tables.note(f"共{len(found)}处，已核对{len(found) - left.total()}处，还差{left.total()}处。"))
    groups = list(dict.fromkeys(line.group for line in found))
    first = next((n for n, group in enumerate(groups) if left[group]), 0)
    group = st.selectbox(
        "核对哪一段", groups, first, format_func=lambda one: _called(one, left[one]), key=signing.key("draft_group")
    )
    shown = [line for line in found if line.group == group]
    if done := [[_label(line), line.value, line.by] for line in shown if line.by]:
        st.html(tables.table([Column("已核对"), Column("内容", "wrap"), Column("核对人")], done))
    lacking = [line for line in shown if not line.by]
    if not lacking:
        return
    last = {line.path: line.value for line in lines(desk.in_year(year - 1).rules_text().decode("utf-8-sig"))}
    same, other = apart(lacking, last)
    ticked = _ticked(other, last)
    whole = bool(same) and st.checkbox(
        f"以下{len(same)}处与{year - 1}年度一字不差，都核对过", key=signing.key(f"draft_whole_{group}")
    )
    ticked += _ticked(same, {}, whole=whole)
    name = signing.ask_name(label="核对人（只问一次）", field="actor_confirm")

    def act() -> str:
        return f"记下{name}核对了{commands.confirm_draft(year, ticked, name, desk)}处。"

    missing = "先勾选核对过的" if not ticked else "" if name else "先填核对人姓名"
    signing.finish("记下核对", "confirm", missing, act, Act.SET_RULES)


def _ticked(offered: Sequence[Line], last: Mapping[str, str], *, whole: bool = False) -> list[str]:
    """Draw a box for each line, with what stood in its place last year; return the paths of those that are ticked.

    ``whole``: all of them are taken to be.
    """
    ticked = []
    for line in offered:
        before = f"（去年：{md_escape(last[line.path])}）" if line.path in last else ""
        says = f"**{md_escape(_label(line))}** {md_escape(line.value)}{before}"
        if st.checkbox(says, key=signing.key(f"draft_{line.path}"), disabled=whole) or whole:
            ticked.append(line.path)
    return ticked


def _label(line: Line) -> str:
    """Name what a line is: 截止日, 原文; its place in the file where it has no name of its own."""
    key = line.path.rpartition(".")[2].partition("[")[0]
    if key.isdecimal():
        return f"{quarter_name(int(key))}台账截止日"
    return FIELDS.get(key, line.path)


def _called(group: str, left: int) -> str:
    """Name a table of the draft: ``任务 task[0]（还差9处）``."""
    state = f"还差{left}处" if left else "已核对"
    return f"{GROUPS.get(group.partition('[')[0], '')} {group}（{state}）"


def _put_in_force(desk: Desk, year: int, text: str, found: tuple[Line, ...], mistakes: tuple[str, ...]) -> None:
    """Put the draft in force, which is refused as long as anything in it is unconfirmed or wrong."""
    left = sum(not line.by for line in found)
    if mistakes and not left:
        st.html(tables.bullets(mistakes[:SHOWN]))
    signed = signing.sign("new_year", "理由（依据哪份文件或哪次会议）")

    def act() -> str:
        commands.put_rules_in_force(text.encode(), signed.reason, signed.name, desk)
        return f"{year}年度的细则已经生效：模板、截止日和日历随之而来，在页面顶上换年度。"

    lacking = f"还有{left}处没有核对" if left else f"草稿有{len(mistakes)}处错误" if mistakes else ""
    missing = lacking or signing.missing(signed, "先写明理由")
    signing.finish(f"让{year}年度细则生效", "new_year", missing, act, Act.SET_RULES)


@lru_cache(maxsize=4)  # the whole draft is read for it: a third of a second on every rerun
def _mistakes(text: str, year: int) -> tuple[str, ...]:
    """Return what stands in the way of the draft, what is merely unconfirmed included."""
    try:
        written = parse_rulebook(text.encode(), "草稿").assessment.year
    except RulebookError as error:
        return error.lines
    return () if written == year else (f"草稿写的是{written}年度",)
