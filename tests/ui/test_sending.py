"""自查 and 报送: a unit drops a workbook, sees what is wrong and the draft score, sends it; the bureau takes it in or sends it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from scoring.model.rules import Rulebook
from scoring.model.sendings import SendingState
from scoring.store import Store
from tests.ui.opening import html, opened
from tests.ui.stored import DAY, OTHER, UNIT, button, fill, ledger, write
from tests.ui.test_access import as_person
from tests.ui.test_units_door import as_clerk

DAYS = {"as_of": DAY.isoformat()}
REVIEWER = "shenhe@km.gov.cn"


@pytest.fixture
def held(data: Path, rules: Rulebook) -> Store:
    return fill(data, rules)


def dropped(app: AppTest, path: Path) -> AppTest:
    content: Any = [(path.name, path.read_bytes(), "application/octet-stream")]
    app.file_uploader[0].set_value(content).run()
    assert not app.exception
    return app


def reviewer(**query: str) -> AppTest:
    return as_person(opened("upload", **DAYS, **query), REVIEWER)


ROWS = [("1A", 1, "按时公布办事指南", "是", "2023-05-30", None, "公示截图.jpg", None)]


def test_a_unit_checks_before_it_sends_and_nothing_is_stored(held: Store, tmp_path: Path) -> None:
    app = as_clerk("upload", **DAYS)
    before = held.history()
    dropped(app, ledger(tmp_path / "new.xlsx", rows=ROWS))
    said = html(app)
    for told in ("草算得分", "还缺", "处不同", "入库会改变哪些评分项"):
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
    assert "别的单位" in app.warning[0].value
    assert held.sendings(2023) == ()
