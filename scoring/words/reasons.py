"""The stock of reasons for a ruling: those that were used before for the same clause and verdict, then the ready ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scoring.model.facts import Ruling, Verdict

FILE = Path(__file__).with_name("reasons.toml")
MOST = 12  # reasons that are offered


def ready_reasons(path: Path = FILE) -> Mapping[str, Any]:
    """Return what the file of ready reasons says."""
    return tomllib.loads(path.read_text("utf-8"))


def reasons(before: Iterable[Ruling], clause: str, verdict: Verdict, ready: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reasons to offer for a verdict on a clause, each once; never empty.

    First those given before for this clause and verdict, the last one first, then the ready ones of the clause, the
    ready ones of the verdict, and those given before for other clauses. ``before`` are rulings in the order of entering.
    """
    given = [ruling for ruling in reversed(list(before)) if ruling.verdict is verdict]
    same = [ruling.reason for ruling in given if ruling.clause == clause]
    own = ready.get("clause", {}).get(clause, {}).get(verdict.value, [])
    others = [ruling.reason for ruling in given if ruling.clause != clause]
    ordered = dict.fromkeys([*same, *own, *ready[verdict.value]["reasons"], *others])
    return tuple(ordered)[:MOST]
