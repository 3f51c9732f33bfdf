"""The made-up rosters: enterprises that do not exist, handling times that mostly keep their limits."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from example_year.story import working_day
from scoring.model.rules import ProjectClass, Rulebook
from scoring.calendar.workdays import add_working_days

FIRST = (
    "滇润",
    "云岭",
    "春城",
    "彩云",
    "翠微",
    "金碧",
    "滇海",
    "红土",
    "山茶",
    "南诏",
    "碧鸡",
    "昆滇",
    "龙泉",
    "石城",
    "云澜",
)
SECOND = (
    "恒达",
    "嘉禾",
    "同创",
    "瑞丰",
    "启明",
    "和顺",
    "盛源",
    "德信",
    "远航",
    "宏图",
    "安泰",
    "新禾",
    "百川",
    "锦程",
)
TRADES = (
    "商贸", "餐饮管理", "物业服务", "食品加工", "建材", "农业科技", "机械制造", "酒店管理", "置业", "生物科技", "冷链物流",
    "文化传播",
)  # fmt: skip
TYPES = (0, 0, 1, 2, 0, 1, 3, 2, 0, 1)


@dataclass(frozen=True, slots=True)
class Installation:
    """One row of 企业全量名单. ``days`` are working days from 受理 to 通水 after ``deducted`` are taken off."""

    quarter: int
    enterprise: str
    credit_code: str
    kind: ProjectClass
    accepted: date
    connected: date
    deducted: int
    days: int
    stated: int | None


def installations(rulebook: Rulebook, plan: Mapping[str, Any]) -> list[Installation]:
    """Draw a county's installations of the whole year, in the order of their 受理日期."""
    unit = rulebook.unit[plan["name"]]
    chance = random.Random(f"{plan['seed']}/{unit.name}/roster")
    installed: list[Installation] = []
    for quarter, number in enumerate(plan.get("new_roster", ()), 1):
        if quarter not in rulebook.assessment.cut_offs:
            continue
        first, last = _days(rulebook, quarter, early=any(plan["new_roster"][:1]))
        for accepted in sorted(working_day(chance, first, last) for _ in range(number)):
            installed.append(_installation(rulebook, plan, quarter, accepted, installed, chance))
    return installed


def _days(rulebook: Rulebook, quarter: int, *, early: bool) -> tuple[date, date]:
    """Return the days of acceptance that a quarter's ledger is the first to tell of; ``early``: the first is one."""
    cut_offs = rulebook.assessment.cut_offs
    begun = quarter > 2 or (quarter == 2 and early)
    before = cut_offs[quarter - 1] if begun and quarter - 1 in cut_offs else date(rulebook.assessment.year, 1, 8)
    return before + timedelta(days=1), cut_offs[quarter] - timedelta(days=5)


def _installation(
    rulebook: Rulebook,
    plan: Mapping[str, Any],
    quarter: int,
    accepted: date,
    before: list[Installation],
    chance: random.Random,
) -> Installation:
    number = len(before)
    kind = rulebook.project_classes[TYPES[number % len(TYPES)]]
    days = _handling_days(plan, kind, quarter, sum(row.kind is kind for row in before), chance)
    deducted = chance.randint(1, 4) if number % 11 == 8 else 0
    stated = days + 1 if number % 19 == 17 else days
    unit = rulebook.unit[plan["name"]]
    name = f"{unit.short[:2]}{FIRST[number % len(FIRST)]}{chance.choice(SECOND)}{chance.choice(TRADES)}有限公司（示例）"
    code = f"9{unit.code}SHILI{number + 1:06d}"  # S and I stand in no real code
    connected = add_working_days(accepted, days + deducted)
    return Installation(
        quarter, name, code, kind, accepted, connected, deducted, days, None if number % 7 == 3 else stated
    )


def _handling_days(
    plan: Mapping[str, Any], kind: ProjectClass, quarter: int, number: int, chance: random.Random
) -> int:
    """Keep the limit in three cases of four, so that the median does; a slow county takes longer in one class."""
    limit, slow = int(kind.limit), plan.get("slow")
    if slow and quarter >= slow["from_quarter"] and _is_slow(kind, slow):
        return limit + chance.randint(1, slow["extra"])
    return limit + 1 if number % 4 == 3 else max(0, limit - chance.choice((0, 0, 1, 2)))


def _is_slow(kind: ProjectClass, slow: Mapping[str, Any]) -> bool:
    return kind.project_type == slow["project_type"] and kind.external_line is slow["external_line"]
