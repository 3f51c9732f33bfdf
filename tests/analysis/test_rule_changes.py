"""An edited rule file is said in sentences, none left out, and scored beside today's."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from scoring.analysis import rule_changes_sentences
from scoring.analysis.rule_changes import change_rules
from scoring.judging.rank import make_board
from scoring.model.facts import Facts
from scoring.model.rules import Clause, Rulebook, Term
from scoring.rulebook.difference import LABELS, differences
from scoring.rulebook.read import parse_rulebook
from tests.analysis.worlds import PANLONG, WHOLE, WUHUA, world
from tests.builders import incentive, ledger, with_caps

RULES = Path(__file__).parents[2] / "rules.toml"
APART = {"name", "no", "code", "cut_offs", "terms", "readings"}
PARTS = ("assessment", "units", "tasks", "clauses", "project_classes", "policies", "notes")


def edited(*changes: tuple[str, str]) -> Rulebook:
    """The product's own rule file with some text replaced."""
    text = RULES.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_rulebook(text.encode(), lenient=True)


def other(value: Any) -> Any:
    """A different value of the same type."""
    ways = {
        bool: lambda: not value,
        StrEnum: lambda: next(member for member in type(value) if member is not value),
        date: lambda: value + timedelta(days=1),
        int: lambda: value + 1,
        Decimal: lambda: value + 1,
        str: lambda: value + "改",
        tuple: lambda: value[:-1] if value else ("新",),
        dict: lambda: {key: other(item) for key, item in value.items()},
    }
    return next((way() for kind, way in ways.items() if isinstance(value, kind)), "新")


