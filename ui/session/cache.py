"""What is computed once: the only place that knows ``st.cache_*``. Every key names the content, never the moment.

Values are frozen, so one object serves all sessions (``cache_resource``; nothing is copied or pickled).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import streamlit as st

from scoring.analysis.position import Position
from scoring.calendar.clock import day_of, now
from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from scoring.judging.punctuality import Sent
from scoring.judging.punctuality import sendings as sendings_of
from scoring.judging.rank import make_board
from scoring.ledger.every_year import read_every_year
from scoring.ledger.marking.returned import marked_workbook
from scoring.ledger.parse import problems_over_time
from scoring.ledger.sent_row import SentRow, ledger_of, sent_row
from scoring.ledger.template.blank import template_workbook
from scoring.model.boards import Board
from scoring.model.evidence import CellRef
from scoring.model.facts import Facts
from scoring.model.findings import Finding
from scoring.model.parsed import ParsedWorkbook
from scoring.model.policy import Policy
from scoring.model.rules import Rulebook
from scoring.problems import Problem
from scoring.rulebook.policies import fitting
from scoring.rulebook.read import DEFAULT_RULES, RulebookError, parse_rulebook
from scoring.rulebook.years import Rulebooks, load_rulebooks, rule_files
from scoring.store import Store, Upload
from ui.session import data_folders, state
from ui.session.recent import Recent

VERSION = "1"  # of the scoring code: raise it where the same facts and rules would give another board


@st.cache_resource(max_entries=2, show_spinner=False)
def _rulebooks(stamps: tuple[tuple[str, int, int], ...]) -> Rulebooks:
    return load_rulebooks(own=Path(stamps[0][0]))


def rulebook() -> Rulebook:
    """Return the rules in force of the year in view; those of its day where the URL asks for a moment.

    For the real ledgers a changed file is in force only once it was put in force (``pending_rules``); the examples
    follow the file at once.

    Raises:
        RulebookError: the rules cannot be used.
    """
    present, moment = _present_rulebook(year()), state.known_at()
    then = store(examples=state.is_examples()).rules_at(present.assessment.year, moment) if moment else None
    return present if then is None or then[0] == present.fingerprint else _rulebook_of(then[1], then[0])


def _files() -> Rulebooks:
    """Return what the rule files say, read anew where one was changed."""
    about = [(str(path), path.stat()) for path in rule_files(DEFAULT_RULES)]
    return _rulebooks(tuple((path, found.st_mtime_ns, found.st_size) for path, found in about))


def years() -> tuple[int, ...]:
    """List the years that there are rules of: in files, or put in force in the database."""
    recorded = () if state.is_examples() else _recorded(store(examples=False), str(data_folders.folder()))
    return tuple(sorted({*_files().by_year, *recorded}))


def year() -> int:
    """Return the year in view: the one that the URL asks for where there are rules of it, else that of ``rules.toml``."""
    asked = state.asked_year()
    return asked if asked is not None and asked in years() else _files().first


def other_rulebooks() -> tuple[Rulebook, ...]:
    """Return the rules in force of the other years."""
    return tuple(_present_rulebook(other) for other in years() if other != year())


def _present_rulebook(year: int) -> Rulebook:
    written = _files().by_year.get(year)
    recorded = None if state.is_examples() else _recorded(store(examples=False), str(data_folders.folder())).get(year)
    if recorded is None or (written and recorded[0] == written.fingerprint):
        return written or _files().by_year[_files().first]
    try:
        return _rulebook_of(recorded[1], recorded[0])
    except RulebookError:  # put in force under an older program, which this one cannot read any more
        if written is None:
            raise
        return written


@st.cache_resource(max_entries=2, show_spinner=False)
def _recorded(_store: Store, folder: str) -> dict[int, tuple[str, bytes]]:
    found = {year: _store.rules_at(year) for year in _store.rule_years()}
    return {year: text for year, text in found.items() if text is not None}


def forget_rules() -> None:
    """Look anew which rules are in force: others were put in force."""
    _recorded.clear()


def forget_boards() -> None:
    """Compute everything anew: what working days are has changed."""
    st.cache_resource.clear()
    st.cache_data.clear()


def pending_rules() -> bytes | None:
    """Return the text of the year's rule file where it was changed and is not in force yet; None where it is."""
    written = _files().by_year.get(year())
    same = written is None or written.fingerprint == _present_rulebook(year()).fingerprint
    return None if same or state.is_examples() else _text_of(year())


def _text_of(year: int) -> bytes | None:
    """Return the text of a year's rule file; None where there is none."""
    written = _files().by_year.get(year)
    texts = (path.read_bytes() for path in rule_files(DEFAULT_RULES))
    return next((text for text in texts if written and sha256(text).hexdigest() == written.fingerprint), None)


@st.cache_resource(max_entries=4, show_spinner=False)
def _rulebook_of(_text: bytes, fingerprint: str) -> Rulebook:
    return parse_rulebook(_text, lenient=True)


