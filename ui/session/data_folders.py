"""Where the data lies: one database for the real ledgers, one for the examples, never mixed.

``scoring.store.locations`` says which folder that is.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from scoring.calendar.clock import now
from scoring.files.ahead import read_ahead
from scoring.ledger.every_year import read_every_year
from scoring.ledger.find import find_ledgers, with_files_beside
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.store import BEIJING, Incoming, Store, locations, open_store

EXAMPLES = locations.HOME / "data" / "examples"
MAKER = locations.HOME / "data" / "make_examples.py"
MADE_OF = "examples"  # the setting that says which examples, read by which rules, the database was made of
ACTOR = "示例"
MORNING = time(9)  # a workbook of the examples comes at nine on the day on which it was sent
PROGRAM = "系统"

_making = threading.Lock()


def real_store(texts: Mapping[int, bytes]) -> Store:
    """Open the database of the real ledgers; a year's first rules are in force at once, later ones are put in force."""
    store = open_store(locations.real_database(), locations.note_of_newest())
    for year, text in sorted(texts.items()):
        if store.rules_at(year) is None:
            store.record_rules(year, text, sha256(text).hexdigest(), PROGRAM)
    return store


def example_store(rulebooks: Sequence[Rulebook], texts: Mapping[int, bytes]) -> Store:
    """Open the database of the examples; it is made on first use, and anew where the examples or the rules changed.

    ``texts`` are the rules by year as they are written: a year of which no examples lie in the folder has its own made.
    """
    path, name = locations.data_folder() / "examples.duckdb", _examples_name(rulebooks)
    with _making:
        if path.exists():
            store = open_store(path)
            if store.setting(MADE_OF) == name:
                return store
            store.close()
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        with closing(open_store(making)) as fresh, TemporaryDirectory() as folder:
            _make_lacking(texts, Path(folder))
            _fill(fresh, rulebooks, Path(folder))
            fresh.set_setting(MADE_OF, name, ACTOR)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        making.replace(path)
        return open_store(path)


def _make_lacking(texts: Mapping[int, bytes], folder: Path) -> None:
    """Make the examples of each year that has none: the same happens as in the years that have."""
    for year, text in sorted(texts.items()):
        if not any(EXAMPLES.glob(f"{year}年*")):
            rules = folder / f"{year}.toml"
            rules.write_bytes(text)
            told = subprocess.run(  # noqa: S603  a program of ours
                [sys.executable, str(MAKER), "--rules", str(rules), "--into", str(folder)],
                capture_output=True,
                check=False,
            )
            rules.unlink()  # else it would be offered as evidence
            if told.returncode:
                logging.getLogger(__name__).warning(
                    "no examples of %s: %s", year, told.stderr.decode("utf-8", "replace")
                )


def _fill(store: Store, rulebooks: Sequence[Rulebook], made: Path) -> None:
    """Put the examples in, each on the day that it says it was sent, read by the rules of its own year."""
    ledgers = find_ledgers([EXAMPLES, made])
    read = list(read_ahead(lambda file: read_every_year(file.read(), file.name, rulebooks), ledgers.ledgers))
    given = with_files_beside(ledgers, read, rulebooks[0])
    books = list(zip((file.read() for file in ledgers.ledgers), given.books, strict=True))
    rules_hash = rulebooks[0].rules_hash
    store.save_all(
        Incoming(
            data,
            parsed,
            ACTOR,
            "",
            rules_hash,
            given.things,
            min(datetime.combine(_sent_on(parsed), MORNING, BEIJING), now()),
        )
        for data, parsed in sorted(books, key=lambda book: (_sent_on(book[1]), book[1].workbook))
        if not parsed.refused
    )


def _sent_on(parsed: ParsedWorkbook) -> date:
    return max((ledger.submitted for ledger in parsed.facts.ledgers), default=date.min)


def _examples_name(rulebooks: Sequence[Rulebook]) -> str:
    """Name the examples' content and the rules by which they are read."""
    digest = sha256(f"{MORNING}{''.join(book.rules_hash for book in rulebooks)}".encode())
    for path in [MAKER, *sorted(file for file in EXAMPLES.rglob("*") if file.is_file())]:
        about = path.stat()
        digest.update(f"{path.name}|{about.st_size}|{about.st_mtime_ns}".encode())
    return digest.hexdigest()


def draft_of_rules(year: int) -> Path:
    """Return where the draft of a year's rules lies while it is being confirmed."""
    return locations.data_folder() / f"{year}年细则草稿.toml"
