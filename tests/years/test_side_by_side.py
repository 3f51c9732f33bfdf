"""Two years side by side: what the unit did and what the rules did add up, and neither is taken for the other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.position import Position
from scoring.analysis.years import YearComparison, compare_years, path
from scoring.model.facts import Facts
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import parse_rulebook
from tests.analysis.worlds import FIVE, PANLONG, WUHUA, positions, world
from tests.years.books import FIRST, NEXT, rulebook_of, rules_text
from tests.years.worlds import next_year

DEARER = (('county = "未落实扣0.2分"', 'county = "未落实扣0.3分"'), ('points = -0.2\nquote = "未落实扣0.2分"', 'points = -0.3\nquote = "未落实扣0.3分"'))  # fmt: skip
RULES = {
    "dearer": DEARER,
    "higher base": (("base = 96 ", "base = 97 "), ("考核评分基础分96分", "考核评分基础分97分")),
    "a later day": (('deadline = 2024-12-31', 'deadline = 2024-10-31'), ('time_limit = "2024年12月31日前"', 'time_limit = "2024年10月31日前"')),
    "another sentence": (("未设置评价器扣0.1分", "没有评价器扣0.1分"),),
    "fewer counties": (('name = "呈贡区"', 'left_out = true\nname = "呈贡区"'),),
}  # fmt: skip


def changes_of(name: str) -> tuple[tuple[str, str], ...]:
    """The changes that the text knows: one that it does not would be a test of nothing."""
    return tuple(change for change in RULES[name] if change[0] in rules_text() or pytest.fail(f"{name}: {change[0]}"))


def assert_whole(found: YearComparison) -> None:
    for unit in found.units:
        assert unit.doing + unit.rules == unit.after.score - unit.before.score
        assert sum((c.doing for c in unit.clauses), unit.doing_at_caps) == unit.doing
        assert sum((c.rules for c in unit.clauses), unit.rules_of_frame) == unit.rules
        assert sum(c.then or 0 for c in unit.clauses) == sum(f.points for f in unit.before.findings)
        assert sum(c.now or 0 for c in unit.clauses) == sum(f.points for f in unit.after.findings)
        assert all(c.doing == 0 for c in unit.clauses if c.then is None or c.now is None)


@settings(max_examples=25, deadline=None)
@given(positions(), positions(), st.sampled_from(sorted(RULES)))
def test_the_parts_add_up_to_the_last_hundredth(before: Position, other: Position, name: str) -> None:
    after = replace(next_year(other, FIVE, *changes_of(name)), as_of=next_year(before, FIVE).as_of)
    found = compare_years(before, after)
    assert_whole(found)
    assert {*(u.unit for u in found.units), *found.joined} == {card.unit for card in after.board.cards}
    assert {*(u.was for u in found.units), *found.left} == {card.unit for card in before.board.cards}


@settings(max_examples=25, deadline=None)
@given(positions(), st.sampled_from(sorted(RULES)))
def test_what_the_rules_alone_do_is_nobodys_progress(drawn: Position, name: str) -> None:
    before = drawn.with_facts(replace(drawn.facts, roster=()))
    found = compare_years(before, next_year(before, FIVE, *changes_of(name)))
    assert_whole(found)
    assert [unit.doing for unit in found.units] == [Decimal(0)] * len(found.units)


@settings(max_examples=25, deadline=None)
@given(positions(), positions())
def test_under_the_same_rules_all_is_the_units_doing(before: Position, other: Position) -> None:
    after = replace(next_year(other, FIVE), as_of=next_year(before, FIVE).as_of, policy=before.policy)
    found = compare_years(before, after)
    assert_whole(found)
    assert [unit.rules for unit in found.units] == [Decimal(0)] * len(found.units)


def test_a_dearer_clause_that_is_now_kept_is_progress_by_last_years_points() -> None:
    before = world(f"{WUHUA}:21A=open;{PANLONG}:21A=open")
    later = world(f"{PANLONG}:21A=open")
    found = compare_years(before, next_year(later, FIVE, *DEARER))
    kept, not_kept = found.unit(WUHUA), found.unit(PANLONG)
    assert kept is not None
    assert not_kept is not None
    assert (kept.doing, kept.rules) == (Decimal("0.20"), Decimal(0))
    assert (not_kept.doing, not_kept.rules) == (Decimal(0), Decimal("-0.10"))


def renamed_rulebook(name: str) -> Rulebook:
    """The later rules with 五华区 under another name, its old one an alias, and no code to know it by."""
    old = f'name = "{WUHUA}"\nshort = "{WUHUA}"\nkind = "county"\ncode = "530102"\ntile = [2, 1]\naliases = ['
    new = f'name = "{name}"\nshort = "{name}"\nkind = "county"\ntile = [2, 1]\naliases = ["{WUHUA}", '
    return parse_rulebook(rules_text(NEXT, (old, new)).encode())


def test_names_that_changed_and_units_that_joined_or_left_are_told() -> None:
    day, policy = world().as_of, Policy()
    before = Position(Facts(), rulebook_of(FIRST), day, policy)
    after = Position(Facts(), renamed_rulebook("五华新区"), day.replace(year=NEXT), policy)
    found = compare_years(before, after)
    assert found.renamed == ((WUHUA, "五华新区"),)
    assert (found.joined, found.left) == ((), ())
    fewer = replace(after, rulebook=rulebook_of(NEXT, *RULES["fewer counties"]))
    assert compare_years(before, fewer).left == ("呈贡区",)
    again = Position(Facts(), rulebook_of(NEXT + 1), day.replace(year=NEXT + 1), policy)
    assert compare_years(fewer, again).joined == ("呈贡区",)


def test_a_units_path_goes_back_under_every_name_until_it_was_not_scored() -> None:
    day, policy = world().as_of, Policy()
    first = Position(Facts(), rulebook_of(FIRST), day, policy)
    second = Position(Facts(), renamed_rulebook("五华新区"), day.replace(year=NEXT), policy)
    third = Position(Facts(), rulebook_of(NEXT + 1), day.replace(year=NEXT + 1), policy)
    steps = compare_years(second, third), compare_years(first, second)
    assert [year.card.unit for year in path(steps, WUHUA)] == [WUHUA, "五华新区", WUHUA]
    assert [year.way is None for year in path(steps, WUHUA)] == [False, False, True]
    fewer = replace(second, rulebook=rulebook_of(NEXT, *RULES["fewer counties"]))
    steps = compare_years(fewer, third), compare_years(first, fewer)
    assert [year.board.year for year in path(steps, "呈贡区")] == [NEXT + 1]
    assert path(steps, "没有的区") == path((), WUHUA) == ()
