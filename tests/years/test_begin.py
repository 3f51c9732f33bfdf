"""A new year is begun from the last one's rules, and cannot be used until somebody confirmed everything in it."""

from __future__ import annotations

import io
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from scoring.ledger.template.blank import template_workbook
from scoring.rulebook.begin import apart, begin, below, confirm, leaves, lines, unconfirmed, year_of
from scoring.rulebook.read import DEFAULT_RULES, RulebookError, parse_rulebook
from tests.test_command_line import run
from tests.years.books import FIRST, NEXT, rulebook_of

TEXT = DEFAULT_RULES.read_text("utf-8")
DRAFT = begin(TEXT, NEXT)
LAST = {line.path: line.value for line in lines(TEXT)}
ALL = ("assessment", "kind", "published", "unit", "task", "clause", "project_class", "policy")


def under(text: str, *groups: str) -> list[str]:
    """Return the paths of all lines of some tables."""
    return [line.path for group in groups for line in below(lines(text), group)]


def refusal(text: str) -> RulebookError:
    with pytest.raises(RulebookError) as found:
        parse_rulebook(text.encode())
    return found.value


def test_the_years_own_dates_move_and_others_stay() -> None:
    head = DRAFT.partition("[[confirm]]")[0]
    assert f"{FIRST}" not in head.replace(f"{FIRST}-06-30 这样", "").partition("[assessment]")[2]
    assert "closes = 2025-01-31" in head
    assert "deadline = 2025-12-31" in head


def test_nothing_can_be_used_before_every_line_is_confirmed() -> None:
    values = tomllib.loads(TEXT)
    asked = [path for path, _ in leaves(values)]
    assert {mistake.path for mistake in refusal(DRAFT).mistakes} == set(asked)
    assert {
        "kind[0].base",
        "task[0].goal",
        "clause[0].term[0].points",
        "published.notes[1]",
        "unit[0].name",
    } <= set(asked)
    text, done = confirm(DRAFT, under(DRAFT, *ALL[:-1]), "张工")
    assert done == len([path for path in asked if not path.startswith("policy")])
    assert {mistake.path.partition(".")[0] for mistake in refusal(text).mistakes} == {"policy"}
    whole, _ = confirm(text, under(text, "policy"), "李工")
    assert parse_rulebook(whole.encode()).assessment.year == NEXT
    assert 'by = "张工"' in whole
    assert 'by = "李工"' in whole


def test_what_was_changed_after_it_was_confirmed_must_be_confirmed_again() -> None:
    whole, _ = confirm(DRAFT, under(DRAFT, *ALL), "张工")
    edited = whole.replace("due_soon_days = 30 ", "due_soon_days = 20 ", 1)
    (mistake,) = refusal(edited).mistakes
    assert (mistake.path, "30" in mistake.message, "20" in mistake.message) == ("assessment.due_soon_days", True, True)
    again, _ = confirm(edited, under(edited, "task[0]"), "张工")
    assert [one.path for one in refusal(again).mistakes] == ["assessment.due_soon_days"]
    parse_rulebook(confirm(again, ("assessment.due_soon_days",), "张工")[0].encode())


def test_the_commands_begin_a_year_and_confirm_it_as_the_page_does(tmp_path: Path) -> None:
    draft = tmp_path / "2024.toml"
    assert run("begin-year", NEXT, "-o", draft).returncode == 0
    assert run("begin-year", NEXT, "-o", draft).returncode == 2
    assert run("begin-year", FIRST, "-o", tmp_path / "x.toml").returncode == 2
    refused = run("template", "五华区", 2, "--rules", draft)
    assert refused.returncode == 2
    assert all("还没有人核对" in line for line in refused.stderr.strip().splitlines())
    told = run("confirm-rules", draft, "task[0]", "--by", "张工").stderr
    assert "还差" in told
    assert "task[0].deadline：2024-06-30（去年：2023-06-30）" in told
    found = lines(draft.read_text("utf-8"))
    same, other = apart(below(found, "task[0]"), LAST)
    assert other, "a table holds what was shifted"
    assert {line.by for line in same} == {"张工"}
    assert {line.by for line in other} == {""}
    assert run("confirm-rules", draft, "task[99]", "--by", "张工").returncode == 2
    assert run("confirm-rules", draft, "task[1]").returncode == 2
    assert run("confirm-rules", draft, "task[1]", "--by", " ").returncode == 2
    assert "还差" in run("confirm-rules", draft, *ALL, "--by", "李工").stderr
    left = [line.path for line in lines(draft.read_text("utf-8")) if not line.by]
    assert left == [line.path for line in apart(found, LAST)[1]]
    listed = run("confirm-rules", draft).stdout.splitlines()
    assert [line.partition("：")[0] for line in listed] == left
    assert "全部核对完" in run("confirm-rules", draft, *left, "--by", "李工").stderr
    assert {line.by for line in lines(draft.read_text("utf-8")) if line.path.startswith("task[0]")} == {"张工", "李工"}
    done = run("template", "五华区", 2, "--rules", draft, "-o", tmp_path / "blank.xlsx")
    assert done.returncode == 0