def variants(value: Any) -> list[tuple[str, Any]]:
    """Every rulebook that differs in one field of one value, however deep, first and last of each list."""
    found = []
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name == "rules_hash":
            continue
        if isinstance(inner, tuple) and inner and is_dataclass(inner[0]):
            for place in {0, len(inner) // 2, len(inner) - 1}:
                for path, item in variants(inner[place]):
                    changed = (*inner[:place], item, *inner[place + 1 :])
                    found.append((f"{field.name}[{place}].{path}", replace(value, **{field.name: changed})))
            found.append((f"{field.name}[-1]", replace(value, **{field.name: inner[:-1]})))
            if len(inner) > 1:
                found.append((f"{field.name} reversed", replace(value, **{field.name: inner[::-1]})))
        elif isinstance(inner, dict) and all(is_dataclass(item) for item in inner.values()) and inner:
            for key, held in inner.items():
                found += [
                    (f"{field.name}[{key}].{path}", replace(value, **{field.name: {**inner, key: item}}))
                    for path, item in variants(held)
                ]
        elif is_dataclass(inner):
            found += [(f"{field.name}.{path}", replace(value, **{field.name: item})) for path, item in variants(inner)]
        else:
            found.append((field.name, replace(value, **{field.name: other(inner)})))
    return found


def test_whatever_is_changed_is_said() -> None:
    silent = [path for path, rulebook in variants(WHOLE) if not differences(WHOLE, rulebook)]
    assert silent == []
    assert len(variants(WHOLE)) > 150


def test_equal_rulebooks_do_not_differ() -> None:
    assert differences(WHOLE, edited(("# The rules", "# Our rules"))) == ()


@pytest.mark.parametrize("kind", list(LABELS))
def test_every_field_has_a_label(kind: type) -> None:
    compared_otherwise = APART | ({"kind"} if kind is Term else set())
    assert {field.name for field in fields(kind)} - LABELS[kind].keys() <= compared_otherwise


@pytest.mark.parametrize(("changes", "says"), [
    ([("base = 96 ", "base = 95 ")], ["类别各县（市）区：基础分由96改为95"]),
    ([("2 = 2023-06-10", "2 = 2023-06-12")], ["考评：第二季度台账截止日由2023年6月10日改为2023年6月12日"]),
    ([("of = 3", "of = 2")], ["条款8A：对各县（市）区的应有个数由3改为2"]),
    ([("points = -2.0", "points = -1.0")], ["条款27A：对各县（市）区由扣2分改为扣1分"]),
    ([("limit = 5", "limit = 6")], ["项目类型一般项目（有外线）：时限（工作日）由5改为6"]),
    ([('default = "required"', 'default = "flagged"')], ["口径“佐证材料”：默认读法由“必须附佐证”改为“先认可，标注补交”"]),
    ([("left_out = true\n", "")], ["考评对象高新区：列入考评由否改为是", "考评对象高新区：本年度不考评由是改为否"]),
])  # fmt: skip
def test_a_change_reads_as_a_sentence(changes: list[tuple[str, str]], says: list[str]) -> None:
    found = differences(WHOLE, edited(*changes))
    assert [sentence for sentence in says if sentence in found] == says


def test_a_clause_that_comes_or_goes_is_said_with_what_it_costs() -> None:
    fewer = replace(WHOLE, clauses=tuple(c for c in WHOLE.clauses if c.code != "27A"))
    assert differences(WHOLE, fewer) == ("取消条款27A",)
    assert differences(fewer, WHOLE)[0] == "新增条款27A（制定方案，2023年6月30日到期，各县（市）区扣2分）"


def with_clause(rulebook: Rulebook, code: str, points: str) -> Rulebook:
    def dearer(clause: Clause) -> Clause:
        return replace(clause, terms=tuple(replace(t, points=Decimal(points)) for t in clause.terms))

    clauses = tuple(dearer(c) if c.code == code else c for c in rulebook.clauses)
    return replace(rulebook, clauses=clauses, rules_hash="edited")


def test_the_edited_rules_are_scored_beside_todays() -> None:
    position = world("五华区:7A=open,4A=open;盘龙区:22A=open")
    found = change_rules(position, with_clause(position.rulebook, "7A", "-0.1"))
    assert found.comparison.before == position.board
    assert found.comparison.after == make_board(position.facts, found.after.rulebook, position.as_of, position.policy)
    assert [(cause.clause, cause.moved) for cause in found.causes] == [("7A", {WUHUA: Decimal("0.1")})]
    assert rule_changes_sentences.sentence(found) == "细则有1处改动；影响1个单位；五华区由95.6分到95.7分、名次不变"
    assert len(rule_changes_sentences.rows(found)) == 2


def test_a_new_clause_is_said_not_to_have_been_read_for() -> None:
    position = world()
    fewer = replace(position.rulebook, clauses=tuple(c for c in position.rulebook.clauses if c.code != "27B"))
    found = change_rules(replace(position, rulebook=fewer), position.rulebook)
    assert found.unread == ("27B",)
    assert change_rules(position, position.rulebook).unread == ()
    assert change_rules(replace(position, rulebook=fewer), position.rulebook, position.facts).unread == ()


def test_what_moves_points_is_named_cap_and_all() -> None:
    """Every unit's causes add up to what its raw score moves."""
    position = world("五华区:4C=done,5C=done,7A=open;盘龙区:7A=open,27A=open")
    cheaper = with_clause(with_clause(position.rulebook, "7A", "-0.1"), "27A", "-3")
    capped = with_caps(cheaper, Decimal("0.7"), cheaper.assessment.score_cap)
    found = change_rules(position, capped)
    assert [(cause.clause, dict(cause.moved)) for cause in found.causes] == [
        ("7A", {WUHUA: Decimal("0.1"), PANLONG: Decimal("0.1")}),
        ("27A", {PANLONG: Decimal(-1)}),
        ("", {WUHUA: Decimal("-0.3")}),
    ]
    for change in found.comparison.units:
        assert sum(cause.moved.get(change.unit, 0) for cause in found.causes) == change.raw
    assert rule_changes_sentences.cause_rows(found)[-1] == ("", "基础分、案例分上限等", WUHUA, Decimal("-0.3"))


def test_a_clause_that_only_has_another_code_keeps_what_was_said_and_ruled() -> None:
    position = world("五华区:7A=open,4A=accept")
    names = {"7A": "7Z", "4A": "4Z"}
    clauses = tuple(replace(c, code=names.get(c.code, c.code)) for c in position.rulebook.clauses)
    found = change_rules(position, replace(position.rulebook, clauses=clauses))
    assert found.says == ("条款4A改称4Z", "条款7A改称7Z")
    assert (found.causes, found.left_aside) == ((), ())
    assert not found.comparison.moved
    assert found.after.board.card[WUHUA].finding("7Z").points == Decimal("-0.2")


def test_what_the_edited_rules_cannot_use_is_left_aside_and_said() -> None:
    position = world("五华区:7A=open", facts=Facts(incentives=(incentive(at=ledger(PANLONG)),)))
    rulebook = replace(
        position.rulebook,
        tasks=tuple(t for t in position.rulebook.tasks if t.no != 29),
        clauses=tuple(c for c in position.rulebook.clauses if c.code != "7A"),
    )
    found = change_rules(position, rulebook)
    assert rule_changes_sentences.left_aside(found) == ["盘龙区激励事项《获省级通报表扬》", "台账里对条款7A的填报"]
    assert {c.unit for c in found.comparison.moved} >= {PANLONG, WUHUA}


def test_the_same_rules_change_nothing() -> None:
    position = world("五华区:7A=open")
    assert rule_changes_sentences.sentence(change_rules(position, position.rulebook)) == "两份细则内容相同"
    assert "case" in {term.method for clause in WHOLE.clauses for term in clause.terms}
