"""The one exception with which a reader says that a file is not read."""

from __future__ import annotations

UNREADABLE_SAFELY = "file-unreadable-safely"


class RefusedError(Exception):
    """The file is not read. ``reason`` is a code of the problem catalogue; callers turn it into a problem."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail
