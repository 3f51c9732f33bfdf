"""The words of the account of what is open: its parts, who acts, what each thing is called, how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scoring.analysis.open_matters import OpenMatter, Owner, Part, counted
from scoring.analysis.ruling_queue_sentences import TITLES as REASONS
from scoring.model.ties import End
from scoring.words.phrasing import quarter_name

TITLES = {
    Part.VERDICT: "不涉及或加分",
    Part.UNREADABLE: "待人工确认",
    Part.EVIDENCE: "佐证缺失或存疑",
    Part.CONTRADICTED: "前后矛盾或日期存疑",
    Part.NOT_DUE: "未到期",
    Part.LATER: "已计分，后面还会变",
    Part.TIE: "并列待定",
    Part.OBJECTION: "申诉未结",
    Part.LEDGER: "台账未到",
    Part.SENDING: "待收",
}
OWNERS = {Owner.UNIT: "单位", Owner.OFFICE: "考评办"}


def says(one: OpenMatter, name: Callable[[str], str] = str) -> str:
    """Name an open thing: ``五华区没有报送第二季度台账``. ``name`` says a unit; a receipt names units in full."""
    units = "、".join(name(unit) for unit in one.units)
    if one.tie:
        return f"{one.tie.kind.noun}{about(one)}：{units}"
    item = f"《{one.matter.finding.item}》" if one.matter and one.matter.item else ""
    return f"{units}{one.clause}{item}{about(one)}"


def about(one: OpenMatter) -> str:
    """Say what is open, without naming unit, clause and item: ``没有报送第二季度台账``."""
    if one.tie:
        place = f"{'' if one.tie.end is End.FIRST else '倒数'}第{one.tie.kind.listed}名"
        return f"{place}并列，红黑榜分不出先后"
    if one.quarter is not None:
        return f"没有报送{'任何' if one.silent else quarter_name(one.quarter)}台账"
    if one.sending is not None:
        return f"第{one.sending}号报送没有收下或退回"
    if one.objection is not None:
        return f"第{one.objection}号申诉没有答复"
    return REASONS[one.matter.why] if one.matter else TITLES[one.part]


def parts_said(found: Iterable[OpenMatter]) -> str:
    """Say how many there are of each part: ``不涉及或加分12、待人工确认3``; ``""`` where nothing is open."""
    return "、".join(f"{TITLES[part]}{count}" for part, count in counted(found).items())
