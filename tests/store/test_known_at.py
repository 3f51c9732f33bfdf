"""What was known at a moment never changes later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from scoring.calendar.clock import now
from scoring.model.policy import Policy
from scoring.store import RefusedError, Store, end_of_day
from tests.builders import ruling
from tests.store.workbooks import moment, sha, workbook


def test_facts_are_those_received_by_then(store: Store) -> None:
    store.save(b"one", workbook(), "张三", at=moment(8))
    store.save(b"two", workbook("盘龙区"), "张三", at=moment(12))
    assert store.facts(2023, moment(7)).ledgers == ()
    assert {ledger.unit for ledger in store.facts(2023, moment(8)).ledgers} == {"五华区"}
    assert {ledger.unit for ledger in store.facts(2023, moment(12)).ledgers} == {"五华区", "盘龙区"}
    assert len(store.uploads(moment(9))) == len(store.ledger_versions(2023, moment(9))) == 1


def test_a_withdrawn_workbook_counted_until_then_and_counts_again_when_restored(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    full, name, there = store.facts(2023), store.fingerprint(2023), now()
    store.withdraw_upload(sha(b"one"), "李四", "报错单位")
    gone = now()
    assert store.facts(2023).statements == ()
    assert store.uploads()[0].withdrawn
    assert store.ledger_versions(2023)[0].withdrawn
    assert (store.facts(2023, there), store.fingerprint(2023, there)) == (full, name)
    assert not store.uploads(there)[0].withdrawn
    again = store.save(b"one", workbook(), "张三")
    assert again.already
    assert again.upload.withdrawn
    store.restore_upload(sha(b"one"), "李四", "核实无误")
    assert (store.facts(2023), store.fingerprint(2023)) == (full, name)
    assert store.facts(2023, gone).statements == ()


def test_withdrawing_or_restoring_twice_is_refused(store: Store) -> None:
    store.save(b"one", workbook(), "张三")
    with pytest.raises(RefusedError, match="无需恢复"):
        store.restore_upload(sha(b"one"), "李四", "误")
    store.withdraw_upload(sha(b"one"), "李四", "误")
    with pytest.raises(RefusedError, match="已经撤回"):
        store.withdraw_upload(sha(b"one"), "李四", "误")


def test_rulings_and_policy_are_those_of_the_moment(store: Store) -> None:
    strict = Policy(late="strict")
    store.rule(ruling("1A", "rejected", date(2023, 6, 9)), at=moment(9))
    store.set_policy(2023, strict, "主任", "会议决定", at=moment(10))
    store.withdraw_ruling(1, "张工", "补交了材料", at=moment(11))
    store.set_policy(2023, Policy(), "主任", "恢复默认", at=moment(12))
    assert [len(store.rulings(2023, moment(day))) for day in (8, 9, 10, 11)] == [0, 1, 1, 0]
    assert [store.policy(2023, moment(day)) for day in (9, 10, 11, 12)] == [Policy(), strict, strict, Policy()]
    assert store.facts(2023, moment(10)).rulings == store.rulings(2023, moment(10))


def test_the_fingerprint_changes_with_the_facts_and_only_with_them(store: Store) -> None:
    names = [store.fingerprint(2023)]
    store.save(b"one", workbook(), "张三")
    names.append(store.fingerprint(2023))
    store.rule(ruling("1A", "rejected", date(2023, 6, 9)))
    names.append(store.fingerprint(2023))
    store.set_policy(2023, Policy(late="strict"), "主任", "会议决定")
    store.set_setting("name", "张三", "张三")
    assert store.fingerprint(2023) == names[-1]
    store.withdraw_ruling(1, "张工", "更正")
    assert store.fingerprint(2023) == names[1]
    assert len(set(names)) == 3


def test_nothing_can_be_slipped_into_the_past_or_the_future(store: Store) -> None:
    store.save(b"one", workbook(), "张三", at=moment(8))
    with pytest.raises(RefusedError, match="早于最近一条记录"):
        store.save(b"two", workbook(), "张三", at=moment(7))
    with pytest.raises(RefusedError, match="晚于现在"):
        store.save(b"two", workbook(), "张三", at=now() + timedelta(days=1))
    assert len(store.uploads()) == 1


def test_a_whole_history_can_be_entered_with_its_days(store: Store) -> None:
    store.record_rules(2023, b"format = 1", sha(b"format = 1"), "系统", at=moment(1))
    store.save(b"one", workbook(), "张三", at=moment(8))
    store.withdraw_upload(sha(b"one"), "张三", "误传", at=moment(9))
    store.restore_upload(sha(b"one"), "张三", "核实", at=moment(10))
    store.set_setting("name", "张三", "张三", at=moment(11))
    assert [event.at for event in store.history()] == [moment(day) for day in (1, 8, 9, 10, 11)]
    assert [len(store.facts(2023, moment(day)).ledgers) for day in (7, 8, 9, 10)] == [0, 1, 0, 1]
    assert store.rules_at(2023, moment(1)) == (sha(b"format = 1"), b"format = 1")


def test_events_given_one_moment_keep_their_order(store: Store) -> None:
    for number in range(3):
        store.save(str(number).encode(), workbook(), "张三", at=moment(8))
    times = [event.at for event in store.history()]
    assert times == sorted(set(times))
    assert times[0] == moment(8)


def test_a_moment_without_an_offset_is_beijing_time_and_any_other_is_converted(store: Store) -> None:
    store.save(b"one", workbook(), "张三", at=datetime(2023, 6, 8, 9))  # noqa: DTZ001
    assert store.uploads()[0].received_at == moment(8, 9)
    assert store.facts(2023, datetime.fromisoformat("2023-06-08T00:59:59+00:00")).ledgers == ()
    assert len(store.facts(2023, datetime.fromisoformat("2023-06-08T01:00:00+00:00")).ledgers) == 1
    assert len(store.facts(2023, end_of_day(date(2023, 6, 8))).ledgers) == 1
    assert store.facts(2023, end_of_day(date(2023, 6, 7))).ledgers == ()


def test_the_remembered_fingerprint_is_never_an_old_one(store: Store) -> None:
    seen, later = set(), now() + timedelta(days=1)
    for number in range(5):
        store.save(str(number).encode(), workbook(), "张三")
        assert store.fingerprint(2023) == store.fingerprint(2023) == store.fingerprint(2023, later)
        seen.add(store.fingerprint(2023))
    assert len(seen) == 5
    for past in range(200):
        assert store.fingerprint(2023, moment(1) - timedelta(days=past)) not in seen
    assert store.fingerprint(2023) in seen
