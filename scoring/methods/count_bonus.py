"""So much for each time, up to a cap: ``通过“一站式”服务报装1次加0.5分，累计加分不超过2分.``"""

from __future__ import annotations

from scoring.methods.counts import deciding_count, is_future
from scoring.methods.question import NO_POINTS, Question
from scoring.model.findings import Finding, Outcome


def judge(question: Question) -> Finding:
    """Add the points for each time stated, up to the cap (rules-reading 8).

    数量 3 with evidence earns 1.5, 数量 5 earns 2.0. 数量 is cumulative over the year, and the latest statement decides.
    """
    latest, unread = deciding_count(question)
    if latest is None:
        if unread is not None:
            return question.finding(Outcome.NONE, "填报看不懂，待人工确认", sources=(unread.source,))
        return question.finding(Outcome.NONE, "没有填报次数")
    sources, times = (latest.source,), latest.quantity or 0
    if not times:
        said = "没有填写次数" if latest.quantity is None else "填报累计0次"
        return question.finding(Outcome.NONE, said, sources=sources)
    said = f"填报累计{times}次"
    if is_future(question, latest):
        return question.finding(Outcome.NONE, f"{said}，日期还没有到，不加分", sources=sources)
    if not latest.evidence and not question.trusted:
        return question.finding(Outcome.NONE, f"{said}，没有附佐证材料，不加分", sources=sources)
    earned = question.term.points * times
    points = earned if question.term.cap is None else min(earned, question.term.cap)
    said += "，已到上限" if points < earned else ""
    return question.finding(Outcome.EARNED, said, points=points or NO_POINTS, sources=sources, evidence=latest.evidence)
