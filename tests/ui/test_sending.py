"""自查 and 报送: a unit drops a workbook, sees what is wrong and the draft score, sends it; the bureau takes it in or sends it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoring.judging.rank import make_board
from scoring.model.doors import Doors, doors_key, read_doors
from scoring.model.policy import Policy
from scoring.model.publications import ObjectionState, Publication
from scoring.model.rules import Rulebook
from scoring.model.sendings import SendingState
from scoring.store import Store
from tests.store.test_publications import LONG_AGO
from tests.ui.opening import html
from tests.ui.stored import DAY, OTHER, UNIT, button, fill, ledger, write
from tests.ui.test_access import opened_by
from tests.ui.test_units_door import as_clerk

DAYS = {"as_of": DAY.isoformat()}
REVIEWER = "shenhe@km.gov.cn"


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def dropped(app: AppTest, path: Path) -> AppTest:
    content: Any = [(path.name, path.read_bytes(), "application/octet-stream")]
    app.file_uploader[0].set_value(content).run()
    assert not app.exception
    return app


def reviewer(**query: str) -> AppTest:
    return opened_by(REVIEWER, "upload", **query)


ROWS = [("1A", 1, "按时公布办事指南", "是", "2023-05-30", None, "公示截图.jpg", None)]


def test_a_unit_checks_before_it_sends_and_nothing_is_stored(held: Store, tmp_path: Path) -> None:
    app = as_clerk("upload", **DAYS)
    before = held.history()
    dropped(app, ledger(tmp_path / "new.xlsx", rows=ROWS))
    said = html(app)
    for told in ("草算得分", "还缺", "比五华区第二季度第1版：", "入库会改变哪些评分项"):
        assert told in said, told
    assert "名次" not in said
    assert not [found for found in app.button if found.label == "入库"]
    assert held.history() == before


def test_what_a_unit_sends_waits_and_is_taken_in_from_that_day(held: Store, tmp_path: Path) -> None:
    app = dropped(as_clerk("upload", **DAYS), ledger(tmp_path / "new.xlsx", rows=ROWS))
    button(app, "报送").click().run()
    assert "第1号" in app.success[0].value
    assert "待收" in html(app)
    (sent,) = held.sendings(2023)
    assert (sent.units, sent.by) == ((UNIT,), "赵工（wuhua@km.gov.cn）")
    count = len(held.uploads())
    assert "待收1件" in html(reviewer())
    app = reviewer(sending="1")
    button(app, "入库").click().run()
    assert not app.exception
    assert len(held.uploads()) == count + 1
    assert held.sendings(2023)[0].state is SendingState.TAKEN_IN
    assert "已收" in html(as_clerk("upload", **DAYS))


def test_what_is_sent_back_says_why_and_counts_nothing(held: Store, tmp_path: Path) -> None:
    app = dropped(as_clerk("upload", **DAYS), ledger(tmp_path / "new.xlsx", rows=ROWS))
    button(app, "报送").click().run()
    count = len(held.uploads())
    app = write(reviewer(sending="1"), "退回理由", "第1行缺佐证")
    button(app, "退回这件报送").click().run()
    assert not app.exception
    assert held.sendings(2023)[0].reason == "第1行缺佐证"
    assert len(held.uploads()) == count
    assert "第1行缺佐证" in html(as_clerk("upload", **DAYS))


def test_nobody_sends_for_another_unit(held: Store, tmp_path: Path) -> None:
    app = dropped(as_clerk("upload", **DAYS), ledger(tmp_path / "new.xlsx", unit=OTHER, rows=ROWS))
    assert button(app, "报送").disabled
    assert "别的单位" in html(app)
    assert held.sendings(2023) == ()


def test_a_unit_objects_and_sees_the_answer_and_replies_once(held: Store, rulebook: Rulebook) -> None:
    board = make_board(held.facts(2023), rulebook, DAY, Policy())
    given = Publication(
        "2023-年度-01", 2023, "年度", DAY, None, LONG_AGO, "主任", rulebook.rules_hash, held.fingerprint(2023), "p", "1"
    )
    held.publish(given, board)
    asked = {**DAYS, "part": "objections"}
    app = as_clerk("publication", **asked)
    (units,) = [box for box in app.selectbox if box.label == "单位"]
    assert units.options == [UNIT]
    button(write(app, "申诉内容", "已经办结"), "登记申诉").click().run()
    (filed,) = held.objections(2023)
    assert (filed.unit, filed.by) == (UNIT, "赵工（wuhua@km.gov.cn）")
    assert f"申诉答复期限：第1号（{UNIT}" in html(as_clerk("deadlines", **DAYS))
    held.answer_objection(1, ObjectionState.DISMISSED, "材料不全", "主任")
    app = as_clerk("publication", **asked, pick="1")
    assert "材料不全" in html(app)
    assert not [found for found in app.button if found.label == "答复"]
    button(write(app, "再申诉的理由", "补齐了"), "再申诉").click().run()
    assert not app.exception
    assert [turn.text for turn in held.objections(2023)[0].turns] == ["已经办结", "材料不全", "补齐了"]


def test_the_administrator_sets_what_units_see_and_when_they_object(held: Store) -> None:
    app = opened_by("guanli@km.gov.cn", "publication", part="objections")
    next(found for found in app.get("button_group") if found.label == "认定和理由").set_value(False).run()
    button(app, "设定").click().run()
    assert not app.exception
    assert read_doors(held.setting(doors_key(2023))) == Doors(verdicts_at_once=False)
    app = opened_by(REVIEWER, "publication", part="objections")
    assert not [found for found in app.button if found.label == "设定"]
