"""What is said of the rows that are new in a ledger."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.analysis.ledger_news import Change, RowNews
from scoring.model.facts import Statement
from scoring.words.phrasing import day_name


def against(denied: Statement) -> str:
    """Say what an earlier ledger stated against a row, and when: ``2023年6月8日还填“未完成”``."""
    return f"{day_name(denied.ledger.submitted)}还填“{denied.said or '未完成'}”"


def counted(found: Sequence[RowNews]) -> str:
    """Say how many rows are new, changed, gone, said again and contradictory.

    ``新增1行，改变2行，重报30行，前后矛盾1行``
    """
    words = {Change.NEW: "新增", Change.CHANGED: "改变", Change.GONE: "删去", Change.AGAIN: "重报"}
    counts = [(word, sum(row.change is change for row in found)) for change, word in words.items()]
    counts.append(("前后矛盾", sum(bool(row.against) for row in found)))
    return "，".join(f"{word}{count}行" for word, count in counts if count) or "没有填报内容"
