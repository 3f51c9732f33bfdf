"""Files that came beside the workbooks: which rows they speak for, and how that was told."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar
from urllib.parse import unquote

from scoring.model.evidence import Evidence, EvidenceKind, FoundBy
from scoring.model.facts import Case, Facts, Incentive, Publicity, Statement
from scoring.model.parsed import ParsedWorkbook
from scoring.model.rules import Rulebook, Unit
from scoring.words.names import UnitIndex, find_quarter
from scoring.words.statuses import fold

# a clause's code in a file's name: 4A办事指南.pdf, 04A.jpg
CODE = re.compile(r"(?<![0-9A-Z])0?(\d{1,2}[A-Z])(?![A-Z0-9])")
# a task in a file's name: 第4项佐证.jpg, 任务12截图.png
TASK = re.compile(r"(?:第(\d{1,2}|[一二三四五六七八九十]{1,3})项|任务(\d{1,2})(?!\d))")
# what parts the names that one cell lists: 照片.jpg、文件.pdf
ITEMS = re.compile(r"[、,;，；。\n\r\t]+")
# words before a name in a cell: 见附件1：通知.pdf
LEADING = re.compile(r"^(?:详?见|参见|附件?|材料|佐证)*[\d一二三四五六七八九十]*[:：]?")
QUOTES = "《》“”\"'‘’()（）[]【】 "
LONG_STEM = 6  # characters of a name without its ending that are found inside a sentence
NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
TABLES = ("statements", "cases", "publicity", "incentives")
Fact = TypeVar("Fact", Statement, Case, Publicity, Incentive)
AnyFact = Statement | Case | Publicity | Incentive


@dataclass(frozen=True, slots=True)
class LooseFile:
    """A file beside the workbooks. ``path`` is the one below the package or folder, ``root`` that one's own name."""

    path: str
    sha256: str
    root: str = ""

    @property
    def name(self) -> str:
        """Return the file's own name."""
        return posixpath.basename(self.path)

    @property
    def folder(self) -> str:
        """Return the folder that it lies in, ``""`` for the package's own."""
        return posixpath.dirname(self.path)

    def evidence(self, found_by: FoundBy = FoundBy.REVIEWER) -> Evidence:
        """Return the file as evidence."""
        return Evidence(EvidenceKind.FILE, self.path, self.sha256, found_by=found_by)


@dataclass(frozen=True, slots=True)
class Matched:
    """The workbooks with their files, and the files that fit no row, each with the reason in Chinese."""

    books: tuple[ParsedWorkbook, ...]
    unmatched: tuple[tuple[LooseFile, str], ...]


def match_files(files: Sequence[LooseFile], books: Sequence[ParsedWorkbook], rulebook: Rulebook) -> Matched:
    """Give each file to the rows that name it, and to those that its name or folders name."""
    if not files:
        return Matched(tuple(books), ())
    labels = {file: _Label(file, rulebook, UnitIndex.of(rulebook)) for file in files}
    evidence_of: dict[int, list[Evidence]] = {}
    matched: set[LooseFile] = set()
    facts = [fact for book in books for table in TABLES for fact in getattr(book.facts, table)]
    for fact, file, found_by in (*_named(facts, labels), *_labelled(facts, labels)):
        matched.add(file)
        items = evidence_of.setdefault(id(fact), [])
        if all(item.sha256 != file.sha256 for item in items):
            items.append(file.evidence(found_by))
    whole = tuple(replace(book, facts=_with_files(book.facts, evidence_of)) for book in books)
    return Matched(whole, tuple((file, labels[file].why) for file in files if file not in matched))


def _with_files(facts: Facts, given: dict[int, list[Evidence]]) -> Facts:
    """Return facts with the files given to them; what a row has already is not given twice."""

    def proved(fact: Fact) -> Fact:
        more: Sequence[Evidence] = given.get(id(fact), ())
        return replace(fact, evidence=(*fact.evidence, *more)) if more else fact

    return replace(
        facts,
        statements=tuple(map(proved, facts.statements)),
        cases=tuple(map(proved, facts.cases)),
        publicity=tuple(map(proved, facts.publicity)),
        incentives=tuple(map(proved, facts.incentives)),
    )


# --- named in the row
def _named(facts: Iterable[AnyFact], labels: dict[LooseFile, _Label]) -> Iterator[tuple[AnyFact, LooseFile, FoundBy]]:
    """Yield the files that a row names; of several of one name, those nearest to the row's workbook.

    A file of no unit that is named without its ending by rows of several units (公示截图) is nobody's.
    """
    fitting: list[tuple[AnyFact, LooseFile, bool]] = []
    for fact in facts:
        texts = [item.name for item in fact.evidence if item.kind is EvidenceKind.TEXT]
        if not texts:
            continue
        words = Said("\n".join(texts))
        mine = [file for file, label in labels.items() if label.may_be_of(fact.ledger.unit) and words.names(file)]
        fitting += [(fact, f, words.in_full(f)) for f in _nearest(mine, posixpath.dirname(fact.source.workbook))]
    units: dict[LooseFile, set[str]] = {}
    for fact, file, _ in fitting:
        units.setdefault(file, set()).add(fact.ledger.unit)
    for fact, file, in_full in fitting:
        if in_full or len(units[file]) == 1:
            yield fact, file, FoundBy.NAMED


