"""Holidays of years that the calendar package does not know yet: a small table that the office fills in itself.

``data/holidays.toml`` has one table a year: ``off`` are the days off that fall on Monday to Friday, ``work`` the Saturdays
and Sundays on which people work. A table that begins with ``whole = true`` stands for the calendar package as well: what it
does not name is not known. Final boards keep such a one.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

WHOLE = "whole"
VARIABLE = "KUNMING_ASSESSMENT_DATA"  # the folder of the data, where it is not ``data`` beside the program
HOME = Path(__file__).resolve().parents[2] / "data"
FILE = "holidays.toml"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearDays:
    """One year's days off from Monday to Friday, and the weekends on which people work."""

    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Holidays:
    """The table. ``is_whole``: a year that it does not name is not known, whatever the calendar package says."""

    years: Mapping[int, YearDays]
    is_whole: bool = False


def table_path() -> Path:
    """Return the file of the table."""
    return Path(os.environ.get(VARIABLE) or HOME) / FILE


_given: list[str] = []  # the table of a final board that is being checked, in place of the office's own


@lru_cache(maxsize=1)
def table() -> Holidays:
    """Return the table, read once; a file that is not there or cannot be read is an empty one."""
    return parsed_or_empty(_given[-1] if _given else table_text())


def parsed_or_empty(text: str) -> Holidays:
    """Read a table's text; what cannot be read is an empty table."""
    try:
        return parse_table(text)
    except ValueError:
        return Holidays({})


def table_text() -> str:
    """Return the text of the table's file; empty where there is none."""
    try:
        return table_path().read_text(encoding="utf-8")
    except OSError:
        return ""


@contextmanager
def given_table(text: str) -> Iterator[None]:
    """Let another table stand for the office's own meanwhile, in the whole process: for the command line."""
    _given.append(text)
    table.cache_clear()
    try:
        yield
    finally:
        _given.pop()
        table.cache_clear()


def parse_table(text: str) -> Holidays:
    """Read the table's text.

    Raises:
        ValueError: it is no such table; the message says in Chinese what is wrong.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError("节假日表不是正确的 TOML，请检查括号、逗号和日期") from error
    is_whole = values.pop(WHOLE, False) is True
    return Holidays({_year(name): _days(_year(name), days) for name, days in values.items()}, is_whole)


def _year(name: str) -> int:
    if not (name.isascii() and name.isdigit() and len(name) == len("2027")):
        raise ValueError(f"节假日表里的“{name}”不是年度")
    return int(name)


def _days(year: int, days: object) -> YearDays:
    if not isinstance(days, dict) or days.keys() - {"off", "work"}:
        raise ValueError(f"{year}年下面只能有 off（放假）和 work（上班）")
    off, work = (_listed(year, days.get(key, [])) for key in ("off", "work"))
    wrong = [day for day in off if day.weekday() >= SATURDAY] + [day for day in work if day.weekday() < SATURDAY]
    if wrong:
        raise ValueError(f"{wrong[0]} 写错了地方：放假只写周一至周五的，上班只写周六、周日的")
    return YearDays(frozenset(off), frozenset(work))


def _listed(year: int, days: object) -> list[date]:
    good = isinstance(days, list) and all(
        isinstance(day, date) and not isinstance(day, datetime) and day.year == year for day in days
    )
    if not isinstance(days, list) or not good:
        raise ValueError(f"{year}年的日期应写成 {year}-01-01 这样，都在这一年里")
    return list(days)


def write_year(year: int, off: Iterable[date], work: Iterable[date]) -> None:
    """Put one year into the table, in place of what stood there, and take it into account from now on.

    Raises:
        ValueError: a day does not fit.
        OSError: the file cannot be written.
    """
    days = _days(year, {"off": list(off), "work": list(work)})
    text = written_table({**table().years, year: days})
    path = table_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".making")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    table.cache_clear()


def written_table(years: Mapping[int, YearDays]) -> str:
    """Write a table's years in order."""
    return "\n".join(_written(one, years[one]) for one in sorted(years))


def _written(year: int, days: YearDays) -> str:
    off, work = (", ".join(map(str, sorted(dates))) for dates in (days.off, days.work))
    return f"[{year}]\noff = [{off}]\nwork = [{work}]\n"
