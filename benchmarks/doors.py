"""Time what units and programs ask beside what the office asks, in one run: ``python -m benchmarks.doors``.

Clicks and questions are processor time; 自查 and the command are what somebody waits for, the command as a whole process.
All figures are the median of several runs after one that does not count.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from scoring.rulebook.read import load_rulebook
from scoring.store import locations
from tests.ui.opening import started_as_the_server_does
from tests.ui.stored import DAY, UNIT, fill, ledger
from tests.ui.test_units_door import sign_in
from ui.shell import api

ROOT = Path(__file__).resolve().parents[1]
GOAL_MS, CLICK_GOAL, CHECK_GOAL, RUNS = 5, 1.0, 1.2, 15


def median_ms(action: Callable[[], object], clock: Callable[[], float] = time.process_time, runs: int = RUNS) -> float:
    """Return the median time in milliseconds."""
    times = []
    for _ in range(runs + 1):
        start = clock()
        action()
        times.append((clock() - start) * 1000)
    return statistics.median(times[1:])


def page(url: str, role: object, **query: str) -> AppTest:
    """Open a page as somebody who has logged in."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return sign_in(app, url, role, {"as_of": DAY.isoformat(), **query})


def check(path: Path) -> None:
    """Check a workbook by the command line."""
    subprocess.run([sys.executable, "-m", "scoring", "check", str(path)], cwd=ROOT, capture_output=True, check=False)


def look(app: AppTest, path: Path, turn: list[int]) -> None:
    """Drop a workbook that was not seen before on 台账上传; its bytes differ each time, so nothing is remembered."""
    turn[0] += 1
    content = path.read_bytes()
    app.file_uploader[0].set_value([(f"{turn[0]}-{path.name}", content, "application/octet-stream")]).run()  # type: ignore[list-item]


def main() -> None:
    """Print the three figures beside their goals."""
    folder = Path(os.environ[locations.DATA_VARIABLE])
    fill(folder, load_rulebook())
    endpoint = next(one for one in api.ENDPOINTS if one.name == "board")
    asked = median_ms(lambda: api._made_of(endpoint, [("as_of", DAY.isoformat())], ()))
    print(f"board by the interface, nothing changed {asked:6.2f} ms (goal {GOAL_MS})")
    unit = page("unit", {"role": "报送单位", "units": [UNIT]})
    leader = page("unit", "领导", unit=UNIT)
    clicks = median_ms(unit.run), median_ms(leader.run)
    print(
        f"a click: unit {clicks[0]:6.1f} ms, leader {clicks[1]:6.1f} ms, ratio {clicks[0] / clicks[1]:5.2f} (goal {CLICK_GOAL})"
    )
    path, turn = ledger(folder / "new.xlsx"), [0]
    upload = page("upload", {"role": "报送单位", "units": [UNIT]})
    checks = (
        median_ms(lambda: look(upload, path, turn), time.perf_counter),
        median_ms(lambda: check(path), time.perf_counter),
    )
    print(
        f"自查 {checks[0]:6.1f} ms, command {checks[1]:6.1f} ms, ratio {checks[0] / checks[1]:5.2f} (goal {CHECK_GOAL})"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, started_as_the_server_does():
        os.environ[locations.DATA_VARIABLE] = made
        main()
