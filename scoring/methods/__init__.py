"""The methods: one small pure file for each way of judging a clause, which ends in its record ``METHOD``.

A new way of judging is one more file in this folder. Everybody else asks ``method_of`` for the record of a clause's
method, or, where judging must not be known (reading ledgers, the blank ledger), looks at the term's traits.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from scoring.methods.record import Method
from scoring.model.rules import Term


def _records() -> dict[str, Method]:
    """Collect the records of this folder's files, by name."""
    files = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    records = (getattr(file, "METHOD", None) for file in files)
    return {record.traits.name: record for record in records if isinstance(record, Method)}


METHODS: dict[str, Method] = _records()


def method_of(term: Term) -> Method:
    """Return the record of a term's method."""
    return METHODS[term.method]
