"""Begin a year: last year's rules with their dates a year on, and a list of all that a person must hold against the text.

The list stands in the file itself, one ``[[confirm]]`` for each sentence, number and date. As long as one of them names
nobody, or what it names was changed since, the file cannot be used.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from scoring.rulebook.toml_table import Mistake

CONFIRM = "confirm"
NOT_ASKED = frozenset(
    {
        "format",
        "kind",
        "method",
        "short",
        "code",
        "tile",
        "aliases",
        "words",
        "names",
        "all_of",
        "none_of",
        "reading",
        "continues",
    }
)  # how ledgers and people call things; it is no part of the published text
SHOWN = 30


def begin(text: str, year: int) -> str:
    """Return the rules of a year made of another year's, with everything in it still to be confirmed.

    Years that are plainly the assessment's own (2023-06-30, 2023年6月30日, the close in January 2024) move along; a day in
    another year (2025年12月31日) stays as it is, to be looked at.

    Raises:
        ValueError: the text is no rule file, or is of that year already.
    """
    before = tomllib.loads(text).get("assessment", {}).get("year")
    if not isinstance(before, int):
        raise ValueError("文件里没有 assessment.year")
    if before == year:
        raise ValueError(f"这份细则就是{year}年度的")
    text = text.partition(f"\n[[{CONFIRM}]]")[0]
    # the year in sentences and days: 2023年, 2023-06-30
    shifted = re.sub(rf"(?<!\d){before}(?=年|-\d\d-\d\d)", str(year), text)
    # the day on which a year closes, which lies in the next: closes = 2024-01-31
    shifted = re.sub(rf"(?m)^(closes = ){before + 1}(?=-)", rf"\g<1>{year + 1}", shifted)
    # the year itself: year = 2023
    shifted = re.sub(rf"(?m)^(year = ){before}\b", rf"\g<1>{year}", shifted)
    # what leaves sentences out, for the new year's are those of the last: continues = "…"
    shifted = re.sub(r"(?m)^continues = .*\n", "", shifted)
    entries = [_entry(path, value) for path, value in leaves(_values(shifted))]
    return (
        shifted.rstrip("\n")
        + "\n\n# 逐条对照新印发的原文核对，在 by 里写核对人的姓名；全部写完才能生效。\n"
        + "".join(entries)
    )


def confirm(text: str, paths: Collection[str], name: str) -> tuple[str, int]:
    """Write a name under every entry with one of the paths; return the text and how many.

    An entry takes the value as it stands in the file now: that is what was confirmed.
    """
    values = _values(text)
    head = text.partition(f"\n[[{CONFIRM}]]")[0]
    known = _entries(values)
    done, entries = 0, []
    for path, value in leaves(values):
        named = path in paths
        done += named
        kept = known.get(path, {})
        same = kept.get("value") == _shown(value)
        entries.append(_entry(path, value, name if named else str(kept.get("by", "")) if same else ""))
    return head.rstrip("\n") + "\n\n" + "".join(entries), done


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, number, date or flag of a draft. ``by`` is who confirmed it as it stands, ``""`` where nobody did."""

    path: str
    value: str
    by: str

    @property
    def group(self) -> str:
        """Name the table that it stands in: ``task[0]``, ``assessment``."""
        return self.path.partition(".")[0]


@lru_cache(maxsize=8)  # a page asks on every rerun
def lines(text: str) -> tuple[Line, ...]:
    """List all that a person must hold against the published text, in the order of the file.

    Raises:
        ValueError: the text is no TOML.
    """
    values = _values(text)
    known = _entries(values)
    listed = []
    for path, value in leaves(values):
        entry, shown = known.get(path, {}), _shown(value)
        listed.append(Line(path, shown, str(entry.get("by", "")).strip() if entry.get("value") == shown else ""))
    return tuple(listed)


def below(found: Iterable[Line], path: str) -> tuple[Line, ...]:
    """List the lines that a path names, and those of the table that it names: ``task[0]``."""
    return tuple(line for line in found if line.path == path or line.path.startswith((f"{path}.", f"{path}[")))


def apart(found: Iterable[Line], last: Mapping[str, str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Part lines into those that are last year's to the letter, and those that were shifted, edited or added.

    ``last`` is path -> value of last year's rules. The former may be confirmed together, the latter only one by one.
    """
    same: list[Line] = []
    other: list[Line] = []
    for line in found:
        (same if line.value == last.get(line.path) else other).append(line)
    return tuple(same), tuple(other)


def unconfirmed(values: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield everything that nobody has confirmed; nothing where the file asks for no confirming."""
    if CONFIRM not in values:
        return
    known = _entries(values)
    for path, value in leaves(values):
        entry = known.get(path)
        if entry is None or not str(entry.get("by", "")).strip():
            yield Mistake(path, f"还没有人核对：{_short(value)}")
        elif entry.get("value") != _shown(value):
            yield Mistake(path, f"核对之后又改过：核对的是{_short(entry.get('value'))}，现在是{_short(value)}")


def leaves(values: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of every sentence, number, date and flag that belongs to the published text."""
    if isinstance(values, dict):
        for key, value in values.items():
            is_table = key == "kind" and isinstance(value, list)  # the kinds of unit, not the kind of one unit
            if (is_table or key not in NOT_ASKED) and (path or key != CONFIRM):
                yield from leaves(value, f"{path}.{key}".strip("."))
    elif isinstance(values, list) and any(isinstance(item, dict | str) for item in values):
        for number, item in enumerate(values):
            yield from leaves(item, f"{path}[{number}]")
    elif values not in ("", []):
        yield path, values


def _entries(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Look the file's own list up by path; what is no entry is left aside."""
    listed = values.get(CONFIRM, [])
    entries = listed if isinstance(listed, list) else []
    return {str(entry.get("path")): entry for entry in entries if isinstance(entry, dict)}


def year_of(text: str) -> int | None:
    """Return the year that a draft says; None where it says none.

    Raises:
        ValueError: the text is no TOML.
    """
    assessment = _values(text).get("assessment")
    year = assessment.get("year") if isinstance(assessment, dict) else None
    return year if isinstance(year, int) else None


def _values(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def _entry(path: str, value: object, name: str = "") -> str:
    written = (json.dumps(one, ensure_ascii=False) for one in (path, _shown(value), name))
    return "[[{}]]\npath = {}\nvalue = {}\nby = {}\n".format(CONFIRM, *written)


def _short(value: object) -> str:
    return " ".join(_shown(value).split())[:SHOWN]


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
