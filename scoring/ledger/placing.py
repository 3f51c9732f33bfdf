"""Files that came beside ledgers put to other rows by hand, and files that no workbook about to be stored brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from scoring.evidence.match import LooseFile, match_files
from scoring.model.evidence import Evidence, FoundBy
from scoring.model.facts import Case, Facts, Incentive, Statement
from scoring.model.parsed import ParsedWorkbook
from scoring.model.placings import Move, Place, Placing, is_at, with_placings
from scoring.model.rules import Rulebook

Row = Statement | Case | Incentive
Chosen = Mapping[str, Place | None]  # a file's SHA-256 -> where it was put by hand; None: it shows nothing


def place_of(row: Row, rulebook: Rulebook) -> Place:
    """Return the place of a row: its unit's clause in its quarter; of a case or an incentive item also its title."""
    ledger = row.ledger
    if isinstance(row, Statement):
        return Place(ledger.unit, row.clause, rulebook.clause[row.clause].task, ledger.quarter)
    bonus = (c.code for c in rulebook.clauses if c.task == row.task and all(term.is_bonus for term in c.terms))
    code = next(bonus, str(row.task)) if isinstance(row, Case) else str(row.task)
    return Place(ledger.unit, code, row.task, ledger.quarter, "".join(row.title.split()))


def places(facts: Facts, rulebook: Rulebook) -> tuple[Place, ...]:
    """Return all places to which a thing can be put, each once, in the order of the ledgers."""
    return tuple(dict.fromkeys(place_of(row, rulebook) for row in rows_of(facts)))


def rows_of(facts: Facts) -> Iterator[Row]:
    """Yield the rows that things can be put to."""
    yield from facts.statements
    yield from facts.cases
    yield from facts.incentives


def with_choices(book: ParsedWorkbook, chosen: Chosen) -> ParsedWorkbook:
    """Return a workbook with the files beside it where they were put by hand; one put to none of its rows leaves it.

    A file that shows nothing stays with the workbook as one that fits no row.
    """
    brought = {item.sha256: item for row in rows_of(book.facts) for item in row.evidence if item.sha256 in chosen}
    brought |= {item.sha256: item for item in book.loose if item.sha256 in chosen}
    if not brought:
        return book
    units = {row.ledger.unit for row in rows_of(book.facts)}
    off = [Move(item, place, counts=False) for item in brought.values() for place in _whole(book.facts, units)]
    on = [
        Move(replace(item, found_by=FoundBy.REVIEWER), place)
        for item in brought.values()
        if (place := chosen[item.sha256 or ""]) is not None
    ]
    kept = [item for item in book.loose if item.sha256 not in chosen]
    kept += [replace(item, found_by=FoundBy.REVIEWER) for sha, item in brought.items() if chosen[sha or ""] is None]
    facts = with_placings(book.facts, [Placing(0, 0, (*off, *on))])
    return replace(book, facts=facts, loose=tuple(kept))


def _whole(facts: Facts, units: Iterable[str]) -> Iterator[Place]:
    """Yield every place of some units' rows, whatever the quarter."""
    for row in rows_of(facts):
        if row.ledger.unit in units:
            item = "" if isinstance(row, Statement) else "".join(row.title.split())
            yield Place(row.ledger.unit, row.clause if isinstance(row, Statement) else "", _task(row), None, item)


def _task(row: Row) -> int:
    return 0 if isinstance(row, Statement) else row.task


def said_of(chosen: Chosen, names: Mapping[str, str]) -> str:
    """Say for the record what was put where by hand; ``""`` for nothing."""
    parts = [
        f"{names[sha]}→{place.unit}{place.clause}{place.item}" if place else f"{names[sha]}不作佐证"
        for sha, place in chosen.items()
        if sha in names
    ]
    return f"人工对应佐证：{'；'.join(parts)}" if parts else ""


def brought_by(books: Iterable[ParsedWorkbook]) -> set[str]:
    """Return the hashes of all things that workbooks bring, and of the files kept with them."""
    rows = (item.sha256 for book in books for row in rows_of(book.facts) for item in row.evidence)
    publicity = (item.sha256 for book in books for row in book.facts.publicity for item in row.evidence)
    loose = (item.sha256 for book in books for item in book.loose)
    return {sha for group in (rows, publicity, loose) for sha in group if sha}


def further_moves(
    files: Sequence[LooseFile], known: Sequence[ParsedWorkbook], stored: Facts, rulebook: Rulebook, chosen: Chosen
) -> tuple[Move, ...]:
    """Return what becomes of files that no new workbook brings: put by hand, matched to a row stored before, or to none.

    ``known`` are the workbooks dropped beside them that are stored already, ``stored`` are all rows of the year. Of several
    ledgers that a name fits, the latest is served. What is there already makes no move.
    """
    moves: list[Move] = []
    for file in files:
        if file.sha256 in chosen:
            place = chosen[file.sha256]
            places = [(place, FoundBy.REVIEWER)] if place else []
            loose = False
        else:
            places = _matched(file, known, rulebook) or _fitting(file, stored, rulebook)
            loose = not places
        moves += [Move(file.evidence(way), place) for place, way in places if not _is_there(stored, place, file.sha256)]
        moves += [Move(file.evidence(), None)] if loose else []
    return tuple(moves)


def _matched(file: LooseFile, books: Iterable[ParsedWorkbook], rulebook: Rulebook) -> list[tuple[Place, FoundBy]]:
    """Return the rows that a workbook dropped beside a file gives it."""
    rows = ((row, item) for book in books for row in rows_of(book.facts) for item in row.evidence)
    places = [(place_of(row, rulebook), item.found_by) for row, item in rows if item.sha256 == file.sha256]
    return list(dict.fromkeys(places))


def _fitting(file: LooseFile, stored: Facts, rulebook: Rulebook) -> list[tuple[Place, FoundBy]]:
    """Return the latest rows, of each unit and clause one, that a file's name or folder names, or that name it."""
    given = match_files([file], [ParsedWorkbook("", stored)], rulebook).books[0].facts
    latest: dict[tuple[str, str, str], tuple[Row, Evidence]] = {}
    for before, row in zip(rows_of(stored), rows_of(given), strict=True):
        if row is not before:
            place = place_of(row, rulebook)
            key = place.unit, place.clause, place.item
            if key not in latest or latest[key][0].ledger.order <= row.ledger.order:
                latest[key] = row, row.evidence[-1]
    return [(place_of(row, rulebook), item.found_by) for row, item in latest.values()]


def _is_there(stored: Facts, place: Place, sha: str) -> bool:
    rows = [row for row in rows_of(stored) if is_at(row, place)]
    return bool(rows) and all(any(item.sha256 == sha for item in row.evidence) for row in rows)
