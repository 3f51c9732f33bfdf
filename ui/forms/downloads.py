"""What a page hands out of a unit or of a task."""

from __future__ import annotations

import streamlit as st

from ui.session.desk import Desk


def of_unit(desk: Desk, unit: str) -> None:
    """Offer a unit's 扣分单 and its 佐证卷宗."""
    when = f"{desk.year}年度{desk.as_of}"
    st.download_button(
        "下载扣分单", lambda: desk.deductions(unit), f"{unit}扣分单{when}.xlsx", on_click="ignore", key="slip"
    )
    st.download_button(
        "下载佐证卷宗",
        lambda: desk.evidence_of_unit(unit),
        f"{unit}佐证卷宗{when}.zip",
        on_click="ignore",
        key="proofs",
    )


def of_task(desk: Desk, task: int) -> None:
    """Offer the 佐证卷宗 of a task over all units."""
    name = f"第{task}项任务佐证卷宗{desk.year}年度{desk.as_of}.zip"
    label = f"下载第{task}项任务的佐证卷宗（{'本单位' if desk.whose else '全部单位'}）"
    st.download_button(label, lambda: desk.evidence_of_task(task), name, on_click="ignore", key="task_proofs")
