"""The sealed room: whatever happens to a worker, who asks it gets an answer or one refusal, and the next one is served."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.files.cells import Merge, Sheet, Workbook
from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room import process
from scoring.files.room.jobs import JOBS, Job
from scoring.files.room.plain import NotPlainError, packed, unpacked
from scoring.files.room.room import Room, told_in_front
from scoring.files.room.worker import way_to
from scoring.problems import Problem, Severity
from tests.ledger import raw_books as raw

GOOD = raw.book()


@pytest.fixture
def room() -> Iterator[Room]:
    opened = Room(1)
    yield opened
    opened.close()


def asked(room: Room, data: bytes = GOOD) -> str:
    """Read a workbook; return the first sheet's name, or the reason why not."""
    try:
        return str(room.ask("read-workbook", data, "台账.xlsx").sheets[0].name)
    except RefusedError as refusal:
        return refusal.reason


def pids(room: Room) -> list[int]:
    return [worker.number for worker in room._all]


def test_a_worker_stays_warm(room: Room) -> None:
    names = {asked(room) for _ in range(3)}
    (first,) = pids(room)
    assert (names, asked(room), pids(room)) == ({"台账"}, "台账", [first])


def test_a_worker_that_was_killed_while_idle_is_replaced(room: Room) -> None:
    assert asked(room) == "台账"
    os.kill(pids(room)[0], signal.SIGKILL)
    assert asked(room) == "台账"


