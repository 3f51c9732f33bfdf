"""What the administrator sets for the units' own door, each assessment year by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doors:
    """What units see. ``verdicts_at_once``: rulings as they fall; else those that stood at the newest 定稿 of the year."""

    verdicts_at_once: bool = True

    def as_text(self) -> str:
        """Write it as a setting's value."""
        return json.dumps({"verdicts_at_once": self.verdicts_at_once}, sort_keys=True)


def doors_key(year: int) -> str:
    """Return the key of a year's setting."""
    return f"doors_{year}"


def read_doors(text: str | None) -> Doors:
    """Read a setting's value; None is the default.

    >>> read_doors(Doors(False).as_text()), read_doors(None).verdicts_at_once
    (Doors(verdicts_at_once=False), True)
    """
    return Doors(**json.loads(text)) if text else Doors()
