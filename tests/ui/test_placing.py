"""Evidence put to a clause by hand: while it is dropped, later beside a stored ledger, alone, and from 审核认定."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scoring.judging.rank import make_board
from scoring.model.events import EventKind
from scoring.model.evidence import FoundBy
from scoring.model.findings import Outcome
from scoring.model.placings import Place
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store, open_store
from tests.evidence.packages import digest, ledger, png
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import button, choose, press, write
from ui.forms.placing import PLACING

DAY, UNIT = date(2023, 7, 7), "五华区"
BOOK = ledger().packed()
HALL, NOTICE = png(5), png(6)
AT_7A = Place(UNIT, "7A", 7, 2)


def upload(**files: bytes) -> AppTest:
    sent = [(name, data, "application/octet-stream") for name, data in files.items()]
    app = opened("upload", as_of=DAY.isoformat())
    app.file_uploader[0].set_value(sent).run()
    assert not app.exception
    return app


def pick(app: AppTest, label: str, value: object) -> None:
    next(box for box in app.selectbox if box.label == label).set_value(value).run()
    assert not app.exception


def put_in(app: AppTest) -> Store:
    app.text_input(key="reviewer").set_value("张工").run()
    press(app, "入库")
    return held()


def held() -> Store:
    return open_store(STORE[0])


def placing_box() -> AppTest:
    app = opened("review", as_of=DAY.isoformat(), unit=UNIT, clause="7A", item="")
    assert not app.file_uploader, "what is not asked for is not drawn"
    app.session_state[PLACING] = True
    return app.run()


STORE: list[Path] = []


@pytest.fixture(autouse=True)
def _where(data: Path) -> None:
    STORE[:] = [data / "assessment.duckdb"]


def shown(store: Store, clause: str) -> list[tuple[str, FoundBy]]:
    facts = store.facts(2023).statements
    return [(item.name, item.found_by) for one in facts if one.clause == clause for item in one.evidence]


def outcome(store: Store, rulebook: Rulebook, clause: str) -> Outcome:
    card = make_board(store.facts(2023), rulebook, DAY, Policy()).card[UNIT]
    return next(finding.outcome for finding in card.findings if finding.clause == clause)


def test_a_dropped_file_that_fits_no_row_is_put_to_one_by_hand_and_the_record_says_so(rulebook: Rulebook) -> None:
    app = upload(**{"五华区.xlsx": BOOK, "合影.png": HALL})
    assert ["合影.png", "没有对上任何一行", "–"] in Shown(html(app)).rows
    pick(app, "对得不对的一个文件", digest(HALL))
    pick(app, "改放到", AT_7A)
    press(app, "改放")
    assert any(row[0] == "合影.png" and "7A" in row[1] and row[2] == "由审核人放入" for row in Shown(html(app)).rows)
    assert held().uploads() == (), "nothing is stored yet"
    store = put_in(app)
    assert shown(store, "7A") == [("合影.png", FoundBy.REVIEWER)]
    assert outcome(store, rulebook, "7A") is Outcome.MET
    event = next(event for event in store.history() if event.kind is EventKind.UPLOAD)
    assert (event.actor, event.reason) == ("张工", "人工对应佐证：合影.png→五华区7A")
    assert store.verify_history() == ()


def test_a_match_is_overruled_before_it_is_stored(rulebook: Rulebook) -> None:
    app = upload(**{"五华区.xlsx": BOOK, "五华区-7A.png": HALL})
    assert any(row[0] == "五华区-7A.png" and row[2] == "文件名写明单位和评分项" for row in Shown(html(app)).rows)
    pick(app, "对得不对的一个文件", digest(HALL))
    press(app, "不作佐证")
    store = put_in(app)
    assert (shown(store, "7A"), outcome(store, rulebook, "7A")) == ([], Outcome.NO_EVIDENCE)
    assert [item.name for item in store.loose_things(2023)] == ["五华区-7A.png"], "it is kept all the same"
    assert "不作佐证" in next(event.reason for event in store.history() if event.kind is EventKind.UPLOAD)


def test_new_files_beside_a_stored_workbook_are_kept_and_attached(rulebook: Rulebook) -> None:
    put_in(upload(**{"五华区.xlsx": BOOK}))
    app = upload(**{"五华区.xlsx": BOOK, "五华区-7A.png": HALL, "合影.png": NOTICE})
    assert "入库" not in [one.label for one in app.button]
    write(app, "说明", "单位补送")
    write(app, "经办人", "张工")
    press(app, "存入佐证")
    store = held()
    assert shown(store, "7A") == [("五华区-7A.png", FoundBy.FILE_NAME)]
    assert outcome(store, rulebook, "7A") is Outcome.MET
    assert [item.name for item in store.loose_things(2023)] == ["合影.png"]
    assert (store.thing(digest(HALL))[1], store.thing(digest(NOTICE))[1]) == (HALL, NOTICE)
    (record,) = store.placing_records(2023)
    assert (record.event.actor, record.event.reason) == ("张工", "单位补送")
    again = upload(**{"五华区.xlsx": BOOK, "五华区-7A.png": HALL, "合影.png": NOTICE})
    assert "存入佐证" not in [one.label for one in again.button], "the same again brings nothing"


def test_a_picture_alone_is_put_to_a_stored_row_by_its_name_or_by_hand(rulebook: Rulebook) -> None:
    put_in(upload(**{"五华区.xlsx": BOOK}))
    app = upload(**{"五华区-7A大厅.png": HALL, "合影.png": NOTICE})
    assert any(row[0] == "五华区-7A大厅.png" and "7A" in row[1] for row in Shown(html(app)).rows)
    assert "“五华区-7A大厅.png”没有对上" not in html(app)
    assert "“合影.png”没有对上" in html(app)
    pick(app, "对得不对的一个文件", digest(NOTICE))
    pick(app, "改放到", Place(UNIT, "10A", 10, 2))
    press(app, "改放")
    write(app, "说明", "单位补送")
    write(app, "经办人", "张工")
    press(app, "存入佐证")
    store = held()
    assert shown(store, "7A") == [("五华区-7A大厅.png", FoundBy.FILE_NAME)]
    assert shown(store, "10A") == [("合影.png", FoundBy.REVIEWER)]


def test_a_reviewer_drops_a_picture_for_a_clause_takes_it_off_and_takes_that_back(rulebook: Rulebook) -> None:
    store = put_in(upload(**{"五华区.xlsx": BOOK}))
    app = placing_box()
    next(field for field in app.file_uploader if field.label == "图片或文件").set_value(
        [("大厅.png", HALL, "image/png")]
    ).run()
    write(app, "为什么放在这里", "单位微信送来")
    app.text_input(key="actor_placing").set_value("李工").run()
    button(app, "放入佐证").click().run()
    assert "从现在起计作佐证" in app.success[0].value
    assert outcome(store, rulebook, "7A") is Outcome.MET
    app = placing_box()
    assert any("李工" in row and "单位微信送来" in row for row in Shown(html(app)).rows)
    choose(app, "办什么", "拿下")
    next(field for field in app.multiselect if field.label == "哪几份").set_value([digest(HALL)]).run()
    write(app, "为什么不算", "不是营业厅")
    app.text_input(key="actor_off").set_value("李工").run()
    button(app, "拿下佐证").click().run()
    assert outcome(store, rulebook, "7A") is Outcome.NO_EVIDENCE
    app = placing_box()
    choose(app, "办什么", "撤回")
    pick(app, "撤回第几号", 2)
    write(app, "撤回理由", "看错了")
    app.text_input(key="actor_back").set_value("李工").run()
    button(app, "撤回").click().run()
    assert outcome(store, rulebook, "7A") is Outcome.MET
    assert [one.withdrawn is None for one in store.placing_records(2023)] == [True, False]


def test_a_stored_file_that_fits_no_row_is_listed_and_put_to_one(rulebook: Rulebook) -> None:
    store = put_in(upload(**{"五华区.xlsx": BOOK, "合影.png": HALL}))
    app = opened("review", as_of=DAY.isoformat(), part="loose")
    assert ["合影.png", digest(HALL)[:8]] in Shown(html(app)).rows
    next(field for field in app.multiselect if field.label == "没有对上的文件").set_value([digest(HALL)]).run()
    pick(app, "放到哪一行", AT_7A)
    write(app, "为什么放在这里", "是服务厅照片")
    app.text_input(key="actor_placing").set_value("李工").run()
    button(app, "放入佐证").click().run()
    assert shown(store, "7A") == [("合影.png", FoundBy.REVIEWER)]
    assert store.loose_things(2023) == ()
