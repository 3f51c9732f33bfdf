"""Like matters that are ruled differently are listed, and unlike ones are not."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.analysis import consistency_sentences
from scoring.analysis.consistency import inconsistencies
from scoring.analysis.position import Position
from scoring.model.facts import Facts
from tests.analysis.worlds import GUANDU, PANLONG, WUHUA, XISHAN, world
from tests.builders import incentive, ledger, ruling

DAY = date(2023, 12, 20)


def ruled(text: str, *rulings: tuple[str, str, str]) -> Position:
    made = tuple(ruling(clause, verdict, DAY, unit=unit, number=n) for n, (unit, clause, verdict) in enumerate(rulings))
    return world(text, facts=Facts(rulings=made))


def test_contradicting_verdicts_on_the_same_matter_are_listed_first() -> None:
    text = "五华区:4A=bare,6A=bare;盘龙区:4A=bare,6A=bare;官渡区:6A=bare"
    position = ruled(text, (WUHUA, "4A", "accepted"), (PANLONG, "4A", "rejected"), (WUHUA, "6A", "accepted"))
    found = inconsistencies(position)
    assert [(i.clause, i.is_conflict) for i in found] == [("4A", True), ("6A", False)]
    assert {m.unit: m.verdict for m in found[1].matters} == {WUHUA: "accepted", PANLONG: None, GUANDU: None}
    assert consistency_sentences.sentence(position, found) == (
        "有1处同样情形认定不同，有1处同样情形只认定了一部分单位：4A（填报完成，没有附佐证，未附佐证），五华区认可，盘龙区不认可"
    )
    assert len(consistency_sentences.rows(found)) == 1 + 2 + 3


@pytest.mark.parametrize(("text", "rulings"), [
    ("五华区:4A=bare;盘龙区:4A=open", [(WUHUA, "4A", "accepted"), (PANLONG, "4A", "rejected")]),
    ("五华区:4A=bare;盘龙区:6A=bare", [(WUHUA, "4A", "accepted"), (PANLONG, "6A", "rejected")]),
    ("五华区:8A=1;盘龙区:8A=2", [(WUHUA, "8A", "exempt"), (PANLONG, "8A", "accepted")]),
    ("五华区:4A=bare;盘龙区:4A=bare", [(WUHUA, "4A", "accepted"), (PANLONG, "4A", "accepted")]),
    ("五华区:4A=bare;盘龙区:4A=bare", []),
    ("五华区:4A=bare;盘龙区:4A=bare", [(WUHUA, "4A", "rejected")]),
])  # fmt: skip
def test_unlike_matters_and_like_verdicts_are_not(text: str, rulings: list[tuple[str, str, str]]) -> None:
    position = ruled(text, *rulings)
    assert inconsistencies(position) == ()
    assert consistency_sentences.sentence(position, ()) == "同一条款、同样的填报和佐证，审核认定一致"


def test_the_same_incentive_item_is_held_against_itself() -> None:
    items = tuple(incentive(at=ledger(unit, 3)) for unit in (WUHUA, XISHAN))
    refused = ruling("29", "rejected", DAY, unit=XISHAN, item="获省级通报表扬")
    found = inconsistencies(world(facts=Facts(incentives=items, rulings=(refused,))))
    assert [(i.item, i.is_conflict, [m.unit for m in i.matters]) for i in found] == [
        ("获省级通报表扬", False, [WUHUA, XISHAN])
    ]
