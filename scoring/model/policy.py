"""Which reading of each open sentence is in force."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """One reading for each of the seven open sentences; ``rules.toml`` says what they mean and which is the default."""

    late: Literal["by_wording", "strict", "lenient"] = "by_wording"
    quarterly: Literal["once", "each"] = "once"
    shared_hall: Literal["cumulative", "exclusive", "capped"] = "cumulative"
    evidence: Literal["required", "flagged"] = "required"
    late_ledger: Literal["accepted", "rejected"] = "accepted"
    responsible: Literal["scored", "named"] = "scored"
    median: Literal["standard", "citywide"] = "standard"

    def as_dict(self) -> dict[str, str]:
        """Return policy name -> reading name, in the order of the fields."""
        return asdict(self)
