"""What the server does by itself: backups, folding the log, tables for other tools, freeing uploads of ended sessions."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime

from scoring.calendar.clock import now
from scoring.rulebook.read import RulebookError
from scoring.store import Store, StoreError, locations
from scoring.store.backups import answer, back_up, is_due, list_backups
from ui.session import cache, journal, written
from ui.shell import guard

LOOK = 1.0  # seconds between two looks for somebody who asks
SCHEDULE = 60.0  # seconds between two looks at the calendar
HOUR = 2  # o'clock in Beijing, from which the day's backup is made


class Nightly:
    """Watch over the backups in a thread of its own, from the server's start to its end. It has state because it runs."""

    def __init__(self) -> None:
        self._ended = threading.Event()
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
        with suppress(StoreError, RulebookError, OSError):
            written.note_left_behind()
        while not self._ended.wait(LOOK):
            looked += LOOK
            try:
                if looked >= SCHEDULE:
                    looked = 0.0
                    guard.free_left_behind(left)
                    by_schedule(now())
                written.write()
                if fold_after_quiet(store := cache.store(examples=False)):
                    store.write_snapshot(locations.snapshot())
                if made := answer(cache.store(examples=False), locations.backup_folder()):
                    journal.write("backup", file=made.path.name, bytes=made.size)
            except (StoreError, RulebookError, OSError) as error:
                journal.write("backup", fault=str(error))


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
    newest = next(iter(list_backups(folder)), None)
    _first, last = store.span()
    if is_due(newest, last, present):
        made = back_up(store, folder, present)
        journal.write("backup", file=made.path.name, bytes=made.size)