@st.cache_resource(max_entries=2, show_spinner=False)
def _store(examples: bool, folder: str, _rules: Rulebooks, rules: str) -> Store:
    if examples:
        return data_folders.example_store(_rules.by_year[_rules.first])
    texts = {year: _text_of(year) for year in _rules.by_year}
    return data_folders.real_store({year: text for year, text in texts.items() if text is not None})


def store(*, examples: bool) -> Store:
    """Return the database of the real or of the example data (made on first use).

    Raises:
        StoreError: it cannot be opened.
    """
    rules = _files()
    written = [rules.by_year[rules.first]] if examples else rules.by_year.values()
    return _store(examples, str(data_folders.folder()), rules, "".join(book.fingerprint for book in written))


@st.cache_resource(max_entries=8, show_spinner=False)
def facts_at(_store: Store, path: str, year: int, fingerprint: str, _known_at: datetime | None = None) -> Facts:
    """Return what a store knew of a year at a moment (None: what it knows now); ``fingerprint`` names its content."""
    return _store.facts(year, _known_at)


def facts(*, examples: bool) -> Facts:
    """Return all facts of the year in view that count now, or that were known at the moment that the URL asks for."""
    held, moment = store(examples=examples), state.known_at()
    return facts_at(held, str(held.path), year(), held.fingerprint(year(), moment), moment)


def known(*, examples: bool) -> str:
    """Return the fingerprint of what ``facts`` returns."""
    return store(examples=examples).fingerprint(year(), state.known_at())


@st.cache_resource(max_entries=256, show_spinner=False)
def _board(
    _facts: Facts, _rules: Rulebook, known: str, rules: str, as_of: date, policy: tuple[str, ...], version: str
) -> Board:
    return make_board(_facts, _rules, as_of, Policy(*policy))  # type: ignore[arg-type]


def board(as_of: date, policy: Policy, *, examples: bool) -> Board:
    """Return the board of the facts that ``facts`` returns."""
    rules, readings = rulebook(), tuple(policy.as_dict().values())
    found, name = facts(examples=examples), known(examples=examples)
    return _board(found, rules, name, rules.fingerprint, as_of, readings, VERSION)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be with further workbooks in: the board, and the problems that only show between ledgers."""

    board: Board
    problems: tuple[Problem, ...]


@st.cache_resource(max_entries=32, show_spinner=False)
def _preview(
    _store: Store, _parsed: tuple[ParsedWorkbook, ...], _rules: Rulebook, known: str, sent: tuple[str, ...],
    as_of: date, policy: tuple[str, ...], rules: str,
) -> Preview:  # fmt: skip
    names = {book.workbook for book in _parsed}
    facts = _store.preview(_rules.assessment.year, *_parsed)
    between = tuple(problem for problem in problems_over_time(facts) if problem.workbook in names)
    return Preview(make_board(facts, _rules, as_of, Policy(*policy)), between)  # type: ignore[arg-type]


def preview(books: tuple[tuple[str, ParsedWorkbook], ...], as_of: date, policy: Policy, *, examples: bool) -> Preview:
    """Return what would be with further workbooks in, each given with its SHA-256; nothing is stored."""
    held, rules = store(examples=examples), rulebook()
    sent, parsed = (
        tuple(f"{sha}{state.named_rows(sha)}{state.settled(sha)}" for sha, _ in books),
        tuple(book for _, book in books),
    )
    readings = tuple(policy.as_dict().values())
    known = f"{held.path}{held.fingerprint(year())}"
    return _preview(held, parsed, rules, known, sent, as_of, readings, rules.fingerprint)


def write_back(day: date, *, examples: bool) -> None:
    """Write the official board of a day into the database's tables, where other tools read it: always the present one."""
    held, rules = store(examples=examples), _present_rulebook(year())
    name, policy = held.fingerprint(year()), fitting(rules, held.policy(year()))
    found = facts_at(held, str(held.path), year(), name)
    readings = tuple(policy.as_dict().values())
    held.write_board(_board(found, rules, name, rules.fingerprint, day, readings, VERSION), name)


_parsed: Recent[ParsedWorkbook] = Recent(128)


def parsed(data: bytes, name: str, known: Mapping[str, date]) -> tuple[str, ParsedWorkbook]:
    """Return a workbook's SHA-256 and what was read in it, each ledger by the rules of its own year.

    What was named and settled by hand is taken so. A ledger that names no year is of the year in view. ``known`` tells
    by SHA-256 when stored workbooks came; any other comes today.
    """
    rules, sha = (rulebook(), *other_rulebooks()), sha256(data).hexdigest()
    named, settled = state.named_rows(sha), state.settled(sha)
    received = known.get(sha) or day_of(now())
    by_hand = tuple(named.items()), tuple(settled.items())
    key = (sha, name, *(book.fingerprint for book in rules), by_hand, received)

    def read() -> ParsedWorkbook:
        return read_every_year(data, name, rules, 0, dict(named), dict(settled), received)

    return sha, _parsed.get(key, read)


