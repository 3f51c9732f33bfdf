"""What things look like, kept by their hash: it follows from their bytes, so each is decoded once."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.model.looks import Look
from scoring.store.homes.database import Cursor
from scoring.store.queries import query


def insert_looks(cursor: Cursor, found: Mapping[str, Look]) -> None:
    """Keep what things look like; what is kept already stays."""
    for sha, look in sorted(found.items()):
        patterns = f"{look.pattern:016x}", f"{look.fine:064x}"
        told = look.shown, look.wide, look.high, *patterns, look.blank, look.is_page, look.made_on
        cursor.execute(query("insert_look"), [sha, *told])


def load_looks(cursor: Cursor) -> dict[str, Look]:
    """Return SHA-256 -> what the thing looks like, of all that were looked at."""
    return {
        sha: Look(shown, wide, high, int(pattern, 16), int(fine, 16), blank, is_page, made_on)
        for sha, shown, wide, high, pattern, fine, blank, is_page, made_on in cursor.execute(query("looks")).fetchall()
    }
