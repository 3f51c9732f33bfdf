"""Read a workbook that may hold ledgers of several years, each by the rules of its own year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from scoring.files.cells import Workbook
from scoring.files.reading import read_workbook
from scoring.ledger.parse import OTHER_YEAR, in_order, parse_year
from scoring.ledger.rows.clauses import NOTHING_NAMED, Named
from scoring.ledger.sheet.years import Years
from scoring.model.facts import Facts
from scoring.model.gc_pause import no_collecting
from scoring.model.parsed import NO_CHOICES, Choices, ParsedWorkbook
from scoring.model.rules import Rulebook
from scoring.problems import Problem


def read_every_year(
    data: bytes,
    name: str,
    rulebooks: Sequence[Rulebook],
    upload: int = 0,
    named: Named = NOTHING_NAMED,
    choices: Choices = NO_CHOICES,
    received: date | None = None,
) -> ParsedWorkbook:
    """Read a workbook's bytes as ``read_ledger``, each ledger in it by the rules of its own year.

    The first of the rules is of the year that a ledger belongs to which names neither its year nor its 报送日期.
    """
    with no_collecting():
        workbook = read_workbook(data, name)
        if isinstance(workbook, Problem):
            return ParsedWorkbook(name, Facts(), (workbook,), refused=True)
        return parse_every_year(workbook, rulebooks, upload, named, choices, received)


def read_first_year(data: bytes, name: str, rulebooks: Sequence[Rulebook], upload: int = 0) -> ParsedWorkbook:
    """Read a workbook's bytes by the first of the rules; ledgers of the years of the others are set aside with a warning."""
    with no_collecting():
        workbook = read_workbook(data, name)
        if isinstance(workbook, Problem):
            return ParsedWorkbook(name, Facts(), (workbook,), refused=True)
        return parse_first_year(workbook, rulebooks, upload)


def parse_first_year(workbook: Workbook, rulebooks: Sequence[Rulebook], upload: int = 0) -> ParsedWorkbook:
    """Turn a workbook's cells into facts and problems of the year of the first of the rules."""
    with no_collecting():
        return parse_year(workbook, rulebooks[0], Years.of(rulebooks), upload, NOTHING_NAMED, NO_CHOICES, None)


def parse_every_year(
    workbook: Workbook,
    rulebooks: Sequence[Rulebook],
    upload: int = 0,
    named: Named = NOTHING_NAMED,
    choices: Choices = NO_CHOICES,
    received: date | None = None,
) -> ParsedWorkbook:
    """Turn a workbook's cells into facts and problems of every year that it holds, each by its own rules."""
    years = Years.of(rulebooks)
    with no_collecting():
        first = parse_year(workbook, rulebooks[0], years, upload, named, choices, received)
        further = [book for book in rulebooks[1:] if book.assessment.year in first.other_years]
        parts = [first, *(parse_year(workbook, book, years, upload, named, choices, received) for book in further)]
    return first if not further else _together(workbook, parts)


def _together(workbook: Workbook, parts: Sequence[ParsedWorkbook]) -> ParsedWorkbook:
    """Put together what was read by the rules of several years; what each of them says alike is said once."""
    problems = [problem for part in parts for problem in part.problems if problem.code != OTHER_YEAR]
    again = min(part.rows_unplaced for part in parts) * (len(parts) - 1)
    return replace(
        parts[0],
        facts=Facts.joined(part.facts for part in parts),
        problems=tuple(in_order(problems, workbook.sheets)),
        rows_read=sum(part.rows_read for part in parts),
        rows_kept_out=sum(part.rows_kept_out for part in parts) - again,
        contradictions=tuple(dict.fromkeys(chain.from_iterable(part.contradictions for part in parts))),
        other_years=(),
    )
