"""Words that no listed word read, as a table. Pure, HTML out."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.analysis.word_report import MetWord
from scoring.model.facts import Status
from ui.show.tables import Column, Html, table

READ_AS = {Status.DONE: "完成", Status.NOT_DONE: "未完成", Status.UNDECIDED: "不涉及或待定", None: "待人工确认"}


def met_table(found: Iterable[MetWord]) -> Html:
    """Return the words with how they were read, by what, how often and where first."""
    columns = [
        Column("台账里的话", "wrap"), Column("读作"), Column("依据的句式", "wrap k-far"), Column("次数", "k-num"),
        Column("第一处", "wrap k-far"),
    ]  # fmt: skip
    rows = [
        [met.words, READ_AS.get(met.status, ""), met.by or "没有对上任何词和句式", str(met.times), str(met.first)]
        for met in found
    ]
    return table(columns, rows)