def _nearest(files: Sequence[LooseFile], folder: str) -> Iterator[LooseFile]:
    by_name: dict[str, list[LooseFile]] = {}
    for file in files:
        by_name.setdefault(file.name.casefold(), []).append(file)
    for alike in by_name.values():
        best = max(_shared(file.folder, folder) for file in alike)
        yield from (file for file in alike if _shared(file.folder, folder) == best)


def _shared(one: str, other: str) -> int:
    """Count the folders that two paths have in common from their beginning."""
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += bool(left)
    return count


class Said:
    """What a row's evidence cell says, made ready for looking up file names."""

    def __init__(self, text: str) -> None:
        self.text = _plain(unquote(text))
        items = (LEADING.sub("", item.strip(QUOTES)).strip(QUOTES) for item in ITEMS.split(unquote(text)))
        self.items = frozenset(filter(None, map(_plain, items)))

    def in_full(self, file: LooseFile) -> bool:
        """Tell whether the row names a file with its ending."""
        return _holds(self.text, _plain(file.name))

    def names(self, file: LooseFile) -> bool:
        """Tell whether the row names a file: its name or path, or, standing alone or long enough, without its ending."""
        name = _plain(file.name)
        stem = name.rpartition(".")[0] or name
        if stem in self.items or name in self.items:
            return True
        return _holds(self.text, name) or (len(stem) >= LONG_STEM and _holds(self.text, stem))


def _plain(text: str) -> str:
    return fold(text.replace("\\", "/")).casefold()


def _holds(text: str, name: str) -> bool:
    """Tell whether a text holds a name that is not only the end of a longer one (14A.pdf holds no 4A.pdf)."""
    at = text.find(name)
    while at >= 0:
        if not (at and name[0].isascii() and name[0].isalnum() and text[at - 1].isascii() and text[at - 1].isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


# --- by name and folder
class _Label:
    """What a file's name and folders say of unit, quarter and clause; the nearest to the file decides."""

    def __init__(self, file: LooseFile, rulebook: Rulebook, index: UnitIndex) -> None:
        self.file, self.rulebook, self.index = file, rulebook, index
        stem = file.name.rpartition(".")[0] or file.name
        folders = [part for part in file.folder.split("/") if part]
        root = file.root.rpartition(".")[0] or file.root
        self.levels = [level for level in (stem, *reversed(folders), root) if level]

    @cached_property
    def unit(self) -> Unit | None:
        """Return the unit that the path names; None where it names none, or several at one level."""
        return next((unit for level in self.levels if (unit := self.index.inside(level))), None)

    @cached_property
    def quarter(self) -> int | None:
        quarters = (find_quarter(fold(level)) for level in self.levels)
        return next((quarter.quarter for quarter in quarters if quarter), None)

    @cached_property
    def clauses(self) -> tuple[frozenset[str], bool]:
        """Return the clauses that the path names, and whether by the file's own name; a task stands for its clauses."""
        for number, level in enumerate(self.levels):
            plain = fold(level).upper()
            codes = {code for code in CODE.findall(plain) if code in self.rulebook.clause}
            if codes:
                return frozenset(codes), number == 0
            tasks = {_number(digits or short) for digits, short in TASK.findall(plain)}
            if tasks:
                return self._of_tasks(tasks), number == 0
        return frozenset(), False

    def _of_tasks(self, tasks: set[int]) -> frozenset[str]:
        """Return the deduction clauses of tasks: a task speaks for them as a row for the whole task does."""
        return frozenset(
            clause.code
            for clause in self.rulebook.clauses
            if clause.task in tasks and any(not term.is_bonus for term in clause.terms)
        )

    def may_be_of(self, unit: str) -> bool:
        """Tell whether a file may be a unit's: its path names this unit, or none."""
        return self.unit is None or self.unit.name == unit

    @property
    def found_by(self) -> FoundBy:
        return FoundBy.FILE_NAME if self.clauses[1] else FoundBy.FOLDER

    @property
    def why(self) -> str:
        """Say why a file fits no row."""
        if self.unit is None:
            return "文件名和文件夹没有写明单位"
        if not self.clauses[0]:
            return "文件名和文件夹没有写明评分项"
        return f"{self.unit.short}的台账里没有填报{'、'.join(sorted(self.clauses[0]))}"


def _number(text: str) -> int:
    """Read a task's number in digits or in Chinese, up to thirty-nine."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (NUMERALS.get(tens, 1) * 10 if ten else 0) + NUMERALS.get(ones, 0)


def _labelled(
    facts: Sequence[AnyFact], labels: dict[LooseFile, _Label]
) -> Iterator[tuple[AnyFact, LooseFile, FoundBy]]:
    """Yield the rows whose unit and clause a file's path names; of several quarters, the one that it names."""
    for file, label in labels.items():
        codes = label.clauses[0]
        if label.unit is None or not codes:
            continue
        mine = [fact for fact in facts if fact.ledger.unit == label.unit.name and _speaks(fact, codes, label.rulebook)]
        of_quarter = [fact for fact in mine if fact.ledger.quarter == label.quarter]
        for fact in of_quarter or mine:
            yield fact, file, label.found_by


def _speaks(fact: AnyFact, codes: frozenset[str], rulebook: Rulebook) -> bool:
    """Tell whether a row is of one of some clauses; a case is of its task's bonus clause."""
    if isinstance(fact, Statement):
        return fact.clause in codes
    if isinstance(fact, Case):
        return any(
            rulebook.clause[code].task == fact.task and all(term.is_bonus for term in rulebook.clause[code].terms)
            for code in codes
        )
    return False
