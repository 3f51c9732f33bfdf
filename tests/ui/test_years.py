"""Several years in one app: the switch in the frame, the year in the URL, each year by its own rules and ledgers."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import chinese_calendar
import pytest

from scoring.calendar import holidays
from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES
from tests.ui.opening import html
from tests.ui.stored import DAY, UNIT, fill, page, press, write
from tests.years.books import FIRST, NEXT, rules_text
from ui.session import cache
from ui.show.text import points


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules of two years, the later in the folder beside the first."""
    copy = tmp_path / "rules.toml"
    copy.write_bytes(DEFAULT_RULES.read_bytes())
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "2024.toml").write_text(rules_text(NEXT), "utf-8")
    monkeypatch.setattr(cache, "DEFAULT_RULES", copy)
    return copy


def test_the_frame_offers_the_years_and_keeps_them_apart(data: Path, rulebook: Rulebook, both: Path) -> None:
    held = fill(data, rulebook)
    shown = html(page("unit", unit=UNIT))
    score = points(make_board(held.facts(FIRST), rulebook, DAY, Policy()).card[UNIT].score)
    assert score in shown
    assert "换到2024年度" in shown
    later = html(page("unit", unit=UNIT, year=str(NEXT)))
    assert "还没有台账" in later
    assert "2024年度" in later
    assert held.rule_years() == (FIRST, NEXT)
    assert (held.rules_at(NEXT) or ("",))[0] == sha256(rules_text(NEXT).encode()).hexdigest()


def test_a_year_without_rules_is_ignored_with_a_notice(data: Path, rulebook: Rulebook, both: Path) -> None:
    fill(data, rulebook)
    shown = page("unit", unit=UNIT, year="1999")
    assert any("已打开2023年度" in warning.value for warning in shown.warning)


def test_the_holidays_of_an_unknown_year_are_filled_in_on_the_page(data: Path, rulebook: Rulebook, both: Path) -> None:
    fill(data, rulebook)
    assert "都已知道" in html(page("rules", part="holidays"))
    year = max(chinese_calendar.constants.holidays).year + 2
    (both.parent / "rules" / "later.toml").write_text(rules_text(year), "utf-8")
    shown = page("rules", part="holidays", year=str(year))
    assert f"还不知道{year}年、{year + 1}年的节假日" in html(shown)
    monday = next(day for day in (date(year, 3, n) for n in range(1, 8)) if day.weekday() == 0)
    shown = write(shown, "放假的周一至周五", f"{monday}\n")
    shown = write(shown, "经办人（只问一次）", "张工")
    shown = press(shown, "保存节假日")
    assert not shown.exception
    assert str(monday) in (data / "holidays.toml").read_text("utf-8")
    holidays.table.cache_clear()
