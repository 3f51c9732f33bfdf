"""Everything that one made-up ledger holds, before it is laid out as a workbook."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from example_year.roster import Installation, installations
from example_year.story import Line, lines, window, working_day
from scoring.model.rules import Rulebook

Row = Sequence[Any]
TOPICS = ("用水报装流程图解", "获得用水惠企政策问答", "水管家上门服务纪实", "营业厅一次办成小故事", "节水进企业宣传")
MEDIA = (
    ("{unit}微信公众号", ""),
    ("昆明日报", "市级"),
    ("掌上春城", "市级"),
    ("云南日报", "省级"),
    ("{unit}门户网站", ""),
)


@dataclass(frozen=True, slots=True)
class Content:
    """One unit's ledger for one quarter. Rows stand in the order of the template's columns."""

    unit: str
    quarter: int
    sent: date
    lines: tuple[Line, ...]
    cases: tuple[Row, ...]
    publicity: tuple[Row, ...]
    roster: tuple[Row, ...]
    incentives: tuple[Row, ...]


def content(rulebook: Rulebook, plan: Mapping[str, Any], ledger: Mapping[str, Any]) -> Content:
    """Put together what a unit sends for a quarter, the corrected ledger too."""
    quarter, county = ledger["quarter"], rulebook.unit[plan["name"]].kind == "county"
    roster = tuple(_roster(rulebook, plan, ledger)) if county else ()
    return Content(
        plan["name"],
        quarter,
        ledger["sent"],
        tuple(lines(rulebook, plan, ledger, len(roster))),
        tuple(_case(item, plan, rulebook) for item in plan.get("cases", ()) if item["quarter"] == quarter),
        tuple(_publicity(rulebook, plan, quarter)),
        roster,
        tuple(_incentive(item) for item in plan.get("incentives", ()) if item["quarter"] == quarter),
    )


def _case(item: Mapping[str, Any], plan: Mapping[str, Any], rulebook: Rulebook) -> Row:
    short = rulebook.unit[plan["name"]].short
    about = f"{short}供水企业主动服务，按新流程办结，企业表示满意（示例）。"
    return item["task"], item["title"], item["day"], about, item.get("evidence", f"{item['title']}.docx")


def _incentive(item: Mapping[str, Any]) -> Row:
    return item["category"], item["title"], item["claimed"], item.get("awarded"), item["basis"]


def _publicity(rulebook: Rulebook, plan: Mapping[str, Any], quarter: int) -> list[Row]:
    chance = random.Random(f"{plan['seed']}/{plan['name']}/publicity/{quarter}")
    unit = rulebook.unit[plan["name"]]
    short, own = unit.short, "县级" if unit.kind == "county" else "市级"
    rows = []
    for _ in range(chance.randint(1, 3)):
        media, level = chance.choice(MEDIA)
        day = working_day(chance, *window(rulebook, quarter))
        rows.append((f"{short}{chance.choice(TOPICS)}", media.format(unit=short), level or own, day, "宣传截图.jpg"))
    return sorted(rows, key=lambda row: (row[3], row[0]))


def _roster(rulebook: Rulebook, plan: Mapping[str, Any], ledger: Mapping[str, Any]) -> list[Row]:
    """List the installations known by the quarter, as each quarter adds to the one before."""
    if ledger["quarter"] in plan.get("skip_roster", ()):
        return []
    known = [item for item in installations(rulebook, plan) if item.quarter <= ledger["quarter"]]
    if plan.get("dropped") and ledger["quarter"] == max(rulebook.assessment.cut_offs):
        known = known[1:]
    return [_installation(item, ledger["sent"]) for item in known]


def _installation(item: Installation, sent: date) -> Row:
    line = {True: "有外线", False: "无外线", None: None}[item.kind.external_line]
    on = item.connected <= sent
    return (
        item.enterprise,
        item.credit_code,
        item.kind.project_type,
        line,
        item.accepted,
        item.connected if on else None,
        item.deducted or None,
        item.stated if on else None,
        2 if item.kind.external_line else 1,
        0,
        0,
    )
