"""What a changed rule file moves, clause by clause. Pure, HTML out."""

from __future__ import annotations

from scoring.analysis.rule_changes import RuleChange
from scoring.analysis.rule_changes_sentences import title
from ui.show.lines import signed_cell
from ui.show.tables import Cell, Column, Html, coded, table


def causes_table(found: RuleChange) -> Html:
    """Return what moves the points: a row for each clause and size of change, with the units that it moves."""
    rows: list[list[str | Cell]] = []
    for cause in found.causes:
        name = coded(cause.clause, title(found, cause)) if cause.clause else title(found, cause)
        for change in sorted(set(cause.moved.values())):
            units = [unit for unit, by in cause.moved.items() if by == change]
            rows.append([name, signed_cell(change), str(len(units)), found.after.shorts(units)])
    columns = [
        Column("评分项", "wrap"),
        Column("各变化", "k-num"),
        Column("单位数", "k-num k-far"),
        Column("单位", "wrap"),
    ]
    return table(columns, rows)
