"""Read many files: while one is being understood here, the next ones are already in the sealed room."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from scoring.files.room.room import room

AHEAD = 2  # files in hand for each worker: one at work, one whose answer waits
SWITCH_SECONDS = (
    0.0005  # how soon a thread that has an answer gets its turn; the usual 0.005 is longer than most files take
)
Given = TypeVar("Given")
Got = TypeVar("Got")


def read_ahead(read: Callable[[Given], Got], files: Iterable[Given]) -> Iterator[Got]:
    """Yield what ``read`` makes of each file, in order; a few are read at the same time, each in a thread that waits."""
    workers, usual = room().workers, sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    waiting: deque[Future[Got]] = deque()
    pool = ThreadPoolExecutor(workers * AHEAD, thread_name_prefix="read-ahead")
    try:
        for file in files:
            waiting.append(pool.submit(read, file))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        sys.setswitchinterval(usual)
        pool.shutdown(wait=False, cancel_futures=True)
