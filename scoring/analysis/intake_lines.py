"""What was dropped, a line a file: whose ledger it is, how it came, what is wrong with it, what 入库 would do with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from scoring.judging.punctuality import quarter_in_question
from scoring.model.boards import Board
from scoring.model.doubts import is_backdated
from scoring.model.facts import Facts, Status
from scoring.model.ledgers import Ledger
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import Problem, Severity

CONTRADICTED = "done-contradicted"


class Came(StrEnum):
    """How a ledger's 报送日期 stands to its quarter's cut-off, to the day of receipt and to the day in view."""

    IN_TIME = "in_time"
    LATE = "late"
    BACKDATED = "backdated"  # much earlier than the day of receipt
    NOT_YET = "not_yet"  # after the day in view: it counts only from then on
    UNDATED = "undated"  # none was given, the cut-off stands in


class Fate(IntEnum):
    """What 入库 would do with a file, in the order in which a person is needed."""

    REFUSED = 0  # it is no ledger: nothing of it can be kept
    NOTHING = 1  # nothing in it counts
    BLANK = 2  # a blank form
    STORED = 3  # it becomes a version
    KEPT = 4  # nothing counts, and it is kept as an original already
    KNOWN = 5  # the same bytes are stored


@dataclass(frozen=True, slots=True)
class Arrival:
    """One ledger of a file. ``version`` is the one that it would become; ``final`` numbers a final board of its quarter.

    ``closed``: it comes, or says that it comes, after the last day of the year's assessment. ``behind`` names the file
    dropped with it that speaks of the same unit and quarter after it and decides where both differ; ``""``: none does.
    """

    ledger: Ledger
    came: tuple[Came, ...]
    version: int
    closed: bool = False
    final: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's points before and after all that was dropped is stored."""

    unit: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """What one file's line says. ``reason`` says why it is refused, or why nothing of it counts; ``""`` else."""

    name: str
    sha256: str
    fate: Fate
    arrivals: tuple[Arrival, ...]
    errors: int
    warnings: int
    contradictions: int
    scores: tuple[Score, ...] = ()
    reason: str = ""

    @property
    def remarks(self) -> int:
        """Count the ledgers of which a person has to know more than their day."""
        return sum(
            bool(one.closed or one.final or one.behind or set(one.came) - {Came.IN_TIME, Came.LATE})
            for one in self.arrivals
        )

    @property
    def need(self) -> tuple[int, ...]:
        """Tell how much the line needs a person: the smallest first."""
        settled = self.fate in (Fate.KNOWN, Fate.KEPT)
        idle = self.fate in (Fate.REFUSED, Fate.NOTHING, Fate.BLANK)
        counted = (-self.errors, -self.contradictions, -self.remarks, -self.warnings)
        return settled, not (idle or self.errors), self.fate, *counted


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file that was dropped, as it was read. ``known``: its very bytes are stored, ``kept``: as an original only."""

    book: ParsedWorkbook
    sha256: str
    known: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What stands behind the lines. ``versions`` is (unit, year, quarter) -> how many are stored, ``came`` the day of receipt.

    ``finals`` are (number, as_of) of the year's final boards in order; ``between`` are the problems that only show
    beside other ledgers. ``after`` is the board with everything in that brings something.
    """

    rulebook: Rulebook
    before: Board
    after: Board
    came: date
    versions: Mapping[tuple[str, int, int], int]
    finals: Sequence[tuple[str, date]] = ()
    between: Sequence[Problem] = ()


def brings(facts: Facts) -> bool:
    """Tell whether facts say anything: a row that was left as it stood in the form says nothing."""
    said = (one.status is not Status.BLANK or one.quantity is not None for one in facts.statements)
    return bool(facts.cases or facts.publicity or facts.roster or facts.incentives) or any(said)


def lines(files: Iterable[SentFile], intake: Intake) -> tuple[IntakeLine, ...]:
    """Return a line a file, those first that need a person; files of the same need stay in the order of their names."""
    listed, dropped = [], tuple(files)
    versions, last = dict(intake.versions), _last_words(dropped)
    for file in dropped:
        line = _line(file, intake, versions)
        line = replace(line, arrivals=tuple(_ordered(one, line.name, last) for one in line.arrivals))
        if line.fate is Fate.STORED:
            versions |= {_key(one.ledger): one.version for one in line.arrivals}
        listed.append(line)
    return tuple(sorted(listed, key=lambda line: line.need))


