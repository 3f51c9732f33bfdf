"""A year is begun on the page: nothing is in force before every line was confirmed with a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.model.rules import Rulebook
from scoring.rulebook.begin import confirm, lines
from scoring.rulebook.read import DEFAULT_RULES
from tests.ui.opening import html
from tests.ui.stored import button, fill, page, press, write
from tests.years.books import FIRST, NEXT
from ui.session import cache
from ui.session.data_folders import draft_of_rules

FORCE = f"让{NEXT}年度细则生效"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "rules.toml"
    copy.write_bytes(DEFAULT_RULES.read_bytes())
    monkeypatch.setattr(cache, "DEFAULT_RULES", copy)


def test_a_year_is_begun_confirmed_line_by_line_and_put_in_force(data: Path, rulebook: Rulebook) -> None:
    held = fill(data, rulebook)
    app = write(page("publication", part="rules"), "经办人", "张工")
    app = press(app, f"写{NEXT}年度草稿")
    found = lines(draft_of_rules(NEXT).read_text("utf-8"))
    assert f"还差{len(found)}处" in html(app)
    assert button(app, FORCE).disabled
    group = [line.path for line in found if line.group == "assessment"]
    assert len(app.checkbox) >= len(group)
    app.checkbox[0].check().run()
    app = press(app, "记下核对")
    assert [line.by for line in lines(draft_of_rules(NEXT).read_text("utf-8")) if line.by] == ["张工"]
    next(box for box in app.checkbox if f"与{FIRST}年度一字不差" in box.label).check().run()
    app = press(app, "记下核对")
    last = {line.path: line.value for line in lines(DEFAULT_RULES.read_text("utf-8"))}
    moved = [
        line for line in lines(draft_of_rules(NEXT).read_text("utf-8")) if line.group == "assessment" and not line.by
    ]
    assert len(moved) > 1
    assert all(line.value != last[line.path] for line in moved), "what was shifted is confirmed one by one"
    assert all("（去年：" in box.label for box in app.checkbox)
    for number in range(len(moved)):
        app.checkbox[number].check()
    app = press(app, "记下核对")
    done = {line.path for line in lines(draft_of_rules(NEXT).read_text("utf-8")) if line.by}
    assert done == set(group)
    offered = next(box for box in app.selectbox if box.label == "核对哪一段")
    assert offered.value == "published", "the next part that is not done"
    assert held.rule_years() == (FIRST,)
    rest = [line.path for line in found if line.path not in done]
    text, _ = confirm(draft_of_rules(NEXT).read_text("utf-8"), rest, "李工")
    draft_of_rules(NEXT).write_text(text, "utf-8")
    app = write(write(page("publication", part="rules"), "理由", "市里印发了新的细则"), "经办人", "张工")
    assert not button(app, FORCE).disabled
    app = press(app, FORCE)
    assert held.rule_years() == (FIRST, NEXT)
    assert (held.rules_at(NEXT) or ("", b""))[1] == text.encode()
    assert "换到2024年度" in html(app)


def test_an_edited_line_is_to_be_confirmed_again(data: Path, rulebook: Rulebook) -> None:
    fill(data, rulebook)
    press(write(page("publication", part="rules"), "经办人", "张工"), f"写{NEXT}年度草稿")
    path = draft_of_rules(NEXT)
    found = lines(path.read_text("utf-8"))
    whole, _ = confirm(path.read_text("utf-8"), [line.path for line in found], "张工")
    path.write_text(whole.replace("due_soon_days = 30 ", "due_soon_days = 20 ", 1), "utf-8")
    app = page("publication", part="rules")
    assert "还差1处" in html(app)
    assert button(app, FORCE).disabled


def test_a_draft_of_another_year_and_a_broken_one_cannot_be_put_in_force(data: Path, rulebook: Rulebook) -> None:
    held = fill(data, rulebook)
    path = draft_of_rules(NEXT)
    path.write_bytes(DEFAULT_RULES.read_bytes())
    app = write(page("publication", part="rules"), "理由", "试一试")
    assert button(app, FORCE).disabled
    for text in ("[[confirm]]\nby = 1\n", "[", "confirm = 3\nassessment = 1\n"):
        path.write_text(text, "utf-8")
        app = page("publication", part="rules")
        assert not app.exception
        assert button(app, FORCE).disabled
    assert held.rule_years() == (FIRST,)


def test_an_edited_draft_takes_the_place_of_the_first_and_one_of_another_year_does_not(
    data: Path, rulebook: Rulebook
) -> None:
    fill(data, rulebook)
    app = press(write(page("publication", part="rules"), "经办人", "张工"), f"写{NEXT}年度草稿")
    path = draft_of_rules(NEXT)
    text = path.read_text("utf-8")
    edited = text.replace("due_soon_days = 30 ", "due_soon_days = 20 ", 1)
    app.file_uploader[0].set_value(("草稿.toml", DEFAULT_RULES.read_bytes(), "application/toml")).run()
    assert f"写的不是{NEXT}年度" in app.warning[0].value
    app.file_uploader[0].set_value(("草稿.toml", edited.encode(), "application/toml")).run()
    press(app, "换上这份草稿")
    kept = {line.path: line.value for line in lines(path.read_text("utf-8"))}
    assert kept["assessment.due_soon_days"] == "20"
    assert not any(line.by for line in lines(path.read_text("utf-8")))


def test_a_newcomer_begins_a_year_while_no_ledger_is_stored(data: Path, rulebook: Rulebook) -> None:
    app = page("ranking")
    assert "还没有台账" in html(app)
    assert [one.label for one in app.get("page_link")].count("开始新的年度") == 1
    app = page("publication", part="final")
    assert "还没有台账" not in html(app)
    offered = next(one for one in app.get("button_group") if one.label == "看什么")
    assert offered.options == ["已定稿", "申诉", "公文要素", "正式口径", "细则生效"]
    app = press(write(app, "经办人", "张工"), f"写{NEXT}年度草稿")
    path = draft_of_rules(NEXT)
    found = lines(path.read_text("utf-8"))
    assert f"还差{len(found)}处" in html(app)
    path.write_text(confirm(path.read_text("utf-8"), [line.path for line in found], "李工")[0], "utf-8")
    app = press(write(write(page("publication"), "理由", "新的细则"), "经办人", "张工"), FORCE)
    assert f"{NEXT}年度的细则已经生效" in "".join(one.value for one in app.success) + html(app)
    assert cache.years(examples=True) == (FIRST, NEXT), "the examples follow rules that no file holds"
    assert cache.rulebook(NEXT, None, examples=True).assessment.year == NEXT
    for part in ("finals", "objections", "letterhead", "policy"):
        assert not page("publication", part=part).exception
