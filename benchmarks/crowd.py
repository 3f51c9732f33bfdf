"""Time the answers to twenty people who click at once, on two cores: ``python -m benchmarks.crowd``.

Each person has a connection of their own and clicks through the pages in another order, with a pause for reading between
two clicks, as people do: what counts is how long the server takes from a click to its last word. Goal: the 95th percentile
at most 300 ms. Beside it, in the same run, the same people on an empty page that is served alike. Linux: both servers are
bound to two cores, and the people to the others where there are more.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from benchmarks.clicks import VIEW, click, client_of, empty_page, views_of
from tests.browser.server import ROOT, running_script
from ui.session.navigation import PAGES

PEOPLE, CLICKS, CORES, GOAL_MS = 20, 30, 2, 300.0
PAUSE = 2.0, 6.0  # seconds between two clicks of a person


def person(address: str, seed: int, clicks: list[tuple[str, dict[str, str]]]) -> list[float]:
    """Click as one person; return how long each answer took, in milliseconds."""
    chance, times = random.Random(seed), []
    with client_of(address) as client:
        click(client, *clicks[seed % len(clicks)])
        for _ in range(CLICKS):
            time.sleep(chance.uniform(*PAUSE))  # a person reads; nothing is waited for
            start = time.perf_counter()
            click(client, *chance.choice(clicks))
            times.append((time.perf_counter() - start) * 1000)
    return times


def waited_ms(script: Path, folder: Path, clicks: list[tuple[str, dict[str, str]]]) -> list[float]:
    """Return how long all answers took, in order, once every view was seen by somebody."""
    with running_script(script, folder, f"{script.stem}.log") as (address, server):
        cores = psutil.Process().cpu_affinity()
        server.cpu_affinity(cores[:CORES])
        with client_of(address) as client:
            for one in clicks:
                click(client, *one)
        with ThreadPoolExecutor(PEOPLE) as people:
            times = people.map(lambda seed: person(address, seed, clicks), range(PEOPLE))
            return sorted(one for mine in times for one in mine)


def main(folder: Path) -> None:
    """Print the percentiles beside the goal."""
    views = [(name, query) for name, queries in map(views_of, PAGES) for query in queries]
    print(f"{PEOPLE} people, a click every {statistics.mean(PAUSE):.0f} s each; goal {GOAL_MS:.0f} ms at 95 %")
    for name, script, clicks in (("empty page", empty_page(folder), [("", VIEW)]), ("app", ROOT / "app.py", views)):
        cuts = statistics.quantiles(waited_ms(script, folder, clicks), n=100)
        print(f"{name:<12} median {cuts[49]:6.1f} ms   95 % {cuts[94]:6.1f} ms   99 % {cuts[98]:6.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
