"""Set the processor time of a click beside an empty page's, both served alike, in one run: ``python -m benchmarks.clicks``.

Two servers of this folder's configuration run, one with the app and its example year, one with a page that is empty. A
client of the browser's protocol clicks through views that were seen before; the time is that of the server's process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import ROOT, running_script
from ui.session.navigation import PAGES, Entry

CLICKS, ROUNDS, GOAL = 30, 3, 6.0
VIEW = {"data": "examples", "as_of": "2023-12-31"}
TURNS = {
    "ranking": ("kind", "county", "department"),
    "unit": ("unit", "五华区", "西山区"),
    "deadlines": ("by", "clause", "task"),
}


def empty_page(folder: Path) -> Path:
    """Write a page on which there is nothing."""
    script = folder / "empty.py"
    script.write_text("import streamlit as st\nst.write('')\n", encoding="utf-8")
    return script


def client_of(address: str) -> ClientConnection:
    """Connect to a server as a browser's page does."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(stream, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]


def views_of(entry: Entry) -> tuple[str, list[dict[str, str]]]:
    """Return a page's name in the URL (``""``: the first page), and the queries between which the clicks go."""
    name, *values = TURNS.get(entry.url, ("part",))
    return "" if entry is PAGES[0] else entry.url, [{**VIEW, name: value} for value in values] or [VIEW]


@contextmanager
def served(script: Path, folder: Path) -> Iterator[tuple[ClientConnection, psutil.Process]]:
    """Serve a script; give a client of it and its process."""
    with running_script(script, folder, f"{script.stem}.log") as (address, server), client_of(address) as client:
        yield client, server


def click(client: ClientConnection, page: str, query: dict[str, str]) -> None:
    """Ask for a view and wait until it is drawn."""
    asks, told = BackMsg(), ForwardMsg()
    asks.rerun_script.query_string = urlencode(query)
    asks.rerun_script.page_script_hash = calc_hash(page) if page else ""
    client.send(asks.SerializeToString())
    while told.WhichOneof("type") != "script_finished":
        told.ParseFromString(bytes(client.recv(decode=False)))


def spent_ms(process: psutil.Process) -> float:
    """Return the processor time of a process."""
    times = process.cpu_times()
    return (times.user + times.system) * 1000


def cost_ms(
    client: ClientConnection,
    process: psutil.Process,
    page: str,
    queries: Sequence[dict[str, str]],
    clicks: int = CLICKS,
) -> float:
    """Return the processor time of a click on views that were seen before, the least of several rounds."""
    for query in (*queries, *queries):
        click(client, page, query)
    costs = []
    for _ in range(ROUNDS):
        start = spent_ms(process)
        for number in range(clicks):
            click(client, page, queries[number % len(queries)])
        costs.append((spent_ms(process) - start) / clicks)
    return min(costs)


def main(folder: Path) -> None:
    """Print every page's figure beside the empty page's."""
    with served(empty_page(folder), folder) as empty, served(ROOT / "app.py", folder) as app:
        floor = cost_ms(*empty, "", [{}], CLICKS * 10)  # processor time is told in hundredths of a second
        print(f"empty page {floor:.1f} ms; goal {GOAL:.0f} times that")
        for entry in PAGES:
            cost = cost_ms(*app, *views_of(entry))
            print(f"{entry.url:<14}{cost:7.1f} ms {cost / floor:6.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
