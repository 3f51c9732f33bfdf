"""What is read once, and ``keep``: how a function's result is kept under the names of what its arguments hold.

``NAMES`` says what names the content of a value; no key names the moment. Values are frozen, so one object serves all
sessions (nothing is copied or pickled). What a viewer asks for, he asks of ``ui.session.desk``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import wraps
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from scoring.analysis.position import Position
from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from scoring.ledger.every_year import parse_every_year
from scoring.ledger.marking.returned import marked_workbook
from scoring.ledger.sent_row import SentRow, ledger_of, sent_row
from scoring.ledger.template.blank import template_workbook
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.gc_pause import no_collecting
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.model.ties import TieDecision
from scoring.problems import Problem
from scoring.rulebook.read import DEFAULT_RULES, RulebookError, parse_rulebook
from scoring.rulebook.years import Rulebooks, load_rulebooks, rule_files
from scoring.store import Store, StoreError, UnitStore, Upload, locations
from ui.session import data_folders
from ui.session.once import look_again, once
from ui.session.recent import Recent

BUT_RULINGS = tuple(one.name for one in fields(Facts) if one.name != "rulings")
P = ParamSpec("P")
R = TypeVar("R")

# What was said by hand of a file: (sheet, row from 1) -> clause, and contradiction -> the side that stands.
ByHand: TypeAlias = tuple[Mapping[tuple[str, int], str], Mapping[str, str]]

# By full name, so that this module need not import what is built on it: type -> what names the content of a value.
NAMES: Mapping[str | type, Callable[[Any], Hashable]] = {
    "ui.session.desk.Desk": lambda desk: desk.key,
    Rulebook: lambda rulebook: (rulebook.rules_hash, rulebook.assessed),
    Store: lambda store: (store.address, store.whose),
    UnitStore: lambda store: (store.address, store.whose),
}


_EVERY: list[Recent[Any]] = []  # what ``forget_boards`` forgets


def held(values: Recent[R]) -> Recent[R]:
    """Have values forgotten with all boards."""
    _EVERY.append(values)
    return values


def keep(entries: int, says: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function or method returned for its last arguments; ``says`` is shown while it computes.

    Arguments whose names begin with an underscore are not part of the key: another argument has to name them.
    """

    def kept(function: Callable[P, R]) -> Callable[P, R]:
        remembered: Recent[R] = held(Recent(entries))
        names = list(signature(function).parameters)
        keyed = [not name.startswith("_") for name in names]

        @wraps(function)
        def get(*args: P.args, **named: P.kwargs) -> R:
            key: list[object] = [_named(value) for value, counts in zip(args, keyed, strict=False) if counts]
            key += [(name, _named(named[name])) for name in sorted(named) if not name.startswith("_")]

            def make() -> R:
                with st.spinner(says) if says and get_script_run_ctx(suppress_warning=True) else nullcontext():
                    return function(*args, **named)

            return remembered.get(tuple(key), make)

        return get

    return kept


def _named(value: object) -> Hashable:
    """Return what names the content of a value."""
    kind = type(value)
    name = NAMES.get(kind) or NAMES.get(f"{kind.__module__}.{kind.__qualname__}")
    return name(value) if name else value


@keep(2)
def _read_rulebooks(stamps: tuple[tuple[str, int, int], ...]) -> Rulebooks:
    return load_rulebooks(own=Path(stamps[0][0]))


def _files() -> Rulebooks:
    """Return what the rule files say, read anew where one was changed.

    Raises:
        RulebookError: the rules cannot be used.
    """

    def stamps() -> tuple[tuple[str, int, int], ...]:
        about = [(str(path), path.stat()) for path in rule_files(DEFAULT_RULES)]
        return tuple((path, one.st_mtime_ns, one.st_size) for path, one in about)

    return _read_rulebooks(once("rule files", stamps))


def written_rulebook(rules_hash: str) -> Rulebook | None:
    """Return the rules with a hash where a rule file says them, in force or not."""
    return next((book for book in _files().by_year.values() if book.rules_hash == rules_hash), None)


def _written_text(year: int) -> bytes | None:
    """Return the text of a year's rule file; None where there is none."""
    written = _files().by_year.get(year)
    texts = (path.read_bytes() for path in rule_files(DEFAULT_RULES))
    return next((text for text in texts if written and sha256(text).hexdigest() == written.rules_hash), None)


@keep(16)
def tie_decisions(store: Store, year: int, newest: int, known_at: datetime | None) -> tuple[TieDecision, ...]:
    """Return what people decided about ties by a moment; ``newest`` is the newest event's number."""
    return store.tie_decisions(year, known_at)


@keep(16)
def parsed_rulebook(_rules_text: bytes, rules_hash: str) -> Rulebook:
    """Return the rules that a text gives."""
    return parse_rulebook(_rules_text, lenient=True)


