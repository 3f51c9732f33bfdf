"""Years that the calendar package does not know: the office's own table, and a word wherever neither knows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from scoring.calendar import holidays, workdays
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from tests.builders import roster_row
from tests.years.books import rulebook_of

UNKNOWN = max(chinese_calendar.constants.holidays).year + 2
FIRST_MONDAY = next(day for day in (date(UNKNOWN, 3, n) for n in range(1, 8)) if day.weekday() == 0)
SUNDAY = date(UNKNOWN, 3, FIRST_MONDAY.day + 6)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(holidays.VARIABLE, str(tmp_path))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    holidays.table.cache_clear()
    workdays.forget_counts()


def test_a_year_that_nobody_knows_counts_monday_to_friday_and_is_named() -> None:
    assert workdays.is_working_day(FIRST_MONDAY)
    assert not workdays.is_working_day(SUNDAY)
    assert workdays.guessed_years(date(2023, 1, 1), date(2023, 12, 31)) == ()
    assert workdays.guessed_years(date(UNKNOWN - 1, 12, 1), FIRST_MONDAY)[-1] == UNKNOWN


@pytest.mark.parametrize("year", [min(chinese_calendar.holidays).year, 2020, 2023, max(chinese_calendar.holidays).year])
def test_a_year_that_the_package_knows_is_as_its_own_function_says(year: int) -> None:
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    assert [workdays.is_working_day(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


def test_the_offices_own_table_is_followed_and_kept(folder: Path) -> None:
    holidays.write_year(UNKNOWN, [FIRST_MONDAY], [SUNDAY])
    holidays.write_year(UNKNOWN + 1, [], [])
    forget()
    assert not workdays.is_working_day(FIRST_MONDAY)
    assert workdays.is_working_day(SUNDAY)
    assert workdays.is_known(FIRST_MONDAY)
    assert sorted(holidays.parse_table((folder / "holidays.toml").read_text("utf-8")).years) == [UNKNOWN, UNKNOWN + 1]


@pytest.mark.parametrize(
    "text",
    [f"[{UNKNOWN}]\noff = [2023-01-02]", f"[{UNKNOWN}]\noff = [{SUNDAY}]", f"[{UNKNOWN}]\nrest = []", "[next]\noff = []", "[", "x = 1"],
)  # fmt: skip
def test_a_table_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[一-龥]"):
        holidays.parse_table(text)


def test_every_median_that_guessed_says_so() -> None:
    year, sent = UNKNOWN, date(UNKNOWN, 6, 8)
    at = Ledger("五华区", year, 2, sent, True, 0)
    row = roster_row("甲", FIRST_MONDAY, date(UNKNOWN, 3, FIRST_MONDAY.day + 2), at=at)
    facts = Facts(ledgers=(at,), roster=(row,))
    for median in ("standard", "citywide"):
        board = make_board(facts, rulebook_of(year), date(year, 12, 31), Policy(median=median))  # type: ignore[arg-type]
        finding = board.card["五华区"].finding("2C")
        assert finding is not None
        assert f"{year}年的节假日表还没有" in finding.reason
    holidays.write_year(year, [], [])
    forget()
    known = make_board(facts, rulebook_of(year), date(year, 12, 31), Policy()).card["五华区"].finding("2C")
    assert known is not None
    assert "节假日" not in known.reason
