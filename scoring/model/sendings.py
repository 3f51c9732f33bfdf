"""What a unit sent itself, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SendingState(StrEnum):
    """Where a sending stands: 待收, 已收, 退回."""

    WAITING = "waiting"
    TAKEN_IN = "taken_in"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class Sending:
    """The receipt of one sending (报送) of workbooks and evidence by units. It counts from ``sent_at``, whenever it is taken in.

    ``files`` are (name, SHA-256) in the order in which they were sent. ``decided_at``, ``decided_by`` and ``reason`` (why
    it was sent back) are empty while it waits.
    """

    number: int
    year: int
    units: tuple[str, ...]
    by: str
    sent_at: datetime
    files: tuple[tuple[str, str], ...]
    state: SendingState = SendingState.WAITING
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""

    @property
    def day(self) -> date:
        """Return the day from which it counts."""
        return self.sent_at.date()
