"""What the administrator sets for the units' own door, each assessment year by itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Doors:
    """What units see, and when they may object.

    ``verdicts_at_once``: rulings as they fall; else those that stood at the newest 定稿 of the year. ``first_from`` and
    ``first_to`` are the days of objections after 初评 (None: there are none), ``final_days`` the working days after a
    定稿 in which it may be objected to (None: without end).
    """

    verdicts_at_once: bool = True
    first_from: date | None = None
    first_to: date | None = None
    final_days: int | None = None

    def as_text(self) -> str:
        """Write it as a setting's value."""
        return json.dumps(
            {name: str(value) if isinstance(value, date) else value for name, value in asdict(self).items()}
        )

    def is_open_first(self, day: date) -> bool:
        """Tell whether units may object after 初评 on a day."""
        return self.first_from is not None and self.first_to is not None and self.first_from <= day <= self.first_to


def doors_key(year: int) -> str:
    """Return the key of a year's setting."""
    return f"doors_{year}"


def read_doors(text: str | None) -> Doors:
    """Read a setting's value; None is the default.

    >>> read_doors(Doors(False, date(2023, 7, 1), date(2023, 7, 9), 5).as_text()).is_open_first(date(2023, 7, 9))
    True
    """
    given = json.loads(text) if text else {}
    days = {name: date.fromisoformat(given[name]) for name in ("first_from", "first_to") if given.get(name)}
    return Doors(**{**given, **days})
