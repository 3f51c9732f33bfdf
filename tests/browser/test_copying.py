"""A table that is copied keeps its cells: a row a line, a tab between cells, numbers as numbers, however it is drawn."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser

import pytest

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

CHOOSE = """([first, last]) => {
    const rows = document.querySelector('[data-testid="stMain"] table.k').rows, chosen = document.createRange();
    chosen.setStartBefore(rows[first].cells[0]);
    chosen.setEndAfter([...rows[last < 0 ? rows.length + last : last].cells].at(-1));
    getSelection().removeAllRanges();
    getSelection().addRange(chosen);
}"""
READ = """async () => {
    const [held] = await navigator.clipboard.read();
    return Promise.all(["text/plain", "text/html"].map(async (kind) => (await held.getType(kind)).text()));
}"""


class Cells(HTMLParser):
    """The rows of a table as an office program reads them. It has state because a parser has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def copied(screen: Screen, first: int, last: int) -> tuple[list[list[str]], list[list[str]]]:
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.page.evaluate(CHOOSE, [first, last])
    screen.page.keyboard.press("Control+c")
    plain, page = screen.page.evaluate(READ)
    return [line.split("\t") for line in plain.split("\n")], Cells(page).rows


def test_a_table_with_bars_and_seals_keeps_its_cells(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/ranking?data=examples&as_of=2023-12-31")
    plain, page = copied(screen, 0, -1)
    assert [row[row[0] == "" :] for row in plain] == page, "one cell spans a shared rank"
    assert len(plain) == 15
    assert {len(row) for row in plain} == {len(plain[0])}
    score, lost = plain[0].index("得分"), plain[0].index("扣分")
    scores = [Decimal(row[score]) for row in plain[1:]]
    assert scores == sorted(scores, reverse=True)
    assert all(Decimal(row[lost]) <= 0 for row in plain[1:])
    assert any(row[1].endswith(" 红榜") for row in plain)
    some, _ = copied(screen, 2, 3)
    assert some == plain[2:4]
    screen.page.evaluate("getSelection().selectAllChildren(document.querySelector('main h1'))")
    screen.page.keyboard.press("Control+c")
    words = screen.page.evaluate("navigator.clipboard.readText()")
    assert words.strip() == screen.heading().inner_text().strip(), "other words are copied as ever"


def test_merged_heads_of_the_heat_map_stand_over_their_columns(screen: Screen, examples_app: str) -> None:
    screen.open(f"{examples_app}/deadlines?data=examples&as_of=2023-12-31")
    screen.page.evaluate("document.querySelector('table.k-heat').classList.add('k')")
    plain, _ = copied(screen, 0, -1)
    assert {len(row) for row in plain} == {len(plain[1])}
    due = next(n for n, words in enumerate(plain[0]) if words.startswith("6月30日"))
    assert plain[1][due] == "1A"
