"""How documents say things: points, days, outcomes, lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.model.boards import Board
from scoring.model.evidence import as_words
from scoring.model.findings import Finding, Outcome
from scoring.model.publications import Publication
from scoring.model.rules import Rulebook, Treatment
from scoring.words.phrasing import day_name

OUTCOME_NAMES = {
    Outcome.MET: "按时完成",
    Outcome.LATE: "逾期完成",
    Outcome.NOT_DONE: "未完成",
    Outcome.NO_EVIDENCE: "未附佐证",
    Outcome.NOT_STATED: "未填报",
    Outcome.NOT_REPORTED: "未报送",
    Outcome.UNREADABLE: "待人工确认",
    Outcome.PENDING: "未到期",
    Outcome.WAIVED: "豁免或不问",
    Outcome.SHORT: "数量不足",
    Outcome.OVER_LIMIT: "超过中位置要求",
    Outcome.EARNED: "已加分",
    Outcome.NONE: "无加分",
}

UNCONFIRMED = "待人工确认"
SETTLED = {f"，{UNCONFIRMED}": "", UNCONFIRMED: "看不懂", "（待补佐证）": "", "暂按": "按"}
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
# what would break a line of text: a tab, a line feed, U+2028
LINE_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
# what XML cannot hold: control characters, lone surrogates
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Drop what XML cannot hold, and put text that came from a ledger on one line."""
    return without_breaks(text).strip(" ")


def without_breaks(text: str) -> str:
    """Drop what XML cannot hold, and turn line breaks and tabs into blanks."""
    if text.isprintable():  # most texts, and pages full of pictures: many times faster than to search
        return text
    return LINE_BREAKS.sub(" ", UNPRINTABLE.sub("", text))


def points(value: Decimal) -> str:
    """Write points with two decimals: ``96.10``."""
    return f"{value:.2f}"


def signed(value: Decimal) -> str:
    """Write points that are won or lost: ``+0.50``, ``-0.20``, ``0.00``."""
    return f"{value:+.2f}" if value else "0.00"


def names(units: Iterable[str]) -> str:
    """List names with the Chinese comma."""
    return "、".join(units)


def joined(parts: Sequence[str]) -> str:
    """Join parts of a sentence, the last with 和.

    >>> joined(["14个县（市）区", "6个市级责任部门"])
    '14个县（市）区和6个市级责任部门'
    """
    return "和".join(filter(None, ("、".join(parts[:-1]), *parts[-1:])))


def ranks(first: int, last: int) -> str:
    """Name a place, or the places that a tie takes up: ``第3名``, ``第3至5名``."""
    return f"第{first}名" if first == last else f"第{first}至{last}名"


def clause_title(finding: Finding, rulebook: Rulebook) -> str:
    """Name what a finding is about: the clause's title, or the incentive item's 事项."""
    if finding.item:
        return clean(finding.item)
    clause = rulebook.clause.get(finding.clause)
    return clause.title if clause else rulebook.task[finding.task].goal


def sources(finding: Finding) -> str:
    """Say what decided a finding: its cells, the reviewer's ruling, or that nothing was sent."""
    cells = [clean(str(source)) for source in finding.sources]
    if finding.ruling is not None:
        cells.insert(0, f"{day_name(finding.ruling.day)}审核认定（{clean(finding.ruling.reviewer)}）")
    if not cells and finding.outcome in OUTCOME_NAMES:
        return "无（没有报送材料）" if finding.outcome is Outcome.NOT_REPORTED else "无（台账没有填写）"
    return "；".join(cells)


def settled(text: str) -> str:
    """Say what stands on a final paper, where nothing is left to be looked at.

    >>> settled("第二季度台账的填报看不懂，待人工确认，暂按未完成计")
    '第二季度台账的填报看不懂，按未完成计'
    """
    for open_words, words in SETTLED.items():
        text = text.replace(open_words, words)
    return text


def in_full(text: str, rulebook: Rulebook) -> str:
    """Name units in full in what the program itself has said of them in short: papers do, screens do not."""
    for unit in rulebook.units:
        if unit.short not in unit.name:
            text = text.replace(unit.short, unit.name)
    return text


def paper_reason(finding: Finding, rulebook: Rulebook, *, final: bool) -> str:
    """Write the reason as a paper says it: with the full names of other units."""
    return reason(replace(finding, remark=in_full(finding.remark, rulebook)), final=final)


def reason(finding: Finding, *, final: bool = False) -> str:
    """Write the reason with its remark, and, unless it is final, what is still to be looked at by a person."""
    parts = [clean(finding.reason), clean(finding.remark)]
    if final:
        return settled("；".join(part for part in parts if part))
    if finding.flagged:
        parts.append("待补佐证")
    if finding.if_done is not None:
        opening = "" if UNCONFIRMED in finding.reason else f"{UNCONFIRMED}："
        parts.append(f"{opening}如认定完成，为{signed(finding.if_done)}分")
    return "；".join(part for part in parts if part)


def reason_and_sent(finding: Finding, said: str = "") -> str:
    """Write the reason (``said``, where it was written already), and what was sent to show the matter.

    Where no row decided it, the reason says it all.
    """
    told = said or reason(finding)
    return f"{told}；送来：{clean(as_words(finding.evidence)) or '无'}" if finding.sources else told


def is_incentive(finding: Finding, rulebook: Rulebook) -> bool:
    """Tell whether a finding is an incentive item (激励加分)."""
    task = rulebook.task.get(finding.task)
    return task is not None and task.treatment is Treatment.INCENTIVE


def policy_line(board: Board, rulebook: Rulebook) -> str:
    """Say which readings are in force: 默认, or those that differ from the default."""
    chosen = board.policy.as_dict()
    other = [
        f"{rule.title}＝{reading.title}"
        for rule in rulebook.policies
        for reading in rule.readings
        if reading.name == chosen[rule.name] != rule.default
    ]
    return "；".join(other) if other else "默认"


def foot_line(board: Board, rulebook: Rulebook, receipt: Publication | None, facts: str = "") -> str:
    """Write the line at the foot of every page: number, as_of, policy, versions of data and rules.

    ``facts`` is the fingerprint of the facts where there is no receipt to name it; ``""`` leaves the data version out.
    """
    number = f"定稿编号 {clean(receipt.number)}" if receipt else "草稿（尚未定稿）"
    known = receipt.facts if receipt else facts
    parts = [f"数据版本 {known[:8]}"] if known else []
    policy, version = f"口径：{policy_line(board, rulebook)}", f"细则版本 {board.rules[:8]}"
    return " · ".join((number, f"截至{day_name(board.as_of)}", policy, *parts, version))