LastWords = Mapping[tuple[str, int, int], str]


def _last_words(files: Sequence[SentFile]) -> LastWords:
    """Return unit, year, quarter -> the file that decides: the latest 报送日期, then the last to be stored."""
    told = [
        (ledger.submitted, number, file.book.workbook, _key(ledger))
        for number, file in enumerate(files)
        if fate_of(file) is Fate.STORED
        for ledger in ledgers_of(file.book.facts)
    ]
    return {key: name for *_, name, key in sorted(told)}


def _ordered(one: Arrival, name: str, last: LastWords) -> Arrival:
    deciding = last.get(_key(one.ledger), name)
    return one if deciding == name else replace(one, behind=deciding)


def _key(ledger: Ledger) -> tuple[str, int, int]:
    return ledger.unit, ledger.year, ledger.quarter


def _line(file: SentFile, intake: Intake, versions: Mapping[tuple[str, int, int], int]) -> IntakeLine:
    book, fate = file.book, fate_of(file)
    between = [problem for problem in intake.between if problem.workbook == book.workbook]
    problems = (*book.problems, *between)
    torn = sum(problem.code == CONTRADICTED for problem in problems)
    open_sides = sum(not one.stands for one in book.contradictions)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    idle = fate in (Fate.REFUSED, Fate.NOTHING)
    return IntakeLine(
        book.workbook,
        file.sha256,
        fate,
        tuple(_arrival(ledger, intake, versions) for ledger in ledgers_of(book.facts)),
        errors,
        len(problems) - errors - torn,
        torn + open_sides,
        _scores(book.facts, intake) if fate is Fate.STORED else (),
        problems[0].message if idle and problems else "",
    )


def fate_of(file: SentFile) -> Fate:
    """Tell what 入库 would do with a file."""
    if file.book.refused:
        return Fate.REFUSED
    if file.known:
        return Fate.KNOWN
    if brings(file.book.facts):
        return Fate.STORED
    if file.kept:
        return Fate.KEPT
    is_blank = file.book.facts.ledgers and not file.book.has_errors
    return Fate.BLANK if is_blank else Fate.NOTHING


def ledgers_of(facts: Facts) -> tuple[Ledger, ...]:
    """Return the ledgers that facts are of, those that make no report included, by unit, year and quarter."""
    told = {one.ledger for one in facts.incentives}
    return tuple(sorted({*facts.ledgers, *told}, key=lambda one: (one.unit, one.year, one.quarter, one.submitted)))


def _arrival(ledger: Ledger, intake: Intake, versions: Mapping[tuple[str, int, int], int]) -> Arrival:
    assessment = intake.rulebook.assessment
    version = versions.get(_key(ledger), 0) + 1
    if ledger.year != assessment.year:
        return Arrival(ledger, (), version)
    told = [number for number, day in intake.finals if ledger.quarter <= quarter_in_question(assessment, day)]
    came = tuple(_came(ledger, intake))
    return Arrival(
        ledger, came, version, max(ledger.submitted, intake.came) > assessment.closes, told[-1] if told else ""
    )


def _came(ledger: Ledger, intake: Intake) -> Iterable[Came]:
    assessment = intake.rulebook.assessment
    if not ledger.dated:
        yield Came.UNDATED
        return
    cut_off = assessment.cut_offs.get(ledger.quarter)
    if cut_off is not None:
        yield Came.LATE if ledger.submitted > cut_off else Came.IN_TIME
    if is_backdated(ledger.submitted, intake.came, assessment.receipt_days):
        yield Came.BACKDATED
    if ledger.submitted > intake.after.as_of:
        yield Came.NOT_YET


def _scores(facts: Facts, intake: Intake) -> tuple[Score, ...]:
    year = intake.rulebook.assessment.year
    units: Collection[str] = {one.unit for one in ledgers_of(facts) if one.year == year}
    return tuple(
        Score(card.unit, intake.before.card[card.unit].score, card.score)
        for card in intake.after.cards
        if card.unit in units
    )
