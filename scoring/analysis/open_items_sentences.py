"""What the reasons are called for which an item is open."""

from __future__ import annotations

from scoring.analysis.open_items import Doubt

TITLES = {
    Doubt.PENDING: "未到期",
    Doubt.UNREADABLE: "待人工确认",
    Doubt.UNDECIDED: "不涉及或待定",
    Doubt.UNPROVED: "待补佐证",
    Doubt.AWARD: "加分待认定",
}
