"""A rule file whose values contradict its own published text is refused, all mistakes at once with path and both values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scoring.model.rules import Rulebook
from scoring.rulebook.contradictions import _days, _of_points, _said, contradictions
from scoring.rulebook.read import RulebookError, parse_rulebook
from tests.years.books import FIRST, NEXT, rulebook_of, rules_text

CHANGES = {
    "a time limit of last year": (
        ('time_limit = "2024年6月30日前"\ncounty = "未按时公布办事指南扣0.2分。"', 'time_limit = "2023年6月30日前"\ncounty = "未按时公布办事指南扣0.2分。"'),
        "task[0].deadline：", ("2023年6月30日", "2024-06-30"),
    ),
    "a clause's own day": (
        ('title = "实现客户经理制"\ndeadline = 2024-06-30', 'title = "实现客户经理制"\ndeadline = 2024-07-30'),
        "].deadline：", ("2024-07-30", "2024年6月30日"),
    ),
    "points": (('points = -0.2\nquote = "未落实扣0.2分"', 'points = -0.3\nquote = "未落实扣0.2分"'), "].term[0].points：", ("-0.3", "扣0.2分")),
    "a bonus": (('points = 0.5\nquote = "通过“一站式”', 'points = 0.4\nquote = "通过“一站式”'), "].term[0].points：", ("0.4", "加0.5分")),
    "a cap": (("\ncap = 2\n", "\ncap = 3\n"), "].term[0].cap：", ("是 3", "不超过2分")),
    "closes": (("closes = 2025-01-31", "closes = 2024-11-30"), "assessment.closes：", ("2024-11-30", "2024-12-10")),
    "a cut-off": (("2 = 2024-06-10", "2 = 2024-06-12"), "assessment.cut_offs.2：", ("2024-06-12", "末月10日")),
    "a cut-off of another year": (("1 = 2024-03-10", "1 = 2023-03-10"), "assessment.cut_offs.1：", ("2023-03-10", "2024年")),
    "base points": (("\nbase = 96", "\nbase = 95"), "kind[0].base：", ("95", "96分")),
    "the cap of cases": (("case_cap = 4", "case_cap = 5"), "kind[0].case_cap：", ("5", "4分")),
    "responsibility": (("responsibility = 0.2 ", "responsibility = 0.3 "), "kind[1].responsibility：", ("0.3", "0.2分")),
    "the year in the title": (("指标2024年工作考评", "指标2023年工作考评"), "assessment.title：", ("2023年", "2024")),
    "the year in a note": (("市级责任部门2024年", "市级责任部门2023年"), "published.notes[1]：", ("2023年", "2024")),
}  # fmt: skip


def mistakes(*changes: tuple[str, str]) -> tuple[str, ...]:
    with pytest.raises(RulebookError) as found:
        parse_rulebook(rules_text(NEXT, *changes).encode())
    return found.value.lines


@pytest.mark.parametrize("name", CHANGES)
def test_each_is_told_with_its_path_and_both_values(name: str) -> None:
    change, path, values = CHANGES[name]
    (line,) = mistakes(change)
    assert path in line
    assert all(value in line for value in values), line
    assert line.startswith("rules.toml：")


def test_all_are_told_at_once() -> None:
    names = [name for name in CHANGES if name not in ("a cut-off of another year", "closes")]
    assert len(mistakes(*(CHANGES[name][0] for name in names))) == len(names)


def test_a_question_may_differ_from_the_text() -> None:
    text = rules_text(NEXT, CHANGES["points"][0]).encode()
    assert parse_rulebook(text, lenient=True).clause["21A"].terms[0].points.as_tuple().digits == (3, 0)


@pytest.mark.parametrize(("quote", "points", "cap", "told"), [
    ("每项扣0.5分", "-0.5", None, ""), ("每项扣0.5分", "-0.3", None, "points"), ("每少一项扣除 0.5 分", "-0.3", None, "points"),
    ("每次扣0.2分，最多扣2分", "-2", None, "points"), ("每个奖励0.5分", "0.4", None, "points"), ("每个加0.5分，封顶2分", "0.5", "3", "cap"),
    ("每个加0.5分，2分封顶", "0.5", "3", "cap"), ("每个加0.5分，累计不得超过2分", "0.5", None, "cap"),
    ("每个加0.5分，最高加2分", "0.5", "3", "cap"), ("每个加0.5分，以２分为限", "0.5", "3", "cap"), ("每个加0.5分，上限2分", "0.5", "2", ""),
    ("每个加0.5分，不多于2分", "2", "2", "points"),
])  # fmt: skip
def test_a_sentence_may_say_its_points_and_its_cap_in_other_words(
    quote: str, points: str, cap: str | None, told: str
) -> None:
    term = rulebook_of(NEXT).clauses[0].terms[0]
    given = replace(term, quote=quote, points=Decimal(points), cap=None if cap is None else Decimal(cap))
    assert [mistake.path for mistake in _of_points(given, "term")] == ([f"term.{told}"] if told else [])


@pytest.mark.parametrize(
    "limit", ["2023年6月底前", "2023-06-30", "2023.6.30前", "2023年底前", "2023年6月末", "2023年 6月 30日前"]
)
def test_a_time_limit_may_write_its_day_otherwise(limit: str) -> None:
    text = CHANGES["a time limit of last year"][0][0]
    (line,) = mistakes((text, text.replace("2024年6月30日前", limit)))
    assert "task[0].deadline：" in line
    assert "2024-06-30" in line


def test_days_of_a_text_are_those_that_the_calendar_has() -> None:
    assert _days("2023年2月30日、2023-06-30") == [date(2023, 6, 30)]
    assert _days("2023年0月底、2023年1月底、2023年13月底、2024年底") == [date(2023, 1, 31), date(2024, 12, 31)]
    assert _said([date(2023, 6, 30), date(2023, 7, 1)]) == "2023年6月30日、2023年7月1日"


RULES = rulebook_of(FIRST)


def framed(**changes: Any) -> Rulebook:
    return replace(RULES, assessment=replace(RULES.assessment, **changes))


def cut_off(quarter: int, day: date) -> Rulebook:
    return framed(cut_offs={**RULES.assessment.cut_offs, quarter: day})


def kinds(**changes: Any) -> Rulebook:
    return replace(RULES, kinds={name: replace(kind, **changes) for name, kind in RULES.kinds.items()})


def first_task(**changes: Any) -> Rulebook:
    return replace(RULES, tasks=(replace(RULES.tasks[0], **changes), *RULES.tasks[1:]))


def first_clause(rulebook: Rulebook, quote: str = "", **changes: Any) -> Rulebook:
    clause = rulebook.clauses[0]
    terms = tuple(replace(term, quote=quote) for term in clause.terms) if quote else clause.terms
    return replace(rulebook, clauses=(replace(clause, terms=terms, **changes), *rulebook.clauses[1:]))


MAY = "2023年5月31日前未公布扣0.2分"


@pytest.mark.parametrize(("rulebook", "says"), [
    (RULES, []),
    (cut_off(2, date(2023, 4, 10)), []), (cut_off(2, date(2023, 6, 10)), []), (cut_off(2, date.min), []),
    (cut_off(2, date(2023, 7, 10)), ["assessment.cut_offs.2：是 2023-07-10，不在2023年第2季度里"]),
    (cut_off(2, date(2023, 3, 10)), ["assessment.cut_offs.2：是 2023-03-10，不在2023年第2季度里"]),
    (framed(closes=date(2023, 12, 31)), []), (framed(closes=date.min), []),
    (framed(closes=date(2025, 1, 31)), ["assessment.closes：是 2025-01-31，assessment.year 是 2023"]),
    (framed(score_cap=Decimal(99)), ["assessment.score_cap：是 99，说明写的是100分"]),
    (kinds(base=Decimal(95)), ["kind[0].base：是 95，说明写的是96分", "kind[1].base：是 95，说明写的是100分"]),
    (kinds(case_cap=Decimal(3)), ["kind[0].case_cap：是 3，说明写的是4分"]),
    (kinds(by_task=True, responsibility=Decimal("0.1")), ["kind[0].responsibility：是 0.1，说明写的是0.2分"]),
    (first_task(deadline=None), ["task[0].deadline：任务 1 的完成时限写的是2023年6月30日，deadline 没有写"]),
    (first_clause(first_task(time_limit="按时"), deadline=date(2023, 7, 30)),
     ["clause[0].deadline：是 2023-07-30，任务 1 的完成时限写的是2023年6月30日"]),
    (first_clause(RULES, MAY), [f"clause[0].deadline：是 2023-06-30，“{MAY}”写的是2023年5月31日"]),
    (first_clause(RULES, MAY, deadline=None), []), (first_clause(RULES, MAY.replace("5月31", "6月30")), []),
])  # fmt: skip
def test_what_a_value_says_against_its_text_is_told_in_full(rulebook: Rulebook, says: list[str]) -> None:
    assert [str(mistake) for mistake in contradictions(rulebook)] == says
