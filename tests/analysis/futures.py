"""Whatever may still happen to units, drawn by chance: statements, silence, cases, rosters, verdicts and their withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from scoring.model.facts import Case, Facts, Incentive, Ruling, Statement, Status, Verdict
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rosters import RosterRow
from scoring.model.rules import Rulebook
from scoring.model.traits import ReadFrom
from tests.builders import case, incentive, ledger, roster_row, ruling, statement

BEGINS, CLOSES = date(2023, 5, 1), date(2024, 1, 31)


def day_between(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def sent(chance: Random, unit: str, first: date, last: date, order: int) -> Ledger:
    return ledger(unit, chance.choice([2, 3, 4]), day_between(chance, first, last), upload=order)


def said(chance: Random, rulebook: Rulebook, at: Ledger, row: int) -> Statement:
    codes = [c.code for c, t in rulebook.terms_of[at.unit] if t.traits.read_from is not ReadFrom.CASES]
    return statement(
        chance.choice(codes), chance.choice(list(Status)), at=at, row=row,
        done_on=chance.choice([None, day_between(chance, BEGINS, CLOSES)]),
        quantity=chance.choice([None, 0, 1, 2, 3, 4, 40]), evidence=chance.choice(["", "截图", "证明"]),
    )  # fmt: skip


def installed(chance: Random, at: Ledger, row: int) -> RosterRow:
    accepted = day_between(chance, BEGINS, CLOSES)
    connected = chance.choice([None, accepted + timedelta(days=chance.randint(0, 40))])
    return roster_row(f"企业{chance.randint(1, 9)}", accepted, connected, at=at, row=row)


def given(chance: Random, at: Ledger, row: int) -> Case:
    day = chance.choice([None, day_between(chance, BEGINS, CLOSES)])
    return case(chance.choice([4, 5, 6, 10]), at=at, row=row, day=day, evidence=chance.choice(["", "案例.docx"]))


def verdict(chance: Random, unit: str, code: str, first: date, last: date, number: int) -> Ruling:
    which = chance.choice(list(Verdict))
    found = chance.choice([None, 0, 1, 2, 3, 40]) if which is Verdict.REJECTED else None
    return ruling(
        code, which.value, day_between(chance, first, last), unit=unit, number=number, number_found=found
    )  # fmt: skip


def awarded(chance: Random, at: Ledger, row: int) -> Incentive:
    item = incentive(f"事项{row}", chance.choice(["", "0.30"]), at=at, row=row)
    return replace(item, claimed=chance.choice([None, Decimal("0.50")]))


def happened(chance: Random, rulebook: Rulebook, first: date, last: date, most: int, start: int = 0) -> Facts:
    """What units and reviewers did between two days; ``start`` numbers it after what was there before."""
    units = [unit.name for unit in rulebook.units]
    statements, cases, roster, rulings = [], [], [], []
    for number in range(start, start + chance.randint(0, most)):
        at = sent(chance, chance.choice(units), first, last, number)
        what = chance.random()
        if what < 0.6:
            statements.append(said(chance, rulebook, at, 5 + number))
        elif what < 0.7:
            roster.append(installed(chance, at, 5 + number))
        elif what < 0.8 and rulebook.unit[at.unit].kind == "county":
            cases.append(given(chance, at, 5 + number))
        else:
            code = chance.choice(rulebook.terms_of[at.unit])[0].code
            rulings.append(verdict(chance, at.unit, code, first, last, number))
    facts = (*statements, *cases, *roster)
    ledgers = tuple(dict.fromkeys(fact.ledger for fact in facts))
    return Facts(ledgers, tuple(statements), tuple(cases), roster=tuple(roster), rulings=tuple(rulings))


def past(chance: Random, rulebook: Rulebook, last: date) -> Facts:
    """A year so far: half of the clauses stated in time, then anything, and some incentive items."""
    facts, order = Facts(), 0
    for unit in rulebook.units:
        at = ledger(unit.name, 2, date(2023, 6, 8), upload=order)
        if at.submitted > last or chance.random() < 0.2:
            continue
        stated = [c.code for c, t in rulebook.terms_of[unit.name] if chance.random() < 0.6]
        rows = tuple(statement(code, at=at, row=100 + n) for n, code in enumerate(stated))
        items = tuple(awarded(chance, at, n) for n in range(chance.randint(0, 2))) if unit.kind == "county" else ()
        facts += Facts((at,), rows, incentives=items)
        order += 1
    return facts + happened(chance, rulebook, BEGINS, last, 25, 10)


def readings(chance: Random) -> Policy:
    return Policy(
        late=chance.choice(["by_wording", "strict", "lenient"]), quarterly=chance.choice(["once", "each"]),
        shared_hall=chance.choice(["cumulative", "exclusive", "capped"]), evidence=chance.choice(["required", "flagged"]),
        late_ledger=chance.choice(["accepted", "rejected"]), median=chance.choice(["standard", "citywide"]),
        silence=chance.choice(["all", "one"]), partners=chance.choice(["three", "two"]),
    )  # fmt: skip
