"""What the server does by itself: backups, folding the log, tables for other tools, freeing uploads of ended sessions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from scoring.calendar.clock import now
from scoring.rulebook.read import RulebookError
from scoring.store import Store, StoreError, locations
from scoring.store.backups import answer, back_up, is_due, list_backups, newest_by
from ui.session import cache, journal, written
from ui.shell import guard

LOOK = 1.0  # seconds between two looks for somebody who asks
SCHEDULE = 60.0  # seconds between two looks at the calendar
HOUR = 2  # o'clock in Beijing, from which the day's backup is made


class Nightly:
    """Watch over the backups in a thread of its own, from the server's start to its end. It has state because it runs."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._faults: dict[str, str] = {}  # step -> what hindered it last
        self._thread = threading.Thread(target=self._run, name="nightly", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the backup that is being made, with everything written."""
        self._ended.set()
        self._thread.join()
        written.write(at_once=True)

    def _run(self) -> None:
        looked, left = 0.0, guard.LeftBehind()
        self._try("board", written.note_left_behind)
        while not self._ended.wait(LOOK):
            looked += LOOK
            if looked >= SCHEDULE:
                looked = 0.0
                self._try("uploads", lambda: guard.free_left_behind(left))
                self._try("backup", lambda: by_schedule(now()))
            self._try("board", written.write)
            self._try("snapshot", for_other_tools)
            self._try("asked backup", answer_the_command)

    def _try(self, what: str, step: Callable[[], None]) -> None:
        """Take a step; what hinders it is told once, and neither the other steps nor the next time."""
        fault = ""
        try:
            step()
        except (StoreError, RulebookError, OSError) as error:
            fault = str(error)
        except Exception as error:  # whatever it is: without this thread no backup is made, and nobody would know
            fault = type(error).__name__
            logging.getLogger(__name__).error("a step of the night failed: %s", what, exc_info=error)
        if fault and self._faults.get(what) != fault:
            journal.write(what, fault=fault)
        self._faults[what] = fault


def for_other_tools() -> None:
    """Fold the log that rests, and bring the file for other tools up to date."""
    if fold_after_quiet(store := cache.store(examples=False)):
        store.write_snapshot(locations.snapshot())


def answer_the_command() -> None:
    """Make the backup that the command asks for."""
    if made := answer(cache.store(examples=False), locations.backup_folder()):
        journal.write("backup", file=made.path.name, bytes=made.size)


class Quiet:
    """How the database's log stood at the last look. It has state because a log at rest is one that did not change."""

    seen: tuple[int, int] | None = None


def fold_after_quiet(store: Store) -> bool:
    """Fold the log once it has not changed between two looks, so that a run of acts is folded once; tell whether it was."""
    stamp = store.log()
    rests = stamp is not None and stamp == Quiet.seen
    Quiet.seen = stamp
    return rests and store.fold()


def by_schedule(present: datetime) -> None:
    """Make the day's backup where it is due.

    Raises:
        StoreError: it could not be made.
    """
    if present.hour < HOUR:
        return
    folder, store = locations.backup_folder(), cache.store(examples=False)
    newest = newest_by(list_backups(folder), present)
    _first, last = store.span()
    if is_due(newest, last, present):
        made = back_up(store, folder, present)
        journal.write("backup", file=made.path.name, bytes=made.size)
