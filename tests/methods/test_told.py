"""Every change that a what-if can make of every kind of clause, word for word: which facts go, and which come.

After a deliberate change: ``python -m tests.methods.test_told``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from scoring.methods import method_of
from scoring.model.changes import RULINGS, Act, Change
from scoring.model.facts import Facts
from scoring.rulebook.read import load_rulebook
from scoring.scenario.text import Scenario
from scoring.scenario.what_if import apply
from tests.builders import case, ledger, roster_row, ruling, statement

TOLD = Path(__file__).with_name("told.txt")
RULEBOOK = load_rulebook()
COUNTY, OTHER, BUREAU = "五华区", "盘龙区", "市政务服务局"
CLAUSES = ((COUNTY, "4A"), (COUNTY, "4C"), (COUNTY, "8A"), (COUNTY, "9C"), (BUREAU, "9A"), (COUNTY, "20A"),
           (COUNTY, "2B"), (COUNTY, "2C"))  # fmt: skip
DAYS = (date(2023, 7, 1), date(2023, 12, 31))
SENT = {2: date(2023, 6, 8), 3: date(2023, 9, 20)}  # the second in time, the third late


def world() -> Facts:
    """Two counties and a bureau that stated every clause in two quarters, without evidence in the second of them."""
    ledgers = {(unit, q): ledger(unit, q, day) for unit in (COUNTY, OTHER, BUREAU) for q, day in SENT.items()}
    codes = ("4A", "8A", "9A", "9C", "20A", "2B")
    return Facts(
        tuple(ledgers.values()),
        tuple(
            statement(code, at=at, quantity=2, evidence="截图" if at.quarter == 2 else "")
            for at in ledgers.values()
            for code in codes
        ),
        cases=tuple(
            case(task, at=at, evidence="截图" if at.quarter == 2 else "") for at in ledgers.values() for task in (4, 5)
        ),
        roster=tuple(roster_row(at=at) for at in ledgers.values() if at.unit != BUREAU),
        rulings=(ruling("4A", "rejected", date(2023, 6, 20)),),
    )


def tell(facts: Facts) -> list[str]:
    """Return a line for each fact."""
    return [
        *(f"台账 {_of(one)}" for one in facts.ledgers),
        *(f"填报 {_of(s.ledger)} {s.clause} {s.status} {s.done_on} {s.quantity} {s.position} {_proof(s)} {s.said}"
          for s in facts.statements),
        *(f"案例 {_of(c.ledger)} {c.task} {c.title} {c.day} {c.position} {_proof(c)}" for c in facts.cases),
        *(f"名单 {_of(r.ledger)} {r.enterprise} {r.source} {r.header}" for r in facts.roster),
        *(f"认定 {r.unit} {r.clause} {r.verdict} {r.day} {r.reason} {r.reviewer}" for r in facts.rulings),
    ]  # fmt: skip


def _of(one: Any) -> str:
    return f"{one.unit} {one.quarter} {one.submitted} {one.dated} {one.upload}"


def _proof(fact: Any) -> str:
    return f"{fact.source} {[item.name for item in fact.evidence]}"


def changes(unit: str, code: str) -> Iterator[Change]:
    """Return each act that a clause takes: bare, with a day, with a number, for a quarter."""
    term = next(term for clause, term in RULEBOOK.terms_of[unit] if clause.code == code)
    for act in sorted(method_of(term).acts):
        if act is Act.COUNT:
            yield Change(unit, code, act, number=3)
            yield Change(unit, code, act, date(2023, 5, 5), 0)
            continue
        yield Change(unit, code, act)
        if act in (Act.DONE, Act.BARE):
            yield Change(unit, code, act, date(2023, 5, 5))
        if term.traits.by_quarter and act not in RULINGS:
            yield Change(unit, code, act, quarter=2)


def told() -> str:
    """Tell for every change which lines go (-) and which come (+)."""
    before, lines = world(), []
    held = tell(before)
    for unit, code in CLAUSES:
        for change in changes(unit, code):
            for as_of in DAYS:
                after = tell(apply(before, Scenario((change,)), RULEBOOK, as_of))
                lines.append(f"# {unit} {code} {change.act} {change.day} {change.number} {change.quarter} → {as_of}")
                lines += [f"- {line}" for line in held if line not in after]
                lines += [f"+ {line}" for line in after if line not in held]
    return "\n".join(lines) + "\n"


def test_every_change_makes_of_the_facts_what_it_made_of_them() -> None:
    assert told().splitlines() == TOLD.read_text("utf-8").splitlines()


if __name__ == "__main__":
    TOLD.write_text(told(), "utf-8")
