"""The fixed table of what a worker can be asked to do, each with its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """Where a job's function stands (``module:function``), and what it may use.

    ``seconds`` and ``seconds_per_megabyte`` (of the file) are processor time; together they never exceed
    ``most_seconds``. ``megabytes`` are what the worker may take beyond what it needs when idle. The function's module is
    imported by the worker at the first such job, so that a worker that only reads workbooks stays small.
    """

    function: str
    seconds: float = 3.0
    seconds_per_megabyte: float = 2.0
    most_seconds: float = 30.0
    megabytes: int = 400

    def allowed_seconds(self, size: int) -> float:
        """Return the processor time for a file of ``size`` bytes."""
        return min(self.most_seconds, self.seconds + self.seconds_per_megabyte * size / MEGABYTE)


JOBS: Mapping[str, Job] = {
    "read-workbook": Job("scoring.evidence.find:workbook_with_things"),
    "make-thumbnail": Job("scoring.evidence.thumbnails:make_thumbnail", seconds=5, megabytes=700),
    "look-at-thing": Job("scoring.evidence.looks:tell_look", seconds=5, megabytes=700),
    "make-thumbnails": Job("scoring.evidence.thumbnails:make_thumbnails", seconds=15, most_seconds=60, megabytes=1_000),
    "look-at-things": Job("scoring.evidence.looks:tell_looks", seconds=15, most_seconds=60, megabytes=1_000),
    "take-thing": Job("scoring.evidence.extract:take_thing", megabytes=700),
    "mark-workbook": Job("scoring.ledger.marking.mark:marked_copy", seconds=10, megabytes=1_000),
    "open-package": Job("scoring.files.packages:members_of", megabytes=1_200),
    "list-problems": Job("scoring.ledger.marking.mark:problem_list"),
}


def function_of(name: str) -> Callable[..., Any]:
    """Return a job's function; for workers only."""
    module, _, function = JOBS[name].function.partition(":")
    return getattr(import_module(module), function)  # type: ignore[no-any-return]
