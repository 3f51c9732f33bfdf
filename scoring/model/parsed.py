"""What came out of one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.model.evidence import Evidence
from scoring.model.facts import Facts
from scoring.problems import Problem, Severity

Choices = Mapping[str, str]  # the key of a contradiction -> the name of the side that a reviewer says stands
NO_CHOICES: Choices = {}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the places that contradict each other. ``name`` tells it apart, ``shown`` says in Chinese which it is."""

    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two or more places of a workbook that say different things, of which a reviewer may say which one stands.

    ``key`` names it again when the workbook is read again. ``rows`` hold what each side says: (of what, one value a side).
    ``stands`` is the ``name`` of the side that a reviewer chose, ``""`` where nobody did.
    """

    key: str
    title: str
    sides: tuple[Side, ...]
    rows: tuple[tuple[str, ...], ...]
    stands: str = ""


@dataclass(frozen=True, slots=True)
class ParsedWorkbook:
    """The facts of one workbook with everything that is wrong with it.

    ``refused`` is True where the file is no ledger at all: then ``facts`` is empty and nothing of it is stored.
    ``left_alone`` names the sheets that are no part of a ledger. ``rows_kept_out`` counts rows that an error kept out,
    ``rows_unplaced`` those among them of which the ledger cannot be told. ``other_years`` are the years of the ledgers
    in it that were set aside.
    ``loose`` are files that came in the same package and fit no row: they are kept with it until somebody places them.
    """

    workbook: str
    facts: Facts
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    left_alone: tuple[str, ...] = ()
    rows_read: int = 0
    rows_kept_out: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    loose: tuple[Evidence, ...] = ()
    rows_unplaced: int = 0
    other_years: tuple[int, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether at least one problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
