"""The official board in the tables that other tools read: it is written after an act was painted, by the server's own thread.

An act only notes that the tables of its year are behind. A run of acts is written once, when it rests, or at the latest
after half a minute; what a killed server left unwritten is seen at its next start.
"""

from __future__ import annotations

import threading
import time

from scoring.rulebook.policies import fitting
from scoring.rulebook.read import RulebookError
from scoring.store import StoreError
from ui.session import cache, journal
from ui.session.desk import Desk
from ui.session.view import default_day

QUIET, LONGEST = 2.0, 30.0  # seconds without another act; seconds that the first act of a run waits

_lock = threading.Lock()
_behind: dict[tuple[bool, int], tuple[float, float]] = {}  # (examples, year) -> when it was first and last noted
_faults: dict[tuple[str, int], str] = {}  # (database, year) -> why the last writing failed


def note(desk: Desk) -> None:
    """Note that the tables of a desk's year are behind."""
    _note(desk.year, examples=desk.examples)


def _note(year: int, *, examples: bool) -> None:
    present = time.monotonic()
    with _lock:
        first, _ = _behind.get((examples, year), (present, present))
        _behind[examples, year] = first, present


def note_left_behind() -> None:
    """Note the years of the real ledgers of which something was entered after their tables were last written.

    Raises:
        RulebookError: the rules cannot be used.
        StoreError: the database cannot be opened.
    """
    store = cache.store(examples=False)
    _, newest = store.span()
    for year in store.ledger_years():
        written = store.board_written_at(year)
        if year in cache.years(examples=False) and newest and (written is None or written < newest):
            _note(year, examples=False)


def fault(desk: Desk) -> str:
    """Say why the tables of a desk's year could not be written; ``""`` where they could, or are still to be."""
    return _faults.get((desk.store.address, desk.year), "")


def write(*, at_once: bool = False) -> None:
    """Write what rests, or has waited long; ``at_once``: all that is behind."""
    present = time.monotonic()
    with _lock:
        due = [key for key, (first, last) in _behind.items() if at_once or present > min(last + QUIET, first + LONGEST)]
        for key in due:
            del _behind[key]
    for examples, year in due:
        try:
            _write(year, examples=examples)
        except (StoreError, RulebookError) as error:
            journal.write("board", fault=str(error))


def _write(year: int, *, examples: bool) -> None:
    """Write the official board of today."""
    store, rulebook = cache.store(examples=examples), cache.rulebook(year, None, examples=examples)
    policy, facts_hash = fitting(rulebook, store.policy(year)), store.fingerprint(year)
    desk = Desk(examples, store, rulebook, facts_hash, None, default_day(rulebook), policy, policy)
    try:
        store.write_board(desk.board(), facts_hash)
    except StoreError as error:
        _faults[store.address, year] = str(error)
        raise
    _faults.pop((store.address, year), None)
