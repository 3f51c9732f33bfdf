"""The rules of several years lie beside each other; two files of one year are a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.rulebook.read import DEFAULT_RULES, RulebookError, load_rulebook
from scoring.rulebook.toml_table import Mistake
from scoring.rulebook.years import load_rulebooks
from tests.years.books import FIRST, NEXT, rules_text


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    path = tmp_path / "rules.toml"
    path.write_bytes(DEFAULT_RULES.read_bytes())
    return path


def further(own: Path, name: str = "2024.toml", text: str | None = None) -> Path:
    path = own.parent / "rules" / name
    path.write_text(text or rules_text(), "utf-8")
    return path


def test_years_in_the_folder_lie_beside_the_first(own: Path) -> None:
    further(own)
    books = load_rulebooks(own=own)
    assert (books.first, sorted(books.by_year)) == (FIRST, [FIRST, NEXT])
    assert [book.assessment.year for book in books.others(NEXT)] == [FIRST]


def test_a_named_file_makes_its_year_the_first(own: Path, tmp_path: Path) -> None:
    named = tmp_path / "later.toml"
    named.write_text(rules_text(), "utf-8")
    assert load_rulebooks([named], own).first == NEXT
    last = tmp_path / "last.toml"
    last.write_text(rules_text(2025), "utf-8")
    books = load_rulebooks([named, last], own)
    assert (books.first, sorted(books.by_year)) == (FIRST, [FIRST, NEXT, 2025])


def test_a_changed_copy_stands_in_the_place_of_the_first(own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.toml"
    copy.write_text(rules_text(FIRST, ("due_soon_days = 30", "due_soon_days = 20")), "utf-8")
    assert load_rulebooks([copy], own).by_year[FIRST].assessment.due_soon_days == 20


def test_the_same_file_named_again_is_no_second(own: Path) -> None:
    path = further(own)
    assert sorted(load_rulebooks([path, own], own).by_year) == [FIRST, NEXT]


def test_two_files_of_one_year_are_told_with_both_paths(own: Path, tmp_path: Path) -> None:
    further(own)
    further(own, "again.toml")
    with pytest.raises(RulebookError) as found:
        load_rulebooks(own=own)
    (line,) = found.value.lines
    assert "rules/2024.toml" in line
    assert "rules/again.toml" in line
    named = tmp_path / "named.toml"
    named.write_text(rules_text(), "utf-8")
    (own.parent / "rules" / "again.toml").unlink()
    with pytest.raises(RulebookError, match=r"rules/2024\.toml 和 .*named\.toml"):
        load_rulebooks([named], own)


def test_all_mistakes_of_all_files_are_told_at_once(own: Path) -> None:
    further(own, text=rules_text(NEXT, ("closes = ", "closed = ")))
    own.write_text(rules_text(FIRST, ('"4B"', '"4A"')), "utf-8")
    with pytest.raises(RulebookError) as found:
        load_rulebooks(own=own)
    lines = "\n".join(found.value.lines)
    assert "rules/2024.toml：assessment.closed：" in lines
    assert "rules.toml：clause：条款 4A 写了两次" in lines


def test_mistakes_say_their_file_and_how_many_they_are() -> None:
    one = RulebookError("a.toml", [Mistake("x", "甲")])
    two = RulebookError("b.toml", [Mistake("x", "甲"), Mistake("", "乙", "c.toml")])
    assert str(one) == "细则文件 a.toml 有 1 处错误：x：甲"
    assert str(two) == "细则文件 b.toml 有 2 处错误：\n  x：甲\n  乙"
    assert two.lines == ("b.toml：x：甲", "c.toml：乙")
    joined = RulebookError.joined([one, two, one])
    assert (joined.source, joined.lines) == ("a.toml、b.toml", (*one.lines, *two.lines, *one.lines))


@pytest.mark.parametrize(("name", "called"), [(None, "x.toml"), ("细则", "细则")])
def test_a_file_that_cannot_be_read_is_called_by_its_name(tmp_path: Path, name: str | None, called: str) -> None:
    with pytest.raises(RulebookError) as missing:
        load_rulebook(tmp_path / "x.toml", name)
    assert missing.value.lines == (f"{called}：读不到文件（文件或文件夹不在）",)
    (tmp_path / "x.toml").write_text("a = = 1", "utf-8")
    with pytest.raises(RulebookError) as bad:
        load_rulebook(tmp_path / "x.toml", name)
    assert bad.value.source == called
