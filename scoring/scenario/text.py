"""A scenario: what would be otherwise, as a value and as a short plain string for a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.methods import method_of
from scoring.model.changes import ALL, RULINGS, Act, Change, Scenario
from scoring.model.rules import Rulebook, Term, Treatment
from scoring.problems import shorten

__all__ = [
    "ALL", "RULINGS", "Act", "Change", "ParsedScenario", "Scenario", "fault_of", "parse_scenario", "scenario_text",
]  # fmt: skip

MOST_CHARACTERS = 20_000
MOST_CHANGES = 600
MOST_POINTS = Decimal(100)
MOST_TIMES = 999
WRITTEN = frozenset(act.value for act in Act) - {"count", "add"}  # these two stand in a link as their number


@dataclass(frozen=True, slots=True)
class ParsedScenario:
    """What could be read of a scenario's text, and in Chinese what could not; the rest is kept."""

    scenario: Scenario
    problems: tuple[str, ...] = ()


def scenario_text(scenario: Scenario, rulebook: Rulebook) -> str:
    """Write a scenario as a plain string: ``五华区:4A=done@20230620,20A~2=done;盘龙区:9C=4,29=0.5``."""
    groups: list[tuple[str, list[str]]] = []
    for change in scenario.changes:
        if not groups or groups[-1][0] != change.unit:
            groups.append((change.unit, []))
        groups[-1][1].append(_change_text(change))
    return ";".join(f"{rulebook.short(unit)}:{','.join(items)}" for unit, items in groups)


def _change_text(change: Change) -> str:
    quarter = "" if change.quarter is None else f"~{change.quarter}"
    day = "" if change.day is None else "@" + change.day.isoformat().replace("-", "")
    value = change.act.value
    if change.act is Act.COUNT:
        value = str(change.number or 0)
    elif change.act is Act.ADD:
        value = f"{change.points or Decimal(0):f}"
    return f"{change.clause}{quarter}={value}{day}"


# one change of a scenario: 4A=done@20230630, 6B~3=2, *=proved
ITEM = re.compile(
    r"(?P<clause>[0-9]{1,2}[A-Z]?|\*)(?:~(?P<quarter>[1-4]))?="
    r"(?:(?P<amount>[0-9]{1,3}(?:\.[0-9]{1,2})?)|(?P<act>[a-z]{4,6}))"
    r"(?:@(?P<day>[0-9]{8}))?",
    re.ASCII,
)


def parse_scenario(text: str, rulebook: Rulebook) -> ParsedScenario:
    """Read a scenario from untrusted text; what cannot be is reported in Chinese and left out."""
    if len(text) > MOST_CHARACTERS:
        return ParsedScenario(Scenario(), (f"情景太长（超过{MOST_CHARACTERS}个字符），没有读取",))
    changes: dict[tuple[object, ...], Change] = {}
    problems: list[str] = []
    names = {unit.short: unit.name for unit in rulebook.units} | {unit.name: unit.name for unit in rulebook.units}
    for group in filter(None, text.split(";")):
        short, colon, items = group.partition(":")
        if not colon or short not in names:
            problems.append(f"情景里的“{shorten(short)}”不是考评对象")
            continue
        for item in filter(None, items.split(",")):
            read = _change(names[short], item, rulebook)
            if isinstance(read, str):
                problems.append(read)
            else:
                _keep(changes, read, problems)
    kept = tuple(changes.values())
    if len(kept) > MOST_CHANGES:
        problems.append(f"情景最多{MOST_CHANGES}项改动，多出的没有读取")
    return ParsedScenario(Scenario(kept[:MOST_CHANGES]), tuple(dict.fromkeys(problems)))


def _keep(changes: dict[tuple[object, ...], Change], change: Change, problems: list[str]) -> None:
    """Keep a change; of two that set the same, the later stands, in the later's place."""
    key: tuple[object, ...] = (change.unit, change.clause, change.quarter)
    if change.act is Act.ADD:
        key = (*key, len(changes))
    elif changes.pop(key, None) is not None:
        problems.append(f"情景里{change.unit}的{change.clause}写了两次，以后一次为准")
    changes[key] = change


def _change(unit: str, item: str, rulebook: Rulebook) -> Change | str:
    match = ITEM.fullmatch(item)
    unread = f"情景里看不懂的一项“{shorten(item)}”"
    if match is None:
        return unread
    try:
        day = date.fromisoformat(match["day"]) if match["day"] else None
    except ValueError:
        return f"情景里“{shorten(item)}”的日期不存在"
    quarter = int(match["quarter"]) if match["quarter"] else None
    amount = match["amount"]
    if amount is None:
        if match["act"] not in WRITTEN:
            return unread
        change = Change(unit, match["clause"], Act(match["act"]), day, quarter=quarter)
    elif match["clause"].isdecimal():
        change = Change(unit, match["clause"], Act.ADD, day, points=Decimal(amount), quarter=quarter)
    elif amount.isdecimal():
        change = Change(unit, match["clause"], Act.COUNT, day, int(amount), quarter=quarter)
    else:
        return unread
    fault = fault_of(change, rulebook)
    return f"情景里“{shorten(item)}”：{fault}" if fault else change


def fault_of(change: Change, rulebook: Rulebook) -> str:
    """Say in Chinese why a change cannot be made; empty where it can."""
    if change.unit not in rulebook.unit:
        return f"没有考评对象“{shorten(change.unit)}”"
    if change.act is Act.ADD:
        return _fault_of_incentive(change, rulebook)
    if change.clause == ALL:
        return "" if change.act is Act.PROVED and change.quarter is None else "全部条款只能一起补佐证"
    clause = rulebook.clause.get(change.clause)
    term = clause.term_for(change.unit) if clause else None
    if term is None:
        return f"没有对{change.unit}计分的条款{shorten(change.clause)}"
    return _fault_of_clause(change, term, rulebook)


def _fault_of_clause(change: Change, term: Term, rulebook: Rulebook) -> str:
    if change.act not in method_of(term).acts:
        return f"{change.clause}不能这样改"
    if change.act is Act.COUNT and not 0 <= (change.number or 0) <= MOST_TIMES:
        return f"{change.clause}的数量应在0至{MOST_TIMES}之间"
    if change.quarter is None:
        return ""
    if not term.traits.by_quarter or change.act in RULINGS:
        return f"{change.clause}不按季度改"
    due = change.quarter in rulebook.assessment.due_quarters
    return "" if due else f"{change.clause}在这个季度不到期"


def _fault_of_incentive(change: Change, rulebook: Rulebook) -> str:
    task = rulebook.task.get(int(change.clause)) if change.clause.isdecimal() else None
    if task is None or task.treatment is not Treatment.INCENTIVE:
        return f"“{shorten(change.clause)}”不是激励加分的任务"
    if change.day is not None or change.quarter is not None:
        return "激励加分不带日期和季度"
    return "" if change.points is not None and 0 < change.points <= MOST_POINTS else "激励加分的分值不对"
