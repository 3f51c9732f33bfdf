"""报送与版本 under AppTest: versions as they came, compared, withdrawn and restored with a preview; the whole history."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring.documents.event_list import events_xlsx
from scoring.judging.rank import make_board
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.store import Store
from tests.browser.ledgers import ROWS
from tests.builders import ruling
from tests.ui.opening import html
from tests.ui.reading import Shown
from tests.ui.stored import DAY, OTHER, UNIT, fill, ledger, page, press, put, write
from ui.forms import version_view
from ui.show.text import moment_name, points

MENDED = [row if row[0] != "3A" else (*row[:3], "是", "2023-06-20", None, "截图.jpg", None) for row in ROWS]


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


def pick(held: Store, unit: str = OTHER, version: int = 1) -> str:
    return next(version_view.word(v) for v in held.ledger_versions(2023) if (v.unit, v.version) == (unit, version))


def test_every_version_is_listed_with_its_hash_and_when_it_came(held: Store) -> None:
    shown = Shown(html(page("history")))
    for version in held.ledger_versions(2023):
        row = next(row for row in shown.rows if version.sha256[:12] in row)
        assert moment_name(version.received_at) in row
        assert f"第{version.version}版" in row
    assert "记录核对通过" in shown.text


def test_an_old_version_shows_what_it_said_and_what_was_wrong_with_it(held: Store) -> None:
    shown = Shown(html(page("history", pick=pick(held, UNIT))))
    assert any(row[:3] == ["工作落实", "D6", "3A"] and "未完成" in row[3] for row in shown.rows)
    assert any("获省级通报表扬" in row[2] and "申报0.5分" in row[3] for row in shown.rows if len(row) == 4)
    wrong = Shown(html(page("history", pick=pick(held, UNIT), see="problems")))
    assert any("D9" in row and "详见附页" in row for row in wrong.rows)


def test_two_versions_are_compared_row_by_row(held: Store, rulebook: Rulebook, data: Path) -> None:
    put(held, rulebook, ledger(data / "c.xlsx", MENDED, unit=OTHER, sent="2023年6月9日"))
    shown = Shown(html(page("history", pick=pick(held, OTHER, 2), see="compare")))
    assert "比盘龙区第二季度第1版：改变1行，重报3行" in shown.text
    row = next(row for row in shown.rows if "3A" in row)
    assert row[0] == "改变"
    assert "未完成" in row[3]
    assert "2023-06-20" in row[5]


def test_withdrawing_is_previewed_asks_why_and_can_be_undone(held: Store, rulebook: Rulebook) -> None:
    before = make_board(held.facts(2023), rulebook, DAY, Policy())
    app = page("history", pick=pick(held), see="withdraw")
    preview = Shown(html(app))
    write(write(app, "撤回理由", "报错了单位"), "经办人", "李审")
    press(app, "撤回这个文件")
    after = make_board(held.facts(2023), rulebook, DAY, Policy())
    assert after.card[OTHER].score < before.card[OTHER].score
    row = next(row for row in preview.rows if row[0] == OTHER and points(before.card[OTHER].score) in row)
    assert points(after.card[OTHER].score) in row, "what was previewed is what came"
    assert held.history()[-1].reason == "报错了单位"
    app = page("history", pick=pick(held), see="withdraw")
    assert "已撤回" in html(app)
    press(write(write(app, "恢复理由", "原来没有错"), "经办人", "李审"), "恢复这个文件")
    assert make_board(held.facts(2023), rulebook, DAY, Policy()) == before


def test_the_whole_history_is_shown_and_exported(held: Store, rulebook: Rulebook) -> None:
    held.rule(replace(ruling("7A", "rejected", DAY), reason="两行\n理由"))
    app = page("history", part="events")
    events = held.history()
    shown = Shown(html(app))
    assert [int(row[0]) for row in shown.rows[1:]] == [event.number for event in reversed(events)]
    sheet = load_workbook(BytesIO(events_xlsx(events, rulebook, DAY))).active
    assert sheet is not None
    written = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in written] == [event.number for event in events]
    assert [row[-1] for row in written] == [event.chain for event in events]
    for row, event in zip(written, events, strict=True):
        assert sha256(str(row[-2]).encode()).hexdigest() == event.chain, "the chain can be checked from the file alone"
        assert json.loads(str(row[-2]))[-1] == event.previous


def test_a_hand_in_the_database_shows(held: Store) -> None:
    page("history")
    with held._database.writing() as cursor:
        cursor.execute("UPDATE events SET reason = 'nobody saw' WHERE number = 1")
    held.set_setting("reviewer", "张工", "张工")
    app = page("history")
    assert "没有通过" in app.error[0].value
    assert "第 1 条记录" in html(app)


def test_any_page_shows_the_board_as_it_was_known(held: Store, rulebook: Rulebook, data: Path) -> None:
    known = held.history()[-1].at
    then = make_board(held.facts(2023), rulebook, DAY, Policy())
    put(held, rulebook, ledger(data / "c.xlsx", MENDED, unit=OTHER, sent="2023年6月9日"))
    now = make_board(held.facts(2023), rulebook, DAY, Policy())
    assert then.card[OTHER].score != now.card[OTHER].score
    for moment, board in ((known.isoformat(), then), ((known + timedelta(days=-1)).isoformat(), None), (None, now)):
        app = page("ranking", **({"known_at": moment} if moment else {}))
        shown = Shown(html(app))
        if board is None:
            assert "那时还没有收到台账" in shown.text
            continue
        assert any(OTHER in "".join(row[:2]) and points(board.card[OTHER].score) in row for row in shown.rows[1:])
        assert bool(app.info) is bool(moment)
    assert moment_name(known) in page("ranking", known_at=known.isoformat()).info[0].value.replace("\\", "")


def test_a_slide_says_as_of_which_moment_it_was_known(held: Store, rulebook: Rulebook, data: Path) -> None:
    known, version = held.history()[-1].at, held.fingerprint(2023)[:8]
    put(held, rulebook, ledger(data / "c.xlsx", MENDED, unit=OTHER, sent="2023年6月9日"))
    foot = html(page("meeting", known_at=known.isoformat())).split("k-deckfoot")[1]
    assert f"按{moment_name(known)}掌握的情况" in foot
    assert version in foot


def test_the_past_keeps_the_readings_that_were_official_then(held: Store, rulebook: Rulebook) -> None:
    known = held.history()[-1].at
    held.set_policy(2023, Policy(late="strict"), "主任", "会议决定")
    assert "口径：默认" in html(page("ranking", known_at=known.isoformat()))
    assert "口径：默认" not in html(page("ranking"))


@pytest.mark.parametrize("word", ["morgen", "2999-01-01", "<b>", "0001-01-01T00:00+14:00"])
def test_a_moment_that_is_none_is_ignored_and_named(held: Store, word: str) -> None:
    app = page("ranking", known_at=word)
    assert "已知时刻" in app.warning[0].value
    assert not app.info


def test_who_has_sent_nothing_is_asked_by_letter_and_message(held: Store, rulebook: Rulebook) -> None:
    app = page("history", part="remind")
    said = [one.value for one in app.code]
    silent = [unit.name for unit in rulebook.units if unit.assessed and unit.name not in (UNIT, OTHER)]
    assert len(said) == 2
    for text in said:
        assert all(unit in text for unit in silent)
        assert UNIT not in text
        assert OTHER not in text
    row = next(row for row in Shown(html(app)).rows if row[0] == "第二季度")
    assert row[2:7] == [str(len(silent) + 2), "2", "2", "0", str(len(silent))]
    assert f"第二季度台账还有{len(silent)}个单位未报" in html(app)


def test_files_of_which_only_the_original_was_kept_are_listed_and_given_back(held: Store) -> None:
    assert "只留原件" not in html(page("history"))
    held.keep_original("空白表.xlsx", b"nothing in it", "张工", "误报的空白表")
    held.keep_original("2022年台账.xlsx", b"of another year", "李工", "年度不对")
    app = page("history")
    shown = Shown(html(app))
    assert "只留原件的2份文件" in shown.text
    kept = [row for row in shown.rows if row[0] in ("空白表.xlsx", "2022年台账.xlsx")]
    assert [(row[0], row[3], row[4]) for row in kept] == [
        ("2022年台账.xlsx", "李工", "年度不对"), ("空白表.xlsx", "张工", "误报的空白表"),
    ]  # fmt: skip
    assert sha256(b"nothing in it").hexdigest()[:12] in kept[1][5]
    assert [found.label for found in app.get("download_button") if "原件" in found.label] == ["下载这份原件"]
