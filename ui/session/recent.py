"""The last few values by their key. Whatever is not held is made by whoever asks first; the others wait for it.

Streamlit's own cache takes a third of a millisecond to name what it is asked for, and a page asks a score of times.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """A number of values, the oldest of which are forgotten. It serves all sessions: it is locked while it is looked at."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def lacks(self, key: Hashable) -> bool:
        """Tell whether the value of a key is not held."""
        with self._lock:
            return key not in self._held

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made where it is not held. What ends in an exception is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            turn = self._making.setdefault(key, threading.RLock())
        with turn:
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                value = make()
                with self._lock:
                    self._held[key] = value
                    while len(self._held) > self._most:
                        self._held.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def forget(self, key: Hashable) -> None:
        """Forget the value of a key."""
        with self._lock:
            self._held.pop(key, None)

    def clear(self) -> None:
        """Forget all values."""
        with self._lock:
            self._held.clear()
