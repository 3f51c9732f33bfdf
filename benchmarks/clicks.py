"""Set the processor time of a click beside an empty page's, both served alike, in one run: ``python -m benchmarks.clicks``.

Two servers of this folder's configuration run, one with the app and its example year, one with a page that is empty. A
client of the browser's protocol clicks through views that were seen before; the time is that of the server's process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect

from scoring.store import locations
from ui.session.navigation import PAGES

ROOT = Path(__file__).resolve().parents[1]
CLICKS, ROUNDS, GOAL, PORT = 30, 3, 6.0, 8861
VIEW = {"data": "examples", "as_of": "2023-12-31"}
TURNS = {
    "ranking": ("kind", "county", "department"),
    "unit": ("unit", "五华区", "西山区"),
    "deadlines": ("by", "clause", "task"),
}


@contextmanager
def served(script: Path, port: int) -> Iterator[tuple[ClientConnection, int]]:
    """Serve a script; give a client of it and the number of its process."""
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _client(port), server.pid
    finally:
        server.terminate()
        server.wait()


def _client(port: int) -> ClientConnection:
    for _ in range(600):
        try:
            return connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def click(client: ClientConnection, page: str, query: dict[str, str]) -> None:
    """Ask for a view and wait until it is drawn."""
    asks, told = BackMsg(), ForwardMsg()
    asks.rerun_script.query_string = urlencode(query)
    asks.rerun_script.page_script_hash = calc_hash(page) if page else ""
    client.send(asks.SerializeToString())
    while told.WhichOneof("type") != "script_finished":
        told.ParseFromString(bytes(client.recv(decode=False)))


def spent_ms(process: int) -> float:
    """Return the processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def cost_ms(client: ClientConnection, process: int, page: str, queries: Sequence[dict[str, str]]) -> float:
    """Return the processor time of a click on views that were seen before, the least of several rounds."""
    for query in (*queries, *queries):
        click(client, page, query)
    costs = []
    for _ in range(ROUNDS):
        start = spent_ms(process)
        for number in range(CLICKS):
            click(client, page, queries[number % len(queries)])
        costs.append((spent_ms(process) - start) / CLICKS)
    return min(costs)


def main(folder: Path) -> None:
    """Print every page's figure beside the empty page's."""
    (folder / "empty.py").write_text("import streamlit as st\nst.write('')\n", encoding="utf-8")
    with served(folder / "empty.py", PORT) as empty, served(ROOT / "app.py", PORT + 1) as app:
        floor = cost_ms(*empty, "", [{}])
        print(f"empty page {floor:.1f} ms; goal {GOAL:.0f} times that")
        for entry in PAGES:
            name, *values = TURNS.get(entry.url, ("part",))
            queries = [{**VIEW, name: value} for value in values] or [VIEW]
            cost = cost_ms(*app, "" if entry is PAGES[0] else entry.url, queries)
            print(f"{entry.url:<14}{cost:7.1f} ms {cost / floor:6.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        os.environ[locations.DATA_VARIABLE] = made
        main(Path(made))
