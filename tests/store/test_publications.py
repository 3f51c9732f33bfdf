"""Final boards stay as they were, and objections to them are answered by events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scoring.calendar.clock import now
from scoring.model.boards import Board
from scoring.model.doors import Doors, doors_key
from scoring.model.publications import ObjectionState, Publication
from scoring.store import Complaint, RefusedError, StaleBoardError, Store
from tests.builders import ruling
from tests.store.workbooks import row_counts, workbook

DUE = date(2100, 1, 1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def receipt(store: Store, board: Board, number: str = "2023-年度-01", **other: Any) -> Publication:
    values: dict[str, Any] = {
        "year": 2023, "title": "2023年度排名", "as_of": board.as_of, "known_at": None, "published_at": LONG_AGO, "actor": "主任",
        "rules": board.rules, "facts": store.fingerprint(2023), "policy": "p" * 64, "version": "0.1.0",
    }  # fmt: skip
    return Publication(number, **(values | other))


def test_a_final_board_is_called_up_unchanged_whatever_came_later(store: Store, board: Board) -> None:
    store.save(b"one", workbook(), "张三")
    given = receipt(store, board, overrides=(("五华区有待确认项", "会议同意先行定稿"),))
    kept = store.publish(given, board)
    assert kept == replace(given, published_at=kept.published_at)
    assert kept.published_at == store.history()[-1].at
    store.save(b"two", workbook("盘龙区"), "张三")
    store.rule(ruling("1A", "rejected", date(2023, 7, 3)))
    assert store.published_board("2023-年度-01") == board
    assert store.publications(2023) == (kept,)
    assert store.publications(2023, LONG_AGO) == ()


def test_a_later_one_names_the_first_and_gets_the_next_number(store: Store, board: Board) -> None:
    assert store.next_publication_number("2023-年度") == "2023-年度-01"
    store.publish(receipt(store, board), board)
    second = store.next_publication_number("2023-年度")
    assert second == "2023-年度-02"
    assert store.next_publication_number("2023-第2季度") == "2023-第2季度-01"
    store.publish(receipt(store, board, second, replaces="2023-年度-01"), board)
    assert [one.replaces for one in store.publications(2023)] == [None, "2023-年度-01"]


def test_a_board_of_an_earlier_moment_may_be_made_final(store: Store, board: Board) -> None:
    store.save(b"one", workbook(), "张三")
    seen = now()
    facts = store.fingerprint(2023, seen)
    store.save(b"two", workbook("盘龙区"), "张三")
    kept = store.publish(receipt(store, board, known_at=seen, facts=facts), board)
    assert kept.known_at == seen
    assert store.fingerprint(2023, kept.known_at) == kept.facts


def test_a_board_whose_facts_have_moved_on_is_not_made_final(store: Store, board: Board) -> None:
    given = receipt(store, board)
    store.save(b"one", workbook(), "张三")
    before = row_counts(store)
    with pytest.raises(StaleBoardError, match="又有变化"):
        store.publish(given, board)
    assert row_counts(store) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": "2023-年度-01"}, "已经用过"),
        ({"number": " "}, "没有编号"),
        ({"replaces": "2022-年度-01"}, "没有编号为 2022-年度-01"),
        ({"replaces": None}, "写明更正哪一份"),
        ({"overrides": (("并列", " "),)}, "写明理由"),
        ({"as_of": date(2023, 1, 1)}, "不一致"),
        ({"rules": "0" * 64}, "不一致"),
        ({"actor": ""}, "经办人"),
    ],
)
def test_a_receipt_that_cannot_be_kept_is_refused(
    store: Store, board: Board, change: dict[str, Any], said: str
) -> None:
    store.publish(receipt(store, board), board)
    before = row_counts(store)
    with pytest.raises(RefusedError, match=said):
        store.publish(replace(receipt(store, board, "2023-年度-02", replaces="2023-年度-01"), **change), board)
    assert row_counts(store) == before


def test_an_unknown_number_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(RefusedError, match="没有编号为"):
        store.published_board("2023-年度-09")


def objected(store: Store, board: Board, clause: str | None = None) -> tuple[str, str]:
    """Publish a board and object to one of its lines; return the line."""
    store.publish(receipt(store, board), board)
    card = board.cards[0]
    line = clause or card.findings[0].clause
    store.file_objection(Complaint("2023-年度-01", card.unit, line, "材料早已报送", "五华区水务局", DUE))
    return card.unit, line


def test_an_objection_is_filed_and_answered(store: Store, board: Board) -> None:
    unit, line = objected(store, board)
    (filed,) = store.objections(2023)
    assert (filed.number, filed.unit, filed.clause, filed.state) == (1, unit, line, ObjectionState.OPEN)
    assert (filed.text, filed.by, filed.filed_on, filed.due) == ("材料早已报送", "五华区水务局", now().date(), DUE)
    pending = now()
    answered = store.answer_objection(1, ObjectionState.UPHELD, "情况属实", "主任")
    assert (answered.state, answered.answer, answered.answered_on) == (ObjectionState.UPHELD, "情况属实", now().date())
    assert store.objections(2023) == (answered,)
    assert store.objections(2023, pending) == (filed,)


def test_a_second_answer_takes_the_place_of_the_first_and_both_are_kept(store: Store, board: Board) -> None:
    objected(store, board)
    store.answer_objection(1, ObjectionState.UPHELD, "情况属实", "主任")
    with pytest.raises(RefusedError, match="已经这样答复过"):
        store.answer_objection(1, ObjectionState.UPHELD, "情况属实", "主任")
    store.answer_objection(1, ObjectionState.DISMISSED, "复核后不成立", "主任")
    assert store.objections(2023)[0].state is ObjectionState.DISMISSED
    assert [event.reason for event in store.history()][-2:] == ["情况属实", "复核后不成立"]


def test_objections_that_make_no_sense_are_refused(store: Store, board: Board) -> None:
    unit, line = objected(store, board)
    yesterday = now().date() - timedelta(days=1)
    for ask, said in (
        (lambda: store.file_objection(Complaint("2023-年度-09", unit, line, "不服", "甲", DUE)), "没有编号为"),
        (lambda: store.file_objection(Complaint("2023-年度-01", unit, "99Z", "不服", "甲", DUE)), "没有"),
        (lambda: store.file_objection(Complaint("2023-年度-01", "无此县", line, "不服", "甲", DUE)), "没有"),
        (lambda: store.file_objection(Complaint("2023-年度-01", unit, line, "", "甲", DUE)), "理由"),
        (lambda: store.file_objection(Complaint("2023-年度-01", unit, line, "不服", "甲", yesterday)), "期限"),
        (lambda: store.answer_objection(7, ObjectionState.UPHELD, "好", "主任"), "第 7 号"),
        (lambda: store.answer_objection(1, ObjectionState.OPEN, "好", "主任"), "采纳或不采纳"),
        (lambda: store.answer_objection(1, ObjectionState.UPHELD, " ", "主任"), "理由"),
    ):
        with pytest.raises(RefusedError, match=said):
            ask()
    assert len(store.objections(2023)) == 1


def test_its_papers_are_made_of_the_receipt_as_kept_and_stay(store: Store, board: Board) -> None:
    seen: list[Publication] = []

    def papers(kept: Publication) -> dict[str, bytes]:
        seen.append(kept)
        return {"通报.docx": repr(kept).encode()}

    kept = store.publish(receipt(store, board, actor=" 主任 "), board, papers=papers)
    assert seen == [kept]
    assert store.published_papers(kept.number) == {"通报.docx": repr(kept).encode()}
    assert store.publications(2023) == (kept,)
    assert store.verify_history() == ()


def test_where_a_paper_cannot_be_made_nothing_is_final(store: Store, board: Board) -> None:
    def papers(_kept: Publication) -> dict[str, bytes]:
        raise ValueError("no paper")

    with pytest.raises(ValueError, match="no paper"):
        store.publish(receipt(store, board), board, papers=papers)
    assert store.publications(2023) == ()
    assert store.history() == ()


def test_an_objection_is_a_conversation_of_two_rounds(store: Store, board: Board) -> None:
    objected(store, board)
    with pytest.raises(RefusedError, match="还没有答复"):
        store.reply_to_answer(1, "不服", "甲", DUE)
    store.answer_objection(1, ObjectionState.DISMISSED, "不成立", "主任")
    again = store.reply_to_answer(1, "另有公示", "甲", DUE, [("公示.pdf", b"proof")])
    assert (again.state, again.answer, again.answered_on) == (ObjectionState.OPEN, "", None)
    sha = again.turns[-1].files[0][1]
    assert store.objection_file(1, sha) == ("公示.pdf", b"proof")
    decided = store.answer_objection(1, ObjectionState.UPHELD, "查实", "主任")
    assert [(turn.by, turn.text) for turn in decided.turns] == [
        ("五华区水务局", "材料早已报送"), ("主任", "不成立"), ("甲", "另有公示"), ("主任", "查实"),
    ]  # fmt: skip
    assert not decided.may_reply
    with pytest.raises(RefusedError, match="就是决定"):
        store.reply_to_answer(1, "还是不服", "甲", DUE)
    assert store.verify_history() == ()


def test_objections_come_in_their_time_only(store: Store, board: Board) -> None:
    """Hold both windows: after 初评 none by default, after 定稿 without end by default."""
    line = board.cards[0].findings[0]
    first = Complaint("", line.unit, line.clause, "不服", "甲", DUE, line.item, (), line, 2023)
    with pytest.raises(RefusedError, match="不是初评申诉的时间"):
        store.file_objection(first)
    today = now().date()
    store.set_setting(doors_key(2023), Doors(True, today, today).as_text(), "主任")
    assert store.file_objection(first).line == line
    store.set_setting(doors_key(2023), Doors(True, None, None, 3).as_text(), "主任")
    store.publish(receipt(store, board), board)
    complaint = Complaint("2023-年度-01", line.unit, line.clause, "不服", "甲", DUE)
    store.file_objection(complaint)
    with pytest.raises(RefusedError, match="为止"):
        store.file_objection(complaint, now() + timedelta(days=30))
