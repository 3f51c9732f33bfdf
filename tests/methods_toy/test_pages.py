"""Every page opens on a rulebook of which some clauses are judged in ways that only this folder knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.methods_toy.conftest import AUTUMN, COUNTY, DEPARTMENT, PRAISED, TALLIED, TALLIED_BY_DEPARTMENT
from tests.ui.opening import html, opened
from ui.session.navigation import PAGES


@pytest.mark.parametrize("url", [entry.url for entry in PAGES])
def test_a_page_opens(data: Path, url: str) -> None:
    for unit in (COUNTY, DEPARTMENT):
        app = opened(url, as_of=AUTUMN.isoformat(), unit=unit)
        assert html(app)
        assert not app.error


@pytest.mark.parametrize(
    ("unit", "code", "edits"),
    [
        (COUNTY, TALLIED, ("0次", "1次", "2次", "3次")),
        (DEPARTMENT, TALLIED_BY_DEPARTMENT, ("0次", "2次")),
        (COUNTY, PRAISED, ("完成", "没完成", "缺佐证")),
    ],
)
def test_the_what_if_switches_it(data: Path, unit: str, code: str, edits: tuple[str, ...]) -> None:
    text = html(opened("what_if", as_of=AUTUMN.isoformat(), unit=unit))
    start = text.index(f">{code}<")
    row = text[start : text.index("</tr>", start)]
    assert all(f">{edit}<" in row for edit in edits), row