def test_a_worker_that_was_killed_at_work_is_replaced_and_asked_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(room) == "台账"
    victim = pids(room)[0]
    os.kill(victim, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
    assert asked(room) == "台账"
    assert victim not in pids(room)


def test_a_worker_that_hangs_is_ended_and_the_file_refused(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "WALL_MORE", 0)
    monkeypatch.setattr(process, "WALL_FACTOR", 0.1)
    assert asked(room) == "台账"
    os.kill(pids(room)[0], signal.SIGSTOP)
    start = time.monotonic()
    assert asked(room) == UNREADABLE_SAFELY
    assert time.monotonic() - start < 5
    monkeypatch.undo()
    assert asked(room) == "台账"


@pytest.mark.parametrize("limit", [{"seconds": 0.0, "seconds_per_megabyte": 0.0}, {"megabytes": 2}])
def test_a_job_over_its_processor_time_or_memory_is_ended(
    room: Room, monkeypatch: pytest.MonkeyPatch, limit: dict[str, float]
) -> None:
    rows = "".join(
        f'<row r="{n}">' + f'<c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c>' + "</row>" for n in range(1, 200_000)
    )
    large = raw.book(rows)
    monkeypatch.setitem(JOBS, "read-workbook", Job("scoring.files.workbook:workbook_of", **limit))  # type: ignore[arg-type]
    assert asked(room, large) == UNREADABLE_SAFELY
    monkeypatch.undo()
    assert asked(room) == "台账"


@pytest.mark.parametrize(
    "words", ["print('x' * 100)", "pass", "import sys; sys.stdout.buffer.write(b'KMWR' + b'\\xff' * 12)"]
)
def test_a_worker_that_writes_nonsense_is_ended(room: Room, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", words))
    assert asked(room) == UNREADABLE_SAFELY
    monkeypatch.undo()
    assert asked(room) == "台账"


def test_a_file_that_ends_its_reader_is_refused_and_the_next_one_read(room: Room) -> None:
    below = raw.record(0x0200, struct.pack("<IIHHH", 39, 29, 0, 7, 0))  # a sheet that starts below its end
    assert asked(room, raw.xls(below + raw.xls_text(0, 0, "x"))) == UNREADABLE_SAFELY
    assert asked(room) == "台账"


def test_what_nobody_foresaw_is_logged_by_lines_and_never_by_words() -> None:
    with pytest.raises(ValueError, match="格") as raised:
        raise ValueError("一格里的内容")
    way = way_to(raised.value)
    assert "test_room.py:" in way
    assert "内容" not in way
    assert "\n" not in way


def test_who_waits_is_told_how_many_are_in_front(room: Room) -> None:
    assert asked(room) == "台账"
    os.kill(pids(room)[0], signal.SIGSTOP)
    told: list[int] = []

    def ask() -> None:
        with told_in_front(told.append):
            room.ask("read-workbook", GOOD, "x")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    os.kill(pids(room)[0], signal.SIGCONT)
    for thread in threads:
        thread.join(20)
    assert set(told) == {1, 2}
    assert not room._queue


def test_who_is_interrupted_while_waiting_leaves_the_queue(room: Room) -> None:
    class RerunError(BaseException):
        """What the pages' framework throws."""

    def interrupt(_: int) -> None:
        raise RerunError

    assert asked(room) == "台账"
    os.kill(pids(room)[0], signal.SIGSTOP)
    busy = threading.Thread(target=room.ask, args=("read-workbook", GOOD, "x"))
    busy.start()
    time.sleep(0.1)
    with pytest.raises(RerunError), told_in_front(interrupt):
        room.ask("read-workbook", GOOD, "x")
    os.kill(pids(room)[0], signal.SIGCONT)
    busy.join(20)
    assert asked(room) == "台账"


def test_workers_end_with_who_started_them() -> None:
    code = (
        "import os, signal; from scoring.files.room.room import room; room().warm();"
        "print(room()._all[0].number, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    number = int(told.stdout)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(number) and psutil.Process(number).status() != "zombie" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not psutil.pid_exists(number) or psutil.Process(number).status() == "zombie"


def test_a_worker_sees_no_secret_of_the_environment(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "geheim")
    assert asked(room) == "台账"
    assert "DATABASE_PASSWORD" not in psutil.Process(pids(room)[0]).environ()


def test_no_reader_is_loaded_where_files_are_asked_for(tmp_path: Path) -> None:
    book, code = tmp_path / "a.xlsx", (
        "import sys; from pathlib import Path; from scoring.ledger.parse import read_ledger;"
        "from scoring.ledger.marking.returned import marked_workbook; from scoring.files.reading import read_workbook;"
        "data = Path(sys.argv[1]).read_bytes(); read_workbook(data, 'a.xlsx'); marked_workbook(data, 'a.xlsx', ());"
        "print(*(m for m in ('python_calamine', 'lxml', 'openpyxl', 'xlsxwriter', 'zipfile', 'pyexpat', 'PIL') if m in sys.modules))"
    )  # fmt: skip
    book.write_bytes(GOOD)
    told = subprocess.run([sys.executable, "-c", code, book], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False), st.text(), st.binary(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.decimals(allow_nan=False),
)  # fmt: skip
CELLS = st.one_of(st.text(), st.floats(allow_nan=False), st.booleans(), st.dates(), st.datetimes(), st.just(""))


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        SCALARS, lambda inner: st.one_of(st.lists(inner).map(tuple), st.dictionaries(st.text(min_size=2), inner))
    )
)
def test_plain_data_comes_back_as_it_went(value: object) -> None:
    assert unpacked(packed(value)) == value


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width).map(tuple))))
def test_cells_come_back_at_their_places(rows: list[tuple[object, ...]]) -> None:
    problem = Problem(Severity.ERROR, "x", "a", "b", "C1", "v", "说明")
    sheet = Sheet("表", 0, rows, (Merge(0, 0, 1, 1),), True, frozenset({3}), {(1, 2): "#N/A"}, {(0, 0): "批注"})
    book = Workbook("台账.xlsx", (sheet,), (problem,), True)
    again = unpacked(packed(book))
    assert again == book
    assert again.problems[0].severity is Severity.ERROR


REPEATED = st.sampled_from(["", "是", date(2023, 5, 4), datetime(2023, 5, 4), 1, 1.0, True, -0.0, 0.0, 2.5, None])  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(REPEATED, min_size=3, max_size=3).map(tuple), max_size=60), st.integers(1, 8))
def test_cells_that_repeat_keep_their_types(rows: list[tuple[object, ...]], times: int) -> None:
    book = Workbook("台账.xlsx", (Sheet("表", 0, rows * times),))
    assert repr(unpacked(packed(book))) == repr(book)


@pytest.mark.parametrize(
    "bad", [b"\xc1", b"", b"\x81\xa1=\x92\xa5Sheet\x90", b"\x81\xa1=\x92\xa2os\x90", packed("x")[:-1]]
)
def test_bytes_that_stand_for_nothing_are_said_to(bad: bytes) -> None:
    with pytest.raises(NotPlainError):
        unpacked(bad)


def test_only_listed_records_travel() -> None:
    with pytest.raises(NotPlainError):
        packed(Path("x"))
