"""Time a folder of workbooks on one core and on two: ``python -m benchmarks.folder [COUNT]`` (Linux).

Every workbook is one unit's ledger of one quarter; the whole command is timed, start-up and scoring included.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from benchmarks.reading import SENDER_HEADER, UNSTATED, WORK_HEADER, stated, workbook
from scoring.rulebook.read import load_rulebook

COUNT, RUNS = 2_000, 3


def write(folder: Path, count: int) -> None:
    """Write the folder."""
    rulebook = load_rulebook()
    units = [unit for unit in rulebook.units if unit.assessed]
    for number in range(count):
        unit, quarter = units[number % len(units)], number // len(units) % 4 + 1
        chance, sent = random.Random(number), datetime(2023, 3 * quarter, 8)  # noqa: DTZ001
        terms = [pair for pair in rulebook.terms_of[unit.name] if pair[1].method not in UNSTATED]
        above = [f"填报单位：{unit.name}", f"2023年第{quarter}季度", f"报送日期：{sent:%Y-%m-%d}"]
        rows = [stated(rulebook, pair, sent, chance) for pair in terms]
        data = workbook(("工作落实", above, WORK_HEADER[len(SENDER_HEADER) :], rows))
        (folder / f"{number:05}.xlsx").write_bytes(data)


def timed(folder: Path, cores: set[int]) -> float:
    """Return the seconds that the command takes on some cores."""
    start = perf_counter()
    command = [sys.executable, "-m", "scoring", "score", str(folder), "--json", "--as-of", "2023-12-31"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    return perf_counter() - start


def main() -> None:
    """Print the best of a few runs that take turns."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, count)
        times = [(timed(folder, {0}), timed(folder, {0, 1})) for _ in range(RUNS)]
    one, two = (min(column) for column in zip(*times, strict=True))
    print(f"{count} workbooks: {one:.1f} s on one core, {two:.1f} s on two, {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
