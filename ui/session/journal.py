"""The server's log: lines of JSON with who, what and how long; never what a cell or a file says."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

LOGGER = logging.getLogger("kunming")


def write(event: str, **told: object) -> None:
    """Write one line; the moment is UTC."""
    LOGGER.info(
        json.dumps(
            {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **told}, ensure_ascii=False
        )
    )


def start() -> None:
    """Send the journal to the standard error of the server, each line as it is."""
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
