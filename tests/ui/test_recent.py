"""The last values by their key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from ui.session.once import look_again, once, one_page
from ui.session.recent import Recent


def test_a_value_is_made_once_and_the_oldest_is_forgotten() -> None:
    made: list[str] = []
    held: Recent[str] = Recent(2)

    def get(key: str) -> str:
        return held.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [get(key) for key in "abab"] == list("abab")
    assert made == ["a", "b"]
    assert [get(key) for key in "cab"] == list("cab")
    assert made == ["a", "b", "c", "a", "b"]


def test_two_who_ask_at_once_have_it_made_once() -> None:
    recent: Recent[int] = Recent(2)
    made: list[int] = []
    both = Barrier(2)

    def make() -> int:
        made.append(1)
        return len(made)

    def ask() -> int:
        both.wait()
        return recent.get("a", make)

    with ThreadPoolExecutor(2) as pool:
        found = [one.result() for one in [pool.submit(ask), pool.submit(ask)]]
    assert found == [1, 1]


def test_what_ends_in_an_exception_is_made_again() -> None:
    recent: Recent[int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 7) == 7


def test_a_page_looks_once_and_the_next_page_looks_again() -> None:
    looked = iter(range(9))
    with one_page():
        assert [once("a", lambda: next(looked)), once("a", lambda: next(looked))] == [0, 0]
        look_again()
        assert once("a", lambda: next(looked)) == 1
    with one_page():
        assert once("a", lambda: next(looked)) == 2
    assert [once("a", lambda: next(looked)), once("a", lambda: next(looked))] == [3, 4]
