"""排名 and 单位 beside the year before: the library's figures, and nothing where there is one year only."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.analysis.position import Position
from scoring.analysis.years import compare_years
from scoring.analysis.years_sentences import comparison
from scoring.model.facts import Facts
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, parse_rulebook
from scoring.store import Store
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import DAY, UNIT, fill_with_all
from tests.years.books import FIRST, NEXT, rules_text
from tests.years.test_side_by_side import DEARER
from tests.years.worlds import a_year_later
from ui.session import cache
from ui.show.text import MINUS, points

LATER = DAY.replace(year=NEXT)
TEXT = rules_text(NEXT, *DEARER)


@pytest.fixture
def store(data: Path, rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """One workbook of each unit in the first year, and half of them a year later, under rules with a dearer clause."""
    copy = tmp_path / "rules.toml"
    copy.write_bytes(DEFAULT_RULES.read_bytes())
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "2024.toml").write_text(TEXT, "utf-8")
    monkeypatch.setattr(cache, "DEFAULT_RULES", copy)
    return fill_with_all(data, rulebook)


def send_next_year(store: Store) -> None:
    facts = a_year_later(store.facts(FIRST))
    for sent in facts.ledgers[::2]:
        said = tuple(fact for fact in facts.statements if fact.ledger == sent)
        own = Facts(ledgers=(sent,), statements=said)
        store.save(f"{sent.unit}{NEXT}".encode(), ParsedWorkbook(f"{sent.unit}{NEXT}.xlsx", own), "测试")


def test_one_year_alone_is_compared_with_nothing(store: Store) -> None:
    for page in ("ranking", "unit"):
        shown = html(opened(page, as_of=DAY.isoformat(), unit=UNIT))
        assert "工作变化" not in shown
    app = opened("unit", as_of=DAY.isoformat(), unit=UNIT, part="years")
    assert not app.exception
    assert "历年" not in str([group.options for group in app.get("button_group")])


def test_the_ranking_and_a_unit_show_what_the_library_found(store: Store, rulebook: Rulebook) -> None:
    send_next_year(store)
    later = Position(store.facts(NEXT), parse_rulebook(TEXT.encode()), LATER, Policy())
    found = compare_years(Position(store.facts(FIRST), rulebook, DAY, Policy()), later)
    shown = Shown(html(opened("ranking", year=str(NEXT), as_of=LATER.isoformat(), kind="county")))
    assert comparison(found, "county").replace("-", MINUS) in shown.text
    for unit in found.of_kind("county"):
        figures = {points(unit.before.score), points(unit.after.score)}
        assert any(figures <= set(row) and rulebook.unit[unit.unit].short in row[0] for row in shown.rows)
    of = found.unit(UNIT)
    assert of is not None
    assert of.doing
    page = Shown(html(opened("unit", year=str(NEXT), as_of=LATER.isoformat(), unit=UNIT, part="years")))
    assert f"{FIRST}年{points(of.before.score)}分，{NEXT}年{points(of.after.score)}分" in page.text
    assert {row[0] for row in page.rows} >= {f"{FIRST}年", f"{NEXT}年", "得分（含基础分）"}
