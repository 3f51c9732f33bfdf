"""Rows that cannot be a header are passed over, and the header that is found is the same."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Merge, Sheet
from scoring.ledger.sheet import headers
from scoring.ledger.sheet.columns import KINDS, SheetKind
from scoring.ledger.sheet.headers import Candidate, find_header, header_at
from scoring.ledger.sheet.sheet_view import Page

NAMES = sorted({name for kind in KINDS for name in kind.field_of})
LONGER = [
    "本季度完成情况",
    "完成时间（年月日）",
    "佐证材料名称",
    "上季度",
    "第一季度",
    "（年月日）",
    "完成",
    "情况",
    "项目",
    "合计",
]
CELLS = st.one_of(st.just(""), st.sampled_from(NAMES), st.sampled_from(LONGER), st.floats(0, 9), st.text(max_size=3))
ROWS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8)
MERGES = st.lists(st.builds(Merge, st.just(0), st.just(0), st.integers(0, 2), st.integers(1, 3)), max_size=1)


def own_name_stands(page: Page, kind: SheetKind, row: int) -> bool:
    """Whether a row holds any name of the kind's own, which is what was asked of a header's first row alone."""
    texts = [value[:80] for value in page.rows[row][: headers.WIDEST] if isinstance(value, str) and value]
    named = (headers.field_named(kind, text) for text in texts)
    return any(one and one[0] not in headers.SHARED for one in named)


@settings(max_examples=400, deadline=None)
@given(ROWS, MERGES, st.sampled_from(KINDS))
def test_the_same_header_is_found(rows: list[list[object]], merges: list[Merge], kind: SheetKind) -> None:
    page = Page("书.xlsx", Sheet("表", 0, rows, tuple(merges)))
    name = next(name for name, field in kind.field_of.items() if field not in headers.SHARED)
    named = [row for row in range(len(rows)) if own_name_stands(page, kind, row)]
    all_of_them = [Candidate(row, ((name, name),), alone=False) for row in named]
    assert find_header(page, kind) == find_header(page, kind, all_of_them)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_list_of_things_is_passed_over_row_by_row(kind: SheetKind) -> None:
    row = [f"项目{0.5}", 0.25, 7.0, "名称", "单位", "备注", 1.0]
    page = Page("书.xlsx", Sheet("表", 0, [[*row[:1], number, *row[2:]] for number in range(300)]))
    with mock.patch.object(headers, "header_at", side_effect=header_at) as read:
        find_header(page, kind)
    assert read.call_count <= 1
