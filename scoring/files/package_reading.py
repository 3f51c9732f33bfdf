"""Open a package in the sealed room: its files come back as bytes, or one problem says why it is refused."""

from __future__ import annotations

from scoring.files import limits
from scoring.files.members import Member
from scoring.files.reading import problem_of
from scoring.files.refusal import UNREADABLE_SAFELY, RefusedError
from scoring.files.room.room import room
from scoring.problems import Problem


def open_package(data: bytes, name: str) -> tuple[Member, ...] | Problem:
    """Return the files of a ``.zip`` package in the order of their paths, or the problem for which it is refused whole."""
    try:
        if len(data) > limits.PACKAGE_BYTES:
            raise RefusedError("package-too-large", f"{limits.PACKAGE_BYTES // 1_000_000} MB")
        found = room().ask("open-package", data)
        if not isinstance(found, tuple):
            raise RefusedError(UNREADABLE_SAFELY)
        return found
    except RefusedError as refusal:
        return problem_of(refusal, name)
