"""What is looked up once while a page is drawn: a page asks for the same file or person a score of times."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

Value = TypeVar("Value")


class _Held(threading.local):
    """What was looked up on this page so far. It has state: one for each thread that draws a page; None: none is drawn."""

    values: dict[str, object] | None = None


_held = _Held()


@contextmanager
def one_page() -> Iterator[None]:
    """Look everything up once for as long as a page is drawn; outside of it every question is asked anew."""
    _held.values = {}
    try:
        yield
    finally:
        _held.values = None


def once(name: str, look: Callable[[], Value]) -> Value:
    """Return what a look-up gave on this page before, else look."""
    if _held.values is None:
        return look()
    if name not in _held.values:
        _held.values[name] = look()
    return cast("Value", _held.values[name])


def look_again() -> None:
    """Ask everything anew from here on: something was changed while the page is drawn."""
    if _held.values is not None:
        _held.values.clear()
