"""The server's log: every line is JSON, and none tells what a cell says."""

from __future__ import annotations

import io
import json
import logging
import threading

import pytest

from scoring.store import StoreBrokenError
from ui.session import journal
from ui.shell.nightly import Nightly

CELL = "张三13800000000"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Let the journal take over a logger of ours and one of a library's that brings its own form."""
    text, theirs = io.StringIO(), logging.getLogger("some.library")
    own, of_root = logging.StreamHandler(text), logging.StreamHandler(text)
    own.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    monkeypatch.setattr(theirs, "propagate", False)
    monkeypatch.setattr(theirs, "handlers", [own])
    monkeypatch.setattr(logging.root, "handlers", [of_root])
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    journal.take_over()
    return text


def fail() -> None:
    raise ValueError(f"could not convert {CELL}")


@pytest.mark.parametrize("name", ["ui.shell.server", "scoring.store", "some.library"])
def test_an_error_is_told_by_its_kind_and_its_lines(written: io.StringIO, name: str) -> None:
    try:
        fail()
    except ValueError as error:
        logging.getLogger(name).error("a page failed", exc_info=error)
    (told,) = map(json.loads, written.getvalue().splitlines())
    assert (told["event"], told["module"], told["said"], told["error"]) == (
        "error",
        name,
        "a page failed",
        "ValueError",
    )
    assert told["lines"][-1].endswith(" fail")
    assert CELL not in written.getvalue()


def test_of_a_librarys_message_only_the_frame_is_told(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("cannot read %s", CELL)
    logging.getLogger("some.library").warning(f"cannot read '{CELL}'\n{CELL}")
    assert [json.loads(line)["said"] for line in written.getvalue().splitlines()] == ["cannot read %s", "cannot read …"]


def test_a_thread_that_ends_is_told(written: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert json.loads(written.getvalue())["error"] == "ValueError"
    assert CELL not in written.getvalue()


def test_a_step_of_the_night_that_fails_is_told_once_and_stops_nobody(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal.LOGGER, "handlers", [logging.StreamHandler(written)])
    monkeypatch.setattr(journal.LOGGER, "propagate", False)
    monkeypatch.setattr(journal.LOGGER, "disabled", False)
    journal.LOGGER.setLevel(logging.INFO)
    night, faults = Nightly(), iter(["磁盘已满", "磁盘已满", "", "磁盘已满"])

    def step() -> None:
        if fault := next(faults):
            raise StoreBrokenError(fault)

    for _ in range(4):
        night._try("backup", step)
    assert [json.loads(line)["fault"] for line in written.getvalue().splitlines()] == ["磁盘已满", "磁盘已满"]
    night._try("backup", fail)
    assert CELL not in written.getvalue()
    assert json.loads(written.getvalue().splitlines()[-1])["fault"] == "ValueError"
