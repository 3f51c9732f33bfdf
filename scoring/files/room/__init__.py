"""The sealed room: worker processes in which all bytes that others wrote are read.

A damaged or hostile file can end the process that reads it, hold its interpreter for minutes or take its memory, and no
``except`` catches that. So no reader runs in the app or the command line: a worker process, started once and kept warm,
does one job after another, limited in memory, processor time and wall time. One that exceeds a limit or dies is ended and
replaced, and the file is refused as ``file-unreadable-safely``.

To add a job:

1. Write a function ``job(data: bytes, *arguments) -> value`` in a module that only a worker imports. ``data`` are the
   sender's bytes; arguments and value are plain data: None, bool, int, float, str, bytes, date, datetime, time, timedelta,
   Decimal, tuples, lists, dicts, sets, and the frozen dataclasses of ``plain.RECORDS`` (add yours there). To refuse the
   file, raise ``RefusedError(code)``.
2. Enter it in ``jobs.JOBS`` under a name, with limits of its own where the usual ones do not fit.
3. Call it from outside with ``room().ask("name", data, *arguments)``; it returns the value or raises ``RefusedError``.
   Lists come back as tuples.
"""
