"""定稿与通报 under AppTest: what blocks, overriding with a reason, receipts, papers, objections, movement, official readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from scoring.analysis import movement, movement_sentences
from scoring.analysis.open_matters import open_matters
from scoring.analysis.open_matters_sentences import says
from scoring.analysis.position import Position
from scoring.analysis.ruling_queue import matters
from scoring.calendar import holidays
from scoring.calendar.workdays import add_working_days
from scoring.documents.event_list import subject
from scoring.documents.papers import PAPERS, all_papers
from scoring.judging.rank import make_board
from scoring.model.facts import Facts, Ruling, Verdict
from scoring.model.notices import LEFT_OUT
from scoring.model.policy import Policy, policy_hash
from scoring.model.publications import ObjectionState, Publication
from scoring.model.rules import Rulebook
from scoring.proof.verify import verify
from scoring.rulebook.read import DEFAULT_RULES, load_rulebook, parse_rulebook
from scoring.store import BEIJING, Store, open_store
from tests.browser.ledgers import ROWS
from tests.builders import ruling
from tests.ui.opening import html
from tests.ui.reading import Shown
from tests.ui.stored import (
    DAY,
    OTHER,
    UNIT,
    button,
    choose,
    decide_ties,
    fill,
    fill_final,
    ledger,
    page,
    press,
    put,
    write,
)
from tests.years.books import NEXT, rules_text
from ui.session import papers
from ui.session.desk import Desk
from ui.show.text import points

EVERYTHING = "同一条理由"
SERIES = "2023-第2季度"


@pytest.fixture
def held(data: Path, rulebook: Rulebook) -> Store:
    return fill(data, rulebook)


@pytest.fixture
def published(data: Path, rulebook: Rulebook) -> Store:
    """Return the database of ``held`` after its board was made final on the page."""
    return fill_final(data, rulebook, publish)


def publish(reason: str = "会议同意先行定稿"):  # type: ignore[no-untyped-def]
    app = write(decide_ties(page("publication")), EVERYTHING, reason)
    write(write(app, "定稿说明", "考评领导小组会议"), "经办人", "王主任")
    return press(app, next(found.label for found in app.button if found.label.startswith("定稿（")))


def test_open_items_block_until_each_has_a_reason(held: Store, rulebook: Rulebook) -> None:
    position = Position(held.facts(2023), rulebook, DAY, Policy())
    found = [one for one in open_matters(position, matters(position)) if one.blocks]
    app = page("publication")
    shown = Shown(html(app)).text
    assert all(says(one, position.short) in shown for one in found if one.tie is None)
    assert any("没有报送任何台账" in says(one) for one in found)
    assert any("待人工确认" in says(one) for one in found)
    assert any("加分待认定" in says(one) for one in found)
    assert any("第3名并列" in says(one) for one in found)
    app = decide_ties(app)
    write(write(app, "定稿说明", "会议"), "经办人", "王主任").run()
    final = next(found for found in app.button if found.label.startswith("定稿（"))
    assert final.disabled
    assert "件未决事项没有写略过的理由" in html(app), "a button that is off says why beside it"
    write(app, EVERYTHING, "会议同意").run()
    assert not next(found for found in app.button if found.label.startswith("定稿（")).disabled


def test_a_final_board_has_a_receipt_and_stays_whatever_comes_later(
    held: Store, rulebook: Rulebook, data: Path
) -> None:
    board = make_board(held.facts(2023), rulebook, DAY, Policy())
    facts = held.fingerprint(2023)
    app = publish()
    receipt = held.publications(2023)[0]
    shown = Shown(html(app)).text
    assert f"定稿 {receipt.number}" in shown, "after it the page is that of the final board"
    assert "定稿回执" in shown
    assert "草稿" not in shown
    assert not [found.label for found in app.button if found.label.startswith("定稿（")]
    assert (receipt.number, receipt.actor, receipt.as_of) == (f"{SERIES}-01", "王主任", DAY)
    assert (receipt.rules, receipt.facts, receipt.policy) == (rulebook.rules_hash, facts, policy_hash(Policy()))
    assert {reason for _, reason in receipt.overrides} == {"会议同意先行定稿"}
    put(held, rulebook, ledger(data / "c.xlsx", ROWS[:1], unit=OTHER, sent="2023年6月9日"))
    assert replace(held.published_board(receipt.number), decisions=()) == board
    shown = Shown(html(page("publication", part="finals", pick=receipt.number)))
    for card in board.cards:
        assert any(rulebook.unit[card.unit].short in row and points(card.score) in row for row in shown.rows)
    for word in (receipt.number, receipt.rules, receipt.facts, receipt.policy, receipt.version, "会议同意先行定稿"):
        assert word in shown.text


def test_one_reason_stands_for_a_part_and_an_own_one_goes_before_it(held: Store, rulebook: Rulebook) -> None:
    app = decide_ties(page("publication"))
    silent = next(found.label for found in app.text_input if found.label.startswith("台账未到"))
    write(write(app, silent, "已经催报"), EVERYTHING, "会议同意")
    write(write(app, "定稿说明", "会议"), "经办人", "王主任")
    press(app, next(found.label for found in app.button if found.label.startswith("定稿（")))
    reasons = dict(held.publications(2023)[0].overrides)
    assert {why for says, why in reasons.items() if "没有报送" in says} == {"已经催报"}
    assert {why for says, why in reasons.items() if "没有报送" not in says} == {"会议同意"}


def test_a_correction_names_the_first(published: Store) -> None:
    app = page("publication")
    assert f"更正{SERIES}-01" in Shown(html(app)).text
    write(app, EVERYTHING, "会议同意")
    write(write(app, "定稿说明", "更正"), "经办人", "王主任")
    press(app, f"定稿（编号{SERIES}-02）")
    assert [one.replaces for one in published.publications(2023)] == [None, f"{SERIES}-01"]
    assert f"已由{SERIES}-02更正" in html(page("publication", part="finals", pick=f"{SERIES}-01"))


def test_the_papers_say_draft_until_final_and_then_the_number(published: Store, rulebook: Rulebook) -> None:
    board = make_board(published.facts(2023), rulebook, DAY, Policy())
    draft = papers.paper("通报.docx", board, rulebook, None)
    assert "草稿" in "".join(p.text for p in Document(BytesIO(draft)).paragraphs)
    receipt = published.publications(2023)[0]
    final = papers.paper("通报.docx", board, rulebook, receipt)
    paper = Document(BytesIO(final))
    text = "".join(p.text for p in paper.paragraphs)
    assert paper.core_properties.identifier == receipt.number
    assert "草稿" not in text
    cells = {
        cell
        for row in load_workbook(BytesIO(papers.paper("得分表.xlsx", board, rulebook, receipt))).worksheets[0].values
        for cell in row
    }
    assert {rulebook.unit[card.unit].name for card in board.cards} <= cells | {
        rulebook.unit[c.unit].short for c in board.cards
    }
    assert Document(BytesIO(papers.paper("一县一单.docx", board, rulebook, receipt))).tables
    app = page("publication", part="finals", pick=receipt.number)
    assert [found.label for found in app.get("download_button")] == [
        "下载通报",
        "下载得分表",
        "下载一县一单",
        "下载一县一单（每个单位一份）",
        "下载定稿包",
    ]


def test_an_objection_is_filed_against_a_line_due_in_five_working_days_and_answered(published: Store) -> None:
    app = page("publication", part="objections")
    next(box for box in app.selectbox if box.label == "单位").set_value(UNIT).run()
    next(box for box in app.selectbox if box.label == "哪一项").set_value("3A").run()
    write(write(app, "申诉内容", "已于6月完成，附截图"), "经办人", "王主任")
    press(app, "登记申诉")
    filed = published.objections(2023)[0]
    assert (filed.unit, filed.clause, filed.by) == (UNIT, "3A", "王主任")
    assert filed.due == add_working_days(filed.filed_on, 5)
    assert any("已于6月完成，附截图" in row for row in Shown(html(page("publication", part="objections"))).rows)
    app = choose(page("publication", part="objections", pick="1"), "决定", ObjectionState.DISMISSED)
    press(write(write(app, "答复", "截图日期不符"), "经办人", "王主任"), "答复")
    answered = published.objections(2023)[0]
    assert (answered.state, answered.answer) == (ObjectionState.DISMISSED, "截图日期不符")


def test_the_movement_account_adds_up_and_tells_who_overtook_whom(
    published: Store, rulebook: Rulebook, data: Path
) -> None:
    before = Position(published.facts(2023), rulebook, DAY, Policy())
    mended = [row if row[0] != "3A" else (*row[:3], "是", "2023-05-20", None, "截图.jpg", None) for row in ROWS]
    put(published, rulebook, ledger(data / "c.xlsx", mended, unit=OTHER, sent="2023年6月9日"))
    published.rule(ruling("7A", "rejected", DAY, unit=UNIT))
    after = Position(published.facts(2023), rulebook, DAY, Policy())
    found = movement.account(before, after)
    shown = Shown(html(page("publication", part="movement")))
    for unit in (UNIT, OTHER):
        one = next(moved for moved in found.units if moved.unit == unit)
        assert sum(part.score for part in one.parts) == one.score
        assert any(
            row[0] == unit and points(one.before.score) in row and points(one.after.score) in row for row in shown.rows
        )
    passed = [one for one in found.overtakings if rulebook.unit[one.unit].kind == "county"]
    assert passed
    assert all(movement_sentences.overtaking_sentence(after, one) in shown.text for one in passed)


def _starts(app) -> tuple[str, date | None]:  # type: ignore[no-untyped-def]
    """Return the board that the account begins with, and the day of another one where it is that."""
    begins = next(box for box in app.selectbox if box.label == "从哪一份榜单").value
    return begins, next((field.value for field in app.date_input if field.label.startswith("起点：截至")), None)


def test_the_account_begins_where_something_has_moved_since(held: Store, data: Path, rulebook: Rulebook) -> None:
    assert _starts(page("publication", part="movement")) == ("other", date(2023, 3, 31))
    publish()
    assert _starts(page("publication", part="movement")) == ("other", date(2023, 3, 31)), "nothing came after 定稿"
    held.rule(ruling("7A", "rejected", DAY, unit=UNIT))
    assert _starts(page("publication", part="movement")) == (held.publications(2023)[0].number, None)


def test_an_objection_is_asked_about_the_largest_deduction_first(published: Store) -> None:
    app = page("publication", part="objections")
    next(box for box in app.selectbox if box.label == "单位").set_value(UNIT).run()
    box = next(box for box in app.selectbox if box.label == "哪一项")
    card = published.published_board(published.publications(2023)[0].number).card[UNIT]
    points_of = [
        finding.points for word in box.options for finding in card.findings if finding.clause == word.split()[0]
    ]
    lost = [found for found in points_of if found < 0]
    assert lost
    assert points_of[: len(lost)] == sorted(lost)
    assert card.finding(box.value).points == min(lost)


def test_an_objection_to_one_of_two_awards_names_it(held: Store, rulebook: Rulebook, data: Path) -> None:
    path = ledger(data / "c.xlsx", unit=OTHER, sent="2023年6月9日")
    book = load_workbook(path)
    sheet = book.create_sheet("激励加分")
    sheet.append(["填报单位：盘龙区水务局"])
    sheet.append(["类别", "事项", "申报分值", "认定分值", "认定依据"])
    sheet.append(["工作案例", "获省级通报表扬", 0.5, 0.5, "云营商办1号"])
    sheet.append(["工作案例", "经验在全市推广", 0.5, 0.1, "云营商办2号"])
    book.save(path)
    put(held, rulebook, path)
    publish()
    app = page("publication", part="objections")
    next(box for box in app.selectbox if box.label == "单位").set_value(OTHER).run()
    box = next(box for box in app.selectbox if box.label == "哪一项")
    assert len([one for one in box.options if one.startswith("29 ")]) == 2
    box.set_value("29《获省级通报表扬》").run()
    press(write(write(app, "申诉内容", "应为0.8分"), "经办人", "王主任"), "登记申诉")
    assert (held.objections(2023)[0].clause, held.objections(2023)[0].item) == ("29", "获省级通报表扬")
    shown = Shown(html(page("publication", part="objections", pick="1"))).text
    assert "获省级通报表扬" in shown
    assert "经验在全市推广" not in shown


def test_any_two_days_boards_are_accounted_for_as_they_were_known(held: Store, rulebook: Rulebook) -> None:
    june, the_day_before = date(2023, 6, 1), held.history()[0].at.date() - timedelta(days=1)
    ends = {"from": "other", "from_as_of": june.isoformat(), "to": "other", "to_as_of": DAY.isoformat()}
    found = movement.account(
        Position(held.facts(2023), rulebook, june, Policy()), Position(held.facts(2023), rulebook, DAY, Policy())
    )
    shown = Shown(html(page("publication", part="movement", **ends)))
    for one in found.units:
        name = rulebook.unit[one.unit].short
        if one.kind == "county":
            assert any(
                row[0] == name and points(one.before.score) in row and points(one.after.score) in row
                for row in shown.rows
            )
    before = page("publication", part="movement", to_known_at=the_day_before.isoformat(), **ends)
    silent = make_board(Facts(), rulebook, DAY, Policy()).card[UNIT]
    row = next(row for row in Shown(html(before)).rows if row[0] == UNIT)
    assert points(silent.score) in row, "nothing had been received by then"
    for word in ("0001-01-01", "2999-01-01", "morgen"):
        assert not page("publication", part="movement", **(ends | {"from_as_of": word, "to_known_at": word})).exception


def test_readings_become_official_after_a_preview_and_a_reason(held: Store, rulebook: Rulebook) -> None:
    assert "您看的就是正式口径" in html(page("publication", part="policy"))
    app = page("publication", part="policy", evidence="flagged")
    strict, default = (
        make_board(held.facts(2023), rulebook, DAY, Policy(evidence=word)) for word in ("flagged", "required")
    )  # type: ignore[arg-type]
    shown = Shown(html(app))
    for unit in (unit for unit in default.card if strict.card[unit].score != default.card[unit].score):
        assert any(row[0] == rulebook.unit[unit].short and points(strict.card[unit].score) in row for row in shown.rows)
    write(write(app, "理由", "领导小组会议决定"), "经办人", "王主任")
    press(app, "改为正式口径")
    assert held.policy(2023) == Policy(evidence="flagged")
    assert held.history()[-1].reason == "领导小组会议决定"


def test_nothing_is_final_under_readings_that_were_not_seen(held: Store) -> None:
    app = write(decide_ties(page("publication")), EVERYTHING, "会议同意")
    write(write(app, "定稿说明", "会议"), "经办人", "王主任").run()
    held.set_policy(2023, Policy(late="strict"), "另一位", "会议")
    button(app, f"定稿（编号{SERIES}-01）").click().run()
    assert held.publications(2023) == ()


def test_a_press_that_the_page_does_not_offer_does_nothing(held: Store) -> None:
    app = page("publication", part="policy", evidence="flagged")
    pressed = button(app, "改为正式口径")
    assert pressed.disabled
    pressed._value = True  # what a browser could send all the same
    app.run()
    assert not app.error
    assert held.policy(2023) == Policy()


def test_nothing_is_final_that_was_not_seen(held: Store, rulebook: Rulebook, data: Path) -> None:
    app = write(decide_ties(page("publication")), EVERYTHING, "会议同意")
    write(write(app, "定稿说明", "会议"), "经办人", "王主任").run()
    put(held, rulebook, ledger(data / "c.xlsx", ROWS[:1], unit=OTHER, sent="2023年6月9日"))
    button(app, f"定稿（编号{SERIES}-01）").click().run()
    assert held.publications(2023) == ()


def test_a_ruling_that_others_have_outdated_is_refused_with_what_changed_and_goes_through_at_the_next_click(
    held: Store, rulebook: Rulebook, data: Path
) -> None:
    app = page("review", unit=UNIT, clause="7A")
    app = write(write(app, "另写理由", "截图不清"), "经办人", "李审").run()
    held.rule(ruling("6A", Verdict.REJECTED.value, DAY, unit=UNIT), "赵审")
    app = button(app, "不认可").click().run()
    assert "您看过以后又有变化" in app.error[0].value
    assert any("赵审" in row and "审核认定" in row for row in Shown(html(app)).rows)
    assert len(held.rulings(2023)) == 1
    button(app, "不认可").click().run()
    assert [one.reviewer for one in held.rulings(2023)] == ["张工", "李审"]


def test_another_units_ruling_outdates_none(held: Store, rulebook: Rulebook) -> None:
    app = page("review", unit=UNIT, clause="7A")
    app = write(write(app, "另写理由", "截图不清"), "经办人", "李审").run()
    held.rule(ruling("6A", Verdict.REJECTED.value, DAY, unit=OTHER), "赵审")
    button(app, "不认可").click().run()
    assert len(held.rulings(2023)) == 2


def test_every_board_page_says_draft_or_final_and_what_has_changed_since(held: Store, rulebook: Rulebook) -> None:
    assert ">草稿<" in html(page("ranking"))
    publish()
    number = held.publications(2023)[0].number
    for url in ("ranking", "unit", "deadlines"):
        assert f"定稿 {number}" in html(page(url)), url
    held.rule(ruling("7A", Verdict.REJECTED.value, DAY, unit=UNIT))
    app = page("ranking")
    assert f">定稿 {number}<" not in html(app)
    assert any("升" in one.value or "降" in one.value or "分" in one.value for one in app.caption)


def test_the_papers_of_a_moment_are_the_same_bytes(held: Store, rulebook: Rulebook) -> None:
    held.rule(ruling("7A", Verdict.REJECTED.value, DAY, unit=UNIT))
    board = make_board(held.facts(2023), rulebook, DAY, Policy())
    first = papers.paper("一县一单.docx", board, rulebook, None)
    papers._paper.clear()
    assert papers.paper("一县一单.docx", board, rulebook, None) == first


def test_a_final_boards_papers_are_kept_and_can_be_made_again_from_the_database_alone(
    published: Store, rulebook: Rulebook, data: Path
) -> None:
    """Later ledgers, rulings, readings and another year's rules change no byte, neither kept nor made again."""
    receipt = published.publications(2023)[0]
    kept = published.published_papers(receipt.number)
    assert sorted(kept) == sorted(PAPERS)
    put(published, rulebook, ledger(data / "c.xlsx", ROWS[:1], unit=OTHER, sent="2023年6月9日"))
    published.rule(ruling("7A", Verdict.REJECTED.value, DAY, unit=UNIT))
    published.set_policy(2023, Policy(late="strict"), "王主任", "会议决定")
    other = rules_text(NEXT).encode()
    published.record_rules(NEXT, other, sha256(other).hexdigest(), "王主任")
    path = Path(published.address)
    published.close()
    again = open_store(path)
    assert again.published_papers(receipt.number) == kept
    text = again.rules_text(receipt.rules)
    assert text is not None
    (found,) = again.publications(2023)
    assert all_papers(again.published_board(receipt.number), parse_rulebook(text), found) == kept
    assert again.verify_history() == ()


