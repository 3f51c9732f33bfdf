"""Time what a click costs on every page beside Streamlit's own empty rerun, in one run: ``python -m benchmarks.reruns``.

The example year is put into a database of its own first. ``again`` is the same view once more, as after a click that asks
nothing new; ``a new day`` is a day whose board has never been made. Both are the server's share; the goal is the empty
rerun plus 150 ms.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count

from streamlit.testing.v1 import AppTest

from scoring.store import locations
from tests.ui.opening import opened, started_as_the_server_does
from ui.session import cache
from ui.session.navigation import PAGES

DAY, ALLOWED_MS = date(2023, 12, 31), 150.0


def median_ms(action: Callable[[], object], runs: int) -> float:
    """Return the median of several runs in milliseconds, after one that does not count."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def on_another_day(app: AppTest, days: Iterator[date]) -> None:
    """Look at a day that was not looked at before."""
    app.query_params["as_of"] = next(days).isoformat()
    app.run()


def main() -> None:
    """Print every page's figures beside the floor."""
    empty = AppTest.from_string("import streamlit as st\nst.write('')").run()
    floor = median_ms(empty.run, 20)
    print(f"empty rerun {floor:.1f} ms; goal {floor + ALLOWED_MS:.1f} ms")
    print(f"{'':<14}{'again':>12}{'ratio':>8}{'a new day':>14}{'ratio':>8}")
    cache.store(examples=True)
    days = (DAY - timedelta(days=number) for number in count(1))
    for entry in PAGES:
        app = opened(entry.url, data="examples", as_of=DAY.isoformat())
        again = median_ms(app.run, 7)
        new = median_ms(partial(on_another_day, app, days), 5)
        print(f"{entry.url:<14}{again:>9.1f} ms{again / floor:>8.1f}{new:>11.1f} ms{new / floor:>8.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, started_as_the_server_does():
        os.environ[locations.DATA_VARIABLE] = folder
        main()