def test_what_was_edited_or_added_is_confirmed_one_by_one(tmp_path: Path) -> None:
    draft = tmp_path / "2024.toml"
    draft.write_text(DRAFT.replace("due_soon_days = 30 ", "due_soon_days = 20 ", 1), "utf-8")
    told = run("confirm-rules", draft, "assessment", "--by", "张工").stderr
    assert "assessment.due_soon_days：20（去年：30）" in told


def test_lines_that_are_last_years_to_the_letter_are_told_from_others() -> None:
    same, other = apart(lines('[assessment]\nyear = 2024\nnew = "新加"\n'), {"assessment.year": "2024"})
    assert [line.path for line in same] == ["assessment.year"]
    assert [line.path for line in other] == ["assessment.new"]


def test_the_template_of_another_year_names_no_other_year() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(rulebook_of(NEXT), "五华区", 2)))
    validations = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    said = [str(cell.value or "") for sheet in book for row in sheet for cell in row]
    said += [text or "" for rule in validations for text in (rule.prompt, rule.error)]
    assert [text for text in said if f"{FIRST}" in text] == []
    assert any(f"{NEXT}-06-30" in text for text in said)


SMALL = """
format = 1
[assessment]
title = "2023年考评"
year = 2023
closes = 2024-01-31
due_quarters = [2, 3]
empty = []
blank = ""
[[kind]]
name = "county"
listed = 3
[[unit]]
name = "甲县"
kind = "county"
short = "甲"
code = "1"
tile = [1, 2]
aliases = ["甲"]
left_out = true
[[clause]]
code = "1A"
words = ["甲"]
all_of = ["甲"]
none_of = ["甲"]
names = ["甲"]
continues = "2022:1A"
deadline = 2023-06-30
texts = ["A甲", "乙"]
[[clause.term]]
kind = "county"
method = "milestone"
points = -0.20
[policy.late]
default = "strict"
[[policy.late.reading]]
name = "strict"
"""
LINES = """
assessment.title  2024年考评
assessment.year  2024
assessment.closes  2025-01-31
assessment.due_quarters  [2, 3]
kind[0].name  county
kind[0].listed  3
unit[0].name  甲县
unit[0].left_out  true
clause[0].deadline  2024-06-30
clause[0].texts[0]  A甲
clause[0].texts[1]  乙
clause[0].term[0].points  -0.20
policy.late.default  strict
"""


def test_every_sentence_number_date_and_flag_is_listed_and_what_people_call_things_is_not() -> None:
    draft = begin(SMALL, 2024)
    assert "\n".join(f"{line.path}  {line.value}" for line in lines(draft)) == LINES.strip()
    assert {(line.by, line.group) for line in lines(draft)} == {
        ("", group) for group in ("assessment", "kind[0]", "unit[0]", "clause[0]", "policy")
    }
    entries = tomllib.loads(draft)["confirm"]
    assert [(entry["path"], entry["value"], entry["by"]) for entry in entries] == [
        (line.path, line.value, "") for line in lines(draft)
    ]
    assert "# 逐条对照新印发的原文核对，在 by 里写核对人的姓名；全部写完才能生效。\n[[confirm]]" in draft
    assert begin(begin(SMALL, 2024), 2025).count("[[confirm]]") == len(entries)


