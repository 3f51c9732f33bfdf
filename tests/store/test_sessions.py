"""Many sessions at once, and a process that dies: whole workbooks or none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from scoring.store import Store
from tests.builders import ruling
from tests.store.conftest import Site
from tests.store.workbooks import sha, workbook

PROJECT = Path(__file__).resolve().parents[2]
ROWS, INSTALLATIONS = 30, 400
SAVE_FOREVER = f"""
import sys
from itertools import count
from scoring.store import open_store
from tests.store.workbooks import workbook
store = open_store(sys.argv[1])
parsed = workbook(rows={ROWS}, installations={INSTALLATIONS})
for number in count(len(store.uploads())):
    print("begin", number, flush=True)
    store.save(str(number).encode(), parsed, "张三")
    print("done", number, flush=True)
"""


def whole(store: Store) -> None:
    """Every upload that is seen at all is seen with all its rows."""
    facts = store.facts(2023)
    uploads = {ledger.upload for ledger in facts.ledgers}
    for part, count in ((facts.statements, ROWS), (facts.roster, 4), (facts.cases, 1), (facts.incentives, 1)):
        assert Counter(fact.ledger.upload for fact in part) == dict.fromkeys(uploads, count)


def test_sessions_that_store_and_read_at_once_see_whole_workbooks(store: Store) -> None:
    def write(session: int) -> None:
        for number in range(8):
            store.save(f"{session}-{number}".encode(), workbook(rows=ROWS, installations=4), f"会话{session}")

    def read(_: int) -> None:
        while len(store.uploads()) < 24:
            whole(store)

    jobs: list[tuple[Callable[[int], None], int]] = [(write, 0), (write, 1), (write, 2), (read, 0), (read, 1)]
    with ThreadPoolExecutor(len(jobs)) as pool:
        for waiting in [pool.submit(job, number) for job, number in jobs]:
            waiting.result(timeout=120)
    whole(store)
    assert [version.version for version in store.ledger_versions(2023)] == list(range(1, 25))
    assert [upload.upload for upload in store.uploads()] == list(range(24))
    assert store.verify_history() == ()


def test_the_same_workbook_from_two_sessions_is_stored_once(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: store.save(b"one", workbook(), "张三"), range(4)))
    assert sorted(receipt.already for receipt in receipts) == [False, True, True, True]
    assert len(store.uploads()) == len(store.history()) == 1


def test_rulings_of_many_sessions_get_numbers_of_their_own(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: store.rule(ruling("1A", "rejected", date(2023, 7, 3))), range(12)))
    assert sorted(one.number for one in made) == list(range(1, 13))


def test_readers_never_get_the_rows_of_others(store: Store) -> None:
    units = [f"单位{number}" for number in range(6)]
    for unit in units:
        store.save(unit.encode(), workbook(unit), unit)

    def read(number: int) -> bool:
        unit = units[number % 6]
        name, data = store.original(sha(unit.encode()))
        facts = store.version_facts(unit, 2023, 2, 1)
        return data == unit.encode() and name.startswith(unit) and {s.ledger.unit for s in facts.statements} == {unit}

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(read, range(240)))


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.06, 0.12])
def test_a_process_killed_while_it_stores_leaves_all_or_nothing(site: Site, delay: float) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", SAVE_FOREVER, str(site.address)],
        stdout=subprocess.PIPE, text=True, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert child.stdout is not None
    said = []
    for line in child.stdout:
        said.append(line.split())
        if line.split() == ["begin", "2"]:
            time.sleep(delay)  # into the middle of a save
            child.kill()
            break
    said += [line.split() for line in child.communicate()[0].splitlines()]
    promised = sum(word == "done" for word, _ in said)

    store = site.open()
    kept = len(store.uploads())
    facts = store.facts(2023)
    assert promised <= kept <= promised + 1
    assert Counter(s.ledger.upload for s in facts.statements) == dict.fromkeys(range(kept), ROWS)
    assert Counter(r.ledger.upload for r in facts.roster) == dict.fromkeys(range(kept), INSTALLATIONS)
    assert len(store.history()) == kept
    assert store.verify_history() == ()
    assert not store.save(b"after", workbook(), "张三").already
    store.close()
