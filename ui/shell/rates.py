"""How often one sender may come: a count of the last minute for each name, of a page, an address or a token."""

from __future__ import annotations

import time
from collections import defaultdict, deque

WINDOW = 60.0  # seconds that are counted
REMEMBERED = 1000  # senders, before those of long ago are let go


class Rate:
    """Count what each sender sent in the last minute. It has state: that is what it counts."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def is_exceeded(self, who: str, at: float | None = None) -> bool:
        """Count one more of a sender; tell whether it is over what may come in a minute. ``at``: seconds of any clock."""
        moment = time.monotonic() if at is None else at
        if who not in self._sent and len(self._sent) >= REMEMBERED:
            self._forget(moment)
        sent = self._sent[who]
        while sent and sent[0] < moment - WINDOW:
            sent.popleft()
        if len(sent) <= self._most:  # one over the limit is enough to know it by
            sent.append(moment)
        return len(sent) > self._most

    def _forget(self, moment: float) -> None:
        """Let go of who has sent nothing lately."""
        for who in [who for who, sent in self._sent.items() if not sent or sent[-1] < moment - WINDOW]:
            del self._sent[who]
