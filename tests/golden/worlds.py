"""Made-up worlds, the same on every machine: a few units whose ledgers say all kinds of things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from scoring.analysis.position import Position
from scoring.model.facts import Case, Facts, Incentive, Ruling, Statement, Status
from scoring.model.ledgers import Ledger
from scoring.model.policy import Policy
from scoring.model.rosters import RosterRow
from scoring.model.rules import Rulebook
from tests.analysis.worlds import only
from tests.builders import CUT_OFFS, case, incentive, ledger, roster_row, ruling, statement, words

T = TypeVar("T")
UNITS = ("五华区", "石林彝族自治县", "市住房城乡建设局", "市政务服务局")
DAYS = (
    date(2023, 6, 9),
    date(2023, 6, 30),
    date(2023, 7, 20),
    date(2023, 10, 10),
    date(2023, 12, 10),
    date(2023, 12, 31),
)
STATUSES = (*[Status.DONE] * 6, Status.NOT_DONE, Status.NOT_DONE, Status.BLANK, Status.UNDECIDED, Status.UNREADABLE)
POLICIES = (
    Policy(),
    Policy(late="strict", quarterly="each", shared_hall="capped", evidence="flagged", silence="one", partners="two"),
    Policy(late="lenient", shared_hall="exclusive", late_ledger="rejected", responsible="named", median="citywide"),
)
CLASSES = ("一般项目（无外线）", "一般项目（有外线）", "简易工程", None)


@dataclass(frozen=True)
class Chance:
    """Draws that depend on nothing but the seed: only ``Random.random``, which every version of Python keeps."""

    source: Random

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[int(self.source.random() * len(choices))]

    def happens(self, share: float) -> bool:
        return self.source.random() < share

    def day(self, first: date, days: int) -> date:
        return first + timedelta(int(self.source.random() * days))


def world(seed: int) -> Position:
    """Return what is known of the units on one of the days, under one of the readings."""
    chance, rulebook = Chance(Random(seed)), only(*UNITS)
    facts = Facts()
    for unit in UNITS if seed % 4 else UNITS[1:]:
        for quarter in CUT_OFFS:
            if chance.happens(0.7):
                facts += _sent(unit, quarter, chance, rulebook)
    return Position(facts, rulebook, DAYS[seed % len(DAYS)], POLICIES[seed % len(POLICIES)])


def _sent(unit: str, quarter: int, chance: Chance, rulebook: Rulebook) -> Facts:
    """Return one ledger and rulings on what it says."""
    late = chance.day(CUT_OFFS[quarter] - timedelta(20), 35) if chance.happens(0.6) else None
    at = ledger(unit, quarter, late, quarter)
    asked = [(clause, term) for clause, term in rulebook.terms_of[unit] if chance.happens(0.6)]
    stated = tuple(
        _stated(clause.code, at, 5 + row, chance) for row, (clause, term) in enumerate(asked) if term.method != "case"
    )
    cases = tuple(
        _case(clause.task, at, row, chance) for row, (clause, term) in enumerate(asked) if term.method == "case"
    )
    roster = tuple(_installed(at, row, chance) for row in range(int(chance.source.random() * 7)))
    rulings = tuple(_ruled(one.clause, unit, chance) for one in stated if chance.happens(0.06))
    items = _items(at, chance, rulebook)
    rulings += tuple(_awarded(item, chance) for item in items if chance.happens(0.6))
    return Facts((at,), stated, cases, roster=roster, incentives=items, rulings=rulings)


def _stated(clause: str, at: Ledger, row: int, chance: Chance) -> Statement:
    return statement(
        clause, chance.one_of(STATUSES), at=at, row=row,
        done_on=chance.day(date(2023, 2, 1), 330) if chance.happens(0.5) else None,
        quantity=chance.one_of((None, 0, 1, 2, 3, 5)),
        evidence=words(f"截图{row}") if chance.happens(0.7) else (),
    )  # fmt: skip


def _case(task: int, at: Ledger, row: int, chance: Chance) -> Case:
    day = chance.day(date(2023, 3, 1), 300) if chance.happens(0.5) else None
    return case(task, at=at, row=3 + row, title=f"案例{row}", day=day, evidence="案例" if chance.happens(0.7) else "")


def _installed(at: Ledger, row: int, chance: Chance) -> RosterRow:
    accepted = chance.day(date(2023, 1, 4) + timedelta(80 * (at.quarter - 1)), 80)
    connected = accepted + timedelta(int(chance.source.random() * 15)) if chance.happens(0.85) else None
    deducted = Decimal(chance.one_of((0, 0, 1, 3)))
    return roster_row(
        f"企业{at.quarter}{row}",
        accepted,
        connected,
        at=at,
        row=5 + row,
        project_class=chance.one_of(CLASSES),
        deducted=deducted,
    )


def _items(at: Ledger, chance: Chance, rulebook: Rulebook) -> tuple[Incentive, ...]:
    if not rulebook.unit[at.unit].assessed or not chance.happens(0.3):
        return ()
    return (incentive(f"表扬{at.quarter}", chance.one_of(("", "0.30", "1.00")), at=at),)


def _ruled(clause: str, unit: str, chance: Chance) -> Ruling:
    found = int(chance.source.random() * 4) if chance.happens(0.5) else None
    verdict = chance.one_of(("accepted", "rejected", "exempt"))
    return ruling(
        clause, verdict, chance.day(date(2023, 4, 1), 240), unit=unit, number=1 + int(chance.source.random() * 10**6),
        number_found=found,
    )  # fmt: skip


def _awarded(item: Incentive, chance: Chance) -> Ruling:
    verdict = chance.one_of(("accepted", "accepted", "rejected", "exempt"))
    return ruling(
        str(item.task), verdict, chance.day(date(2023, 4, 1), 240), unit=item.ledger.unit, item=item.title,
        points=Decimal("0.70") if verdict == "accepted" else None, number=int(chance.source.random() * 10**6),
    )  # fmt: skip
