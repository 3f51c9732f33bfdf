"""Compare a unit's rosters from quarter to quarter: they are cumulative, and no row may be lost on the way."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from scoring.model.facts import Facts
from scoring.model.rosters import RosterRow
from scoring.problems import CATALOGUE, Problem
from scoring.words.phrasing import NUMERALS

SHOWN_NAMES = 3
Key = tuple[str, date]


def roster_problems(facts: Facts) -> tuple[Problem, ...]:
    """Warn of rows that stood in a quarter's roster and are gone from the next one of the year (名单未累计).

    One warning a later roster, at its header. Rows are told apart by the enterprise's name and its 受理日期.
    """
    rosters: dict[tuple[str, int], dict[int, dict[Key, RosterRow]]] = {}
    for row in facts.roster:
        whose = row.ledger.unit, row.ledger.year
        rosters.setdefault(whose, {}).setdefault(row.ledger.quarter, {}).setdefault(row.key, row)
    problems = []
    for whose in sorted(rosters):
        quarters = sorted(rosters[whose])
        for earlier, later in pairwise(quarters):
            before, after = rosters[whose][earlier], rosters[whose][later]
            gone = [before[key].enterprise for key in sorted(before.keys() - after.keys())]
            if gone:
                problems.append(
                    _lost(gone, later, max(after.values(), key=lambda row: (row.ledger.order, row.position)))
                )
    return tuple(problems)


def _lost(gone: list[str], quarter: int, row: RosterRow) -> Problem:
    names = "、".join(gone[:SHOWN_NAMES]) + ("等" if len(gone) > SHOWN_NAMES else "")
    return CATALOGUE["roster-not-cumulative"].at(row.header, len(gone), quarter=NUMERALS[quarter], names=names)