@st.cache_resource(max_entries=24, show_spinner=False)
def _original(_store: Store, path: str, sha: str) -> Workbook | None:
    name, data = _store.original(sha)
    book = read_workbook(data, name)
    return book if isinstance(book, Workbook) else None


def original(sha: str, *, examples: bool) -> Workbook | None:
    """Return the cells of a stored workbook as it was sent; None where it cannot be read again."""
    held = store(examples=examples)
    return _original(held, str(held.path), sha)


@st.cache_data(max_entries=16, show_spinner=False)
def marked(sha: str, _data: bytes, name: str, _problems: tuple[Problem, ...]) -> bytes:
    """Return a workbook with its problems marked in it."""
    return marked_workbook(_data, name, _problems)


@st.cache_data(max_entries=32, show_spinner=False)
def _template(_rules: Rulebook, rules: str, unit: str, quarter: int) -> bytes:
    return template_workbook(_rules, unit, quarter)


def template(unit: str, quarter: int) -> bytes:
    """Return the blank ledger of a unit for a quarter."""
    rules = rulebook()
    return _template(rules, rules.fingerprint, unit, quarter)


@st.cache_resource(max_entries=8, show_spinner=False)
def _uploads(_store: Store, path: str, fingerprint: str) -> dict[int, Upload]:
    return {upload.upload: upload for upload in _store.uploads()}


def sent_rows(unit: str, findings: Sequence[Finding], *, examples: bool) -> dict[CellRef, SentRow]:
    """Return, for every deciding cell of these findings, its row as it was sent, read again from the original bytes."""
    held = store(examples=examples)
    known = _uploads(held, str(held.path), held.fingerprint(year()))
    all_facts, found = facts(examples=examples), {}
    for source in dict.fromkeys(cell for finding in findings for cell in finding.sources):
        ledger = ledger_of(all_facts, unit, source)
        upload = known.get(ledger.upload) if ledger else None
        book = original(upload.sha256, examples=examples) if upload else None
        row = sent_row(book, source) if book else None
        if row:
            found[source] = row
    return found


def sendings(as_of: date, *, examples: bool) -> Mapping[tuple[str, int], Sent]:
    """Return whether each unit's ledger of each quarter came in time, late or not at all."""
    held, rules = store(examples=examples), rulebook()
    found = facts(examples=examples)
    return _sendings(found, rules, str(held.path) + known(examples=examples), rules.fingerprint, as_of)


@st.cache_resource(max_entries=32, show_spinner=False)
def _sendings(_facts: Facts, _rules: Rulebook, known: str, rules: str, as_of: date) -> Mapping[tuple[str, int], Sent]:
    return sendings_of(_facts, _rules, as_of)


def position(as_of: date, policy: Policy, *, examples: bool) -> Position:
    """Return what a board is computed from, for questions that go beyond the board."""
    held, rules = store(examples=examples), rulebook()
    readings = tuple(policy.as_dict().values())
    found = facts(examples=examples)
    return _position(found, rules, str(held.path) + known(examples=examples), rules.fingerprint, as_of, readings)


@st.cache_resource(max_entries=16, show_spinner=False)
def _position(
    _facts: Facts, _rules: Rulebook, known: str, rules: str, as_of: date, policy: tuple[str, ...]
) -> Position:
    return Position(_facts, _rules, as_of, Policy(*policy))  # type: ignore[arg-type]


def key_of(as_of: date, policy: Policy, *, examples: bool) -> tuple[str, str, date, tuple[str, ...]]:
    """Name everything that a position rests on."""
    name = f"{store(examples=examples).path}{known(examples=examples)}{VERSION}"
    return name, rulebook().fingerprint, as_of, tuple(policy.as_dict().values())


Key: TypeAlias = tuple[str, str, date, tuple[str, ...]]


def rule_text(*, examples: bool) -> bytes:
    """Return the text of the rules that ``rulebook`` returns."""
    found, text = rulebook().fingerprint, None
    if found not in {book.fingerprint for book in _files().by_year.values()}:
        text = store(examples=examples).rule_text(found)
    return text or _text_of(year()) or b""


@st.cache_resource(max_entries=4, show_spinner=False)
def _faults(_store: Store, path: str, newest: str) -> tuple[str, ...]:
    return _store.verify_history()


def faults(*, examples: bool) -> tuple[str, ...]:
    """Return what was changed behind the store's back, looked for anew after each event."""
    held = store(examples=examples)
    return _faults(held, str(held.path), held.history()[-1].chain if held.history() else "")


def rules_of(fingerprint: str, *, examples: bool) -> Rulebook | None:
    """Return the rules by their fingerprint: the present ones, or a text that once was in force; None: not kept.

    Raises:
        RulebookError: the text cannot be used by this program any more.
    """
    written = next((book for book in _files().by_year.values() if book.fingerprint == fingerprint), None)
    if written is not None:
        return written
    text = store(examples=examples).rule_text(fingerprint)
    return None if text is None else _rulebook_of(text, fingerprint)
