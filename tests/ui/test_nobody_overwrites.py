"""Two people look, one acts, the other writes and acts: refused with what changed and by whom, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from scoring.model.doors import Doors, doors_key
from scoring.model.facts import Verdict
from scoring.model.notices import Letterhead, letterhead_key
from scoring.model.policy import Policy
from scoring.model.publications import ObjectionState
from scoring.model.rules import Rulebook
from scoring.store import Complaint, Store
from tests.builders import ruling
from tests.ui.opening import html
from tests.ui.stored import DAY, UNIT, choose, decide_ties, fill, page, press, write
from ui.forms import version_view

WHO, WORDS, LOOK = "李主任", "会议上议定的意见", "看现在的情况"
LETTER = letterhead_key(2023), Letterhead(organ="昆明市水务局文件").as_text(), WHO


class Case(NamedTuple):
    """``page`` is opened by both; ``ask`` is the field and ``label`` the button; ``told`` says what the other did."""

    page: Callable[[Store], AppTest]
    other: Callable[[Store], object]
    ask: str
    label: str
    told: str


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def rule(held: Store) -> None:
    held.rule(ruling("3A", Verdict.REJECTED, DAY, unit=UNIT), WHO)


def ruled(held: Store) -> AppTest:
    held.rule(ruling("4A", Verdict.REJECTED, DAY, unit=UNIT), "张工")
    return page("review", unit=UNIT, clause="4A")


def tied(_: Store) -> AppTest:
    return page("publication")


def decided(_: Store) -> AppTest:
    return decide_ties(page("publication"))


def objected(held: Store) -> AppTest:
    if not held.objections(2023):
        line = page("unit", unit=UNIT).session_state["kept in the session: this run's desk"].board().card[UNIT]
        today = held.history()[0].at.date()
        held.set_setting(doors_key(2023), Doors(True, today, today).as_text(), "主任")
        about = (UNIT, "3A", "已于6月完成", "张工", today)
        held.file_objection(Complaint("", *about, line=line.finding("3A"), year=2023))
    return choose(page("publication", part="objections", pick="1"), "决定", ObjectionState.DISMISSED)


def upload_in_view(held: Store) -> AppTest:
    return page("history", pick=version_view.word(held.ledger_versions(2023)[0]), see="withdraw")


def decide_first_tie(_: Store) -> None:
    app = page("publication")
    box = next(box for box in app.multiselect if box.label.startswith("列入"))
    box.select(box.options[0])
    press(write(write(app, "依据", "细则第1条"), "经办人", WHO), "记下决定")


def withdraw_first_tie(held: Store) -> None:
    held.withdraw_tie(held.tie_decisions(2023)[0].number, WHO, "会议改了意见")


STAY = {
    "policy": Case(lambda _: page("publication", part="policy", late="strict"), rule, "理由", "改为正式口径", "审核认定"),
    "letterhead": Case(
        lambda _: page("publication", part="letterhead"), lambda held: held.set_setting(*LETTER), "主送", "记下", "公文要素"
    ),
    "withdrawal of a ruling": Case(ruled, rule, "撤回理由", "撤回认定", "审核认定"),
    "withdrawal of an upload": Case(
        upload_in_view, lambda held: held.restore_upload(*withdrawn(held)), "撤回理由", "撤回这个文件", "恢复台账"
    ),
    "answer": Case(
        objected,
        lambda held: held.answer_objection(1, ObjectionState.UPHELD, "同意", WHO),
        "答复",
        "答复",
        "申诉答复",
    ),
}  # fmt: skip
GONE = {
    "tie": Case(tied, decide_first_tie, "依据", "记下决定", "并列决定"),
    "publication": Case(decided, withdraw_first_tie, "定稿说明", "定稿", "撤销并列决定"),
    "withdrawal of a tie": Case(decided, withdraw_first_tie, "撤销理由", "撤销", "撤销并列决定"),
    "withdrawal of a ruling": Case(
        ruled, lambda held: held.withdraw_ruling(1, WHO, "看错了"), "撤回理由", "撤回认定", "撤回认定"
    ),
    "policy": Case(
        lambda _: page("publication", part="policy", late="strict"),
        lambda held: held.set_policy(2023, Policy(late="strict"), WHO, "会议"),
        "理由",
        "改为正式口径",
        "正式口径",
    ),
}


def withdrawn(held: Store) -> tuple[str, str, str]:
    """Take a workbook back, so that what the function's caller does next lets it count again."""
    sha = held.uploads()[0].sha256
    held.withdraw_upload(sha, WHO, "报错了")
    return sha, WHO, "没有报错"


def sign(app: AppTest, ask: str) -> AppTest:
    write(app, ask, WORDS)
    for field in app.text_input:
        if field.label.startswith("经办人"):
            field.set_value("王主任")
    return app.run()


def is_written(app: AppTest) -> bool:
    return WORDS in [field.value for field in (*app.text_area, *app.text_input)]


@pytest.mark.parametrize("case", STAY.values(), ids=STAY)
def test_who_wrote_before_or_after_another_acted_is_refused_and_looks_again_with_a_click(
    case: Case, held: Store
) -> None:
    app = case.page(held)
    case.other(held)
    sign(app, case.ask)  # draws the page anew, which is no look of anybody's
    assert any(WHO in one.value for one in app.info), "what others did is told as long as nobody has looked"
    before = held.newest()
    press(app, case.label)
    assert held.newest() == before, "nothing was kept"
    assert any(WHO in one.value for one in app.error)
    assert case.told in html(app)
    assert is_written(app)
    press(app, LOOK)
    assert not app.error
    assert not any(WHO in one.value for one in app.info)
    assert is_written(app)
    press(app, case.label)
    assert held.newest() == before + 1


@pytest.mark.parametrize("case", GONE.values(), ids=GONE)
def test_words_whose_form_another_took_away_are_given_back(case: Case, held: Store) -> None:
    app = case.page(held)
    sign(app, case.ask)
    case.other(held)
    before = held.newest()
    for _ in range(2):  # as long as nobody has looked again
        app.run()
        assert any("没有保存" in one.value for one in app.error)
        assert case.told in html(app)
        assert WHO in html(app)
        assert WORDS in [one.value for one in app.code]
    assert held.newest() == before
    press(app, LOOK)
    assert not app.error
    assert not app.code


def test_what_one_leaves_oneself_is_not_given_back(held: Store) -> None:
    app = sign(page("publication", part="policy", late="strict"), "理由")
    rule(held)
    press(app, "清空")
    assert not app.code
    app = sign(page("publication", part="policy", late="strict"), "理由")
    choose(app, "看什么", "rules")
    assert not app.code


def test_settings_that_somebody_fills_in_are_told_and_in_one_line(held: Store) -> None:
    app = page("ranking")
    held.set_setting(doors_key(2023), Doors().as_text(), WHO)
    held.set_setting("reviewer", "张工", "张工")
    app.run()
    (told,) = [one.value for one in app.info if WHO in one.value]
    assert told.endswith("设置，报送单位的门。")
    assert "verdicts" not in html(page("history", part="events")), "nor does the history speak English"
