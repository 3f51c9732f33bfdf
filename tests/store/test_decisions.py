"""Rulings, the official policy, the rules in force and settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scoring.model.policy import BEFORE_NAMED, Policy
from scoring.store import ChangedError, EventKind, RefusedError, Seen, Store
from scoring.store.events import Entry, append
from tests.builders import ruling
from tests.store.workbooks import moment, row_counts, sha, workbook

DAY = date(2023, 7, 3)


def test_rulings_are_numbered_and_come_back_whole(store: Store) -> None:
    plain = ruling("1A", "exempt", DAY, number=99)
    points = ruling("29", "accepted", DAY, item="获省级通报表扬", points=Decimal("0.50"))
    assert store.rule(plain) == replace(plain, number=1)
    assert store.rule(points, "录入员") == replace(points, number=2)
    assert store.rulings(2023) == (replace(plain, number=1), replace(points, number=2))
    assert str(store.rulings(2023)[1].points) == "0.50"
    assert [record.event.actor for record in store.ruling_records(2023)] == ["张工", "录入员"]


def test_a_ruling_rests_on_the_facts_that_were_there(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    seen = store.fingerprint(2023)
    store.rule(ruling("1A", "rejected", DAY))
    assert store.history()[-1].rests_on == seen


def test_a_withdrawn_ruling_stands_no_longer_but_is_kept(store: Store) -> None:
    store.rule(ruling("1A", "rejected", DAY))
    store.withdraw_ruling(1, "李四", "补交了材料")
    assert store.rulings(2023) == ()
    (record,) = store.ruling_records(2023)
    assert record.withdrawn is not None
    assert (record.withdrawn.actor, record.withdrawn.reason) == ("李四", "补交了材料")
    assert store.rule(ruling("1A", "accepted", DAY)).number == 2
    for number in (1, 3):
        with pytest.raises(RefusedError, match=f"{number} 号认定"):
            store.withdraw_ruling(number, "李四", "误")


@pytest.mark.parametrize(("reason", "reviewer"), [("", "张工"), ("  ", "张工"), ("现场核实", " ")])
def test_a_ruling_needs_a_reason_and_a_name(store: Store, reason: str, reviewer: str) -> None:
    with pytest.raises(RefusedError, match="请填写"):
        store.rule(replace(ruling("1A", "rejected", DAY), reason=reason, reviewer=reviewer))
    assert store.history() == ()


def test_withdrawing_and_policies_need_a_reason(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    store.rule(ruling("1A", "rejected", DAY))
    before = row_counts(store)
    for ask in (
        lambda: store.withdraw_upload(sha(b"one"), "张三", ""),
        lambda: store.withdraw_ruling(1, "张三", ""),
        lambda: store.set_policy(2023, Policy(late="strict"), "主任", ""),
    ):
        with pytest.raises(RefusedError, match="请填写理由"):
            ask()
    assert row_counts(store) == before


def test_the_rulings_view_reads_in_plain_columns(store: Store) -> None:
    store.rule(ruling("29", "accepted", DAY, item="表扬", points=Decimal("0.50")))
    store.rule(ruling("1A", "rejected", DAY))
    store.withdraw_ruling(2, "李四", "更正")
    with store._database.reading() as cursor:
        rows = cursor.execute("SELECT ruling, clause, points, day, withdrawn FROM rulings ORDER BY 1").fetchall()
    assert rows == [(1, "29", Decimal("0.50"), DAY, False), (2, "1A", None, DAY, True)]


def test_rules_in_force_are_kept_with_their_text(store: Store) -> None:
    first, second = b"format = 1", b"format = 2"
    assert store.rules_at(2023) is None
    store.record_rules(2023, first, sha(first), "系统")
    store.record_rules(2023, first, sha(first), "系统")
    assert len(store.history()) == 1
    store.record_rules(2023, second, sha(second), "主任", "改期限")
    between = store.history()[0].at
    store.record_rules(2023, first, sha(first), "主任", "改回")
    assert store.rules_at(2023) == (sha(first), first)
    assert store.rules_at(2023, between) == (sha(first), first)
    assert store.rules_at(2023, store.history()[1].at) == (sha(second), second)
    assert store.rules_at(2023, moment(1)) is None
    assert store.rules_text(sha(second)) == second
    assert store.rules_text("0" * 64) is None
    with pytest.raises(RefusedError, match="不符"):
        store.record_rules(2023, b"other", sha(first), "主任")


def test_the_latest_setting_counts(store: Store) -> None:
    assert store.setting("name") is None
    store.set_setting("name", "张三", "张三")
    store.set_setting("other", "x", "张三")
    store.set_setting("name", "李四", "李四")
    assert (store.setting("name"), store.setting("other")) == ("李四", "x")
    assert {event.kind for event in store.history()} == {EventKind.SETTING}


def test_a_policy_from_before_two_had_names_is_read_as_it_was_scored(store: Store) -> None:
    assert store.policy(2023) == Policy(), "none was ever set: the published default"
    old = {name: reading for name, reading in Policy(late="strict").as_dict().items() if name not in BEFORE_NAMED}
    with store._database.writing() as cursor:
        append(cursor, Entry(EventKind.POLICY, "主任", "policy", "会议", "", old, 2023))
    assert store.policy(2023) == Policy(late="strict", silence="one", partners="three")


def test_a_ruling_keeps_the_number_that_was_found(store: Store) -> None:
    given = replace(ruling("9A", "rejected", DAY, unit="市政务服务局"), number_found=3)
    assert store.rule(given).number_found == 3
    assert [kept.number_found for kept in store.rulings(2023)] == [3]
    with store._database.reading() as cursor:
        assert cursor.execute("SELECT number_found FROM rulings").fetchall() == [(3,)]


def test_several_rulings_are_entered_and_taken_back_all_or_none(store: Store) -> None:
    several = [ruling(clause, "accepted", DAY, unit=unit) for unit in ("五华区", "盘龙区") for clause in ("4C", "6C")]
    kept = store.rule_all(several, "李四")
    assert [one.number for one in kept] == [1, 2, 3, 4]
    assert store.rulings(2023) == kept
    lacking = [*several[:1], replace(several[1], reason="")]
    with pytest.raises(RefusedError):
        store.rule_all(lacking, "李四")
    assert store.rulings(2023) == kept, "nothing of it was kept"
    with pytest.raises(RefusedError):
        store.withdraw_rulings([1, 2, 9], "李四", "点错了")
    assert store.rulings(2023) == kept
    store.withdraw_rulings([1, 2, 1], "李四", "点错了")
    assert store.rulings(2023) == kept[2:]
    assert [record.withdrawn is not None for record in store.ruling_records(2023)] == [True, True, False, False]


def test_several_rulings_are_refused_where_one_of_their_units_has_changed(store: Store) -> None:
    looked = Seen(store.newest(), 2023)
    store.rule(ruling("1A", "rejected", DAY, unit="盘龙区"))
    with pytest.raises(ChangedError):
        store.rule_all([ruling("4C", "accepted", DAY, unit=unit) for unit in ("五华区", "盘龙区")], "李四", seen=looked)
    assert [one.clause for one in store.rulings(2023)] == ["1A"]