def test_above_the_list_the_rules_stay_to_the_letter_but_for_the_year() -> None:
    rules = "\n[assessment]\nyear = 2023\nX = '五华区'\n# X \n\n\n"
    begun = "\n[assessment]\nyear = 2024\nX = '五华区'\n# X \n\n"
    note = "# 逐条对照新印发的原文核对，在 by 里写核对人的姓名；全部写完才能生效。\n"
    entries = "".join(
        f'[[confirm]]\npath = "{path}"\nvalue = "{value}"\nby = ""\n'
        for path, value in (("assessment.year", 2024), ("assessment.X", "五华区"))
    )
    assert begin(rules, 2024) == begun + note + entries
    assert confirm(begun, [], "") == (begun + entries, 0)
    assert confirm(begun + entries, [], "") == (begun + entries, 0)
    assert [path for path, _ in leaves({"X": {"Y": 1}})] == ["X.Y"]


def test_who_confirmed_a_line_stays_as_long_as_the_line_does() -> None:
    draft = begin(SMALL, 2024)
    draft, done = confirm(draft, under(draft, "clause[0].term", "unit[0].name"), "张工")
    assert done == 2
    edited = draft.replace('name = "甲县"', 'name = "乙县"', 1)
    other, again = confirm(edited, under(edited, "kind", "unit"), "")
    assert again == 4
    assert {line.path: line.by for line in lines(other) if line.by} == {"clause[0].term[0].points": "张工"}
    assert under(other, "kind[0]") == under(other, "kind") == ["kind[0].name", "kind[0].listed"]
    assert under(other, "kin", "kind[0].list", "unit[1]") == []
    assert confirm(other, ["kind", "unit[1].name"], "李工")[1] == 0


def test_what_is_unconfirmed_is_said() -> None:
    values = tomllib.loads(begin(SMALL, 2024), parse_float=Decimal)
    said = {mistake.path: mistake.message for mistake in unconfirmed(values)}
    assert said["assessment.title"] == "还没有人核对：2024年考评"
    values["confirm"] = [
        {"path": "assessment.title", "value": "长 \n" * 30, "by": " 张工 "},
        {"path": "unit[0].name", "by": " "},
        3,
    ]
    said = {mistake.path: mistake.message for mistake in unconfirmed(values)}
    assert said["assessment.title"] == f"核对之后又改过：核对的是{'长 ' * 15}，现在是2024年考评"
    assert said["unit[0].name"] == "还没有人核对：甲县"
    assert list(unconfirmed({"confirm": "x", "kind": []})) == []
    assert list(unconfirmed({"confirm": 3, "kind": []})) == []
    assert list(unconfirmed({"assessment": {"year": 1}})) == []


@pytest.mark.parametrize(("text", "year"), [
    (SMALL, 2023), ("", None), ("assessment = 3", None), ("[assessment]\nyear = '2023'", None),
])  # fmt: skip
def test_a_draft_says_its_year(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(("text", "year", "says"), [
    ("a = 1", 2024, "^文件里没有 assessment.year$"), (SMALL, 2023, "^这份细则就是2023年度的$"),
    (SMALL.replace("year = 2023", 'year = "2023"'), 2024, "^文件里没有 assessment.year$"),
])  # fmt: skip
def test_what_no_year_can_be_begun_from_is_refused(text: str, year: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        begin(text, year)


def test_a_line_that_the_list_leaves_out_or_leaves_unsigned_is_confirmed_by_nobody() -> None:
    unsigned = '[assessment]\nyear = 2024\ntitle = "甲"\n[[confirm]]\npath = "assessment.title"\nvalue = "甲"\n'
    assert [(line.path, line.by) for line in lines(unsigned)] == [("assessment.year", ""), ("assessment.title", "")]
    text, done = confirm(unsigned, ["assessment.year"], "张工")
    assert done == 1
    assert [(line.path, line.by) for line in lines(text)] == [("assessment.year", "张工"), ("assessment.title", "")]
    assert [mistake.path for mistake in unconfirmed(tomllib.loads(unsigned))] == ["assessment.year", "assessment.title"]
