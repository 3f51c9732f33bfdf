"""Time the main job beside its floor, in one run: ``python -m benchmarks.main_job``.

- one unit's workbook, from bytes to findings, beside the time that calamine alone needs to hand over its cells;
- all units over a year of facts, beside sorting the facts by unit and clause alone;
- the whole ``score`` command over the example ledgers, beside an empty Python start.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from scoring.judging.rank import make_board
from scoring.ledger.find import find_ledgers, read_ledgers
from scoring.ledger.parse import read_ledger
from scoring.methods.dossier import gather
from scoring.model.policy import Policy
from scoring.rulebook.read import load_rulebook

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "data" / "examples"
CLOSES = date(2024, 1, 31)


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median of several runs in milliseconds, after one that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def row(name: str, value: float, floor_name: str, floor: float, goal: str) -> None:
    """Print one figure beside its floor."""
    print(f"{name:<44}{value:9.1f} ms   {floor_name:<26}{floor:9.1f} ms   ratio {value / floor:7.1f}   goal: {goal}")


def main() -> None:
    """Print every figure beside its floor."""
    rulebook, files = load_rulebook(), find_ledgers([EXAMPLES])
    facts, _ = read_ledgers(files, (rulebook,))
    data = max((file.read() for file in files.ledgers), key=len)

    def cells_alone() -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def one_workbook() -> None:
        parsed = read_ledger(data, "one.xlsx", rulebook)
        make_board(parsed.facts, rulebook, CLOSES, Policy())

    floor = median_ms(cells_alone, 20)
    row(
        "one workbook, bytes to findings",
        median_ms(one_workbook, 20),
        "calamine alone",
        floor,
        "floor + 50 ms",
    )
    sorting = median_ms(lambda: gather(facts, rulebook.assessment, CLOSES, late_ledgers=True), 20)
    row(
        "20 units over a year of facts",
        median_ms(lambda: make_board(facts, rulebook, CLOSES, Policy()), 20),
        "sorting them by unit",
        sorting,
        "20 ms",
    )
    start = median_ms(lambda: subprocess.run([sys.executable, "-c", ""], check=True), 5)
    command = [sys.executable, "-m", "scoring", "score", str(EXAMPLES), "--json"]
    whole = median_ms(
        lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, check=False), 5
    )
    row(f"`score` over {len(files.ledgers)} example ledgers", whole, "empty Python start", start, "3000 ms")


if __name__ == "__main__":
    main()
