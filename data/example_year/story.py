"""What each made-up ledger says of every clause, drawn from the plan: lines of 工作落实 before they become cells."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from scoring.ledger.template.blank import stated_clauses
from scoring.model.rules import Clause, Rulebook, Term
from scoring.calendar.workdays import is_working_day

DONE = "已完成"
NOT_YET = ("推进中", "正在推进", "未完成")
MARGIN = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of 工作落实. ``day`` and ``number`` are text where the clerk wrote what cannot be understood."""

    clause: Clause
    term: Term
    status: str
    day: date | str | None = None
    evidence: str = ""
    number: int | str | None = None


def lines(rulebook: Rulebook, plan: Mapping[str, Any], ledger: Mapping[str, Any], rows: int) -> list[Line]:
    """Return the lines of one ledger; ``rows`` is how many roster rows it brings (0: a zero report)."""
    drawn = []
    for clause, term in stated_clauses(rulebook, plan["name"]):
        line = _usual(rulebook, plan, ledger, clause, term)
        if term.method == "roster":
            line = _roster_line(line, plan, ledger, rows)
        entry = _entry(plan.get("clauses", {}).get(clause.code, {}), ledger["quarter"])
        entry = ledger.get("set", {}).get(clause.code, entry)
        drawn.append(line if entry is None else _told(line, entry, rulebook, plan))
    return drawn


def window(rulebook: Rulebook, quarter: int) -> tuple[date, date]:
    """Return the days between which a quarter's work is done, so that its ledger can tell of it."""
    last = rulebook.assessment.cut_offs[quarter] - MARGIN
    return min(date(rulebook.assessment.year, 3 * quarter - 2, 9), last - MARGIN), last


def working_day(chance: random.Random, first: date, last: date) -> date:
    """Draw a working day between two days, both included."""
    return chance.choice(_working_days(first, last))


@lru_cache(maxsize=64)
def _working_days(first: date, last: date) -> tuple[date, ...]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if is_working_day(day))


def evidence_for(rulebook: Rulebook, unit: str, clause: Clause) -> str:
    """Name a piece of evidence as a clerk would, after what the published table asks for."""
    asked = rulebook.task[clause.task].evidence
    kind = "截图.jpg" if "截图" in asked else "佐证材料.pdf"
    if "文件" in asked and "文件" in clause.title:
        kind = "扫描件.pdf"
    return f"{clause.code} {rulebook.unit[unit].short}{clause.title}{kind}"


def _usual(rulebook: Rulebook, plan: Mapping[str, Any], ledger: Mapping[str, Any], clause: Clause, term: Term) -> Line:
    """Return how the clause stands in a ledger where nothing goes wrong."""
    unit, quarter = plan["name"], ledger["quarter"]
    chance = random.Random(f"{plan['seed']}/{unit}/{clause.code}")
    proof = evidence_for(rulebook, unit, clause)
    if term.method in ("shortfall", "missing", "count_bonus"):
        return _count(plan, quarter, clause, term, proof, ledger["sent"])
    if term.method == "quarterly":
        chance = random.Random(f"{plan['seed']}/{unit}/{clause.code}/{quarter}")
        return Line(clause, term, DONE, working_day(chance, *window(rulebook, quarter)), proof)
    last = max(rulebook.assessment.cut_offs)
    due = last if clause.deadline is None else min(last, (clause.deadline.month + 2) // 3)
    day = working_day(chance, *window(rulebook, due))
    if quarter >= due:
        return Line(clause, term, DONE, day, proof)
    return Line(clause, term, chance.choice(NOT_YET))


def _count(plan: Mapping[str, Any], quarter: int, clause: Clause, term: Term, proof: str, sent: date) -> Line:
    numbers = {"shortfall": "hall", "missing": "missing", "count_bonus": "one_stop"}
    number = plan[numbers[term.method]][quarter - 1]
    good = {"shortfall": number == term.of, "missing": number == 0, "count_bonus": number > 0}
    done = good[term.method]
    given = done or term.method == "missing" or number > 0
    return Line(clause, term, DONE if done else "推进中", sent if given else None, proof if given else "", number)


def _roster_line(line: Line, plan: Mapping[str, Any], ledger: Mapping[str, Any], rows: int) -> Line:
    if ledger["quarter"] in plan.get("skip_roster", ()):
        return replace(line, status="未完成", day=None, evidence="")
    if rows:
        return replace(line, status=DONE, day=ledger["sent"], evidence="见“企业全量名单”")
    return replace(line, status=DONE, day=ledger["sent"], evidence="本季度没有报装，零报告", number=0)


def _entry(entries: Mapping[str, Sequence[Any]], quarter: int) -> Sequence[Any] | None:
    """Return what the plan says for a quarter: the latest entry up to it."""
    told = [name for name in sorted(entries) if int(name[1:]) <= quarter]
    return entries[told[-1]] if told else None


def _told(line: Line, entry: Sequence[Any], rulebook: Rulebook, plan: Mapping[str, Any]) -> Line:
    """Put what the plan says over what would be usual."""
    done = entry[0] == DONE
    day = entry[1] or None if len(entry) > 1 else (line.day if done else None)
    usual = evidence_for(rulebook, plan["name"], line.clause) if done else ""
    proof = entry[2] if len(entry) > 2 else usual
    number = entry[3] if len(entry) > 3 else line.number
    return replace(line, status=entry[0], day=day, evidence=proof, number=number)