def test_a_final_board_of_the_database_proves_itself(data: Path, rulebook: Rulebook) -> None:
    """Hold that facts, rulings and papers read back from the database give the very package that checks out."""
    held = fill(data, rulebook)
    held.rule(Ruling(UNIT, 2023, "12A", Verdict.REJECTED, "不符", "李工", DAY))
    official = Policy(late="strict")
    held.record_rules(2023, DEFAULT_RULES.read_bytes(), rulebook.rules_hash, "主任")
    board = make_board(held.facts(2023), rulebook, DAY, official)
    given = Publication(
        "2023-年度-01", 2023, "年度", DAY, None, datetime(2023, 7, 8, tzinfo=BEIJING), "主任", rulebook.rules_hash, held.fingerprint(2023),
        policy_hash(official), "1",
    )  # fmt: skip
    kept = held.publish(given, board, papers=partial(all_papers, board, rulebook))
    held.rule(Ruling(UNIT, 2023, "12A", Verdict.ACCEPTED, "后来", "李工", DAY))
    desk = Desk(False, held, rulebook, held.fingerprint(2023), None, DAY, official, official)
    package = desk.package(kept)
    assert verify(package).faults == ()
    holidays.write_year(2099, [date(2099, 1, 1)], [])  # filled in later: the board's own table stays
    assert "[2099]" not in held.published_calendar(kept.number)
    assert desk.package(kept) == package


