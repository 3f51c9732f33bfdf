"""Rows that say they are an example of how to fill the form in: no statement of anybody's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scoring.ledger.sheet.sheet_view import Page
from scoring.words.statuses import fold

# what marks a row that shows how to fill in: 示例, （填写示例1）, 本行为示例, 示例行，请勿删除, 例：某某公司
EXAMPLE = re.compile(
    r"[(\[【]?(?:本行|此行|该行|以下|这一行)?(?:仅?[为是])?(?:填写|填报|填表|格式|参考|模板|样表)?"
    r"(?:示例|样例|范例|示范|举例|例子|例)(?:行|数据|[\d一二三四五]{1,2})?"
    r"(?:[)\]】:,;。!(]{0,2}|[)\]】:,;(]{1,2}(?:请|勿|仅|不要|不算|不计|供|可删|报送前|填报时|填写时)[^\d]{0,20})"
    r"|[(\[【]?(?:填写|填报|填表)?(?:示例|样例|范例|举例|例)(?:[)\]】:]|如[:,]).*",
    re.DOTALL,
)
LONGEST = 60
SEARCHED = 100  # rows at either end of a long table; nobody puts an example in the middle of a thousand firms


def example_rows(page: Page, rows: Sequence[int]) -> dict[int, int]:
    """Return the rows that are examples, each with the column of the cell that says so."""
    looked = rows if len(rows) <= 2 * SEARCHED else [*rows[:SEARCHED], *rows[-SEARCHED:]]
    column_of = {row: column for row in looked if (column := _says_so(page.rows[row])) is not None}
    if page.sheet.merges:
        among = set(looked)
        for merge in page.sheet.merges:
            if merge.bottom > merge.top and merge.top in column_of and column_of[merge.top] == merge.left:
                column_of |= {row: merge.left for row in range(merge.top, merge.bottom + 1) if row in among}
    return column_of


def _says_so(line: Sequence[object]) -> int | None:
    for column, value in enumerate(line):
        if isinstance(value, str) and ("例" in value or "示范" in value) and EXAMPLE.fullmatch(fold(value[:LONGEST])):
            return column
    return None