_recorded: Recent[dict[int, tuple[str, bytes]]] = held(Recent(2))


def _in_force(*, examples: bool) -> dict[int, tuple[str, bytes]]:
    """Return year -> hash and text of the rules that were put in force.

    The examples follow the files at once; of the real ledgers' rules they take the years that no file is of.
    """
    if examples:
        return {year: rules for year, rules in _recorded_rules().items() if year not in _files().by_year}
    real = store(examples=False)

    def read() -> dict[int, tuple[str, bytes]]:
        texts = {year: real.rules_at(year) for year in real.rule_years()}
        return {year: text for year, text in texts.items() if text is not None}

    return _recorded.get(real.address, read)


def _recorded_rules() -> dict[int, tuple[str, bytes]]:
    """Return the rules in force for the real ledgers that can be read; none where their database cannot be opened."""
    try:
        recorded = _in_force(examples=False)
    except StoreError:
        return {}
    return {year: (name, text) for year, (name, text) in recorded.items() if _is_readable(text, name)}


def _is_readable(text: bytes, name: str) -> bool:
    try:
        parsed_rulebook(text, name)
    except RulebookError:
        return False
    return True


def forget_rules() -> None:
    """Look anew which rules are in force: others were put in force."""
    look_again()
    _recorded.clear()


def forget_boards() -> None:
    """Compute everything anew: what working days are has changed."""
    look_again()
    for values in _EVERY:
        values.clear()
    st.cache_data.clear()


def years(*, examples: bool) -> tuple[int, ...]:
    """List the years that there are rules of: in files, or put in force in the database."""
    return tuple(sorted({*_files().by_year, *_in_force(examples=examples)}))


def year(asked: int | None, *, examples: bool) -> int:
    """Return the year that is asked for where there are rules of it, else that of ``rules.toml``."""
    return asked if asked is not None and asked in years(examples=examples) else _files().first


def rulebook(year: int, moment: datetime | None, *, examples: bool) -> Rulebook:
    """Return the rules of a year in force at a moment (None: now).

    For the real ledgers a changed file is in force only once it was put in force (``pending_rules``); the examples
    follow the file at once.

    Raises:
        RulebookError: the rules cannot be used.
    """
    present = _present_rulebook(year, examples=examples)
    then = store(examples=examples).rules_at(present.assessment.year, moment) if moment else None
    return present if then is None or then[0] == present.rules_hash else parsed_rulebook(then[1], then[0])


def other_rulebooks(year: int, *, examples: bool) -> tuple[Rulebook, ...]:
    """Return the rules in force of all years but one."""
    return tuple(_present_rulebook(other, examples=examples) for other in years(examples=examples) if other != year)


def _present_rulebook(year: int, *, examples: bool) -> Rulebook:
    written, recorded = _files().by_year.get(year), _in_force(examples=examples).get(year)
    if recorded is None or (written and recorded[0] == written.rules_hash):
        return written or _files().by_year[_files().first]
    try:
        return parsed_rulebook(recorded[1], recorded[0])
    except RulebookError:  # put in force under an older program, which this one cannot read any more
        if written is None:
            raise
        return written


def rules_text(store: Store, rulebook: Rulebook) -> bytes:
    """Return the text of rules: that of their year's file, or the one that the database kept."""
    rules_hash = rulebook.rules_hash
    kept = None if written_rulebook(rules_hash) else store.rules_text(rules_hash)
    return kept or _written_text(rulebook.assessment.year) or b""


def pending_rules(year: int) -> bytes | None:
    """Return the text of the year's rule file where it was changed and is not in force yet for the real ledgers."""
    written = _files().by_year.get(year)
    same = written is None or written.rules_hash == _present_rulebook(year, examples=False).rules_hash
    return None if same else _written_text(year)


@keep(2)
def _open_store(examples: bool, folder: str, rules_hashes: str, _rulebooks: Rulebooks) -> Store:
    written = ((year, _written_text(year)) for year in _rulebooks.by_year)
    texts = {year: text for year, text in written if text is not None}
    if not examples:
        return data_folders.real_store(texts)
    further = _in_force(examples=True)
    others = (*_rulebooks.others(_rulebooks.first), *(parsed_rulebook(text, name) for name, text in further.values()))
    texts |= {year: text for year, (_, text) in further.items()}
    return data_folders.example_store((_rulebooks.by_year[_rulebooks.first], *others), texts)


def store(*, examples: bool) -> Store:
    """Return the database of the real or of the example data (made on first use).

    Raises:
        StoreError: it cannot be opened.
    """
    return once(f"store: {examples}", lambda: _store(examples=examples))


def _store(*, examples: bool) -> Store:
    files = _files()
    hashes = "".join(book.rules_hash for book in files.by_year.values())
    hashes += "".join(name for name, _ in _in_force(examples=True).values()) if examples else ""
    return _open_store(examples, str(locations.data_folder()), hashes, files)


