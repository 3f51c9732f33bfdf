"""台账上传 under AppTest: problems and score first, nothing stored before 入库, a receipt after it."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from scoring.files.room.room import room
from scoring.judging.rank import make_board
from scoring.ledger.parse import read_ledger
from scoring.ledger.template.blank import template_workbook
from scoring.model.events import EventKind
from scoring.model.facts import Facts, MatchedBy
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.rulebook.read import load_rulebook
from scoring.store import open_store
from tests.browser.ledgers import FIRST_ROW, NOT_DONE_CELL, ROWS, UNREADABLE_ROW, write_ledger, write_nonsense
from tests.evidence.packages import digest, png
from tests.evidence.packages import ledger as with_words
from tests.evidence.test_packages import zipped
from tests.ui.opening import html, opened
from tests.ui.reading import Shown
from tests.ui.stored import put
from ui.forms import intake, matching
from ui.show.text import points

DAY = date(2023, 7, 7)
UNIT = "五华区"


def upload(*files: Path) -> AppTest:
    app = opened("upload", as_of=DAY.isoformat())
    sent = [(file.name, file.read_bytes(), "application/octet-stream") for file in files]
    app.file_uploader[0].set_value(sent).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(found for found in app.button if found.label == label)


def put_in(app: AppTest, actor: str = "张工") -> AppTest:
    app.text_input(key="reviewer").set_value(actor).run()
    button(app, "入库").click().run()
    assert not app.exception
    return app


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=[*ROWS, UNREADABLE_ROW])


def test_the_preview_shows_the_score_of_the_library_and_stores_nothing(
    data: Path, ledger: Path, rulebook: Rulebook
) -> None:
    shown = Shown(html(upload(ledger)))
    book = read_ledger(ledger.read_bytes(), ledger.name, rulebook, 0)
    card = make_board(book.facts, rulebook, DAY, Policy()).card[UNIT]
    assert any(UNIT in row and points(card.score) in row for row in shown.rows)
    assert open_store(data / "assessment.duckdb").uploads() == ()


def test_the_preview_names_who_else_moves(data: Path, ledger: Path, rulebook: Rulebook) -> None:
    app = upload(ledger)
    shown = Shown(html(app))
    before = make_board(Facts(), rulebook, DAY, Policy())
    after = make_board(read_ledger(ledger.read_bytes(), ledger.name, rulebook, 0).facts, rulebook, DAY, Policy())
    others = [u for u in after.card if u != UNIT and after.card[u].rank != before.card[u].rank]
    assert len(others) == 13
    assert f"另有{len(others)}个单位没有报这些文件，也随之变化" in [folded.label for folded in app.expander]
    for unit in others:
        assert any(
            row[0] == rulebook.unit[unit].short and f"第{after.card[unit].rank}名" in row[5] for row in shown.rows
        )


def test_a_click_on_a_preview_of_other_facts_stores_nothing(data: Path, ledger: Path, tmp_path: Path) -> None:
    app = upload(ledger)
    app.text_input(key="reviewer").set_value("张工").run()
    held, other = open_store(data / "assessment.duckdb"), write_ledger(tmp_path / "b.xlsx", unit="盘龙区")
    put(held, load_rulebook(), other)
    button(app, "入库").click().run()
    assert len(held.uploads()) == 1


def test_an_absurd_award_is_stored_and_the_tables_that_cannot_hold_it_are_named(data: Path, ledger: Path) -> None:
    book = load_workbook(ledger)
    sheet = book.create_sheet("激励加分")
    sheet.append(["填报单位：五华区水务局"])
    sheet.append(["类别", "事项", "申报分值", "认定分值", "认定依据"])
    sheet.append(["工作案例", "获省级通报表扬", 99999, 99999, "云营商办1号"])
    book.save(ledger)
    app = put_in(upload(ledger))
    assert "已入库1份" in app.success[0].value
    assert "激励加分合计99999.00分" in app.warning[0].value.replace("\\", "")
    assert len(open_store(data / "assessment.duckdb").uploads()) == 1


def test_problems_name_their_cell_and_what_was_written(data: Path, ledger: Path) -> None:
    shown = Shown(html(upload(ledger)))
    row = next(row for row in shown.rows if UNREADABLE_ROW[3] in row and row[0].endswith("错误"))
    assert row[1].startswith("D")


def test_storing_needs_a_name_leaves_a_receipt_and_empties_the_field(data: Path, ledger: Path) -> None:
    app = upload(ledger)
    button(app, "入库").click().run()
    assert "姓名" in app.warning[0].value
    assert open_store(data / "assessment.duckdb").uploads() == ()
    put_in(app)
    assert "已入库1份工作簿" in app.success[0].value
    assert "五华区第二季度（第1版）" in html(app)
    held = open_store(data / "assessment.duckdb")
    assert [upload.actor for upload in held.uploads()] == ["张工"]
    assert app.session_state["own_name"] == "张工", "this browser asks no more"
    assert held.setting("reviewer") is None, "another browser is not told"
    app.run()
    assert not app.success, "the receipt is shown once"


def test_the_same_file_again_has_nothing_new_and_a_corrected_one_becomes_a_version(data: Path, tmp_path: Path) -> None:
    first = write_ledger(tmp_path / "a.xlsx")
    put_in(upload(first))
    again = upload(first)
    assert "1份文件：没有可以入库的，1份以前已经入库" in html(again)
    assert "入库" not in [button.label for button in again.button]
    corrected = [row if row[0] != "3A" else (*row[:3], "是", "2023-06-20", None, "截图.jpg", None) for row in ROWS]
    second = upload(write_ledger(tmp_path / "b.xlsx", rows=corrected, sent="2023年6月9日"))
    rows = Shown(html(second)).rows
    assert any(row[0].startswith("3A") and "+0.20" in row for row in rows)
    put_in(second)
    assert "五华区第二季度（第2版）" in html(second)


def test_a_file_that_is_no_ledger_gets_one_sentence_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    app = upload(write_nonsense(tmp_path / "说明.xlsx"))
    assert html(app).count('<details class="k-where"><summary><b>说明.xlsx</b>') == 1
    assert "入库" not in [button.label for button in app.button]
    assert open_store(data / "assessment.duckdb").uploads() == ()


def test_a_bad_file_beside_a_good_one_is_refused_alone(data: Path, ledger: Path, tmp_path: Path) -> None:
    app = put_in(upload(ledger, write_nonsense(tmp_path / "说明.xlsx")))
    assert "已入库1份工作簿" in app.success[0].value


def test_what_a_file_says_of_several_sheets_is_told_once_and_what_all_lines_say_above_them(
    data: Path, ledger: Path, tmp_path: Path
) -> None:
    book = load_workbook(ledger)
    book.copy_worksheet(book.active)
    for sheet in book.worksheets:
        sheet["A3"] = "2022年第二季度"
    book.save(wrong := tmp_path / "去年的台账.xlsx")
    other = write_ledger(tmp_path / "盘龙区2023年第二季度台账.xlsx", unit="盘龙区")
    text = Shown(html(upload(wrong, ledger, other))).text
    above, _ = text.split("入库时", 1)
    assert above.count("没有这个年度的细则") == above.count("等2处") == 1
    assert text.count("2023年度考评已截止") == above.count("2023年度考评已截止") == 1


def test_leaving_it_stores_nothing(data: Path, ledger: Path) -> None:
    app = upload(ledger)
    button(app, "不入库，清空").click().run()
    assert "放入台账" in html(app)
    assert open_store(data / "assessment.duckdb").uploads() == ()


def test_stored_ledgers_are_what_the_unit_page_and_the_tables_of_the_database_tell(data: Path, ledger: Path) -> None:
    put_in(upload(ledger))
    shown = Shown(html(opened("unit", as_of=DAY.isoformat(), unit=UNIT)))
    assert NOT_DONE_CELL in shown.text
    assert any(row[0] == NOT_DONE_CELL[1:] and "否" in row and "下月补办" in row for row in shown.rows), (
        "the row as sent"
    )


def test_a_name_that_is_markdown_stays_a_name(data: Path, tmp_path: Path) -> None:
    app = upload(write_ledger(tmp_path / "![x](http:example.invalid).xlsx"))
    assert all("](" not in expander.label for expander in app.expander)


def test_the_blank_template_reads_back_without_a_problem(data: Path, rulebook: Rulebook, tmp_path: Path) -> None:
    blank = tmp_path / "五华区2023年第二季度台账.xlsx"
    blank.write_bytes(template_workbook(rulebook, UNIT, 2))
    assert not upload(blank).exception


def test_a_reviewer_names_the_clause_of_a_row_sees_the_effect_and_the_record_says_so(
    data: Path, tmp_path: Path, rulebook: Rulebook
) -> None:
    rows = [*ROWS, (None, None, "见附件", "是", "2023-06-02", None, "照片.jpg", None)]
    path = write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx", rows=rows)
    row, app = ("工作落实", FIRST_ROW + len(ROWS)), upload(path)
    next(toggle for toggle in app.toggle if toggle.label == "看每一行是怎样认出来的").set_value(True).run()
    select(app, "认得不对的一行", row)
    select(app, "改认作", "12A")
    button(app, "改认").click().run()
    shown = Shown(html(app))
    assert any("人工指定" in line and any("12A" in cell for cell in line) for line in shown.rows)
    named = read_ledger(path.read_bytes(), path.name, rulebook, 0, {row: "12A"})
    assert named.facts != read_ledger(path.read_bytes(), path.name, rulebook, 0).facts
    score = points(make_board(named.facts, rulebook, DAY, Policy()).card[UNIT].score)
    assert any(UNIT in line and score in line for line in shown.rows)
    put_in(app)
    held = open_store(data / "assessment.duckdb")
    assert {s.clause for s in held.facts(2023).statements if s.matched_by is MatchedBy.REVIEWER} == {"12A"}
    assert "12A" in next(event.reason for event in held.history() if event.kind is EventKind.UPLOAD)


def test_a_named_row_may_speak_for_itself_again(data: Path, ledger: Path) -> None:
    app = upload(ledger)
    next(toggle for toggle in app.toggle if toggle.label == "看每一行是怎样认出来的").set_value(True).run()
    select(app, "认得不对的一行", ("工作落实", FIRST_ROW))
    select(app, "改认作", "2A")
    button(app, "改认").click().run()
    assert "1行的评分项由人工指定" in html(app)
    select(app, "认得不对的一行", ("工作落实", FIRST_ROW))
    button(app, "恢复自动识别").click().run()
    assert "人工指定" not in html(app)


def test_rows_that_share_a_merged_cell_are_named_one_by_one(tmp_path: Path, rulebook: Rulebook) -> None:
    path = write_ledger(tmp_path / "五华区2023年第二季度台账.xlsx")
    book = load_workbook(path)
    book["工作落实"].merge_cells(f"D{FIRST_ROW}:D{FIRST_ROW + 1}")
    book.save(path)
    rows = matching.rows_of(read_ledger(path.read_bytes(), path.name, rulebook))
    assert list(rows) == [("工作落实", FIRST_ROW + number) for number in range(len(ROWS))]


def select(app: AppTest, label: str, value: object) -> None:
    next(box for box in app.selectbox if box.label == label).set_value(value).run()
    assert not app.exception


def contradicting(path: Path) -> Path:
    """A ledger with a forgotten copy that says 未完成 of its first row."""
    write_ledger(path)
    book = load_workbook(path)
    copy = book.copy_worksheet(book["工作落实"])
    copy.title = "工作落实 (2)"
    copy.cell(FIRST_ROW, 4).value = "未完成"
    book.save(path)
    return path


def test_a_reviewer_says_which_of_two_places_stands_and_the_record_says_so(
    data: Path, tmp_path: Path, rulebook: Rulebook
) -> None:
    path = contradicting(tmp_path / "五华区2023年第二季度台账.xlsx")
    app = upload(path)
    shown = Shown(html(app))
    assert "1处矛盾" in html(app)
    torn = read_ledger(path.read_bytes(), path.name, rulebook, 0).contradictions
    assert len(torn) == 1
    assert any(list(torn[0].rows[0]) == row for row in shown.rows)
    chosen = next(box for box in app.selectbox if "以哪一处为准" in box.label)
    assert chosen.value == ""
    chosen.set_value(torn[0].sides[0].name).run()
    settled = read_ledger(path.read_bytes(), path.name, rulebook, 0, {}, {torn[0].key: torn[0].sides[0].name})
    score = points(make_board(settled.facts, rulebook, DAY, Policy()).card[UNIT].score)
    assert any(UNIT in line and score in line for line in Shown(html(app)).rows)
    put_in(app)
    held = open_store(data / "assessment.duckdb")
    assert len(held.facts(2023).statements) == len(settled.facts.statements)
    assert "人工指定" in next(event.reason for event in held.history() if event.kind is EventKind.UPLOAD)


def test_who_waits_for_a_worker_is_told_how_many_are_in_front(
    data: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, told = room(), []
    jobs = [
        threading.Thread(target=busy.ask, args=("read-workbook", ledger.read_bytes(), "x")) for _ in range(busy.workers)
    ]
    busy.ask("read-workbook", ledger.read_bytes(), "x")
    held = [worker.number for worker in busy._all]
    while len(held) < busy.workers:
        with busy._changed:
            busy._idle.append(busy._started())
        held = [worker.number for worker in busy._all]
    for number in held:
        os.kill(number, signal.SIGSTOP)
    for job in jobs:
        job.start()

    def look(_bar: object, _share: float, _which: str, in_front: int) -> None:
        told.append(in_front)
        if in_front:
            go_on()

    def go_on() -> None:
        for number in held:
            os.kill(number, signal.SIGCONT)

    monkeypatch.setattr(intake, "_progress", look)
    late = threading.Timer(60, go_on)
    late.start()
    upload(ledger)
    late.cancel()
    for job in jobs:
        job.join(20)
    assert told[:2] == [0, busy.workers]


def with_file(tmp_path: Path, *, packed: bool) -> list[Path]:
    """A ledger whose row names a file, that file and one that fits no row: side by side, or in one package."""
    sent = {"五华区.xlsx": with_words(c4A="出台文件.png").packed(), "出台文件.png": png(5), "合影.png": png(6)}
    if packed:
        (tmp_path / "报送.zip").write_bytes(zipped(sent))
        return [tmp_path / "报送.zip"]
    for name, content in sent.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in sent]


@pytest.mark.parametrize("packed", [True, False])
def test_files_beside_a_ledger_are_given_to_its_rows_and_stored_with_it(
    data: Path, tmp_path: Path, *, packed: bool
) -> None:
    app = upload(*with_file(tmp_path, packed=packed))
    assert "随附文件2个：0个错误，1个提醒" in [folded.label for folded in app.expander]
    assert any("合影.png" in word for word in Shown(html(app)).words)
    put_in(app)
    store = open_store(data / "assessment.duckdb")
    assert [one.file_name for one in store.uploads()] == ["五华区.xlsx"]
    assert store.thing(digest(png(5))) == ("出台文件.png", png(5))
    assert store.thing(digest(png(6))) == ("合影.png", png(6))


def test_a_package_that_cannot_be_opened_says_so(data: Path, tmp_path: Path) -> None:
    (tmp_path / "报送.zip").write_bytes(b"PK\x03\x04 torn")
    app = upload(tmp_path / "报送.zip")
    assert "随附文件0个：1个错误，0个提醒" in [folded.label for folded in app.expander]


def test_a_file_alone_that_is_no_workbook_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "说明.docx").write_bytes(b"PK\x03\x04 torn")
    app = upload(tmp_path / "说明.docx")
    assert html(app).count('<details class="k-where"><summary><b>说明.docx</b>') == 1


def blank(path: Path, rulebook: Rulebook) -> Path:
    path.write_bytes(template_workbook(rulebook, UNIT, 2))
    return path


def test_a_file_of_which_nothing_counts_is_never_stored_by_the_button_of_the_others(
    data: Path, ledger: Path, tmp_path: Path, rulebook: Rulebook
) -> None:
    empty = blank(tmp_path / "五华区空白.xlsx", rulebook)
    alone = upload(empty)
    assert "空白模板" in html(alone)
    assert "入库" not in [one.label for one in alone.button]
    put_in(upload(ledger, empty))
    held = open_store(data / "assessment.duckdb")
    assert [one.file_name for one in held.uploads()] == [ledger.name]
    assert held.kept_originals() == ()


def test_an_original_is_kept_by_an_act_of_its_own_with_its_reason(
    data: Path, tmp_path: Path, rulebook: Rulebook
) -> None:
    empty = blank(tmp_path / "五华区空白.xlsx", rulebook)
    app = upload(empty)
    assert button(app, "只留原件").disabled
    next(one for one in app.text_area if one.label == "为什么留").set_value("误报的空白表").run()
    next(one for one in app.text_input if one.key == "actor_originals").set_value("张工").run()
    button(app, "只留原件").click().run()
    held = open_store(data / "assessment.duckdb")
    assert [(one.file_name, one.reason) for one in held.kept_originals()] == [(empty.name, "误报的空白表")]
    assert held.uploads() == ()
    assert "已只留原件" in html(app)
    assert "只留原件" not in [one.label for one in app.button]


def test_what_is_new_beside_the_stored_version_is_told_row_by_row(data: Path, tmp_path: Path) -> None:
    put_in(upload(write_ledger(tmp_path / "a.xlsx")))
    corrected = [row if row[0] != "3A" else (*row[:3], "是", "2023-06-09", None, "截图.jpg", None) for row in ROWS]
    app = upload(write_ledger(tmp_path / "b.xlsx", rows=corrected[1:], sent="2023年6月9日"))
    next(one for one in app.toggle if one.label == "看和以前报的有什么不同").set_value(True).run()
    shown = Shown(html(app))
    assert "比五华区第二季度第1版：改变1行，删去1行，重报2行" in shown.text
    changed = next(row for row in shown.rows if row[0] == "改变")
    assert "未完成" in changed[3]
    assert "2023-06-09" in changed[5]
