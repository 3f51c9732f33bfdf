"""The room itself: a few workers, and a queue of who waits for one."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from typing import Any

from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room.process import WorkerDiedError, WorkerFailedError, WorkerProcess

FEWEST, MOST = 2, 4
WATCH_SECONDS = 0.05
WAIT_SECONDS = 0.3
log = logging.getLogger(__name__)


_tell: ContextVar[Callable[[int], None] | None] = ContextVar("tell", default=None)


@contextmanager
def told_in_front(tell: Callable[[int], None]) -> Iterator[None]:
    """Within this, tell again and again how many jobs are in front (at work or waiting), while all workers are busy."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


class Room:
    """Workers, started as they are needed and kept warm. A class, because processes and the queue live on."""

    def __init__(self, workers: int) -> None:
        self._most = self._usual = workers
        self._idle: list[WorkerProcess] = []
        self._all: list[WorkerProcess] = []
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()
        self._watcher: threading.Thread | None = None
        self._closed = False

    @property
    def workers(self) -> int:
        """How many jobs can be done at the same time."""
        return self._most

    def keep_to(self, workers: int | None) -> None:
        """Start no more than so many workers from now on; None: as many as usual. Those that live go on."""
        with self._changed:
            self._most = self._usual if workers is None else workers
            self._changed.notify_all()

    def warm(self) -> None:
        """Start a worker now, so that the first file need not wait for it."""
        with self._changed:
            if not self._all:
                self._idle.append(self._started())

    def serves(self) -> bool:
        """Tell whether a worker lives; where none does, one is started first."""
        with self._changed:
            for worker in [worker for worker in self._idle if not worker.alive]:
                self._idle.remove(worker)
                self._drop(worker)
            if not self._all and not self._closed:
                self._idle.append(self._started())
            return any(worker.alive for worker in self._all)

    def ask(self, job: str, data: bytes, *arguments: object) -> Any:
        """Let a worker do a job on a sender's bytes, and return what came out. Who waits can be told, by ``told_in_front``.

        Raises:
            RefusedError: the file is refused; ``file-unreadable-safely`` where reading it ended the worker.
        """
        for last_try in (False, True):
            worker = self._take()
            try:
                return worker.ask(job, data, arguments)
            except WorkerDiedError as death:
                log.warning("worker died at job %s on %d bytes: %s", job, len(data), death)
                if last_try or not death.innocent:
                    raise RefusedError(UNREADABLE_SAFELY) from death
            except RefusedError as refusal:
                if isinstance(refusal.__cause__, WorkerFailedError):
                    log.error("job %s failed on %d bytes: %s", job, len(data), refusal.__cause__)
                raise
            finally:
                self._give_back(worker)
        raise RefusedError(UNREADABLE_SAFELY)

    def close(self) -> None:
        """End all workers."""
        with self._changed:
            self._closed = True
            for worker in self._all:
                worker.close()
            self._all, self._idle = [], []
            self._changed.notify_all()

    def _take(self) -> WorkerProcess:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            while True:
                with self._changed:
                    if self._queue[0] is ticket and (worker := self._free()) is not None:
                        return worker
                    self._changed.wait(WAIT_SECONDS)
                    in_front = self._queue.index(ticket) + len(self._all) - len(self._idle)
                if in_front and (tell := _tell.get()) is not None:
                    tell(in_front)  # outside the lock: it may show something, or be interrupted
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _free(self) -> WorkerProcess | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._drop(worker)
        return self._started() if len(self._all) < self._most else None

    def _started(self) -> WorkerProcess:
        if self._closed:
            raise RefusedError(UNREADABLE_SAFELY)
        worker = WorkerProcess()
        self._all.append(worker)
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="room-watch", daemon=True)
            self._watcher.start()
        return worker

    def _give_back(self, worker: WorkerProcess) -> None:
        with self._changed:
            if worker not in self._all:
                return
            if worker.alive and not worker.tired:
                self._idle.append(worker)
            else:
                self._drop(worker)
                if not self._idle and not self._closed:
                    self._idle.append(self._started())  # it gets ready while nobody waits
            self._changed.notify_all()

    def _drop(self, worker: WorkerProcess) -> None:
        worker.close()
        self._all.remove(worker)

    def _watch(self) -> None:
        tick = threading.Event()
        while not self._closed:
            tick.wait(WATCH_SECONDS)
            with self._changed:
                workers = tuple(self._all)
            for worker in workers:
                with suppress(OSError):
                    worker.check()


@cache
def room() -> Room:
    """Return this process's room; its workers end with the process."""
    opened = Room(max(FEWEST, min(os.cpu_count() or 1, MOST)))
    atexit.register(opened.close)
    return opened
