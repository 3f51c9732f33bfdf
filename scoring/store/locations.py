"""Where the databases and their backups lie, unless the environment says otherwise.

``KUNMING_ASSESSMENT_DATA`` names the folder of the databases (else ``data`` beside ``app.py``), and
``KUNMING_ASSESSMENT_BACKUP`` that of the backups (else ``backup`` in it): another disk is better.
``KUNMING_ASSESSMENT_DATABASE`` is the address of a PostgreSQL database (``postgresql://``) for the real ledgers, in which
several servers may work; else they lie in a DuckDB file of the data folder.
``KUNMING_ASSESSMENT_BACKUP_DAYS`` says for how many days work may go without a backup before every page warns.
"""

from __future__ import annotations

import os
from pathlib import Path

from scoring.store.homes.database import Address

HOME = Path(__file__).resolve().parents[2]
DATA_VARIABLE = "KUNMING_ASSESSMENT_DATA"
DATABASE_VARIABLE = "KUNMING_ASSESSMENT_DATABASE"
BACKUP_VARIABLE = "KUNMING_ASSESSMENT_BACKUP"
DAYS_VARIABLE = "KUNMING_ASSESSMENT_BACKUP_DAYS"
DAYS = 2


def data_folder() -> Path:
    """Return the folder of the databases."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else HOME / "data"


def real_database() -> Address:
    """Return the address of the database of the real ledgers: a file, unless the environment names a server."""
    return os.environ.get(DATABASE_VARIABLE, "").strip() or data_folder() / "assessment.duckdb"


def backup_folder() -> Path:
    """Return the folder of the backups."""
    named = os.environ.get(BACKUP_VARIABLE)
    return Path(named) if named else data_folder() / "backup"


def note_of_newest() -> Path:
    """Return the file in which the newest event is noted outside the database."""
    return backup_folder() / "assessment.newest.json"


def snapshot() -> Path:
    """Return the file for other tools."""
    return data_folder() / "snapshot" / "考评数据.duckdb"


def backup_days() -> int:
    """Return for how many days work may go without a backup; 2 where nothing sensible is said."""
    said = os.environ.get(DAYS_VARIABLE, "").strip()
    return int(said) if said.isdecimal() and said.isascii() and int(said) else DAYS