@keep(64)
def unit_store(store: Store, units: tuple[str, ...]) -> UnitStore:
    """Return a database cut to some units."""
    return UnitStore(store, frozenset(units))


@keep(64)
def facts_at(store: Store, year: int, fingerprint: str, _known_at: datetime | None = None) -> Facts:
    """Return what a store knew of a year at a moment (None: what it knows now); ``fingerprint`` names its content."""
    return store.facts(year, _known_at)


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """Names a value by nothing but itself, and keeps it: no other object is the same."""

    value: object

    def __eq__(self, other: object) -> bool:
        """Tell whether both name one object."""
        return isinstance(other, Itself) and other.value is self.value

    def __hash__(self) -> int:
        """Return what one object always gives."""
        return id(self.value)


def but_rulings(facts: Facts) -> tuple[Itself, ...]:
    """Name all that facts hold but the rulings: a store hands out the same objects while nothing of them changes."""
    return tuple(Itself(getattr(facts, name)) for name in BUT_RULINGS)


_positions: Recent[list[Position]] = Recent(16)


def position(place: Hashable, asked: Position) -> Position:
    """Return a position, made of the last one of its place where nothing but rulings differs: a verdict costs one unit.

    ``place`` names its database, rules, day and readings.
    """
    last = _positions.get(place, lambda: [asked])
    before = last[0]
    same = but_rulings(before.facts) == but_rulings(asked.facts)
    last[0] = before.with_rulings(asked.facts.rulings) if same and before is not asked else asked
    return last[0]


@keep(24)
def original(store: Store, sha: str) -> Workbook | None:
    """Return the cells of a stored workbook as it was sent; None where it cannot be read again."""
    name, content = store.original(sha)
    book = read_workbook(content, name)
    return book if isinstance(book, Workbook) else None


@keep(8)
def uploads(store: Store, said: tuple[Itself, ...]) -> dict[int, Upload]:
    """Return the stored workbooks by their number, those that facts come from among them; ``said``: ``but_rulings`` of these."""
    return {upload.upload: upload for upload in store.uploads()}


@keep(64)
def row_as_sent(store: Store, said: tuple[Itself, ...], unit: str, source: CellRef, _facts: Facts) -> SentRow | None:
    """Return the row of a unit's deciding cell as it was sent; ``said``: ``but_rulings`` of the facts. None: not found."""
    ledger = ledger_of(_facts, unit, source)
    upload = uploads(store, said).get(ledger.upload) if ledger else None
    book = original(store, upload.sha256) if upload else None
    return sent_row(book, source) if book else None


@keep(4)
def faults(store: Store, newest: str) -> tuple[str, ...]:
    """Return what was changed behind the store's back; ``newest`` is the mark of the last event."""
    return store.verify_history()


_parsed: Recent[ParsedWorkbook] = Recent(128)
_cells: Recent[Workbook | None] = Recent(48)
SMALL = 3_000  # rows of a workbook whose cells are kept from the reading of it, to show what stands around a mistake


def parsed(data: bytes, name: str, rulebooks: Sequence[Rulebook], by_hand: ByHand, received: date) -> ParsedWorkbook:
    """Return what was read in a workbook, each ledger by the rules of its own year; ``rulebooks``: first those of the view."""
    sha = sha256(data).hexdigest()
    named, settled = by_hand
    key = sha, name, *(book.rules_hash for book in rulebooks), tuple(named.items()), tuple(settled.items()), received

    def read() -> ParsedWorkbook:
        with no_collecting():
            workbook = read_workbook(data, name)
            if isinstance(workbook, Problem):
                return ParsedWorkbook(name, Facts(), (workbook,), refused=True)
            if sum(len(sheet.rows) for sheet in workbook.sheets) <= SMALL:
                _cells.get((sha, name), lambda: workbook)
            return parse_every_year(workbook, rulebooks, 0, dict(named), dict(settled), received)

    return _parsed.get(key, read)


def cells(data: bytes, name: str) -> Workbook | None:
    """Return the cells of a workbook that was dropped, as its reading left them; None where it cannot be read."""

    def read() -> Workbook | None:
        book = read_workbook(data, name)
        return book if isinstance(book, Workbook) else None

    return _cells.get((sha256(data).hexdigest(), name), read)


@st.cache_data(max_entries=16, show_spinner=False)
def marked(sha: str, _data: bytes, name: str, _problems: tuple[Problem, ...]) -> bytes:
    """Return a workbook with its problems marked in it."""
    return marked_workbook(_data, name, _problems)


@keep(32)
def template(rulebook: Rulebook, unit: str, quarter: int) -> bytes:
    """Return the blank ledger of a unit for a quarter."""
    return template_workbook(rulebook, unit, quarter)
