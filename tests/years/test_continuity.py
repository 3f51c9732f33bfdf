"""A clause is that of an earlier year by its sentence, or because it says so itself (``continues``)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.model.rules import Rulebook
from scoring.rulebook.begin import begin
from scoring.rulebook.continuity import comparable_rulebook, continuity, masked, shifted
from scoring.rulebook.read import RulebookError, parse_rulebook
from scoring.rulebook.years import load_rulebooks
from tests.analysis.worlds import WUHUA
from tests.years.books import FIRST, NEXT, rulebook_of, rules_text


def renumbered(text: str) -> str:
    return text.replace('code = "21A"', 'code = "21B"')


def test_a_clause_is_the_same_by_its_sentence_whatever_its_code() -> None:
    after = parse_rulebook(renumbered(rules_text()).encode())
    assert continuity(rulebook_of(FIRST), after).clauses[WUHUA]["21B"] == "21A"


CHANGED = ('county = "未落实扣0.2分"', 'county = "没有做到的扣0.2分"'), ('quote = "未落实扣0.2分"', 'quote = "没有做到的扣0.2分"')  # fmt: skip


def continued(said: str) -> str:
    return rules_text(NEXT, *CHANGED).replace('code = "21A"', f'code = "21A"\ncontinues = "{said}"')


def test_another_sentence_is_another_clause_unless_it_says_what_it_continues() -> None:
    before = rulebook_of(FIRST)
    assert "21A" not in continuity(before, rulebook_of(NEXT, *CHANGED)).clauses[WUHUA]
    assert continuity(before, parse_rulebook(continued("2023:21A").encode())).clauses[WUHUA]["21A"] == "21A"
    assert continuity(before, parse_rulebook(continued("2023:20A").encode())).clauses[WUHUA]["21A"] == "20A"
    elsewhere = rules_text(NEXT).replace('code = "21A"', 'code = "21A"\ncontinues = "2023:99A"')
    assert "21A" not in continuity(before, parse_rulebook(elsewhere.encode())).clauses[WUHUA]


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
    with pytest.raises(RulebookError, match=r"clause\[\d+\]\.continues：.*2023年度的 99A，rules.toml 里没有") as found:
        load_rulebooks([named])
    place = [clause.code for clause in parse_rulebook(continued("2023:99A").encode()).clauses].index("21A")
    assert [mistake.path for mistake in found.value.mistakes] == [f"clause[{place}].continues"]
    named.write_text(continued("2022:99A"), "utf-8")
    assert NEXT in load_rulebooks([named]).by_year, "a year whose rules are not here cannot be looked up"


def test_a_year_that_is_begun_continues_by_its_sentences() -> None:
    assert "continues" not in begin(continued("2023:21A"), NEXT + 1)


def due(rulebook: Rulebook, code: str, day: date) -> Rulebook:
    clauses = tuple(replace(c, deadline=day) if c.code == code else c for c in rulebook.clauses)
    return replace(rulebook, clauses=clauses)


def test_the_earlier_terms_are_asked_on_days_of_the_later_year() -> None:
    """A day in the assessment's own year moves along; 31 December 2025 is the same day in both."""
    far = date(2025, 12, 31)
    changes = ("limit = 5", "limit = 6"), ("points = -2.0", "points = -1.0"), ("扣2分", "扣1分")
    before, after = due(rulebook_of(FIRST, *changes), "22A", far), due(rulebook_of(NEXT), "22A", far)
    asked = comparable_rulebook(continuity(before, after))
    days = {clause.code: clause.deadline for clause in asked.clauses}
    assert days == {clause.code: clause.deadline for clause in after.clauses}
    assert {day.year for day in days.values() if day} == {NEXT, 2025}
    assert [one.limit for one in asked.project_classes] == [3, 6, 1, 0]
    assert [one.limit for one in after.project_classes] == [3, 5, 1, 0]
    assert asked.clause["27A"].terms[0].points == -1
    assert (asked.assessment.year, asked.assessment.title) == (NEXT, after.assessment.title)
    assert (asked.assessment.closes, asked.assessment.cut_offs) == (after.assessment.closes, after.assessment.cut_offs)
    assert (asked.clause["8A"].terms[0].asked_after, asked.clause["9B"].deadline) == ("8B", after.clause["9B"].deadline)


@pytest.mark.parametrize(("day", "years", "moved"), [
    (date(2024, 2, 29), -1, date(2023, 2, 28)), (date(2024, 2, 29), 4, date(2028, 2, 29)), (date(2023, 6, 30), 1, date(2024, 6, 30)),
])  # fmt: skip
def test_a_day_moves_by_years(day: date, years: int, moved: date) -> None:
    assert shifted(day, years) == moved


def renamed_unit(rulebook: Rulebook, old: str, **changes: object) -> Rulebook:
    units = tuple(replace(unit, **changes) if unit.name == old else unit for unit in rulebook.units)  # type: ignore[arg-type]
    return replace(rulebook, units=units)


