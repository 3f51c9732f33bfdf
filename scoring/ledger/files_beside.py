"""Files that came together with ledgers, in a package or a folder, given to the rows that they speak for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scoring.evidence.loose import loose_file, why_unreadable
from scoring.evidence.match import LooseFile, match_files
from scoring.model.evidence import CellRef
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import CATALOGUE, Problem

NO_LEDGER = "not-a-ledger"


@dataclass(frozen=True, slots=True)
class FileBeside:
    """A file beside ledgers. ``path`` is the one below the package or folder, which ``root`` names."""

    path: str
    data: bytes
    root: str


@dataclass(frozen=True, slots=True)
class BooksWithFiles:
    """Workbooks with the files given to their rows, the problems of the files, and the files' bytes by their hashes."""

    books: tuple[ParsedWorkbook, ...]
    problems: tuple[Problem, ...] = ()
    things: Mapping[str, bytes] = field(default_factory=dict)


def give_files(
    books: Sequence[ParsedWorkbook], beside: Sequence[FileBeside], strangers: Mapping[str, bytes], rulebook: Rulebook
) -> BooksWithFiles:
    """Give files to the rows of the workbooks that came with them; those that fit no row stay with the first workbook.

    ``strangers`` are the bytes of workbooks that are no ledgers, by name: one whose name speaks for a row is evidence
    like any other file, and no longer refused.
    """
    root = beside[0].root if beside else ""
    by_path = {file.path: file for file in beside if file.data}
    by_path |= {name: FileBeside(name, data, root) for name, data in strangers.items()}
    if not by_path:
        return BooksWithFiles(tuple(books), _empty(beside))
    files = {path: loose_file(path, file.data, file.root) for path, file in by_path.items()}
    matched = match_files(list(files.values()), books, rulebook)
    unmatched = [(file, why) for file, why in matched.unmatched if file.path not in strangers]
    refused = {file.path for file, _ in matched.unmatched} & set(strangers)
    taken = set(strangers) - refused
    problems = [*_empty(beside), *_unmatched(unmatched), *_unshown(by_path, refused)]
    kept = [book for book in matched.books if book.workbook not in taken]
    things = {file.sha256: by_path[path].data for path, file in files.items() if path not in refused}
    return BooksWithFiles(_with_loose(kept, unmatched), tuple(problems), things)


def is_no_ledger(book: ParsedWorkbook) -> bool:
    """Tell whether a workbook was refused because nothing of a ledger is in it."""
    return book.refused and any(problem.code == NO_LEDGER for problem in book.problems)


def _with_loose(
    books: Sequence[ParsedWorkbook], unmatched: Sequence[tuple[LooseFile, str]]
) -> tuple[ParsedWorkbook, ...]:
    """Let the first workbook that can be stored bring the files that fit no row: they are kept with it."""
    keeper = next((number for number, book in enumerate(books) if not book.refused), None)
    loose = tuple(file.evidence() for file, _ in unmatched)
    return tuple(replace(book, loose=loose) if number == keeper else book for number, book in enumerate(books))


def _empty(beside: Sequence[FileBeside]) -> tuple[Problem, ...]:
    empty = CATALOGUE["evidence-file-empty"]
    return tuple(empty.at(CellRef(file.root, "", ""), file.path) for file in beside if not file.data)


def _unmatched(unmatched: Sequence[tuple[LooseFile, str]]) -> list[Problem]:
    kind = CATALOGUE["evidence-unmatched"]
    return [kind.at(CellRef(file.root, "", ""), file.path, detail=why) for file, why in unmatched]


def _unshown(held: Mapping[str, FileBeside], refused: set[str]) -> list[Problem]:
    kind = CATALOGUE["evidence-file-unshown"]
    return [
        kind.at(CellRef(file.root, "", ""), file.path, detail=why)
        for file in held.values()
        if file.path not in refused and (why := why_unreadable(file.path, file.data))
    ]
