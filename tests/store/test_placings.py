"""Things put to a clause by hand, or taken off one: one event each, with who and why, counted from then on, undone by a further one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scoring.judging.rank import make_board
from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.findings import Outcome
from scoring.model.placings import Move, Place, Placing, moves_from_list, moves_to_list
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook
from scoring.store import ChangedError, RefusedError, Seen, Store
from tests.evidence.packages import digest, ledger, png
from tests.store.test_things import FILE, PICTURE, STRAY, book, save
from tests.store.workbooks import moment, row_counts

NEW = png(9)
AT_7A = Place("五华区", "7A", 7, 2)
RULES = load_rulebook()


def thing(data: bytes, name: str) -> Evidence:
    return Evidence(EvidenceKind.FILE, name, digest(data), found_by=FoundBy.REVIEWER)


def put(place: Place | None = AT_7A, data: bytes = NEW, *, counts: bool = True) -> Placing:
    return Placing(0, 2023, (Move(thing(data, "大厅.png"), place, counts),))


def shown(store: Store, clause: str, day: int | None = None) -> list[str]:
    facts = store.facts(2023, moment(day) if day else None)
    return [item.name for s in facts.statements if s.clause == clause for item in s.evidence]


def outcome(store: Store, clause: str) -> Outcome:
    card = make_board(store.facts(2023), RULES, date(2023, 7, 7), Policy()).card["五华区"]
    return next(finding.outcome for finding in card.findings if finding.clause == clause)


def test_a_thing_put_by_hand_counts_from_then_on_until_it_is_withdrawn(store: Store) -> None:
    save(store, book().packed(), {})
    before = store.fingerprint(2023)
    assert outcome(store, "7A") is Outcome.NO_EVIDENCE
    record = store.place(put(), "张三", "单位另行送来", {digest(NEW): NEW}, at=moment(9))
    assert (record.placing.number, record.event.actor, record.event.reason) == (1, "张三", "单位另行送来")
    assert outcome(store, "7A") is Outcome.MET
    assert store.fingerprint(2023) != before
    assert store.thing(digest(NEW)) == ("大厅.png", NEW)
    store.withdraw_placing(1, "李四", "放错了", at=moment(10))
    assert outcome(store, "7A") is Outcome.NO_EVIDENCE
    assert store.fingerprint(2023) == before
    assert [shown(store, "7A", day) for day in (8, 9, 10)] == [[], ["大厅.png"], []]
    assert store.verify_history() == ()


def test_a_match_is_overruled_and_stands_again_once_that_is_withdrawn(store: Store) -> None:
    save(store, book().packed(), {"五华区-7A.png": FILE})
    assert outcome(store, "7A") is Outcome.MET
    off = Move(thing(FILE, "五华区-7A.png"), replace(AT_7A, quarter=None), counts=False)
    on = Move(thing(FILE, "五华区-7A.png"), Place("五华区", "10A", 10, 2))
    store.place(Placing(0, 2023, (off, on)), "张三", "这是10A的截图")
    assert (shown(store, "7A"), shown(store, "10A")) == ([], ["五华区-7A.png"])
    assert outcome(store, "7A") is Outcome.NO_EVIDENCE
    assert row_counts(store)["things"] == 1, "what is kept already needs no second copy"
    store.withdraw_placing(1, "张三", "看错了")
    assert (shown(store, "7A"), shown(store, "10A")) == (["五华区-7A.png"], [])


def test_a_picture_of_a_workbook_is_put_elsewhere_without_a_second_copy(store: Store) -> None:
    save(store, book().packed(), {})
    held = next(s for s in store.facts(2023).statements if s.clause == "4A").evidence[0]
    store.place(Placing(0, 2023, (Move(replace(held, found_by=FoundBy.REVIEWER), AT_7A),)), "张三", "同一张图")
    assert outcome(store, "7A") is Outcome.MET
    assert row_counts(store)["things"] == 0
    assert store.thing(digest(PICTURE)) == ("image1.png", PICTURE)
    assert store.verify_history() == ()


def test_it_serves_a_later_version_of_the_quarter_and_no_other_quarter(store: Store) -> None:
    save(store, book().packed(), {})
    store.place(put(), "张三", "单位另行送来", {digest(NEW): NEW}, at=moment(9))
    save(store, ledger(("7A",)).packed(), {}, day=10)
    held = [s for s in store.facts(2023).statements if s.clause == "7A"]
    assert [[item.name for item in s.evidence] for s in held] == [["大厅.png"], ["大厅.png"]]
    store.place(put(replace(AT_7A, quarter=3)), "张三", "三季度的", at=moment(11))
    assert [len(s.evidence) for s in store.facts(2023).statements if s.clause == "7A"] == [1, 1]


def test_what_fits_no_row_is_listed_until_it_is_put_to_one(store: Store) -> None:
    save(store, book().packed(), {"合影.png": STRAY})
    store.place(put(None), "张三", "送来时没有说明", {digest(NEW): NEW})
    assert {item.name for item in store.loose_things(2023)} == {"合影.png", "大厅.png"}
    store.place(put(AT_7A, STRAY), "张三", "是这一项的")
    assert {item.name for item in store.loose_things(2023)} == {"大厅.png"}


@pytest.mark.parametrize(
    ("placing", "actor", "reason", "things"),
    [
        (put(), "", "理由", {digest(NEW): NEW}),
        (put(), "张三", " ", {digest(NEW): NEW}),
        (put(), "张三", "理由", {}),
        (put(), "张三", "理由", {digest(NEW): b"another"}),
        (Placing(0, 2023, ()), "张三", "理由", {}),
        (put(data=b""), "张三", "理由", {digest(b""): b""}),
    ],
)
def test_nothing_is_kept_of_a_placing_that_is_refused(
    store: Store, placing: Placing, actor: str, reason: str, things: dict[str, bytes]
) -> None:
    save(store, book().packed(), {})
    before = row_counts(store)
    with pytest.raises(RefusedError):
        store.place(placing, actor, reason, things)
    assert row_counts(store) == before


def test_a_placing_is_withdrawn_once(store: Store) -> None:
    save(store, book().packed(), {})
    with pytest.raises(RefusedError, match="没有第 1 号"):
        store.withdraw_placing(1, "张三", "没有过")
    store.place(put(), "张三", "另行送来", {digest(NEW): NEW})
    store.withdraw_placing(1, "张三", "放错了")
    with pytest.raises(RefusedError, match="已经撤回"):
        store.withdraw_placing(1, "张三", "再撤")


def test_who_looked_before_somebody_placed_a_thing_is_told(store: Store) -> None:
    save(store, book().packed(), {})
    seen = Seen(store.newest(), 2023)
    store.place(put(), "张三", "另行送来", {digest(NEW): NEW})
    with pytest.raises(ChangedError):
        store.place(put(), "李四", "另行送来", seen=seen)


def test_moves_come_back_from_json_as_they_were() -> None:
    moves = (*put().moves, *put(None).moves, *put(Place("五华区", "4C", 4, None, "某案例"), counts=False).moves)
    assert moves_from_list(moves_to_list(moves)) == moves
