"""What came out of one workbook."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.model.facts import Facts
from scoring.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class ParsedWorkbook:
    """The facts of one workbook with everything that is wrong with it.

    ``refused`` is True where the file is no ledger at all: then ``facts`` is empty and nothing of it is stored.
    ``left_alone`` names the sheets that are no part of a ledger. ``rows_kept_out`` counts rows that an error kept out.
    """

    workbook: str
    facts: Facts
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    left_alone: tuple[str, ...] = ()
    rows_read: int = 0
    rows_kept_out: int = 0

    @property
    def has_errors(self) -> bool:
        """Tell whether at least one problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
