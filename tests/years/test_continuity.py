"""A clause is that of an earlier year by its sentence, or because it says so itself (``continues``)."""

from __future__ import annotations

import pytest

from scoring.rulebook.begin import begin
from scoring.rulebook.continuity import continuity
from scoring.rulebook.read import RulebookError, parse_rulebook
from scoring.rulebook.years import load_rulebooks
from tests.analysis.worlds import WUHUA
from tests.years.books import FIRST, NEXT, rules_of, rules_text


def renumbered(text: str) -> str:
    return text.replace('code = "21A"', 'code = "21B"')


def test_a_clause_is_the_same_by_its_sentence_whatever_its_code() -> None:
    after = parse_rulebook(renumbered(rules_text()).encode())
    assert continuity(rules_of(FIRST), after).clauses[WUHUA]["21B"] == "21A"


CHANGED = ('county = "未落实扣0.2分"', 'county = "没有做到的扣0.2分"'), ('quote = "未落实扣0.2分"', 'quote = "没有做到的扣0.2分"')  # fmt: skip


def continued(said: str) -> str:
    return rules_text(NEXT, *CHANGED).replace('code = "21A"', f'code = "21A"\ncontinues = "{said}"')


def test_another_sentence_is_another_clause_unless_it_says_what_it_continues() -> None:
    before = rules_of(FIRST)
    assert "21A" not in continuity(before, rules_of(NEXT, *CHANGED)).clauses[WUHUA]
    assert continuity(before, parse_rulebook(continued("2023:21A").encode())).clauses[WUHUA]["21A"] == "21A"
    assert continuity(before, parse_rulebook(continued("2023:20A").encode())).clauses[WUHUA]["21A"] == "20A"


@pytest.mark.parametrize("said", ["21A", "2024:21A", "2025:21A", "2023：21A", "2023:21"])
def test_a_bad_continues_is_refused_with_its_path(said: str) -> None:
    with pytest.raises(RulebookError, match=r"clause\[\d+\]\.continues"):
        parse_rulebook(continued(said).encode())


def test_two_that_continue_one_clause_are_refused() -> None:
    text = continued("2023:21A").replace('code = "20A"', 'code = "20A"\ncontinues = "2023:21A"')
    with pytest.raises(RulebookError) as found:
        parse_rulebook(text.encode())
    assert len(found.value.mistakes) == 2


def test_what_no_clause_of_the_other_year_is_cannot_be_continued(tmp_path_factory: pytest.TempPathFactory) -> None:
    named = tmp_path_factory.mktemp("rules") / "later.toml"
    named.write_text(continued("2023:99A"), "utf-8")
    with pytest.raises(RulebookError, match=r"2023年度的 99A，rules.toml 里没有"):
        load_rulebooks([named])
    named.write_text(continued("2022:99A"), "utf-8")
    assert NEXT in load_rulebooks([named]).by_year, "a year whose rules are not here cannot be looked up"


def test_a_year_that_is_begun_continues_by_its_sentences() -> None:
    assert "continues" not in begin(continued("2023:21A"), NEXT + 1)
