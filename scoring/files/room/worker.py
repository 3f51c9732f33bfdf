"""A worker: reads one job after another from standard input, does it, and writes what came out.

It is started as a module of its own (``python -m scoring.files.room.worker``), the same way on Windows and Linux, and
ends when its standard input does. Whatever a library may print goes nowhere: standard output carries messages only.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path
from time import process_time
from typing import BinaryIO

from scoring.files.refusal import RefusedError
from scoring.files.room.jobs import JOBS, MEGABYTE, Job, function_of
from scoring.files.room.plain import packed, unpacked
from scoring.files.room.wire import WireError, read_message, write_message

FRAMES = 6
OPEN_FILES = 64
STATM = Path("/proc/self/statm")


def main() -> None:
    """Work until there is nobody left to ask."""
    asked = os.fdopen(os.dup(0), "rb")
    told = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    function_of("read-workbook")  # what nearly every job needs
    gc.collect()
    gc.freeze()
    _close_doors()
    idle = _taken()
    write_message(told, b"ready")
    while True:
        try:
            head, data = read_message(asked)
        except WireError:
            return
        _answer(told, head, data, idle)
        del data
        gc.collect()
        gc.freeze()  # what a job imported stays: no need to walk over it after every file


def _answer(told: BinaryIO, head: bytes, data: bytes, idle: int) -> None:
    name, arguments = unpacked(head)
    _limit(JOBS[name], len(data), idle)
    gc.disable()  # a hundred thousand new rows, none of them garbage
    try:
        value = packed(function_of(name)(data, *arguments))
    except RefusedError as refusal:
        write_message(told, packed(["refused", refusal.reason, refusal.detail]))
    except BaseException as error:
        write_message(told, packed(["failed", type(error).__name__, way_to(error)]))
    else:
        write_message(told, packed(["done"]), value)
    finally:
        gc.enable()


def way_to(error: BaseException) -> str:
    """Name the lines that lead to an error, the last of them; never its words, which may be a cell's."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def _taken() -> int:
    """Return the bytes of address space that this process has now; 0 where the system does not tell."""
    if not STATM.exists():
        return 0
    return int(STATM.read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _limit(job: Job, size: int, idle: int) -> None:
    """Let this process fail before it takes the computer's memory or time; Windows has no such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        if idle:
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (idle + job.megabytes * MEGABYTE, most))
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = int(process_time() + job.allowed_seconds(size)) + 2
        if most == resource.RLIM_INFINITY or seconds < most:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))


def _close_doors() -> None:
    """Let this process write no file, leave no core dump and open few files."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


if __name__ == "__main__":
    main()