@pytest.mark.parametrize(("changes", "known"), [
    ({"name": "新五华区", "short": "新五华", "aliases": ()}, True),  # by its code
    ({"name": "新五华区", "short": "新五华", "aliases": (), "code": None}, False),
    ({"name": "新五华区", "short": "新五华", "aliases": ("五 华 区",), "code": None}, True),  # by the old name
    ({"name": "五华", "short": "新五华", "aliases": (), "code": None}, True),  # by an old alias
    ({"name": "新五华区", "short": "五华", "aliases": (), "code": None}, False),
    ({"kind": "department"}, False),
])  # fmt: skip
def test_a_unit_is_known_by_name_code_or_alias_and_stays_of_its_kind(changes: dict[str, object], known: bool) -> None:
    after = renamed_unit(rulebook_of(NEXT), WUHUA, **changes)
    found = continuity(rulebook_of(FIRST), after)
    assert (found.units.get(str(changes.get("name", WUHUA))) == WUHUA) is known


def test_a_sentence_of_two_clauses_is_taken_for_neither() -> None:
    before, after = rulebook_of(FIRST), rulebook_of(NEXT)
    clause = before.clause["21A"]
    twin = replace(before, clauses=(*before.clauses, replace(clause, code="21Z")))
    assert "21A" not in continuity(twin, after).clauses[WUHUA]
    assert continuity(before, after).clauses[WUHUA]["21A"] == "21A"


def test_units_are_known_by_name_before_code_and_incentive_tasks_by_what_they_say() -> None:
    before, after = rulebook_of(FIRST), rulebook_of(NEXT)
    swapped = renamed_unit(renamed_unit(after, WUHUA, code=before.unit["盘龙区"].code), "盘龙区", code=None)
    found = continuity(before, swapped)
    assert found.units == {unit.name: unit.name for unit in before.units}
    assert found.tasks == {29: 29, 30: 30}
    assert continuity(before, renamed_unit(swapped, "盘龙区", name="新", short="新", aliases=())).units[WUHUA] == WUHUA
    renamed = renamed_unit(after, "盘龙区", name="新区", short="新", aliases=())
    assert continuity(before, renamed).units["新区"] == "盘龙区"


def changed_clause(rulebook: Rulebook, code: str, **changes: object) -> Rulebook:
    clauses = tuple(replace(c, **changes) if c.code == code else c for c in rulebook.clauses)  # type: ignore[arg-type]
    return replace(rulebook, clauses=clauses)


def another_sentence(rulebook: Rulebook, code: str) -> Rulebook:
    terms = tuple(replace(term, quote="另一句") for term in rulebook.clause[code].terms)
    return changed_clause(rulebook, code, title="另一项", terms=terms)


def test_what_is_asked_after_a_clause_of_another_sentence_is_not_compared() -> None:
    before, after = rulebook_of(FIRST), rulebook_of(NEXT)
    same = continuity(before, after).clauses[WUHUA]
    assert set(same) - set(continuity(before, another_sentence(after, "8B")).clauses[WUHUA]) == {"8A", "8B"}


def test_a_sentence_is_compared_without_its_numbers_and_blanks() -> None:
    assert masked("２０２３年6月30日前 未落实\n扣0.2分") == "#年#月#日前未落实扣#分"


def test_the_earlier_year_is_asked_of_the_units_and_clauses_that_both_have() -> None:
    """盘龙区 is gone and another unit new, 官渡区 was not assessed, 西山区 is not any more, and 8B has another sentence."""
    before = changed_clause(rulebook_of(FIRST), "1A", deadline=date(2023, 7, 31), on_time=False)
    before = renamed_unit(before, "官渡区", assessed=False)
    before = replace(before, assessment=replace(before.assessment, score_cap=Decimal(99)))
    after = renamed_unit(rulebook_of(NEXT), "盘龙区", name="新区", short="新", aliases=(), code=None)
    after = another_sentence(renamed_unit(after, "西山区", assessed=False), "8B")
    asked = comparable_rulebook(continuity(before, after))
    assert {clause.code for clause in after.clauses} - {clause.code for clause in asked.clauses} == {"8A", "8B"}
    (clause, term), then = (asked.clause["1A"], *asked.clause["1A"].terms), before.clause["1A"].terms[0]
    assert (clause.deadline, clause.on_time) == (date(2024, 7, 31), False)
    assert set(term.units) == set(then.units), "how many they were still counts"
    assert {unit.name for unit in after.units if unit.assessed} - {u.name for u in asked.units if u.assessed} == {
        "新区",
        "官渡区",
    }
    assert not asked.unit["西山区"].assessed
    assert [term.compared_with for term in asked.clause["9A"].terms if term.kind == "department"] == ["9A"]
    assert asked.assessment.score_cap == 99


def test_the_earlier_terms_name_units_clauses_and_classes_as_the_later_year_calls_them() -> None:
    before = rulebook_of(FIRST)
    first, *others = before.project_classes
    before = replace(before, project_classes=(replace(first, quote="去年的话"), *others))
    text = rules_text(NEXT).replace('"8B"', '"8Z"').replace('"9A"', '"9Z"')
    after = parse_rulebook(text.replace(f'name = "{WUHUA}"', 'name = "新五华"').encode())
    after = replace(after, project_classes=(*after.project_classes, replace(first, name="另一类", quote="今年的话")))
    asked = comparable_rulebook(continuity(before, after))
    assert asked.clause["8A"].terms[0].asked_after == "8Z"
    assert [term.compared_with for term in asked.clause["9Z"].terms] == [None, "9Z"]
    assert {"新五华", WUHUA} & set(asked.clause["1A"].terms[0].units) == {"新五华"}
    assert (asked.project_classes[0].quote, asked.project_classes[-1].quote) == ("去年的话", "今年的话")
