"""Find the ledgers that a command was given, and read them all into one set of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scoring.ledger.parse import read_ledger, roster_problems
from scoring.model.facts import Facts
from scoring.model.rules import Rulebook
from scoring.problems import Problem

WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".et"})


def find_ledgers(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Return (name to show, path) of every workbook; a folder gives its workbooks, recursively, in name order.

    The name is the path below the folder given, else the file's base name. In a folder, hidden files and ``~$…`` (what
    Excel leaves while a workbook is open) are skipped.
    """
    found = []
    for path in paths:
        if path.is_dir():
            inside = (file.relative_to(path) for file in path.rglob("*") if file.is_file())
            names = sorted(name for name in inside if _is_workbook(name))
            found += [(name.as_posix(), path / name) for name in names]
        else:
            found.append((path.name, path))
    return found


def _is_workbook(name: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in name.parts)
    return not hidden and name.suffix.lower() in WORKBOOK_ENDINGS


def read_ledgers(files: Sequence[tuple[str, Path]], rulebook: Rulebook) -> tuple[Facts, list[Problem]]:
    """Read all ledgers, in the order given, into one set of facts with all problems.

    Raises:
        OSError: a file cannot be read from the disk.
    """
    books = [read_ledger(path.read_bytes(), name, rulebook, upload) for upload, (name, path) in enumerate(files)]
    facts = Facts.joined(book.facts for book in books)
    return facts, [*(problem for book in books for problem in book.problems), *roster_problems(facts)]
