"""One worker process as who asks it sees it: ask, and end it when it takes too long, too much, or says nonsense."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import BinaryIO, cast

import psutil

from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room.jobs import JOBS, MEGABYTE, Job
from scoring.files.room.plain import NotPlainError, packed, unpacked
from scoring.files.room.wire import WireError, read_message, write_message

ROOT = Path(__file__).resolve().parents[3]
KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # numpy for large sheets: no room for threads that multiply matrices
COMMAND = (sys.executable, "-m", "scoring.files.room.worker")
START_SECONDS = 30  # a cold disk and a busy computer; a warm start takes 0.2
WALL_FACTOR, WALL_MORE = 4, 5  # wall time for each second of processor time: others use the processors too
TIRED_BYTES = 20 * MEGABYTE  # a worker that handled this much is replaced: what it freed stays scattered in its memory
KILLED_BY_OTHERS = -9  # the status of a process that somebody ended; Windows does not tell


class WorkerDiedError(Exception):
    """The worker ended before it answered. ``innocent``: not because of the file, which may be tried again, once."""

    def __init__(self, why: str, innocent: bool) -> None:
        super().__init__(why)
        self.innocent = innocent


@dataclass(slots=True)
class _Watched:
    """What the job under way may use."""

    job: Job
    seconds: float
    until: float
    cpu_before: float
    memory_before: int


class WorkerProcess:
    """A worker process. A class, because it lives from job to job and knows what it may use now."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own module, no word of a sender's
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=ONE_THREAD | {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._ready = False
        self._until = monotonic() + START_SECONDS
        self._now: _Watched | None = None
        self._seen: psutil.Process | None = None
        self._ended_by = ""
        self.tired = False

    @property
    def number(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def ask(self, name: str, data: bytes, arguments: tuple[object, ...]) -> object:
        """Let it do one job and return what came out.

        Raises:
            RefusedError: the job refuses the file, or failed in a way that nobody foresaw.
            WorkerDiedError: it died, was ended, or wrote nonsense; it cannot be asked again.
        """
        head = packed([name, arguments])
        try:
            if not self._ready:
                self._hear()
                self._ready = True
            self._watch(JOBS[name], len(data))
            write_message(cast("BinaryIO", self._process.stdin), head, data)
            told, body = self._hear()
            return self._meant(unpacked(told), body, len(data))
        except (WireError, NotPlainError, OSError, ValueError) as error:
            self.end()
            status = self._process.returncode
            innocent = not self._ended_by and (status == KILLED_BY_OTHERS or not self._ready)
            raise WorkerDiedError(self._ended_by or f"ended with {status}", innocent) from error
        except (RefusedError, WorkerDiedError):
            raise
        except BaseException:  # the one who asked was interrupted: nobody will fetch the answer
            self.end("interrupted")
            raise
        finally:
            self._now = None

    def _hear(self) -> tuple[bytes, bytes]:
        return read_message(cast("BinaryIO", self._process.stdout))

    def _meant(self, told: tuple[str, ...], body: bytes, size: int) -> object:
        self.tired = max(size, len(body)) > TIRED_BYTES
        match told:
            case ("done",):
                return unpacked(body)
            case ("refused", reason, detail):
                raise RefusedError(reason, detail)
            case ("failed", kind, way):
                self.tired = True
                raise RefusedError(UNREADABLE_SAFELY) from WorkerFailedError(kind, way)
        raise WireError("not an answer")

    def _watch(self, job: Job, size: int) -> None:
        seconds = job.allowed_seconds(size)
        self._seen = self._seen or psutil.Process(self._process.pid)
        times = self._seen.cpu_times()
        self._until = monotonic() + seconds * WALL_FACTOR + WALL_MORE
        before = self._seen.memory_info().rss
        self._now = _Watched(job, seconds, self._until, times.user + times.system, before)

    def check(self) -> None:
        """End the process if what it does now takes more than it may; called again and again from a thread that watches."""
        now = self._now
        if monotonic() > self._until and (now is not None or not self._ready):
            self.end("wall time")
        elif now is not None and self._seen is not None:
            try:
                times, memory = self._seen.cpu_times(), self._seen.memory_info().rss
            except psutil.Error:
                return  # it died: who waits for it will notice
            if times.user + times.system - now.cpu_before > now.seconds:
                self.end("processor time")
            elif memory - now.memory_before > now.job.megabytes * MEGABYTE:
                self.end("memory")

    def end(self, why: str = "") -> None:
        """End the process, whatever it does; ``why`` names the limit that it exceeded."""
        if self.alive:
            self._ended_by = self._ended_by or why
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the process and let go of its pipes; nobody waits for it any more."""
        self.end("closed")
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue  # what was not written yet goes nowhere


class WorkerFailedError(Exception):
    """A job failed with an error that nobody foresaw: a mistake of ours, which the log names."""
