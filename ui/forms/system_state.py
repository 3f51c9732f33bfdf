"""Whether the data is safe: the backups and the way to make one, the database and its disk, the rules in force."""

from __future__ import annotations

import shutil
from datetime import timedelta

import streamlit as st

from scoring.calendar.clock import now
from scoring.store import locations
from scoring.store.backups import Backup, is_too_old, list_backups, newest_by
from ui.forms import commands, signing
from ui.session import access
from ui.session.acts import Act
from ui.session.desk import Desk
from ui.session.opening import real_store
from ui.show import tables
from ui.show.tables import Column
from ui.show.text import moment_name, size


def show(desk: Desk) -> None:
    """Draw the state of the backups and of the database, and the button that makes a backup."""
    found = list_backups(locations.backup_folder())
    newest = newest_by(found, now())
    st.html(tables.subheading(f"最近一次备份：{moment_name(newest.made_at)}" if newest else "还没有备份"))
    if access.may(Act.OPERATE):
        with st.container(horizontal=True, vertical_alignment="center", key="backup_row"):
            if st.button("立即备份", type="primary", key="backup_now"):
                _make()
            st.caption("每天有新记录时自动备份一次，每份都核对过全部记录。")
    st.html(tables.figures(_figures(desk)))
    if found:
        st.html(tables.table((Column("备份时间"), Column("文件", "k-far"), Column("大小", "k-num")), map(_row, found)))
    st.html(tables.note(
        "保留最近7天每天一份、4周每周一份、12个月每月一份。恢复：停下系统，移走原来的数据库，执行 "
        "python -m scoring restore 备份文件 --by 姓名。"
    ))  # fmt: skip


def _make() -> None:
    def act() -> str:
        made = commands.back_up()
        return f"已备份并核对：{made.path.name}，{size(made.size)}。"

    with st.spinner("正在备份并核对全部记录……"):
        signing.carry_out(act)


def _figures(desk: Desk) -> tuple[tuple[str, str], ...]:
    rulebook = desk.rulebook
    return (
        ("数据库", size(real_store().size())),
        ("磁盘剩余", size(shutil.disk_usage(locations.data_folder()).free)),
        ("现行细则", f"{rulebook.assessment.year}年 · {rulebook.rules_hash[:8]}"),
    )


def _row(backup: Backup) -> tuple[str, str, str]:
    return moment_name(backup.made_at), backup.path.name, size(backup.size)


def warning() -> str:
    """Say that the database was taken away, or that work has gone without a backup for too long; ``""``: neither."""
    if gone := real_store().gone():
        return gone
    present, days = now(), locations.backup_days()
    newest = newest_by(list_backups(locations.backup_folder()), present)
    if newest and present - newest.made_at < timedelta(days=days):
        return ""
    if not is_too_old(newest, *real_store().span(), present, days):
        return ""
    last = f"最近一次备份是{moment_name(newest.made_at)}" if newest else "还没有备份"
    return f"{last}，之后的记录没有备份，请管理员到“报送与版本 › 系统状态”备份。"
