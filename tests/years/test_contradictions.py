"""A rule file whose values contradict its own published text is refused, all mistakes at once with path and both values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.rulebook.contradictions import _of_points
from scoring.rulebook.read import RulebookError, parse_rulebook
from tests.years.books import NEXT, rulebook_of, rules_text

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
