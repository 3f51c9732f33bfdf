"""Time a save, and measure the memory of listing, with few and with many workbooks stored: ``python -m benchmarks.store_growth``.

The stored workbooks are copies, row by row, of one that was really saved; what is timed is the store's own work.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.policy_combinations import year_of_facts
from scoring.model.parsed import ParsedWorkbook
from scoring.rulebook.read import load_rulebook
from scoring.store import Store, open_store
from tests.store.workbooks import workbooks_of

FEW, MANY, ROUNDS = 60, 11_400, 15
SAVE_GOAL, MEMORY_GOAL = 1.2, 140
SIZE = 90_000  # bytes of a stored workbook: as a county sends them
MEGABYTE = 1024 * 1024
TABLES = (
    "ledgers",
    "statements",
    "cases",
    "publicity",
    "roster",
    "incentives",
    "problems",
    "upload_years",
    "upload_sizes",
)


def workbooks() -> Iterator[tuple[bytes, ParsedWorkbook]]:
    """Yield workbooks of different content, each one unit's ledger."""
    for number, parsed in enumerate([*workbooks_of(year_of_facts(load_rulebook()))] * 3):
        yield f"{number}".encode().ljust(SIZE, b"x"), parsed


def fill(store: Store, count: int) -> None:
    """Store a few workbooks by themselves, and copies of the last one up to ``count``."""
    for data, parsed in list(workbooks())[:10]:
        store.save(data, parsed, "测试")
    with store._database.writing() as cursor:
        numbers = f"FROM range(10, {count}) AS copies(n)"
        cursor.execute(
            "INSERT INTO events SELECT n + 1, year, happened_at, actor, kind, sha256('s' || n), reason, rests_on, details, "
            f"sha256('p' || n), sha256('c' || n) {numbers}, events WHERE number = 10"
        )
        cursor.execute(
            "INSERT INTO uploads SELECT n, sha256('s' || n), n + 1, received_at, actor, reason, file_name, rules, rows_read, "
            f"rows_kept_out, left_alone, content {numbers}, uploads WHERE upload = 9"
        )
        cursor.execute(
            f"INSERT INTO pieces SELECT sha256('s' || n), piece, pieces.content {numbers}, pieces "  # noqa: S608  numbers of ours
            "WHERE sha256 = (SELECT sha256 FROM uploads WHERE upload = 9)"
        )
        for table in TABLES:
            changed = "n AS upload, n + 100 AS version" if table == "ledgers" else "n AS upload"
            cursor.execute(
                f"INSERT INTO {table} SELECT {table}.* REPLACE ({changed}) {numbers}, {table} WHERE upload = 9"
            )


def saving(store: Store) -> float:
    """Return the processor seconds of the median save."""
    found = []
    for data, parsed in list(workbooks())[10 : 10 + ROUNDS]:
        gc.collect()
        start = time.process_time()
        store.save(data, parsed, "测试")
        found.append(time.process_time() - start)
    return statistics.median(found)


def main() -> None:
    """Print the two times, their ratio, and what listing takes."""
    with tempfile.TemporaryDirectory() as folder:
        stores = {count: open_store(Path(folder) / f"{count}.duckdb") for count in (FEW, MANY)}
        for count, store in stores.items():
            fill(store, count)
        times = {count: saving(store) for count, store in stores.items()}
        for count, seconds in times.items():
            print(f"a save with {count:6} stored {seconds * 1000:7.1f} ms")
        print(f"ratio {times[MANY] / times[FEW]:.2f} (goal {SAVE_GOAL})")
        process, many = psutil.Process(), stores[MANY]
        before, start = process.memory_info().rss, time.process_time()
        listed = many.uploads()
        seconds, grown = time.process_time() - start, (process.memory_info().rss - before) / MEGABYTE
        print(f"listing {len(listed)} uploads: {seconds:.2f} s, +{grown:.0f} MB (goal {MEMORY_GOAL})")
        for store in stores.values():
            store.close()


if __name__ == "__main__":
    main()
