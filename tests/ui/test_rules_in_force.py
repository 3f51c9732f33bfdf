"""A changed ``rules.toml`` moves nobody before somebody has seen whom it moves and put it in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook
from scoring.store import Store
from tests.ui.opening import html
from tests.ui.reading import Shown
from tests.ui.stored import DAY, UNIT, fill, page, press, write
from ui.session import cache
from ui.show.text import points


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rule file that stands in the place of the product's own."""
    copy = tmp_path / "rules.toml"
    copy.write_bytes(DEFAULT_RULES.read_bytes())
    monkeypatch.setattr(cache, "DEFAULT_RULES", copy)
    return copy


def test_an_edit_is_previewed_then_put_in_force_with_a_reason(data: Path, rulebook: Rulebook, edited: Path) -> None:
    held: Store = fill(data, rulebook)
    before = make_board(held.facts(2023), rulebook, DAY, Policy()).card[UNIT]
    assert points(before.score) in html(page("unit", unit=UNIT))
    text = edited.read_bytes()
    base = b"\nbase = 96"
    assert base in text
    edited.write_bytes(text.replace(base, b"\nbase = 95").replace("基础分96分".encode(), "基础分95分".encode()))
    after = make_board(held.facts(2023), parse_rulebook(edited.read_bytes()), DAY, Policy()).card[UNIT]
    assert after.score != before.score

    app = page("unit", unit=UNIT)
    assert "还没有生效" in app.warning[0].value
    assert points(before.score) in html(app), "nothing moved yet"
    app = page("publication", part="rules")
    row = next(row for row in Shown(html(app)).rows if row[0] == UNIT)
    assert points(before.score) in row
    assert points(after.score) in row
    press(write(write(app, "理由", "领导小组会议决定"), "经办人", "王主任"), "让改后的细则生效")
    assert held.rules_at(2023) == (parse_rulebook(edited.read_bytes()).rules_hash, edited.read_bytes())
    app = page("unit", unit=UNIT)
    assert not app.warning
    assert points(after.score) in html(app)
    seen = held.history()[-2].at  # before the rules changed
    assert points(before.score) in html(page("unit", unit=UNIT, known_at=seen.isoformat()))
