"""What is said of what is ruled differently though alike."""

from __future__ import annotations

from scoring.analysis.consistency import Inconsistency, Ruled
from scoring.analysis.position import Position
from scoring.board.wording import OUTCOME_NAMES
from scoring.judging.rulings import TITLES
from scoring.model.facts import Status, Verdict
from scoring.model.findings import Outcome

OUTCOMES = {
    **OUTCOME_NAMES,  # shorter where several are named in one line
    Outcome.WAIVED: "不扣分",
    Outcome.OVER_LIMIT: "中位数超限",
    Outcome.EARNED: "可加分",
    Outcome.NONE: "未加分",
}


STATUSES = {
    Status.DONE: "填报完成",
    Status.NOT_DONE: "填报未完成",
    Status.BLANK: "填报数量",
    Status.UNDECIDED: "填报不涉及",
    Status.UNREADABLE: "填报待人工确认",
}


def describe(inconsistency: Inconsistency) -> str:
    """Say what is alike."""
    likeness = inconsistency.likeness
    if likeness is None:
        return f"激励事项《{inconsistency.item}》"
    marks = [OUTCOMES[likeness.outcome]]
    if likeness.status is not None:
        marks = [STATUSES[likeness.status], "附佐证" if likeness.proved else "没有附佐证", *marks]
    return f"{inconsistency.clause}（{'，'.join(dict.fromkeys(marks))}）"


def sentence(position: Position, found: tuple[Inconsistency, ...]) -> str:
    """Say how many matters are treated differently, and which comes first."""
    if not found:
        return "同一条款、同样的填报和佐证，审核认定一致"
    conflicts = sum(inconsistency.is_conflict for inconsistency in found)
    first = found[0]
    sides = [
        f"{position.shorts(m.unit for m in first.matters if m.verdict is verdict)}{TITLES[verdict] if verdict else '未认定'}"
        for verdict in (*Verdict, None)
        if any(m.verdict is verdict for m in first.matters)
    ]
    left = len(found) - conflicts
    parts = [f"有{conflicts}处同样情形认定不同"] if conflicts else []
    parts += [f"有{left}处同样情形只认定了一部分单位"] if left else []
    return f"{'，'.join(parts)}：{describe(first)}，{'，'.join(sides)}"


HEADER = ("条款", "同样的情形", "单位", "认定", "理由", "认定人", "认定日期", "计分", "性质")


def rows(found: tuple[Inconsistency, ...]) -> list[tuple[object, ...]]:
    """Return every matter as a table, its header first."""
    return [HEADER, *(_row(inconsistency, matter) for inconsistency in found for matter in inconsistency.matters)]


def _row(inconsistency: Inconsistency, matter: Ruled) -> tuple[object, ...]:
    ruling = matter.finding.ruling
    return (
        inconsistency.clause, describe(inconsistency), matter.unit, TITLES[matter.verdict] if matter.verdict else "未认定",
        ruling.reason if ruling else "", ruling.reviewer if ruling else "", ruling.day if ruling else None,
        matter.finding.points, "认定不同" if inconsistency.is_conflict else "部分未认定",
    )  # fmt: skip
