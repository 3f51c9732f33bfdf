"""Compare saving on PostgreSQL with saving into a DuckDB file: ``python -m benchmarks.homes``.

Both in one run, in processor time: of this process, and of the server's processes that work for it.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from itertools import islice
from pathlib import Path

import psutil
import psycopg

from benchmarks.store_growth import workbooks
from scoring.model.parsed import ParsedWorkbook
from scoring.store import Store, open_store
from tests.postgres import running_server

GOAL = 0.5
BOOKS, ROUNDS = 30, 2


def spent(server: psutil.Process | None) -> float:
    """Return the seconds of processor time used so far, by this process and by a server with all that it started."""
    used = [psutil.Process().cpu_times()[:2]]
    if server:
        used += [server.cpu_times()[:4], *(child.cpu_times()[:2] for child in server.children())]
    return sum(map(sum, used))


def server_of(address: str) -> psutil.Process:
    """Return the process that started all others of a server on this machine."""
    with psycopg.connect(address) as connection:
        return psutil.Process(connection.info.backend_pid).parents()[0]


def saving(store: Store, name: str, books: list[tuple[bytes, ParsedWorkbook]], server: psutil.Process | None) -> float:
    """Return the seconds that it takes to save some workbooks one by one."""
    began = spent(server)
    for data, parsed in books:
        store.save(name.encode() + data, parsed, "测试")
    return spent(server) - began


def main() -> None:
    """Print both times and their ratio."""
    books = list(islice(workbooks(), BOOKS))
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        address = server.new()
        owner = server_of(address)
        with closing(open_store(Path(folder) / "a.duckdb")) as file, closing(open_store(address)) as there:
            times = {"DuckDB": 0.0, "PostgreSQL": 0.0}
            for number in range(ROUNDS):
                times["DuckDB"] += saving(file, f"{number}", books, None)
                times["PostgreSQL"] += saving(there, f"{number}", books, owner)
    for name, seconds in times.items():
        print(f"{name}: {1000 * seconds / ROUNDS / len(books):.1f} ms a save")
    print(f"ratio {times['PostgreSQL'] / times['DuckDB']:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
