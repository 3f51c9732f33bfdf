"""What the server lets one sender send, and what it frees when a session has ended."""

from __future__ import annotations

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.shell.guard import LeftBehind
from ui.shell.rates import REMEMBERED, WINDOW, Rate

HERE, GONE = "here", "gone"


def held(*sessions: str) -> MemoryUploadedFileManager:
    """Return Streamlit's own keeper of uploads with a file for each session."""
    files = MemoryUploadedFileManager("/_stcore/upload_file")
    for session in sessions:
        files.add_file(session, UploadedFileRec("1", "台账.xlsx", "application/octet-stream", b"x" * 1000))
    return files


@pytest.mark.parametrize(
    ("looks", "kept"),
    [
        ([{HERE}], {HERE, GONE}),  # gone for the first time: it may come back
        ([{HERE}, {HERE}], {HERE}),
        ([{HERE}, {HERE, GONE}, {HERE}], {HERE, GONE}),  # it came back in between
        ([set(), set()], set()),
    ],
)
def test_what_an_ended_session_holds_is_freed_at_the_second_look(looks: list[set[str]], kept: set[str]) -> None:
    files, left = held(HERE, GONE), LeftBehind()
    for here in looks:
        left.look(list(files.file_storage), here.__contains__, files.remove_session_files)
    assert set(files.file_storage) == kept


@pytest.mark.parametrize(
    ("moments", "exceeded"),
    [
        ([0, 1, 2], [False, False, True]),
        ([0, 1, WINDOW + 1.5], [False, False, False]),  # those of long ago no longer count
        ([0, 0, 0, 0, WINDOW + 0.1], [False, False, True, True, False]),
    ],
)
def test_a_sender_is_counted_over_a_minute(moments: list[float], exceeded: list[bool]) -> None:
    rate = Rate(2)
    assert [rate.is_exceeded("a", moment) for moment in moments] == exceeded
    assert not rate.is_exceeded("b", moments[-1])


def test_senders_of_long_ago_are_forgotten() -> None:
    rate = Rate(2)
    for number in range(REMEMBERED):
        rate.is_exceeded(str(number), 0)
    rate.is_exceeded("late", WINDOW + 1)
    assert len(rate._sent) == 1