def test_the_fields_of_a_paper_are_kept_and_those_of_one_paper_are_used_once(held: Store) -> None:
    app = page("publication", part="letterhead")
    assert "通报里还有8处待填" in html(app)
    for field, words in (("发文机关标志", "昆明市水务局文件"), ("发文字号", "昆水通〔2023〕8号"), ("签发人", LEFT_OUT)):
        write(app, field, words)
    write(app, "经办人", "王主任")
    press(app, "记下")
    assert "通报里还有5处待填" in html(page("publication", part="letterhead"))
    assert "发文字号“昆水通〔2023〕8号”" in subject(held.history()[-1], {}, load_rulebook())
    publish()
    receipt = held.publications(2023)[0]
    assert receipt.notice is not None
    assert receipt.notice.letterhead.number == "昆水通〔2023〕8号"
    paper = Document(BytesIO(held.published_papers(receipt.number)["通报.docx"]))
    text = [p.text for p in paper.paragraphs]
    assert "昆水通〔2023〕8号" in text
    assert "〔待填：主送机关〕：" in text
    assert any("第二季度台账按时报送" in line for line in text)
    assert not [line for line in text if "签发人" in line]
    again = html(page("publication", part="letterhead"))
    assert "通报里还有7处待填" in again, "发文字号 and 签发人 are the next paper's"


def test_each_unit_has_a_file_of_its_own(published: Store) -> None:
    receipt = published.publications(2023)[0]
    with ZipFile(BytesIO(published.published_papers(receipt.number)["一县一单（每个单位一份）.zip"])) as files:
        board = published.published_board(receipt.number)
        assert files.namelist() == [f"{card.unit}.docx" for card in board.cards]
        for card in board.cards[:3]:
            words = "\n".join(p.text for p in Document(BytesIO(files.read(f"{card.unit}.docx"))).paragraphs)
            assert f"{card.unit}得分与扣分单" in words
            assert words.count("得分与扣分单") == 1
