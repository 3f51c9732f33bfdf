"""The table of holidays for years that the calendar package does not know yet, filled in by an administrator."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.calendar.holidays import SATURDAY
from scoring.calendar.workdays import is_known
from ui.forms import commands, signing
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.show import tables


def show(desk: Desk) -> None:
    """Say which years' holidays are known, and offer to fill in the one that is not."""
    year = desk.year
    lacking = [one for one in (year, year + 1) if not is_known(date(one, 1, 1))]
    if not lacking:
        st.html(tables.heading(f"{year}年、{year + 1}年的节假日都已知道"))
        st.html(tables.note("办理工作日按国务院办公厅公布的放假安排计算。"))
        return
    named = "、".join(f"{one}年" for one in lacking)
    st.html(tables.heading(f"还不知道{named}的节假日：办理工作日按周一至周五计"))
    st.html(tables.note("按国务院办公厅的放假通知填写，一行一天，写成 2027-01-01 这样。保存后立即按它计算。"))
    chosen = st.selectbox("年度", lacking, key=signing.key("holiday_year"), width=160)
    off = st.text_area("放假的周一至周五", key=signing.key("holidays_off"), height=160)
    work = st.text_area("上班的周六、周日", key=signing.key("holidays_work"), height=120)
    name = signing.ask_name(field="actor_holidays")
    days, wrong = _read(off, work, chosen)

    def act() -> str:
        commands.keep_holidays(chosen, days[0], days[1], name, desk)
        return f"已保存{chosen}年的节假日，从现在起按它计算办理工作日。"

    missing = wrong or ("先填经办人姓名" if not name else "先填放假的日子" if not days[0] else "")
    if wrong:
        st.warning(wrong)
    signing.finish("保存节假日", "holidays", missing, act, Act.SET_HOLIDAYS)


def _read(off: str, work: str, year: int) -> tuple[tuple[list[date], list[date]], str]:
    """Return (days off, working weekends), and the first thing that is wrong with them."""
    read: tuple[list[date], list[date]] = ([], [])
    for into, text in zip(read, (off, work), strict=True):
        for word in text.replace("，", " ").replace(",", " ").split():
            try:
                day = date.fromisoformat(word)
            except ValueError:
                return read, f"看不懂的日期“{word[:20]}”"
            if day.year != year or (day.weekday() < SATURDAY) is not (into is read[0]):
                return read, f"{day} 写错了地方：放假只写{year}年周一至周五的，上班只写周六、周日的"
            into.append(day)
    return read, ""
