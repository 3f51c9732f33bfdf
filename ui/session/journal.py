"""The server's log: lines of JSON with who, what and how long; never what a cell or a file says."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime

LOGGER = logging.getLogger("kunming")
OURS = ("scoring", "ui", "pages", "app")
# what may be somebody's data in another's message: "五华区"
QUOTED = re.compile(r"\"[^\"]*\"?|'[^']*'?")


def write(event: str, **told: object) -> None:
    """Write one line; the moment is UTC."""
    LOGGER.info(
        json.dumps(
            {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **told}, ensure_ascii=False
        )
    )


class Line(logging.Formatter):
    """Write what any module logs as a line of JSON: of an error its kind and where it arose, not what it says.

    An error's own text may hold what a cell says, and so may another library's message: of that only the frame is told.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "event": record.levelname.lower(),
            "module": record.name,
            "said": record.getMessage() if record.name.partition(".")[0] in OURS else _frame(record.msg),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, where = record.exc_info
            lines = traceback.extract_tb(where)
            told |= {"error": kind.__name__, "lines": [f"{one.filename}:{one.lineno} {one.name}" for one in lines]}
        return json.dumps(told, ensure_ascii=False)


def _frame(message: object) -> str:
    """Return the first line of a message whose values are not filled in, without what it quotes."""
    return QUOTED.sub("…", str(message).partition("\n")[0])


def take_over() -> None:
    """Give what other modules log, and what ends a thread, the form of our lines."""
    loggers = [logging.getLogger(), *map(logging.getLogger, tuple(logging.root.manager.loggerDict))]
    if not logging.root.handlers:
        logging.root.addHandler(logging.StreamHandler(sys.stderr))
    for logger in loggers:
        for handler in logger.handlers:
            if logger is not LOGGER and isinstance(handler, logging.StreamHandler):
                handler.setFormatter(Line())
    threading.excepthook = _thread_ended


def _thread_ended(told: threading.ExceptHookArgs) -> None:
    if told.exc_value:
        error = (told.exc_type, told.exc_value, told.exc_traceback)
        logging.getLogger(__name__).error("a thread ended", exc_info=error)


def start() -> None:
    """Send the journal to the standard error of the server, each line as it is."""
    take_over()
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
