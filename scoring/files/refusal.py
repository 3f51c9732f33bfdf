"""The one exception with which a reader says that a file is not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

UNREADABLE_SAFELY = "file-unreadable-safely"
Got = TypeVar("Got")


class RefusedError(Exception):
    """The file is not read. ``reason`` is a code of the problem catalogue; callers turn it into a problem."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def unless_broken(read: Callable[[], Got], otherwise: Got) -> Got:
    """Return what is read of a part that no value of a cell depends on; where it is broken, ``otherwise``.

    Raises:
        RefusedError: what makes the whole file unsafe, such as its size or a DTD.
    """
    try:
        return read()
    except RefusedError as refusal:
        if refusal.reason != "file-broken":
            raise
        return otherwise
