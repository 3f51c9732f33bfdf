"""Know a unit by any of its usual names."""

from __future__ import annotations

import unicodedata

from scoring.model.rules import Rulebook, Unit


def fold_name(text: str) -> str:
    """Fold white space and full-width forms, so that 五 华 区 is 五华区."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_unit(rulebook: Rulebook, name: str) -> Unit | None:
    """Return the unit that a name or alias belongs to; None where no unit is called so."""
    wanted = fold_name(name)
    return next(
        (
            unit
            for unit in rulebook.units
            if wanted in {fold_name(text) for text in (unit.name, unit.short, *unit.aliases)}
        ),
        None,
    )
