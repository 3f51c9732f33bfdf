"""What stands above the findings of one cell of the heat map: the task, its deadline, what the state means. Pure."""

from __future__ import annotations

from scoring.model.rules import Rulebook, Task, Treatment
from scoring.words.phrasing import quarter_name
from ui.show import marks
from ui.show.heatmap import HeatCell, HeatColumn
from ui.show.tables import Html
from ui.show.text import day_name, esc, md_escape
from ui.show.theme import Mark
from ui.show.timeline import Sendings

SAID = {
    Treatment.ROUTINE: "本项查验方法是日常掌握情况，本年度不纳入评分考核，不扣分。",
    Treatment.REPORTING: "按要求报送台账资料，未报送视为未开展相关工作：到期的评分项按未报送扣分。",
    Treatment.INCENTIVE: "按市营商办考核办法加分，分值由审核认定，不由本系统计算。",
}


def title(unit: str, column: HeatColumn, rules: Rulebook) -> str:
    """Name the cell: unit, clause or task, title."""
    what = column.key if column.key in rules.clause else f"第{column.key}项"
    return md_escape(f"{rules.unit[unit].short} · {what} {column.title}")


def note(unit: str, column: HeatColumn, cell: HeatCell, sent: Sendings, rules: Rulebook) -> Html:
    """Say the state in words, the deadline, and what the published table asks for."""
    task = _task(column, rules)
    parts = [_state(cell.mark)] if cell.mark else ["对该单位没有评分条款。"]
    if column.deadline:
        parts.append(f"时限{day_name(column.deadline)}")
    said = SAID.get(column.treatment, "")
    asked = f"<p class='k-quiet'>第{task.no}项 {esc(task.work)}</p>"
    sentences = f"<p>{esc(said)}</p>" if said else ""
    quarters = _quarters(unit, sent, rules) if column.treatment is Treatment.REPORTING else ""
    return Html(f"<div class='k-detail'><p>{' · '.join(parts)}</p>{sentences}{quarters}{asked}</div>")


def _task(column: HeatColumn, rules: Rulebook) -> Task:
    return rules.task[rules.clause[column.key].task if column.key in rules.clause else int(column.key)]


def _state(mark: Mark) -> str:
    return (
        f"<span class='k-state' style='background:{mark.colour};color:{mark.ink}'>{mark.sign} {esc(mark.word)}</span>"
    )


def _quarters(unit: str, sent: Sendings, rules: Rulebook) -> str:
    lines = []
    for quarter, cut_off in rules.assessment.cut_offs.items():
        found = sent[unit, quarter]
        came = f"，{day_name(found.first.submitted)}报送" if found.first else ""
        mark = _state(marks.BY_SENDING[found.sending])
        lines.append(f"<p>{quarter_name(quarter)}（{day_name(cut_off)}截止）{mark}{came}</p>")
    return "".join(lines)
