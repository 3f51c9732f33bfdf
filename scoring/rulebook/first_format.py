"""Rule files of before 2026-11-27, which knew two kinds of unit and did not describe them: what they meant is written in.

Databases keep every rule text that was ever in force, so these files are read for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from scoring.rulebook.toml_table import Mistake

LISTED = 3  # the city publishes the first three and the last three counties; of departments it publishes no lists

PLACES = {  # where such a file says what the kinds of unit say now
    "kind[0].base": "assessment.county_base",
    "kind[0].case_cap": "assessment.case_cap",
    "kind[1].base": "assessment.department_base",
    "kind[1].responsibility": "assessment.responsibility",
}


def with_kinds(values: Mapping[str, Any]) -> Mapping[str, Any]:  # the edge where TOML's values are untyped
    """Return a rule file's values with its kinds of unit; a file that describes them is returned as it is."""
    frame = values.get("assessment")
    if "kind" in values or not isinstance(frame, Mapping):
        return values
    moved = {"county_base", "department_base", "case_cap", "responsibility"}
    county = {
        "name": "county", "title": "各县（市）区", "noun": "县（市）区", "base": frame.get("county_base"), "column": "county",
        "case_cap": frame.get("case_cap"), "listed": LISTED,
    }  # fmt: skip
    department = {
        "name": "department", "title": "市级责任部门", "noun": "市级责任部门", "base": frame.get("department_base"),
        "column": "department", "by_task": True, "responsibility": frame.get("responsibility"),
        "case_cap": frame.get("case_cap") if _earns(values, "department") else None,
    }  # fmt: skip
    kinds = [{key: value for key, value in kind.items() if value is not None} for kind in (county, department)]
    rest = {key: value for key, value in frame.items() if key not in moved}
    return {**values, "assessment": rest, "kind": kinds}


def _earns(values: Mapping[str, Any], kind: str) -> bool:
    """Tell whether some clause adds points for a kind: the cap on them was one for all kinds."""
    clauses = values.get("clause", [])
    terms = [term for clause in clauses if isinstance(clause, Mapping) for term in clause.get("term", [])]
    return any(isinstance(t, Mapping) and t.get("kind") == kind and _is_positive(t.get("points")) for t in terms)


def _is_positive(value: object) -> bool:
    return isinstance(value, int | Decimal) and value > 0


def in_its_own_words(mistakes: list[Mistake], values: Mapping[str, Any]) -> list[Mistake]:
    """Return mistakes with the paths that the file itself has."""
    if "kind" in values:
        return mistakes
    return [replace(mistake, path=PLACES.get(mistake.path, mistake.path)) for mistake in mistakes]
