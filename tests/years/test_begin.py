"""A new year is begun from the last one's rules, and cannot be used until somebody confirmed everything in it."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import openpyxl
import pytest

from scoring.ledger.template.blank import template_workbook
from scoring.rulebook.begin import begin, confirm, leaves
from scoring.rulebook.read import DEFAULT_RULES, RulebookError, parse_rulebook
from tests.test_command_line import run
from tests.years.books import FIRST, NEXT, rules_of

TEXT = DEFAULT_RULES.read_text("utf-8")
DRAFT = begin(TEXT, NEXT)
ALL = ("assessment", "kind", "published", "unit", "task", "clause", "project_class", "policy")


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
    text, done = confirm(DRAFT, ALL[:-1], "张工")
    assert done == len([path for path in asked if not path.startswith("policy")])
    assert {mistake.path.partition(".")[0] for mistake in refusal(text).mistakes} == {"policy"}
    whole, _ = confirm(text, ("policy",), "李工")
    assert parse_rulebook(whole.encode()).assessment.year == NEXT
    assert 'by = "张工"' in whole
    assert 'by = "李工"' in whole


def test_what_was_changed_after_it_was_confirmed_must_be_confirmed_again() -> None:
    whole, _ = confirm(DRAFT, ALL, "张工")
    edited = whole.replace("due_soon_days = 30 ", "due_soon_days = 20 ", 1)
    (mistake,) = refusal(edited).mistakes
    assert (mistake.path, "30" in mistake.message, "20" in mistake.message) == ("assessment.due_soon_days", True, True)
    again, _ = confirm(edited, ("task[0]",), "张工")
    assert [one.path for one in refusal(again).mistakes] == ["assessment.due_soon_days"]
    parse_rulebook(confirm(again, ("assessment.due_soon_days",), "张工")[0].encode())


def test_the_commands_begin_a_year_and_confirm_it(tmp_path: Path) -> None:
    draft = tmp_path / "2024.toml"
    assert run("begin-year", NEXT, "-o", draft).returncode == 0
    assert run("begin-year", NEXT, "-o", draft).returncode == 2
    refused = run("template", "五华区", 2, "--rules", draft)
    assert refused.returncode == 2
    assert all("还没有人核对" in line for line in refused.stderr.strip().splitlines())
    assert "还差" in run("confirm-rules", draft, "task[0]", "--by", "张工").stderr
    assert run("confirm-rules", draft, "task[99]", "--by", "张工").returncode == 2
    assert "全部核对完" in run("confirm-rules", draft, *ALL, "--by", "张工").stderr
    done = run("template", "五华区", 2, "--rules", draft, "-o", tmp_path / "blank.xlsx")
    assert done.returncode == 0
    assert run("begin-year", FIRST, "-o", tmp_path / "x.toml").returncode == 2


def test_the_template_of_another_year_names_no_other_year() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(rules_of(NEXT), "五华区", 2)))
    validations = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    said = [str(cell.value or "") for sheet in book for row in sheet for cell in row]
    said += [text or "" for rule in validations for text in (rule.prompt, rule.error)]
    assert [text for text in said if f"{FIRST}" in text] == []
    assert any(f"{NEXT}-06-30" in text for text in said)
