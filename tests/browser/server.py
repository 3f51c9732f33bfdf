"""The real app, or another script served as the app is, on a free port with a data folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from scoring.store import locations

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def running_script(
    script: Path | str,
    folder: Path,
    log_name: str = "app.log",
    home: Path = ROOT,
    port: int | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a script as a user starts the app; give its address and its process. Its log lies in the folder."""
    address = f"http://localhost:{(port := port or free_port())}"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.port", str(port), *options]
    environment = {**os.environ, locations.DATA_VARIABLE: str(folder)}
    with (folder / log_name).open("wb") as log:
        process = psutil.Popen(command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_health(address, process, folder / log_name)
            yield address, process
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def running_app(
    folder: Path, log_name: str = "app.log", home: Path = ROOT, port: int | None = None, options: tuple[str, ...] = ()
) -> Iterator[str]:
    """Start the app as a user does and give its address."""
    with running_script("app.py", folder, log_name, home, port, options) as (address, _):
        yield address


def _await_health(address: str, process: psutil.Popen, log: Path) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        if process.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
