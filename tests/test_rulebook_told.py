"""All that is read of ``rules.toml``, field by field: units, tasks, clauses and their terms, classes, readings, notes.

After a change of the rules look at what differs and write the file anew: ``python -m tests.test_rulebook_told``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from scoring.model.rules import Term
from scoring.rulebook.read import load_rulebook, parse_rulebook

TOLD = Path(__file__).with_name("rulebook_told.txt")
RULES = (Path(__file__).parents[1] / "rules.toml").read_bytes()
LEFT_OUT = {"rules_hash", "traits"}  # what a method is stands in its record


LONGEST = 24  # of a longer text its begin, its end and its length are told
MANY = 8  # of so many only the first, the last and how many


def told(name: str, value: Any) -> Iterator[str]:
    """Tell a value: a line for each object, its own fields on it, and those of what it holds below."""
    if is_dataclass(value):
        own = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in LEFT_OUT}
        own |= {"method": value.method} if isinstance(value, Term) else {}
        held = {key: entry for key, entry in own.items() if _holds(entry)}
        yield f"{name}: " + " | ".join(f"{key} {_short(entry)}" for key, entry in own.items() if key not in held)
        for key, entry in held.items():
            yield from told(f"{name} {key}" if name else key, entry)
    else:
        for key, entry in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from told(f"{name} {key}", entry)


def _holds(value: Any) -> bool:
    """Tell whether a value is an object, or holds some."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    return any(map(is_dataclass, inner))


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + "，".join(f"{key}={_short(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, (frozenset, tuple)):
        listed = [_short(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
        return f"({'，'.join(listed)})" if len(listed) < MANY else f"({listed[0]}……{listed[-1]}，共{len(listed)})"
    text = " ".join(str(value.value if isinstance(value, Enum) else value).split())
    return text if len(text) <= LONGEST else f"{text[:8]}…{text[-8:]}（{len(text)}）"


def test_every_field_is_read_as_it_was() -> None:
    assert list(told("", parse_rulebook(RULES))) == TOLD.read_text("utf-8").splitlines()


def test_rules_are_known_by_the_hash_of_their_bytes() -> None:
    assert parse_rulebook(RULES).rules_hash == load_rulebook().rules_hash == sha256(RULES).hexdigest()


if __name__ == "__main__":
    TOLD.write_text("\n".join(told("", parse_rulebook(RULES))) + "\n", "utf-8")
