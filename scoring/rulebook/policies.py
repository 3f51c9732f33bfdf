"""Choose readings by name, checked against the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.model.policy import BEFORE_NAMED, Policy
from scoring.model.rules import Rulebook


class PolicyError(ValueError):
    """A policy or a reading of that name does not exist."""


def make_policy(rulebook: Rulebook, chosen: Mapping[str, str]) -> Policy:
    """Return the rulebook's default readings with the chosen ones put in.

    Raises:
        PolicyError: a name is no policy, or a value none of its readings; the message lists what there is.
    """
    policies = {rule.name: rule for rule in rulebook.policies}
    values: dict[str, Any] = {**BEFORE_NAMED, **{rule.name: rule.default for rule in rulebook.policies}}
    for name, value in chosen.items():
        if name not in policies:
            raise PolicyError(f"没有口径“{name}”，可选的有 {'、'.join(policies)}")
        readings = [reading.name for reading in policies[name].readings]
        if value not in readings:
            raise PolicyError(f"口径 {name} 没有“{value}”这种读法，可选的有 {'、'.join(readings)}")
        values[name] = value
    return Policy(**values)


def fitting(rulebook: Rulebook, policy: Policy) -> Policy:
    """Return the policy as rules that do not name all of its readings have it: what they leave out stands as before."""
    named = {rule.name for rule in rulebook.policies}
    return make_policy(rulebook, {name: reading for name, reading in policy.as_dict().items() if name in named})
