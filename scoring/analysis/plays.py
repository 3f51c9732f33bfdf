"""Scenarios played out beside the board as it stands: what each would change, in words and as tables."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.analysis.comparison import ClauseChange, Comparison, compare
from scoring.analysis.position import Position
from scoring.scenario.text import ALL, Change, Scenario


@dataclass(frozen=True)
class Play:
    """One scenario played out. ``position`` is what it makes of the base, ``comparison`` the two boards side by side."""

    title: str
    scenario: Scenario
    position: Position
    comparison: Comparison

    @property
    def made(self) -> tuple[ClauseChange, ...]:
        """Return the findings of the scenario's own units that it makes another: what is said again changes nothing."""
        return tuple(change for change in self.comparison.clauses if change.unit in self.scenario.units)

    def is_idle(self, change: Change) -> bool:
        """Tell whether a change leaves its clause as it stands without the scenario."""
        own = (made for made in self.made if made.unit == change.unit)
        return not any(change.clause in (ALL, made.clause) for made in own)


def play(position: Position, scenario: Scenario, title: str = "") -> Play:
    """Play a scenario on a position; the empty one changes nothing."""
    after = position.with_scenario(scenario)
    return Play(title, scenario, after, compare(position.board, after.board))
