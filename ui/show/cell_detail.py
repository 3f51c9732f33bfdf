"""What stands above the findings of one cell of the heat map: the task, its deadline, what the state means. Pure."""

from __future__ import annotations

import htpy as h

from scoring.model.rules import Rulebook, Task, Treatment
from scoring.words.phrasing import quarter_name
from ui.show import marks
from ui.show.heatmap import HeatCell, HeatColumn
from ui.show.proofs import sign
from ui.show.tables import Html, html
from ui.show.text import day_name, md_escape
from ui.show.timeline import ByQuarter

SAID = {
    Treatment.ROUTINE: "本项查验方法是日常掌握情况，本年度不纳入评分考核，不扣分。",
    Treatment.REPORTING: "按要求报送台账资料，未报送视为未开展相关工作：到期的评分项按未报送扣分。",
    Treatment.INCENTIVE: "按市营商办考核办法加分，分值由审核认定，不由本系统计算。",
}


def title(unit: str, column: HeatColumn, rulebook: Rulebook) -> str:
    """Name the cell: unit, clause or task, title."""
    what = column.key if column.key in rulebook.clause else f"第{column.key}项"
    return md_escape(f"{rulebook.short(unit)} · {what} {column.title}")


def note(unit: str, column: HeatColumn, cell: HeatCell, sent: ByQuarter, rulebook: Rulebook) -> Html:
    """Say the state in words, the deadline, and what the published table asks for."""
    task = _task(column, rulebook)
    state = sign(cell.mark) if cell.mark else "对该单位没有评分条款。"
    day = f" · 时限{day_name(column.deadline)}" if column.deadline else ""
    treatment = SAID.get(column.treatment, "")
    asked = h.p(".k-quiet")[f"第{task.no}项 {task.work}"]
    quarters = _quarters(unit, sent, rulebook) if column.treatment is Treatment.REPORTING else None
    return html(h.div(".k-detail")[h.p[state, day], h.p[treatment] if treatment else None, quarters, asked])


def _task(column: HeatColumn, rulebook: Rulebook) -> Task:
    return rulebook.task[rulebook.clause[column.key].task if column.key in rulebook.clause else int(column.key)]


def _quarters(unit: str, sent: ByQuarter, rulebook: Rulebook) -> h.Node:
    lines = []
    for quarter, cut_off in rulebook.assessment.cut_offs.items():
        ledgers = sent[unit, quarter]
        came = f"，{day_name(ledgers.first.submitted)}报送" if ledgers.first else ""
        mark = sign(marks.BY_TIMELINESS[ledgers.timeliness])
        lines.append(h.p[f"{quarter_name(quarter)}（{day_name(cut_off)}截止）", mark, came])
    return lines
