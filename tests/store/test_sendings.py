"""What units send themselves: kept from the day it was sent, taken in or sent back once, never lost, never changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from scoring.model.sendings import SendingState
from scoring.store import BEIJING, RefusedError, Store, UnitStore

FILES = (("五华区.xlsx", b"one"), ("佐证.zip", b"two"))
AT = datetime(2023, 7, 4, 17, tzinfo=BEIJING)


def test_a_sending_waits_with_a_dated_receipt(store: Store) -> None:
    kept = store.send(2023, ["五华区"], FILES, "赵工", AT)
    assert (kept.number, kept.state, kept.day.isoformat()) == (1, SendingState.WAITING, "2023-07-04")
    assert store.sendings(2023) == (kept,)
    assert store.sendings(2024) == ()
    assert store.sent_files(1) == FILES


def test_it_is_taken_in_or_sent_back_once(store: Store) -> None:
    for _ in range(2):
        store.send(2023, ["五华区"], ((f"{_}.xlsx", b"x"),), "赵工")
    assert store.take_in(1, "李工").state is SendingState.TAKEN_IN
    with pytest.raises(RefusedError, match="理由"):
        store.send_back(2, "李工", " ")
    back = store.send_back(2, "李工", "第3行看不清")
    assert (back.state, back.reason, back.decided_by) == (SendingState.SENT_BACK, "第3行看不清", "李工")
    for number in (1, 2, 3):
        with pytest.raises(RefusedError):
            store.take_in(number, "李工")


def test_the_same_files_wait_once_and_may_come_again_later(store: Store) -> None:
    store.send(2023, ["五华区"], FILES, "赵工")
    with pytest.raises(RefusedError, match="第1号"):
        store.send(2023, ["五华区"], FILES, "赵工")
    store.send_back(1, "李工", "缺佐证")
    assert store.send(2023, ["五华区"], FILES, "赵工").number == 2


@pytest.mark.parametrize(("units", "files"), [([], FILES), (["五华区"], ())])
def test_nothing_is_no_sending(store: Store, units: list[str], files: tuple[tuple[str, bytes], ...]) -> None:
    with pytest.raises(RefusedError):
        store.send(2023, units, files, "赵工")


def test_a_unit_sends_and_sees_its_own_only(store: Store) -> None:
    store.send(2023, ["盘龙区"], FILES, "钱工")
    own = UnitStore(store, frozenset({"五华区"}))
    assert own.sendings(2023) == ()
    for ask in (
        lambda: own.sent_files(1),
        lambda: own.send(2023, ["五华区", "盘龙区"], FILES, "赵工"),
        lambda: own.take_in(1, "赵工"),
    ):
        with pytest.raises(RefusedError):
            ask()
    kept = own.send(2023, ["五华区"], FILES, "赵工")
    assert own.sendings(2023) == (kept,)
    assert own.sent_files(2) == FILES
