"""Many files are read at the same time and come back in their order."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from scoring.files.ahead import read_ahead


def test_files_come_back_in_their_order_though_later_ones_are_read_meanwhile() -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    def read(number: int) -> int:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02 if number % 3 else 0.06)
        with lock:
            at_once -= 1
        return number

    assert list(read_ahead(read, range(30))) == list(range(30))
    assert most > 1


def test_an_error_comes_out_where_the_file_stands_and_nothing_is_left_changed() -> None:
    usual = sys.getswitchinterval()

    def read(number: int) -> int:
        if number == 3:
            raise OSError(number)
        return number

    got: list[int] = []
    with pytest.raises(OSError, match="3"):
        got.extend(read_ahead(read, range(9)))
    assert got == [0, 1, 2]
    assert sys.getswitchinterval() == usual
    assert list(read_ahead(read, ())) == []
