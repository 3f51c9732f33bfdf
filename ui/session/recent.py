"""The last few values by their key, for what may show something on the page while it is worked out.

Streamlit's caches record whatever is drawn while a value is computed, and so nobody who waits could be told that others are in front.
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
        self._lock = threading.Lock()

    def lacks(self, key: Hashable) -> bool:
        """Tell whether the value of a key is not held."""
        with self._lock:
            return key not in self._held

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made where it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._lock:
            self._held[key] = value
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return value
