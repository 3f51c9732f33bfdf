"""Which reading of each open sentence is in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """One reading for each of the nine open sentences; ``rules.toml`` says what they mean and which is the default."""

    late: Literal["by_wording", "strict", "lenient"] = "by_wording"
    quarterly: Literal["once", "each"] = "once"
    shared_hall: Literal["cumulative", "exclusive", "capped"] = "cumulative"
    evidence: Literal["required", "flagged"] = "required"
    late_ledger: Literal["accepted", "rejected"] = "accepted"
    responsible: Literal["scored", "named"] = "scored"
    median: Literal["standard", "citywide"] = "standard"
    silence: Literal["all", "one"] = "all"
    partners: Literal["three", "two"] = "three"

    def as_dict(self) -> dict[str, str]:
        """Return policy name -> reading name, in the order of the fields."""
        return {name: getattr(self, name) for name in POLICIES}


POLICIES = tuple(field.name for field in fields(Policy))
BEFORE_NAMED: Mapping[str, str] = {"silence": "one", "partners": "three"}
"""How sentences were read before a policy named their readings: rules and boards of that time say nothing of them."""


def recorded_policy(readings: Mapping[str, str]) -> Policy:
    """Return the policy that was kept as these readings; one from before a policy had its name reads as it was scored.

    Raises:
        TypeError: a name is no policy.
    """
    return Policy(**{**BEFORE_NAMED, **readings})  # type: ignore[arg-type]


def policy_hash(policy: Policy) -> str:
    """Return the SHA-256 that names a policy on a receipt: of its readings as JSON, sorted by name, without spaces."""
    text = json.dumps(policy.as_dict(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()
