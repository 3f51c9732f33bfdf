"""A database with the present schema and nothing in it: made once a run, and then a copy of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

from scoring.store import open_store
from tests.shared import made_once

NAME = "empty.duckdb"


def empty_file(path: Path) -> Path:
    """Put an empty database where the path says, with its folder, and return the path."""
    made = made_once("empty database", lambda folder: open_store(folder / NAME).close())
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(made / NAME, path)
    return path
