"""Every page under AppTest: its numbers are the library's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scoring.board.summary import deducted, gained, pending
from scoring.judging.rank import make_board
from scoring.model.boards import Board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import fill_with_all
from ui.show import sentences
from ui.show.text import points, signed

DAY = date(2023, 7, 7)


@pytest.fixture
def store(data: Path, rulebook: Rulebook) -> Store:
    """The real database with one workbook of each unit in it."""
    return fill_with_all(data, rulebook)


def board_of(store: Store, rulebook: Rulebook, day: date = DAY, **readings: str) -> Board:
    return make_board(store.facts(2023), rulebook, day, Policy(**readings))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["county", "department"])
def test_the_ranking_shows_the_scores_of_the_library(store: Store, rulebook: Rulebook, kind: str) -> None:
    board = board_of(store, rulebook)
    shown = Shown(html(opened(as_of=DAY.isoformat(), kind=kind)))
    assert sentences.ranking(board, kind, rulebook) in shown.text
    for card in board.ranking(kind):
        short, figures = rulebook.unit[card.unit].short, {points(card.score), points(card.raw)}
        assert any(figures <= set(row) and any(cell.startswith(short) for cell in row) for row in shown.rows)


def test_the_ranking_is_held_beside_the_quarter_that_has_moved(store: Store) -> None:
    """In December the board of 30 September is the last quarter's."""
    assert "比9月30日" in html(opened(as_of="2023-12-31"))
    assert "比12月10日" in html(opened(as_of="2023-12-31", since="2023-12-10"))
    assert "比6月30日" in html(opened(as_of="2023-09-20"))


def test_another_reading_in_the_link_scores_everything_again(store: Store, rulebook: Rulebook) -> None:
    strict = board_of(store, rulebook, evidence="flagged")
    usual = board_of(store, rulebook)
    assert [card.score for card in strict.cards] != [card.score for card in usual.cards]
    shown = Shown(html(opened(as_of=DAY.isoformat(), evidence="flagged"))).text
    assert sentences.ranking(strict, "county", rulebook) in shown
    assert "先认可，标注补交" in shown, "the foot names the reading"


def test_what_is_picked_in_a_widget_counts_at_once_and_can_be_taken_back(store: Store) -> None:
    app = opened(as_of=DAY.isoformat())
    assert "url_late" not in app.session_state, "nine widgets that nobody looks at cost a third of every click"
    for reading, says in (("strict", "一律扣分"), ("by_wording", "口径：默认")):
        app.session_state["readings"] = True  # the box is opened
        app.run().selectbox(key="url_late").set_value(reading).run()
        assert says in html(app)
    app.date_input(key="url_as_of").set_value(date(2023, 9, 30)).run()
    assert "截至2023年9月30日" in html(app)


def test_a_bad_link_opens_all_the_same_and_says_what_was_ignored(store: Store) -> None:
    app = opened(as_of="明天", kind="city", late="![x](http://example.invalid)")
    assert not app.exception
    assert len(app.warning) == 3
    assert not any("](" in warning.value for warning in app.warning)


def test_a_unit_shows_every_deduction_with_its_points(store: Store, rulebook: Rulebook) -> None:
    board = board_of(store, rulebook)
    for card in sorted(board.cards, key=lambda card: card.deductions)[-3:]:
        app = opened("unit", as_of=DAY.isoformat(), unit=card.unit)
        text = Shown(html(app)).text
        assert sentences.unit(board, card, rulebook) in text
        for finding in deducted(card):
            assert finding.clause in text
            assert signed(finding.points) in text


def test_a_unit_shows_what_it_won_and_what_falls_due(store: Store, rulebook: Rulebook) -> None:
    board = board_of(store, rulebook)
    card = max(board.cards, key=lambda card: len(gained(card)))
    app = opened("unit", as_of=DAY.isoformat(), unit=card.unit, part="won")
    rows = Shown(html(app)[html(app).index("到期未完成将扣") - 400 :]).rows
    assert [row[2].split()[0] for row in rows[1:]] == [finding.clause for finding in pending(card)]


def test_an_empty_database_says_what_to_do(data: Path) -> None:
    for page in ("", "unit"):
        assert "先到“台账上传”" in html(opened(page))


def test_rules_that_cannot_be_used_are_told_and_nothing_is_scored(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "rules.toml"
    broken.write_text("format = 1\n[assessment]\n", encoding="utf-8")
    monkeypatch.setattr("ui.session.cache.DEFAULT_RULES", broken)
    app = opened()
    assert "细则文件有错" in app.error[0].value
    assert "<h1" not in html(app)
