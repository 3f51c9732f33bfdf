"""Hundreds of files are read by several processes, and what comes out is what one process reads."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from scoring.files import shared_out
from scoring.files.room.room import room
from scoring.ledger.every_year import read_first_year
from scoring.ledger.find import LedgerFile, read_one
from scoring.rulebook.read import load_rulebook

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
BROKEN = b"PK\x03\x04 and nothing else"


def dies_elsewhere(home: int, number: int) -> int:
    """Return a number, in one process only."""
    if os.getpid() != home:
        os._exit(1)
    return number


def doubled(number: int) -> int:
    """Return twice a number; three is refused."""
    if number == 3:
        raise OSError(number)
    return 2 * number


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_out, "processors", lambda: 2)


def test_several_processes_read_what_one_reads_in_the_same_order() -> None:
    paths = sorted(EXAMPLES.rglob("*.xlsx"))[:40]
    files = [LedgerFile(path.name, 0, path) for path in paths]
    files.insert(7, LedgerFile("坏了.xlsx", 0, data=BROKEN))
    read = partial(read_one, read_first_year, (load_rulebook(),))
    numbered = list(enumerate(files))
    here = shared_out.read_shared_out(read, numbered, fewest=len(files) + 1)
    assert shared_out.read_shared_out(read, numbered, fewest=1) == here
    assert [one.workbook for one in here] == [file.name for file in files]
    assert here[7].refused
    assert any(one.facts.roster for one in here)
    assert room().workers > 1


def test_what_a_process_left_unread_is_read_here() -> None:
    numbers = range(60)
    assert shared_out.read_shared_out(partial(dies_elsewhere, os.getpid()), numbers, fewest=1) == list(numbers)


def test_an_error_comes_out_of_any_process() -> None:
    with pytest.raises(OSError, match="3"):
        shared_out.read_shared_out(doubled, range(20), fewest=1)
