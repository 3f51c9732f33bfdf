"""The rules of all years: ``rules.toml``, ``rules/*.toml`` beside it, and files that were named besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.model.rules import Rulebook
from scoring.rulebook.read import DEFAULT_RULES, RulebookError, load_rulebook
from scoring.rulebook.toml_table import Mistake

FOLDER = "rules"


@dataclass(frozen=True, slots=True)
class Rulebooks:
    """The rules by year. ``first`` is the year that is looked at where none is asked for."""

    first: int
    by_year: Mapping[int, Rulebook]

    def others(self, year: int) -> tuple[Rulebook, ...]:
        """Return the rules of all years but one, in order."""
        return tuple(self.by_year[other] for other in sorted(self.by_year) if other != year)


def rule_files(own: Path = DEFAULT_RULES) -> tuple[Path, ...]:
    """Return ``rules.toml`` and the files of further years in the folder ``rules`` beside it."""
    return (own, *sorted((own.parent / FOLDER).glob("*.toml")))


def load_rulebooks(named: Sequence[Path] = (), own: Path = DEFAULT_RULES) -> Rulebooks:
    """Read the rules of all years.

    A ``named`` file of the year of ``rules.toml`` stands in its place; that is how a changed copy is tried. Any other
    two files of one year are a mistake. ``first`` is the year of ``rules.toml``, or of the one named file.

    Raises:
        RulebookError: a file cannot be used, or two are of one year; all mistakes of all files at once.
    """
    standing = {path.resolve(): path.relative_to(own.parent).as_posix() for path in rule_files(own)}
    asked = {path.resolve(): str(path) for path in named if path.resolve() not in standing}
    read, errors = {}, []
    for path, name in (standing | asked).items():
        try:
            read[path] = load_rulebook(path, name)
        except RulebookError as error:
            errors.append(error)
    if errors:
        raise RulebookError.joined(errors)
    year_of = {path: book.assessment.year for path, book in read.items()}
    replaced = {path for path in [own.resolve()] if year_of[path] in {year_of[other] for other in asked}}
    kept = [(name, read[path]) for path, name in (standing | asked).items() if path not in replaced]
    _refuse_twice(kept)
    _refuse_unknown(kept)
    only = named[0].resolve() if len(named) == 1 else own.resolve()
    return Rulebooks(year_of[only], {book.assessment.year: book for _, book in kept})


def _refuse_twice(books: Iterable[tuple[str, Rulebook]]) -> None:
    """Refuse two files of one year, naming both."""
    seen: dict[int, str] = {}
    errors = []
    for name, book in books:
        year = book.assessment.year
        if year in seen:
            errors.append(
                RulebookError(name, [Mistake("assessment.year", f"{year}年度的细则有两份：{seen[year]} 和 {name}")])
            )
        seen.setdefault(year, name)
    if errors:
        raise RulebookError.joined(errors)


def _refuse_unknown(books: Sequence[tuple[str, Rulebook]]) -> None:
    """Refuse a clause that continues what is no clause of the other year, where that year's rules are here."""
    by_year = {book.assessment.year: (name, book) for name, book in books}
    errors = []
    for name, book in books:
        for number, clause in enumerate(book.clauses):
            year, _, code = clause.continues.partition(":")
            other = by_year.get(int(year)) if year else None
            if other and code not in other[1].clause:
                reason = f"接续的是{year}年度的 {code}，{other[0]} 里没有这个条款"
                errors.append(RulebookError(name, [Mistake(f"clause[{number}].continues", reason)]))
    if errors:
        raise RulebookError.joined(errors)
