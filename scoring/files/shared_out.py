"""Read hundreds of files on all processors: this process and others like it each read a part, each with a sealed room.

The others run our own code on our own terms, as this process does; what others wrote is read in the rooms all the same.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from operator import itemgetter
from typing import Any, Generic, TypeVar

from scoring.files.ahead import read_ahead
from scoring.files.room.room import room

FEWEST_FILES = 200  # starting a process, with a worker of its own, costs as much as reading a hundred files
MOST_PROCESSES = 4
AT_ONCE = 10  # files that are handed over together
IN_HAND = 3  # parts that another process has been given and has not answered
Given = TypeVar("Given")
Got = TypeVar("Got")
_reads: list[Callable[[Any], Any]] = []  # in another process: the one function that reads a file


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_shared_out(read: Callable[[Given], Got], files: Sequence[Given], fewest: int = FEWEST_FILES) -> list[Got]:
    """Return what ``read`` makes of each file, in order; from ``fewest`` files on, other processes read some of them.

    ``read``, the files and what comes out are handed over by pickling. Where only one processor may be used, or where the
    files are few, all of them are read here.
    """
    others = min(processors(), MOST_PROCESSES) - 1
    if not others or len(files) < fewest:
        return list(read_ahead(read, files))
    room().keep_to(1)
    pool = ProcessPoolExecutor(others, mp_context=get_context("spawn"), initializer=_begin, initargs=(read,))
    shared = _Shared(pool, others * IN_HAND, files)
    try:
        mine = list(read_ahead(lambda place: (place, read(files[place])), shared.left_here()))
        lost, theirs = shared.fetched()
        mine += [
            (place, got) for place, got in zip(lost, read_ahead(read, [files[place] for place in lost]), strict=True)
        ]
        return [got for _, got in sorted((*mine, *theirs), key=itemgetter(0))]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        room().keep_to(None)


class _Shared(Generic[Given]):
    """Who reads which files: other processes from the front, this one from the end. It has state until all are given out."""

    def __init__(self, pool: ProcessPoolExecutor, in_hand: int, files: Sequence[Given]) -> None:
        self._pool, self._in_hand, self._files = pool, in_hand, files
        self._parts = deque(range(0, len(files), AT_ONCE))
        self._handed: list[tuple[range, Future[list[Any]]]] = []

    def left_here(self) -> Iterator[int]:
        """Yield the place of one file after another that is to be read here; meanwhile the others never run out."""
        while self._parts:
            self._hand_over()
            if self._parts:
                yield from self._places(self._parts.pop())

    def _hand_over(self) -> None:
        with suppress(BrokenProcessPool):  # they died: the rest is read here
            while self._parts and sum(not handed.done() for _, handed in self._handed) < self._in_hand:
                places = self._places(self._parts[0])
                handed = self._pool.submit(_read_part, self._files[places.start : places.stop])
                self._handed.append((places, handed))
                self._parts.popleft()

    def _places(self, start: int) -> range:
        return range(start, min(start + AT_ONCE, len(self._files)))

    def fetched(self) -> tuple[list[int], list[tuple[int, Any]]]:
        """Return the places of files that were lost because their process died, and what the others read, by place."""
        lost: list[int] = []
        read: list[tuple[int, Any]] = []
        for places, handed in self._handed:
            try:
                read += zip(places, handed.result(), strict=True)
            except BrokenProcessPool:
                lost += places
        return lost, read


def _begin(read: Callable[[Any], Any]) -> None:
    """Get another process ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the command interrupts the process that asked
    _reads.append(read)
    room().keep_to(1)
    room().warm()


def _read_part(part: Sequence[Any]) -> list[Any]:
    return list(read_ahead(_reads[0], part))
