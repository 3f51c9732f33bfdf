"""What is said of what awaits a ruling."""

from __future__ import annotations

from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import Matter, Why
from scoring.judging.rulings import TITLES as VERDICTS
from scoring.words.phrasing import number

TITLES = {
    Why.UNREADABLE: "待人工确认",
    Why.UNDECIDED: "不涉及或待定",
    Why.NO_EVIDENCE: "未附佐证",
    Why.UNPROVED: "待补佐证",
    Why.CASE: "案例待认定",
    Why.AWARD: "加分待认定",
    Why.CONTRADICTED: "前后矛盾",
    Why.OLD_DAY: "完成日期过早",
    Why.UNDATED: "没有报送日期",
    Why.BACKDATED: "补填日期",
    Why.OTHER_UNIT: "图片与其他单位相同",
    Why.OTHER_CLAUSE: "图片与其他评分项相同",
    Why.EARLIER_QUARTER: "图片在前面季度用过",
    Why.MADE_LATE: "佐证晚于时限",
    Why.BLANK: "佐证是空白",
    Why.TINY: "图片太小",
    Why.UNREADABLE_THING: "佐证打不开",
    Why.WORDS_ONLY: "只有文字，没有附件",
}


def sentence(position: Position, found: tuple[Matter, ...]) -> str:
    """Say how much awaits a ruling, and what comes first."""
    if not found:
        return "没有待认定的事项"
    first = found[0]
    what = f"{position.short(first.unit)}{first.clause}" + (f"《{first.finding.item}》" if first.item else "")
    if first.is_unbounded:
        return f"{len(found)}项待认定，先看{what}：没有申报分值，能加多少还不知道"
    if not first.effects:
        return f"{len(found)}项待认定，目前都不影响得分"
    most = max(first.effects, key=lambda effect: abs(effect.raw))
    moves = f"，由第{first.rank}名到第{most.rank}名" if most.rank != first.rank else "，名次不变"
    sign = "加" if most.raw > 0 else "减"
    return f"{len(found)}项待认定，先看{what}：{VERDICTS[most.verdict]}会{sign}{number(abs(most.raw))}分{moves}"
